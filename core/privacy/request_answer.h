// Answers what a shop asks about somebody's data (P1) by what the request itself names: an address, a customer's id,
// orders. Called by the desk on the write connection's thread.
#pragma once

#include "core/privacy/person_export.h"

namespace aiva {

// As exportPerson(), of the shop's store; the request is closed with it. NotFound: no such request is open, or nobody
// is known by it.
Result<PersonExport> answerRequest(Database& writer, const Clock& clock, PrivacyTaskId request, const QString& dir,
                                   AuditActor actor);

// Nothing is kept about whom it names: that is the answer. Conflict when something is.
Result<void> closeRequest(Database& writer, const Clock& clock, PrivacyTaskId request, AuditActor actor);

} // namespace aiva
