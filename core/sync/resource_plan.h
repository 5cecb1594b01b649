// What a run has to do for each resource. Read once at its start from checkpoints and watermarks; used by StoreSyncRun.
#pragma once

#include "core/sync/resource_checkpoint.h"
#include "core/sync/sync_ledger.h"

#include <vector>

namespace aiva {

struct ResourcePlan {
    ResourceCheckpoint state;
    bool isResumed = false; // goes on where a run before stopped
    bool hasBound = false;  // incremental, and there is a watermark to start from
    bool isFirst = false;   // the cache has never held all of it
};

struct SyncPlan {
    // In the order they are to be read; those the resumed job is done with are left out, their spools removed.
    std::vector<ResourcePlan> resources;
    UtcTime asOf; // all that had changed by then is in the cache once they are read
    bool isResumed = false;
    bool isIncomplete = false; // the source did not give the run before all of what it is done with
};

// Removes the spools nobody will read any more.
Result<SyncPlan> planResources(SyncLedger& ledger, const Workspace& workspace, const SyncRequest& request,
                               bool isHistoryLimited, UtcTime now);

// What a sync of it, once through, says of the store's facts: all that had changed by then is there. Absent when it
// reads only a part of what facts are of.
std::optional<UtcTime> freshnessAfter(const SyncRequest& request, const SyncPlan& plan);
// SyncOutcome::isBehind.
bool isBehind(const SyncRequest& request, const SyncPlan& plan, SyncStatus status, UtcTime now);

// The same records sorted by change, newest first.
RecordQuery newestQuery(const RecordQuery& query);

bool prefersBulk(const ResourceCheckpoint& state, const SyncRequest& request);

} // namespace aiva
