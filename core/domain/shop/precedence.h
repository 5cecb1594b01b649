// Who a customer is to the shop (D4). Pure.
#pragma once

#include "core/base/money.h"
#include "core/domain/ids.h"
#include "core/domain/names.h"

#include <QStringList>

#include <vector>

namespace aiva {

struct PrecedenceRule {
    // In major units of the store's own currency: 500 means $500 and ¥500 alike.
    qint64 vipAboveMajorUnits = 500;
};

// VIP when spent is strictly above the threshold or a tag equals "VIP" (any case, trimmed); else by the number of
// orders.
Precedence precedenceOf(Money amountSpent, qint64 ordersCount, const QStringList& tags, PrecedenceRule rule = {});

// What a store's record of a customer says.
struct StatedSpending {
    StoreId store;
    Money spent; // of no currency: the store states neither money nor count
    qint64 orders = 0;
    QStringList tags;
};
// A person's cached orders at one store in one currency.
struct CountedOrders {
    StoreId store;
    Money total; // without cancelled orders
    qint64 orders = 0;
};
// Whether a record of the store states what the person bought there. Where none does (guests have no record), the
// orders themselves say it.
bool isStated(StoreId store, const std::vector<StatedSpending>& stated);
// Of one person over all their records and stores: money is looked at per store and currency, orders are counted over
// all of them, and a VIP of one store is a VIP.
Precedence precedenceAcross(const std::vector<StatedSpending>& stated, const std::vector<CountedOrders>& counted,
                            PrecedenceRule rule = {});

} // namespace aiva
