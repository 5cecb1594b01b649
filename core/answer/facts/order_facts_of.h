// The facts of one order: what it is, its amounts and what follows from them, its parcels and its address. Pure.
#pragma once

#include "core/answer/facts/fact_list.h"
#include "core/readmodel/customer_query.h"

namespace aiva {

// Outline: name, day, statuses and total. Whole: everything a reply may say of it.
enum class OrderDetail { Outline, Whole };
void addOrderFacts(FactList& facts, const OrderView& order, OrderDetail detail);

} // namespace aiva
