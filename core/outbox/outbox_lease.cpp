#include "core/outbox/outbox_lease.h"

namespace aiva {

Result<std::unique_ptr<OutboxLease>> OutboxLease::take(const QString& file) {
    std::unique_ptr<OutboxLease> lease(new OutboxLease(file));
    lease->m_lock.setStaleLockTime(0); // never by age: only when its process is gone
    if (lease->m_lock.tryLock(0)) return lease;
    if (lease->m_lock.error() == QLockFile::LockFailedError)
        return Error{ErrorKind::Conflict, QStringLiteral("another process sends from this workspace"),
                     ErrorCause::WorkspaceBusy};
    return Error{ErrorKind::Storage, QStringLiteral("the workspace's folder cannot be written"),
                 ErrorCause::ReadOnlyDisk};
}

QString outboxLeaseFile(const QString& workspaceDir) {
    return workspaceDir + QStringLiteral("/outbox.lock");
}

} // namespace aiva
