#include "core/adapters/mail/imap/store_runs.h"

#include "core/adapters/mail/imap/fetched_items.h"
#include "core/adapters/mail/imap/imap_errors.h"
#include "core/adapters/mail/imap/uid_set.h"

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

QByteArray signOf(FlagChange change) {
    switch (change) {
    case FlagChange::Add:
        return "+FLAGS";
    case FlagChange::Remove:
        return "-FLAGS";
    case FlagChange::Replace:
        return "FLAGS";
    }
    return {};
}

Error notAFlag() {
    return {ErrorKind::Invalid, u"not a flag or keyword"_s};
}

// [APPENDUID 38505 3955]
AppendedMail appendedOf(const ImapResponse& response) {
    AppendedMail appended;
    if (response.code != "APPENDUID" || response.codeValues.size() < 2) return appended;
    const quint64 validity = response.codeValues[0].number().value_or(0);
    const quint64 uid = response.codeValues[1].number().value_or(0);
    if (validity > 0xffffffffU || uid > 0xffffffffU) return appended;
    return {static_cast<quint32>(validity), static_cast<quint32>(uid)};
}

ImapCommand markDeleted(const QByteArray& set) {
    return ImapCommand("UID STORE " + set + " +FLAGS.SILENT (\\Deleted)");
}

} // namespace

StoreRun::StoreRun(QString folder, const std::vector<quint32>& uids, FlagChange change, const QStringList& flags,
                   ImapAnswer<bool> answer)
    : AnsweringRun(std::move(folder), std::move(answer)), m_sets(uidSets(uids)), m_change(change), m_flags(flags) {}

void StoreRun::begin() {
    const auto list = flagList(m_flags);
    if (!list) return refuseAndEnd(notAFlag());
    m_list = *list;
    withFolder([this] { storeSet(0); });
}

void StoreRun::storeSet(size_t index) {
    if (index == m_sets.size()) return answer(true);
    command(ImapCommand("UID STORE " + m_sets[index] + ' ' + signOf(m_change) + ".SILENT " + m_list),
            [this, index](const ImapResponse&) { storeSet(index + 1); });
}

void ConditionalStoreRun::begin() {
    if (!session().hasCondStore()) return refuseAndEnd(imapNotSupported("CONDSTORE"));
    const auto list = flagList(m_request.flags);
    if (!list) return refuseAndEnd(notAFlag());
    withFolder([this, list] { store(*list); });
}

void ConditionalStoreRun::store(const QByteArray& flags) {
    const ImapCommand command("UID STORE " + QByteArray::number(m_request.uid) + " (UNCHANGEDSINCE " +
                              QByteArray::number(m_request.modSeq) + ") " + signOf(m_request.change) + ' ' + flags);
    session().link().run(
        command, [this](const ImapResponse& response) { onAnswered(response); },
        [this](ImapResponse& response) { take(response); });
}

void ConditionalStoreRun::take(const ImapResponse& response) {
    const ImapValue* items = response.is("FETCH") && !response.values.empty() ? &response.values.front() : nullptr;
    const ImapValue* uid = items ? itemOf(*items, "UID") : nullptr;
    if (!uid || uid->number() != m_request.uid) return;
    m_isThere = true;
    const ImapValue* modSeq = itemOf(*items, "MODSEQ");
    if (modSeq && !modSeq->items.empty()) m_modSeqAfter = modSeq->items.front().number().value_or(0);
}

void ConditionalStoreRun::onAnswered(const ImapResponse& response) {
    // Also as a NO: some servers refuse the whole store.
    if (response.code == "MODIFIED") return answer({ConditionalStore::Outcome::Modified, 0});
    if (!response.isOk()) return refuseAndEnd(imapError(response));
    if (m_modSeqAfter > m_request.modSeq) return answer({ConditionalStore::Outcome::Done, m_modSeqAfter});
    lookAgain();
}

// An OK that tells nothing of the message: it is gone, or the server is sparing with words.
void ConditionalStoreRun::lookAgain() {
    m_isThere = false;
    command(
        ImapCommand("UID FETCH " + QByteArray::number(m_request.uid) + " (UID FLAGS MODSEQ)"),
        [this](const ImapResponse&) {
            if (m_isThere)
                answer({ConditionalStore::Outcome::Done, m_modSeqAfter});
            else
                answer({ConditionalStore::Outcome::Gone, 0});
        },
        [this](ImapResponse& response) { take(response); });
}

void AppendRun::begin() {
    const auto list = flagList(m_flags);
    if (!list) return refuseAndEnd(notAFlag());
    const qint64 limit = session().capabilities().appendLimit();
    if (limit > 0 && m_mail.size() > limit)
        return refuseAndEnd({ErrorKind::Refused, u"larger than the server's APPENDLIMIT"_s, ErrorCause::MailTooLarge});
    if (m_mail.isEmpty() || m_mail.contains('\0'))
        return refuseAndEnd({ErrorKind::Invalid, u"not a mail: empty, or holds a NUL"_s});
    ImapCommand append("APPEND");
    append.string(wireFolder()).words(*list).literal(m_mail);
    command(append, [this](const ImapResponse& response) { answer(appendedOf(response)); });
}

MoveRun::MoveRun(QString folder, const std::vector<quint32>& uids, QString target, ImapAnswer<bool> answer)
    : AnsweringRun(std::move(folder), std::move(answer)), m_sets(uidSets(uids)), m_target(std::move(target)) {}

void MoveRun::begin() {
    const bool canMove = session().capabilities().has("MOVE");
    // Without UIDPLUS the original could only be removed together with what others marked deleted.
    if (!canMove && !session().capabilities().has("UIDPLUS")) return refuseAndEnd(imapNotSupported("MOVE and UIDPLUS"));
    withFolder([this, canMove] { canMove ? moveSet(0) : copySet(0); });
}

void MoveRun::moveSet(size_t index) {
    if (index == m_sets.size()) return answer(true);
    ImapCommand move("UID MOVE " + m_sets[index]);
    move.string(session().wireName(m_target, spellings()));
    command(move, [this, index](const ImapResponse&) { moveSet(index + 1); });
}

void MoveRun::copySet(size_t index) {
    if (index == m_sets.size()) return answer(true);
    ImapCommand copy("UID COPY " + m_sets[index]);
    copy.string(session().wireName(m_target, spellings()));
    command(copy, [this, index](const ImapResponse&) {
        command(markDeleted(m_sets[index]), [this, index](const ImapResponse&) {
            command(ImapCommand("UID EXPUNGE " + m_sets[index]),
                    [this, index](const ImapResponse&) { copySet(index + 1); });
        });
    });
}

EraseRun::EraseRun(QString folder, const std::vector<quint32>& uids, ImapAnswer<bool> answer)
    : AnsweringRun(std::move(folder), std::move(answer)), m_sets(uidSets(uids)) {}

void EraseRun::begin() {
    if (!session().capabilities().has("UIDPLUS")) return refuseAndEnd(imapNotSupported("UIDPLUS"));
    withFolder([this] { eraseSet(0); });
}

void EraseRun::eraseSet(size_t index) {
    if (index == m_sets.size()) return answer(true);
    command(markDeleted(m_sets[index]), [this, index](const ImapResponse&) {
        command(ImapCommand("UID EXPUNGE " + m_sets[index]),
                [this, index](const ImapResponse&) { eraseSet(index + 1); });
    });
}

} // namespace aiva
