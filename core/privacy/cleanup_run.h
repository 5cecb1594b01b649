// Does what an erasure left to do (storage/privacy_cleanups.h): step by step, each remembered as done. Run after every
// erasure and once at each start, so that a kill only delays it.
#pragma once

#include "core/storage/privacy_cleanups.h"
#include "core/storage/store_repository.h"

#include <functional>
#include <optional>

namespace aiva {

// Removes a dropped store's credentials from wherever this machine keeps secrets; app knows where. Of the row only kind
// and domain are set. None being there is fine.
using SecretsRemover = std::function<Result<void>(Database& writer, const StoreRow& store)>;

struct CleanupOutcome {
    int done = 0;
    int left = 0;               // could not be done now: somebody reads, the disk is full, no keychain answers
    std::optional<Error> error; // of the first that is left
};

// Blocks as long as writing the whole cache anew takes. Not inside a transaction.
Result<CleanupOutcome> runCleanups(const Workspace& workspace, Database& writer, const SecretsRemover& removeSecrets);

} // namespace aiva
