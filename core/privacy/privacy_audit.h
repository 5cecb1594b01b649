// How acts of privacy are written into the audit log (P5): counts and a pseudonym, never an address. Used inside
// core/privacy only.
#pragma once

#include "core/storage/privacy/audit_repository.h"
#include "core/storage/privacy/erasure_marks.h"

#include <QJsonObject>

namespace aiva {

// In the caller's transaction. `address` is turned into the pseudonym ErasureMarks gives it; empty: nobody in
// particular.
Result<void> auditPrivacy(Database& writer, AuditNote note, const QString& address, QJsonObject detail);

} // namespace aiva
