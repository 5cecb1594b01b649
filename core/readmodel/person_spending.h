// What a person spent, of what stores state and what their orders sum up to. Money is summed within one currency only:
// the one most of the person's orders are in. Pure; used by PersonReader.
#pragma once

#include "core/base/utc_time.h"
#include "core/domain/shop/precedence.h"

#include <optional>
#include <vector>

namespace aiva {

// One store's cached orders in one currency.
struct OrderTotals {
    StoreId store;
    Currency currency;
    qint64 count = 0;
    qint64 total = 0; // cancelled orders left out
    qint64 refunded = 0;
    UtcTime first;
    UtcTime last;
};

struct PersonSpending {
    qint64 orders = 0; // over all currencies
    Money spent;
    Money netOfRefunds;
    std::optional<Money> averageOrder;
};

// Where no store states it (guests have no record), the orders themselves do.
PersonSpending personSpending(const std::vector<StatedSpending>& stated, const std::vector<OrderTotals>& totals);

} // namespace aiva
