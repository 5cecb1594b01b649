// Goes through the audit log and finds the first entry that is not as it was written: changed, removed, inserted or
// moved (grammar: domain/answering/audit_entry.h). Used by AuditRepository and by the workspace check, which has no
// Database.
#pragma once

#include "core/base/result.h"
#include "core/domain/ids.h"

#include <QString>

#include <optional>

struct sqlite3;

namespace aiva {

struct AuditChain {
    struct Break {
        AuditId entry; // the first that does not hold, or that is missing
        QString what;  // one English sentence without the entry's content
    };
    qint64 entries = 0; // that hold, before the break
    std::optional<Break> broken;
};

Result<AuditChain> verifyAuditChain(sqlite3* connection);

} // namespace aiva
