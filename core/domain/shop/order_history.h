// How far back orders are read, and how far back a shop shows them to who may not read all of them (read_all_orders):
// what is older it tells of as of what it never had. Pure.
#pragma once

#include "core/base/utc_time.h"

namespace aiva {

// Of orders a first sync brings these; older ones come on request (S1).
inline constexpr int kFirstOrderDays = 90;
inline constexpr int kShownOrderDays = 60;
// An order at the edge may be hidden and not gone.
inline constexpr int kVisibleOrderDays = kShownOrderDays - 1;

constexpr bool mayBeHidden(UtcTime orderedAt, UtcTime now) {
    return orderedAt < now.plusDays(-kVisibleOrderDays);
}

} // namespace aiva
