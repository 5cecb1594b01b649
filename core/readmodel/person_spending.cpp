#include "core/readmodel/person_spending.h"

#include <algorithm>
#include <utility>

namespace aiva {
namespace {

struct CurrencySum {
    Currency currency;
    qint64 orders = 0;
    qint64 spent = 0;
};

void addSpent(std::vector<CurrencySum>& sums, Currency currency, qint64 orders, qint64 spent) {
    auto sum = std::find_if(sums.begin(), sums.end(), [&](const CurrencySum& one) { return one.currency == currency; });
    if (sum == sums.end()) sum = sums.insert(sums.end(), {currency, 0, 0});
    sum->orders += orders;
    sum->spent += spent;
}

} // namespace

PersonSpending personSpending(const std::vector<StatedSpending>& stated, const std::vector<OrderTotals>& totals) {
    std::vector<CurrencySum> sums;
    for (const StatedSpending& one : stated)
        if (one.spent.currency().isValid()) addSpent(sums, one.spent.currency(), one.orders, one.spent.minor());
    for (const OrderTotals& one : totals)
        if (!isStated(one.store, stated)) addSpent(sums, one.currency, one.count, one.total);
    PersonSpending spending;
    for (const CurrencySum& sum : sums)
        spending.orders += sum.orders;
    const auto largest = std::max_element(sums.begin(), sums.end(), [](const CurrencySum& a, const CurrencySum& b) {
        return std::pair(a.orders, a.spent) < std::pair(b.orders, b.spent);
    });
    if (largest == sums.end()) return spending;
    spending.spent = Money(largest->spent, largest->currency);
    qint64 refunded = 0;
    for (const OrderTotals& one : totals)
        if (one.currency == largest->currency) refunded += one.refunded;
    spending.netOfRefunds = Money(std::max<qint64>(0, largest->spent - refunded), largest->currency);
    if (largest->orders > 0)
        if (const auto average = spending.spent.dividedBy(largest->orders)) spending.averageOrder = *average;
    return spending;
}

} // namespace aiva
