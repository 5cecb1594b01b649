#include "app/sandbox/maildir.h"

namespace aiva {

Result<qint64> writeMaildir(const SandboxOptions&, const QString&) {
    return qint64(0);
}

} // namespace aiva
