// Fills a workspace with a large shop and its mail through the same writers the product uses, for the desk's
// benchmarks.
#pragma once

#include "core/storage/database.h"

#include <QString>
#include <QStringList>

namespace aiva::bench {

struct BigCache {
    qint64 customers = 0;
    qint64 orders = 0;
    qint64 conversations = 0;
    qint64 messages = 0;
    QStringList sampleEmails; // of customers with orders
    QStringList words;        // the vocabulary of the messages
};

// customers = orders / 5; five messages a conversation. Aborts the program when something cannot be written.
BigCache fillBigCache(Database& writer, qint64 orders, qint64 conversations);

} // namespace aiva::bench
