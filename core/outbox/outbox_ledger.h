// What the outbox writes, one durable transaction an entry: a mail and its draft change hands together or not at all.
// Reads what its guards compare. Used by ReplyQueue, SendRun and OutboxDispatcher on the core thread, and by aivactl.
#pragma once

#include "core/base/result.h"
#include "core/outbox/draft_snapshot.h"
#include "core/storage/conversations/conversation_repository.h"
#include "core/storage/conversations/message_lookup.h"
#include "core/storage/mailboxes/mailbox_repository.h"
#include "core/storage/replies/draft_basis_reader.h"
#include "core/storage/replies/draft_repository.h"
#include "core/storage/replies/outbox_repository.h"
#include "core/storage/workspace/settings_repository.h"

#include <memory>
#include <optional>

namespace aiva {

class OutboxLedger {
public:
    static Result<std::unique_ptr<OutboxLedger>> create(Database& writer);

    OutboxRepository& rows() { return *m_rows; }

    Result<MailAccount> account(MailboxId mailbox); // NotFound, or Refused when it is disconnected
    Result<std::vector<ThreadMessage>> thread(ConversationId conversation);
    Result<std::optional<Draft>> draft(ConversationId conversation);
    // The cache holds this mail: it was sent and recorded, or mailbox sync found it on the server.
    Result<bool> isKnown(const QString& messageId);
    // Absent: the basis still holds.
    Result<std::optional<BasisChange>> changeSince(ConversationId conversation, const DraftBasis& basis);

    // A new row; the draft it was made from goes.
    Result<OutboxId> queue(const OutboxRow& row);
    // Every other change: Conflict when the row is no longer in `expected`.
    Result<void> save(const OutboxRow& row, OutboxState expected);
    // Row in its new state (cancelled, failed) and its draft back in the composer. What was begun there meanwhile stays
    // as a version.
    Result<void> giveBack(const OutboxRow& row, OutboxState expected, UtcTime at);
    // Takes what giveBack() put there away again, when nobody touched it: a refused mail is tried once more.
    Result<void> takeAgain(const OutboxRow& row, OutboxState expected);
    // Row in its new state and the mail in its conversation.
    Result<void> recordSent(const OutboxRow& row, OutboxState expected);

    // Why this mail must not leave now.
    enum class Guard { Clear, Stale, CustomerWrote, Paused };
    Result<Guard> guard(const OutboxRow& row);

    // Before the final dot: the guard and the kill switch once more and, when they are clear, the row as handed over;
    // one transaction, so that nothing written before it, by whatever process, can be overlooked.
    Result<Guard> handOver(const OutboxRow& row, OutboxState expected);

    // Taken back by a person. Conflict once it may have left.
    Result<void> cancel(OutboxId id, UtcTime at);

    // The kill switch; survives restarts.
    Result<bool> isPaused();
    Result<void> setPaused(bool paused);

private:
    explicit OutboxLedger(Database& database) : m_database(database) {}
    template <typename Work>
    auto durably(Work work) -> decltype(work());

    Database& m_database;
    std::unique_ptr<OutboxRepository> m_rows;
    std::unique_ptr<MailboxRepository> m_mailboxes;
    std::unique_ptr<ConversationRepository> m_conversations;
    std::unique_ptr<DraftRepository> m_drafts;
    std::unique_ptr<DraftBasisReader> m_basis;
    std::unique_ptr<MessageLookup> m_messages;
    std::unique_ptr<SettingsRepository> m_settings;
};

} // namespace aiva
