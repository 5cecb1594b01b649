// The durable queue of mail on its way out (V5). Written by the outbox; each change of state is one transaction, on
// disk when the call returns, unless the caller has one open (a DurableTransaction then).
#pragma once

#include "core/base/result.h"
#include "core/domain/ids.h"
#include "core/domain/mail/outgoing_mail.h"
#include "core/domain/names.h"
#include "core/storage/database/database.h"

#include <memory>
#include <optional>
#include <vector>

namespace aiva {

struct OutboxRow {
    OutboxId id;
    MailboxId mailbox;
    std::optional<ConversationId> conversation;
    QString messageId;
    OutboxState state = OutboxState::Waiting;
    MailOrigin origin = MailOrigin::Person;
    QString subject;
    QString envelopeFrom;
    QStringList recipients; // frozen
    QByteArray mail;        // frozen
    QString text;
    QString draft; // JSON, see outbox/draft_snapshot.h
    QString basis; // JSON, see domain/draft_basis.h
    bool cancelWhenCustomerWrites = false;
    UtcTime queuedAt;
    UtcTime notBefore;
    int attempts = 0;
    UtcTime nextAttemptAt;
    std::optional<UtcTime> handedOverAt;
    std::optional<UtcTime> sentAt;
    bool holdsClaim = false; // asked for, perhaps granted, not given back yet
    QString error;           // kind/cause words, see errorWords()
};

// The setting that says whether the outbox is paused: "1" or "0".
inline constexpr QLatin1String kOutboxPausedSetting("outbox.paused");

class OutboxRepository {
public:
    static Result<std::unique_ptr<OutboxRepository>> create(Database& database);
    ~OutboxRepository();

    Result<OutboxId> add(const OutboxRow& row);
    Result<std::optional<OutboxRow>> byId(OutboxId id);
    // Lists come without mail bytes and draft. Open: waiting, sending, unknown, filing; the next due first.
    Result<std::vector<OutboxRow>> open();
    Result<std::vector<OutboxRow>> stuck();                                     // held, failed; oldest first
    Result<std::vector<OutboxRow>> holdingClaims();                             // in any state
    Result<std::vector<OutboxRow>> ofConversation(ConversationId conversation); // oldest first
    Result<std::optional<UtcTime>> nextDue();
    // The whole row but what was frozen when it was queued. Conflict when the row is no longer in `expected`:
    // a cancel and a send can race, and one must lose.
    Result<void> update(const OutboxRow& row, OutboxState expected);
    // What the retention of sent mail allows to forget: bytes and draft of ended rows queued before `before`.
    Result<void> forgetBytes(UtcTime before);

private:
    class Private;
    explicit OutboxRepository(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
