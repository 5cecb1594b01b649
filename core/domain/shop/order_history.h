// How far back a shop shows its orders to who may not read all of them (read_all_orders): 60 days. What is older it
// tells of as of what it never had. Pure.
#pragma once

#include "core/base/utc_time.h"

namespace aiva {

// Of the 60 days: an order at the edge may be hidden and not gone.
inline constexpr int kVisibleOrderDays = 59;

constexpr bool mayBeHidden(UtcTime orderedAt, UtcTime now) {
    return orderedAt < now.plusDays(-kVisibleOrderDays);
}

} // namespace aiva
