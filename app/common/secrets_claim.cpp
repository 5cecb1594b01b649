#include "app/common/secrets_claim.h"

#include <QLockFile>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

// A keychain may ask the person, for two minutes a step; a holder that died is noticed at once.
constexpr int kStaleClaimSecretsMs = 15 * 60'000;
constexpr int kClaimPatienceMs = 10'000;

} // namespace

Result<std::shared_ptr<void>> claimSecrets(const Workspace& workspace) {
    const auto lock = std::make_shared<QLockFile>(workspace.dir() + u"/secrets.lock"_s);
    lock->setStaleLockTime(kStaleClaimSecretsMs);
    if (lock->tryLock(kClaimPatienceMs)) return std::shared_ptr<void>(lock);
    if (lock->error() == QLockFile::LockFailedError)
        return Error{ErrorKind::Storage, u"another process changes the secrets of this workspace"_s,
                     ErrorCause::WorkspaceBusy};
    return Error{ErrorKind::Storage, u"the workspace's folder cannot be written"_s, ErrorCause::ReadOnlyDisk};
}

} // namespace aiva
