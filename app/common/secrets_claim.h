// Held while a secret is replaced or forgotten that depends on what else is there: a keychain knows no transactions,
// and the desk and aivactl may be at the same one. Used by what keeps the secrets of stores and mailboxes.
#pragma once

#include "core/storage/workspace/workspace.h"

#include <memory>

namespace aiva {

// Until the answer goes. Waits for whoever has it; Storage/WorkspaceBusy when that takes too long. Not twice at once by
// the same caller: it would wait for itself. Not inside a transaction.
Result<std::shared_ptr<void>> claimSecrets(const Workspace& workspace);

} // namespace aiva
