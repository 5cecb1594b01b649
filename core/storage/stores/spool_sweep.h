// What a process leaves in the spool that went on fetching for a store which another process dropped, or was killed
// then: no job and no checkpoint speaks of it any more.
#pragma once

#include "core/storage/database/database.h"
#include "core/storage/workspace/workspace.h"

namespace aiva {

// Removes the files nobody knows. One that cannot be removed now (somebody has it open) stays for the next time.
Result<void> sweepSpools(const Workspace& workspace, Database& writer);

} // namespace aiva
