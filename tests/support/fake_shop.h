// A made-up shop as plain records: what a fake store serves and tests compare the cache with. Deterministic.
#pragma once

#include "core/ports/store_port.h"

#include <vector>

namespace aiva::test {

struct FakeShop {
    ShopFacts facts;
    std::vector<CustomerRecord> customers;
    std::vector<OrderRecord> orders;
    std::vector<ProductRecord> products;
};

// Customers with unicode names, tags and addresses that differ only in case; orders of theirs and of guests, with
// several parcels, refunds and cancellations; the middle one has 300 items. All newer than 50 days before `now`.
FakeShop makeShop(int customers, int orders, int products, UtcTime now,
                  const QString& currency = QStringLiteral("JPY"));

} // namespace aiva::test
