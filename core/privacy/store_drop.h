// Drops a store (P3): all its rows in one durable transaction together with the audit entry and the wish for what must
// follow; CleanupRun does that, credentials included. What runs for the store must have ended before.
#pragma once

#include "core/base/clock.h"
#include "core/domain/answering/audit_entry.h"
#include "core/storage/stores/store_remover.h"
#include "core/storage/workspace/workspace.h"

#include <QJsonObject>

namespace aiva {

// NotFound when there is no such store.
Result<StoreRemovalCounts> dropStore(const Workspace& workspace, Database& writer, const Clock& clock, StoreId store,
                                     AuditActor actor);

QJsonObject toJson(const StoreRemovalCounts& counts);

} // namespace aiva
