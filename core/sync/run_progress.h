// RunProgress: what a sync says of itself while it runs, kept from one step to the next: where it is, how far each
// resource is, how long it takes. Told by StoreSyncRun, which passes on what it answers; reads the books, writes
// nothing.
#pragma once

#include "core/sync/resource_plan.h"
#include "core/sync/sync_progress.h"

#include <deque>

namespace aiva {

struct RunStep {
    Resource resource = Resource::Customers;
    int batch = 0; // as in SyncProgress; 0: not known
    int batches = 0;
    qint64 done = 0;
    qint64 total = 0;
};

class RunProgress {
public:
    // All outlive it. `startedMs` of the monotonic clock.
    RunProgress(const SyncRequest& request, const SyncLedger& ledger, const Clock& clock, qint64 startedMs);

    // `plans` is empty until the shop has said who it is; `waiting` are those whose turn has not come.
    const SyncProgress& at(const RunStep& step, const QMap<Resource, ResourcePlan>& plans,
                           const std::deque<Resource>& waiting);
    // Where it was, but the shop asked to wait.
    const SyncProgress& slowedBy(qint64 waitMs);

private:
    const SyncRequest& m_request;
    const SyncLedger& m_ledger;
    const Clock& m_clock;
    const qint64 m_startedMs;
    SyncProgress m_last;
};

} // namespace aiva
