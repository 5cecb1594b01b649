#include "core/sync/store_lease.h"

using namespace Qt::StringLiterals;

namespace aiva {

// Beside the database: the file of a backup is a workspace without a folder of its own.
Result<StoreLease> takeStoreLease(const Workspace& workspace, StoreId store) {
    const QString number = QString::number(store.value());
    auto lease = std::make_unique<QLockFile>(u"%1.sync-%2.lock"_s.arg(workspace.databasePath(), number));
    lease->setStaleLockTime(0); // never by age, a sync may take a day: only when its process is gone
    if (lease->tryLock(0)) return lease;
    if (lease->error() == QLockFile::LockFailedError) return StoreLease();
    return Error{ErrorKind::Storage, u"the workspace's folder cannot be written"_s, ErrorCause::ReadOnlyDisk};
}

} // namespace aiva
