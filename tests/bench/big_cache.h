// Fills a workspace with a large shop and its mail through the same writers the product uses, for the desk's
// benchmarks.
#pragma once

#include "core/domain/shop/source_records.h"
#include "core/storage/database/database.h"

#include <QString>
#include <QStringList>

namespace aiva::bench {

struct BigCache {
    qint64 customers = 0;
    qint64 orders = 0;
    qint64 conversations = 0;
    qint64 messages = 0;
};

// customers = orders / 5; five messages a conversation. Aborts the program when something cannot be written.
BigCache fillBigCache(Database& writer, qint64 orders, qint64 conversations);

// Its order `i`, as the shop had it at `now`.
OrderRecord bigOrder(qint64 i, qint64 customers, UtcTime now);

// Addresses of up to 5,000 customers of such a cache, and the vocabulary of its messages, common words first.
QStringList sampleEmails(qint64 customers);
QStringList vocabulary();

} // namespace aiva::bench
