// What a sync says of itself while it runs and when it ends. Values; they travel through the desk to the window.
#pragma once

#include "core/base/error.h"
#include "core/domain/ids.h"
#include "core/domain/names.h"
#include "core/storage/stores/sync_repository.h"

#include <QMap>

#include <optional>
#include <vector>

namespace aiva {

struct ResourceProgress {
    enum class State { Waiting, Running, Done };
    Resource resource = Resource::Customers;
    State state = State::Waiting;
    qint64 done = 0;
    qint64 total = 0; // 0: not known
};

struct SyncProgress {
    enum class Work { Sync, Comparison };
    StoreId store;
    Resource resource = Resource::Customers;
    int batch = 0;   // 1-based; pages of a paged run, stages of a bulk run
    int batches = 0; // 0: not known
    qint64 done = 0;
    qint64 total = 0;      // 0: not known
    qint64 slowedByMs = 0; // the shop asked to wait
    Work work = Work::Sync;
    std::vector<ResourceProgress> resources; // of a sync, in the order they are read
    qint64 elapsedMs = 0;
    std::optional<qint64> estimatedMs; // how long the last one of its kind took
};

// By the records still to come, else by how long it took last time; absent when neither says anything yet.
std::optional<qint64> timeLeftMs(const SyncProgress& progress);

struct SyncOutcome {
    SyncJobId job;
    StoreId store;
    SyncKind kind = SyncKind::Full; // what was done: an unfinished full sync comes before the changes asked for
    SyncStatus status = SyncStatus::Completed;
    QMap<Resource, SyncCounts> counts;
    std::optional<Error> error;
    qint64 durationMs = 0;
    // Done, but begun so long ago (it was resumed, or there was much to read) that what changed meanwhile should
    // follow.
    bool isBehind = false;
};

} // namespace aiva
