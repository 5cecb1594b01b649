#include "core/privacy/person_erasure.h"

#include "core/privacy/privacy_audit.h"
#include "core/storage/database/durable_transaction.h"
#include "core/storage/privacy/privacy_cleanups.h"

namespace aiva {

using namespace Qt::StringLiterals;

QJsonObject toJson(const ErasureCounts& counts) {
    return {{u"profiles"_s, counts.profiles},
            {u"customers"_s, counts.customers},
            {u"orders_anonymised"_s, counts.orders},
            {u"conversations"_s, counts.conversations},
            {u"messages"_s, counts.messages},
            {u"attachments"_s, counts.attachments},
            {u"drafts"_s, counts.drafts},
            {u"notes"_s, counts.notes},
            {u"outbox"_s, counts.outbox},
            {u"proposals"_s, counts.proposals},
            {u"queued"_s, counts.queued},
            {u"mentions"_s, counts.mentions},
            {u"requests_closed"_s, counts.tasks}};
}

Result<ErasureCounts> erasePerson(const Workspace& workspace, Database& writer, const Clock& clock,
                                  const PersonQuestion& question, AuditActor actor) {
    const UtcTime now = clock.now();
    AIVA_TRY(const auto transaction, DurableTransaction::begin(writer));
    AIVA_TRY(const PersonRows person, findPerson(writer, question));
    const bool isKnown = !person.isEmpty();
    if (!isKnown && person.customerNames.empty())
        return Error{ErrorKind::NotFound, u"nobody is known by this address"_s};
    AIVA_TRY(const auto eraser, PersonEraser::create(writer));
    AIVA_TRY(const ErasureCounts counts, eraser->erase(person, now));
    AIVA_TRY(const auto cleanups, PrivacyCleanups::create(writer));
    if (isKnown || counts.queued > 0) AIVA_CHECK(cleanups->wantAll(workspace, now));
    AuditNote note{now, actor, u"person_erased"_s, question.store};
    AIVA_CHECK(auditPrivacy(writer, note, question.address, toJson(counts)));
    AIVA_CHECK(transaction->commit());
    if (!isKnown) return Error{ErrorKind::NotFound, u"nobody is known by this address"_s};
    return counts;
}

} // namespace aiva
