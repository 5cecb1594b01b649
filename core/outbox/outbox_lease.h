// OutboxLease: the right to send from a workspace, held by one process at a time: a window and `aivactl outbox flush`
// would each take a row the other left in the middle for one a crash left. Held by OutboxDispatcher; ends with the
// process, however that ends.
#pragma once

#include "core/base/result.h"

#include <QLockFile>

#include <memory>

namespace aiva {

class OutboxLease {
public:
    // WorkspaceBusy while another process holds it. `file`: outboxLeaseFile().
    static Result<std::unique_ptr<OutboxLease>> take(const QString& file);

private:
    explicit OutboxLease(const QString& file) : m_lock(file) {}
    QLockFile m_lock;
};

QString outboxLeaseFile(const QString& workspaceDir);

} // namespace aiva
