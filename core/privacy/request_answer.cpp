#include "core/privacy/request_answer.h"

#include "core/privacy/privacy_audit.h"
#include "core/storage/webhooks/webhook_privacy_tasks.h"

namespace aiva {

using namespace Qt::StringLiterals;

static Result<PrivacyTask> openDataRequest(PrivacyTasks& tasks, PrivacyTaskId request) {
    AIVA_TRY(const std::optional<PrivacyTask> task, tasks.pendingById(request));
    if (task && task->kind == "data_request"_L1) return *task;
    return Error{ErrorKind::NotFound, u"no such request is open"_s};
}

Result<PersonExport> answerRequest(Database& writer, const Clock& clock, PrivacyTaskId request, const QString& dir,
                                   AuditActor actor) {
    AIVA_TRY(const auto tasks, PrivacyTasks::create(writer));
    AIVA_TRY(const PrivacyTask task, openDataRequest(*tasks, request));
    return exportPerson(writer, clock, questionOf(task), dir, actor, request);
}

Result<void> closeRequest(Database& writer, const Clock& clock, PrivacyTaskId request, AuditActor actor) {
    const UtcTime now = clock.now();
    AIVA_TRY(const auto transaction, Transaction::begin(writer));
    AIVA_TRY(const auto tasks, PrivacyTasks::create(writer));
    AIVA_TRY(const PrivacyTask task, openDataRequest(*tasks, request));
    const PersonQuestion question = questionOf(task);
    AIVA_TRY(const PersonRows person, findPerson(writer, question));
    if (!person.isEmpty()) return Error{ErrorKind::Conflict, u"something is kept about them: it has to be given"_s};
    AIVA_CHECK(tasks->setDone(request, now));
    AIVA_CHECK(auditPrivacy(writer, {now, actor, u"request_closed"_s, task.store}, question.address,
                            {{u"why"_s, u"nothing_is_kept"_s}}));
    return transaction->commit();
}

} // namespace aiva
