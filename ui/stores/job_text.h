// What is said of a sync that runs or has run: what it was, what became of it, what it read. Pure.
#pragma once

#include "core/readmodel/sync_query.h"
#include "ui/widgets/status_dot.h"

#include <QString>

namespace aiva {

// "1,204 customers"
QString resourceCountText(Resource resource, qint64 number);
QString syncStatusWord(SyncStatus status); // "completed"
QString resourceTitle(Resource resource);
// "Full sync", "Sync of changes"; of a store that lives from files "Orders from a file": its jobs are full syncs only
// by their stored word.
QString jobTitle(const SyncJobRow& job, StoreKind source);
QString jobTriggerText(SyncTrigger trigger);
// "completed", "completed with 3 errors", "failed"
QString jobResultText(const SyncJobRow& job);
DotLook jobDot(SyncStatus status);
qint64 unreadRecords(const SyncJobRow& job); // that could not be read
// "1,204 customers · 5,310 orders" of what it read; "nothing new" only of one that came to its end.
QString jobCountsText(const SyncJobRow& job);
// "12 s", "3 min 20 s", "1 h 05 min"
QString durationText(qint64 ms);

} // namespace aiva
