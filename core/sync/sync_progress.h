// What a sync says of itself while it runs and when it ends. Values; they travel through the desk to the window.
#pragma once

#include "core/base/error.h"
#include "core/domain/ids.h"
#include "core/domain/names.h"
#include "core/storage/sync_repository.h"

#include <QMap>

#include <optional>

namespace aiva {

struct SyncProgress {
    StoreId store;
    Resource resource = Resource::Customers;
    int batch = 0;   // 1-based; pages of a paged run, stages of a bulk run
    int batches = 0; // 0: not known
    qint64 done = 0;
    qint64 total = 0;      // 0: not known
    qint64 slowedByMs = 0; // the shop asked to wait
};

struct SyncOutcome {
    SyncJobId job;
    StoreId store;
    SyncStatus status = SyncStatus::Completed;
    QMap<Resource, SyncCounts> counts;
    std::optional<Error> error;
    qint64 durationMs = 0;
};

} // namespace aiva
