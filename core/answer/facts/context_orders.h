// The orders of a context block, as much of them as fits. Pure; used by context_block only.
#pragma once

#include "core/answer/facts/answer_sources.h"

#include <QStringList>

namespace aiva {

// How much of each order and customer is written out.
struct ContextDetail {
    size_t items = 5;
    size_t parcels = 5;
    qsizetype title = 80; // longest
    qsizetype url = 300;  // longer links are left out
    qsizetype tags = 12;

    bool operator==(const ContextDetail&) const = default;
};

// From the "# RECENT ORDERS" line on.
QStringList orderLines(const AnswerSources& sources, const ContextDetail& detail);

} // namespace aiva
