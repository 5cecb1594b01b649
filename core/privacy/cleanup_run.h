// Does what an erasure left to do (storage/privacy_cleanups.h): step by step, each remembered as done. Run after every
// erasure and once at each start, so that a kill only delays it.
#pragma once

#include "core/storage/privacy/privacy_cleanups.h"
#include "core/storage/stores/store_repository.h"

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

// Not inside a transaction.
class CleanupRun {
public:
    CleanupRun(const Workspace& workspace, Database& writer, const SecretsRemover& removeSecrets)
        : m_workspace(workspace), m_writer(writer), m_removeSecrets(removeSecrets) {}

    // One step of those that were wanted at the first call; false when it was the last. The longest writes the whole
    // cache anew. A step that fails is counted, an error says that none could be read.
    Result<bool> step();
    const CleanupOutcome& outcome() const { return m_outcome; }

private:
    Result<void> clear(const PrivacyCleanup& cleanup);

    const Workspace& m_workspace;
    Database& m_writer;
    const SecretsRemover& m_removeSecrets;
    std::unique_ptr<PrivacyCleanups> m_cleanups; // absent before the first step
    std::vector<PrivacyCleanup> m_pending;
    size_t m_next = 0;
    CleanupOutcome m_outcome;
};

// Every step, one after the other.
Result<CleanupOutcome> runCleanups(const Workspace& workspace, Database& writer, const SecretsRemover& removeSecrets);

} // namespace aiva
