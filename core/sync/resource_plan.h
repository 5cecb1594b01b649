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

// In the order they are to be read; resources the resumed job is done with are left out, their spools removed.
Result<std::vector<ResourcePlan>> planResources(SyncLedger& ledger, const Workspace& workspace,
                                                const SyncRequest& request, bool isHistoryLimited, UtcTime now);

// The same records sorted by change, newest first.
RecordQuery newestQuery(const RecordQuery& query);

bool prefersBulk(const ResourceCheckpoint& state, const SyncRequest& request);

} // namespace aiva
