// The right to work on a store's sync, held by one process at a time: two would share one job and write one spool file.
// Taken by whoever starts a StoreSyncRun or a ReconcileRun, and held until the run is gone; ends with the process,
// however that ends.
#pragma once

#include "core/base/result.h"
#include "core/domain/ids.h"
#include "core/storage/workspace/workspace.h"

#include <QLockFile>

#include <memory>

namespace aiva {

using StoreLease = std::unique_ptr<QLockFile>;

// Null while another has it; never waits. Another store keeps nobody waiting.
Result<StoreLease> takeStoreLease(const Workspace& workspace, StoreId store);

} // namespace aiva
