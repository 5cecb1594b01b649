// Who a customer is to the shop (D4). Pure.
#pragma once

#include "core/base/money.h"
#include "core/domain/names.h"

#include <QStringList>

namespace aiva {

struct PrecedenceRule {
    // In major units of the store's own currency: 500 means $500 and ¥500 alike.
    qint64 vipAboveMajorUnits = 500;
};

// VIP when spent is strictly above the threshold or a tag equals "VIP" (any case, trimmed); else by the number of
// orders.
Precedence precedenceOf(Money amountSpent, qint64 ordersCount, const QStringList& tags, PrecedenceRule rule = {});

} // namespace aiva
