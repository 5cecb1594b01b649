// When a store is due for its next sync (S3, S7). Pure; used by SyncDispatcher.
#pragma once

#include "core/storage/store_repository.h"

#include <optional>

namespace aiva {

// "realtime", "15min", "hourly", "6h", "daily"; absent for "manual" and anything unknown.
std::optional<qint64> scheduleIntervalMs(const QString& schedule);

// The moment the schedule asks for, a little apart for each store; absent when it asks for none. `lastTry`: of this
// process, also when it failed.
std::optional<UtcTime> nextSyncAt(const StoreRow& store, std::optional<UtcTime> lastTry);

// How long after its n-th failure in a row (1 is the first) a job is tried again; absent: not by itself any more.
std::optional<qint64> retryAfterMs(int failures);

} // namespace aiva
