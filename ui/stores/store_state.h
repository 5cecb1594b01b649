// Everything the stores page shows of one store, gathered in one place, and what it reads to get there.
#pragma once

#include "core/desk/stores/store_desk.h"
#include "core/desk/stores/sync_schedule.h"
#include "core/readmodel/store_query.h"
#include "core/readmodel/sync_query.h"

#include <functional>
#include <optional>
#include <vector>

namespace aiva {

struct StoreState {
    StoreView view;
    std::optional<SyncProgress> progress; // while it syncs or is compared
    SyncStanding standing;
    SyncKind retryKind = SyncKind::Incremental; // of what failed: trying again means that
    std::optional<SyncJobRow> lastJob;          // the newest that ended
    std::optional<ComparisonSummary> comparison;
    ApiHealth apiHealth; // of the last day

    bool isBusy() const { return progress.has_value() || view.store.status == StoreStatus::Syncing; }
};

struct StoreReads {
    std::function<Result<std::vector<SyncJobRow>>(StoreId store, int limit)> jobs; // without their faults
    std::function<Result<std::vector<RecordFault>>(SyncJobId job)> faults;
    std::function<Result<std::optional<ComparisonSummary>>(StoreId store)> comparison;
    std::function<Result<ApiHealth>(StoreId store, UtcTime now)> apiHealth;
};

} // namespace aiva
