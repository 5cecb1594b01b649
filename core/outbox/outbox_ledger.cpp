#include "core/outbox/outbox_ledger.h"

#include "core/base/log.h"
#include "core/storage/database/durable_transaction.h"

namespace aiva {

using namespace Qt::StringLiterals;

Result<std::unique_ptr<OutboxLedger>> OutboxLedger::create(Database& writer) {
    std::unique_ptr<OutboxLedger> made(new OutboxLedger(writer));
    AIVA_TRY(made->m_rows, OutboxRepository::create(writer));
    AIVA_TRY(made->m_mailboxes, MailboxRepository::create(writer));
    AIVA_TRY(made->m_conversations, ConversationRepository::create(writer));
    AIVA_TRY(made->m_drafts, DraftRepository::create(writer));
    AIVA_TRY(made->m_basis, DraftBasisReader::create(writer));
    AIVA_TRY(made->m_messages, MessageLookup::create(writer));
    AIVA_TRY(made->m_settings, SettingsRepository::create(writer));
    return made;
}

template <typename Work>
auto OutboxLedger::durably(Work work) -> decltype(work()) {
    AIVA_TRY(const std::unique_ptr<DurableTransaction> transaction, DurableTransaction::begin(m_database));
    auto result = work();
    if (result) AIVA_CHECK(transaction->commit());
    return result;
}

Result<MailAccount> OutboxLedger::account(MailboxId mailbox) {
    AIVA_TRY(const std::optional<MailAccount> found, m_mailboxes->byId(mailbox));
    if (!found) return Error{ErrorKind::NotFound, u"there is no such mailbox"_s};
    if (found->status == MailboxStatus::Disconnected)
        return Error{ErrorKind::Refused, u"the mailbox is disconnected"_s};
    return *found;
}

Result<std::vector<ThreadMessage>> OutboxLedger::thread(ConversationId conversation) {
    return m_messages->thread(conversation);
}

Result<std::optional<Draft>> OutboxLedger::draft(ConversationId conversation) {
    return m_drafts->reply(conversation);
}

Result<bool> OutboxLedger::isKnown(const QString& messageId) {
    return m_messages->isKnown(messageId);
}

Result<std::optional<BasisChange>> OutboxLedger::changeSince(ConversationId conversation, const DraftBasis& basis) {
    AIVA_TRY(const DraftBasis now, m_basis->basis(conversation));
    return basisChange(basis, now);
}

Result<OutboxId> OutboxLedger::queue(const OutboxRow& row) {
    return durably([&]() -> Result<OutboxId> {
        AIVA_TRY(const OutboxId id, m_rows->add(row));
        if (row.conversation) AIVA_CHECK(m_drafts->removeReply(*row.conversation));
        return id;
    });
}

Result<void> OutboxLedger::save(const OutboxRow& row, OutboxState expected) {
    return m_rows->update(row, expected);
}

Result<void> OutboxLedger::giveBack(const OutboxRow& row, OutboxState expected, UtcTime at) {
    return durably([&]() -> Result<void> {
        AIVA_CHECK(m_rows->update(row, expected));
        AIVA_TRY(const std::optional<OutboxRow> whole, m_rows->byId(row.id));
        const auto snapshot = whole ? draftSnapshotFromJson(whole->draft) : std::nullopt;
        if (!snapshot || !whole->conversation) return {};
        const ConversationId conversation = *whole->conversation;
        AIVA_TRY(const std::optional<Draft> begun, m_drafts->reply(conversation));
        // removeReply keeps its text as a version: nothing typed is lost.
        if (begun) AIVA_CHECK(m_drafts->removeReply(conversation));
        AIVA_CHECK(m_drafts->save(draftOf(*snapshot, conversation, at)));
        for (const AttachmentRecord& attachment : snapshot->mail.attachments) {
            AIVA_TRY(const DraftAttachmentId id, m_drafts->addAttachment(conversation, attachment, at));
            Q_UNUSED(id)
        }
        return {};
    });
}

Result<void> OutboxLedger::takeAgain(const OutboxRow& row, OutboxState expected) {
    return durably([&]() -> Result<void> {
        AIVA_CHECK(m_rows->update(row, expected));
        AIVA_TRY(const std::optional<OutboxRow> whole, m_rows->byId(row.id));
        const auto snapshot = whole ? draftSnapshotFromJson(whole->draft) : std::nullopt;
        if (!snapshot || !whole->conversation) return {};
        AIVA_TRY(const std::optional<Draft> draft, m_drafts->reply(*whole->conversation));
        if (!draft || draft->text != draftOf(*snapshot, *whole->conversation, {}).text) return {};
        return m_drafts->removeReply(*whole->conversation);
    });
}

Result<void> OutboxLedger::recordSent(const OutboxRow& row, OutboxState expected) {
    return durably([&]() -> Result<void> {
        AIVA_CHECK(m_rows->update(row, expected));
        AIVA_TRY(const std::optional<OutboxRow> whole, m_rows->byId(row.id));
        const auto snapshot = whole ? draftSnapshotFromJson(whole->draft) : std::nullopt;
        if (!snapshot) {
            // A row whose words are gone still was sent; the server's copy comes with the next sync.
            qCWarning(logMail, "a sent mail has no words to show");
            return {};
        }
        const MessageRecord message = sentMessageOf(*snapshot, whole->mail.size());
        ConversationRepository::Arrival arrival;
        arrival.mailbox = whole->mailbox;
        arrival.conversation = whole->conversation;
        AIVA_TRY(const auto added, m_conversations->add(message, ConversationRepository::Direction::Outbound, arrival));
        Q_UNUSED(added)
        return {};
    });
}

Result<OutboxLedger::Guard> OutboxLedger::guard(const OutboxRow& row) {
    if (!row.conversation) return Guard::Clear;
    const std::optional<DraftBasis> basis = draftBasisFromJson(row.basis);
    if (!basis) return Guard::Stale; // what nobody can compare has not been compared
    AIVA_TRY(const std::optional<BasisChange> change, changeSince(*row.conversation, *basis));
    if (!change) return Guard::Clear;
    if (!row.cancelWhenCustomerWrites) return Guard::Stale;
    AIVA_TRY(const bool customerWrote, m_basis->hasCustomerWritten(*row.conversation, *basis));
    return customerWrote ? Guard::CustomerWrote : Guard::Stale;
}

Result<OutboxLedger::Guard> OutboxLedger::handOver(const OutboxRow& row, OutboxState expected) {
    return durably([&]() -> Result<Guard> {
        AIVA_TRY(const bool paused, isPaused());
        if (paused) return Guard::Paused;
        AIVA_TRY(const Guard found, guard(row));
        if (found == Guard::Clear) AIVA_CHECK(m_rows->update(row, expected));
        return found;
    });
}

Result<void> OutboxLedger::cancel(OutboxId id, UtcTime at) {
    AIVA_TRY(const std::optional<OutboxRow> found, m_rows->byId(id));
    if (!found) return Error{ErrorKind::NotFound, u"no such mail in the outbox"_s};
    OutboxRow row = *found;
    const OutboxState expected = row.state;
    const bool isUndecided = row.handedOverAt.has_value();
    const bool isOpen = expected == OutboxState::Waiting || expected == OutboxState::Held;
    row.state = OutboxState::Cancelled;
    // Its draft came back when it failed, and may have become something else since.
    if (expected == OutboxState::Failed) return save(row, expected);
    if (!isOpen || isUndecided) return Error{ErrorKind::Conflict, u"the mail may have left already"_s};
    return giveBack(row, expected, at);
}

Result<bool> OutboxLedger::isPaused() {
    AIVA_TRY(const std::optional<QString> value, m_settings->value(kOutboxPausedSetting));
    return value == u"1"_s;
}

Result<void> OutboxLedger::setPaused(bool paused) {
    return durably([&] { return m_settings->setValue(kOutboxPausedSetting, paused ? u"1"_s : u"0"_s); });
}

} // namespace aiva
