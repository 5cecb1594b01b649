// Takes everything of one store out of the cache (P3), inside the caller's transaction: records, knowledge,
// jobs, webhooks, rules and what was earned by them. Mail stays, without a store and without what was known from it.
#pragma once

#include "core/base/result.h"
#include "core/domain/ids.h"
#include "core/storage/database/database.h"

namespace aiva {

struct StoreRemovalCounts {
    qint64 customers = 0;
    qint64 orders = 0;
    qint64 products = 0;
    qint64 knowledge = 0;
    qint64 proposals = 0;
    qint64 webhooks = 0;
    qint64 jobs = 0;
    qint64 profiles = 0;      // people nobody else knows
    qint64 conversations = 0; // that stay, without the store
    qint64 tasks = 0;         // requests of the shop, answered by this
};

// NotFound when there is no such store.
Result<StoreRemovalCounts> removeStore(Database& writer, StoreId store);

} // namespace aiva
