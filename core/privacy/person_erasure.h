// Erases a person (P2): the rows in one durable transaction together with the audit entry and the wish for what must
// follow; CleanupRun does that. Called by aivactl, the desk and PrivacyKeeper on the write connection's thread.
#pragma once

#include "core/base/clock.h"
#include "core/domain/answering/audit_entry.h"
#include "core/storage/privacy/person_eraser.h"
#include "core/storage/workspace/workspace.h"

#include <QJsonObject>

namespace aiva {

// NotFound when nobody is known by this question; Conflict while a reply to them is on its way. In both cases nothing
// was changed. A NotFound still remembers a customer a shop named, so that no later sync brings them in.
Result<ErasureCounts> erasePerson(const Workspace& workspace, Database& writer, const Clock& clock,
                                  const PersonQuestion& question, AuditActor actor);

// The counts by name, for aivactl and the audit log.
QJsonObject toJson(const ErasureCounts& counts);

} // namespace aiva
