// What stays of an order whose buyer was erased (P2): number, items, amounts, dates and states, so that the shop's
// totals stay true; nothing that says who bought it or where it went.
#pragma once

#include "core/domain/shop/source_records.h"

namespace aiva {

// The same fields storage/person_eraser.cpp empties in rows that are cached already.
void makeAnonymous(OrderRecord& order);

} // namespace aiva
