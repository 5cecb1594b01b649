// What a shop's records look like as rows of the cache, field by field, held against the cache itself.
#pragma once

#include "core/storage/database/database.h"
#include "tests/support/fake_shop.h"

namespace aiva::test {

// Fails the running test where the cache is not what the shop holds.
void compareWithSource(Database& db, const FakeShop& shop);
// Where the orders alone are not, without what belongs to them; empty: nowhere.
QString ordersBeside(Database& db, const FakeShop& shop);

} // namespace aiva::test
