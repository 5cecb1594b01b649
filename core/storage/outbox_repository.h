// The durable queue of mail on its way out (V5). Written by the outbox; each change of state is one transaction, on
// disk when the call returns.
#pragma once

#include "core/base/result.h"
#include "core/domain/ids.h"
#include "core/domain/names.h"
#include "core/domain/outgoing_mail.h"
#include "core/storage/database.h"

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
    QString error;
};

class OutboxRepository {
public:
    static Result<std::unique_ptr<OutboxRepository>> create(Database& database);
    ~OutboxRepository();

    Result<OutboxId> add(const OutboxRow& row);
    Result<std::optional<OutboxRow>> byId(OutboxId id);
    Result<std::vector<OutboxRow>> open(); // waiting, sending, unknown, filing; oldest first, without mail bytes
    Result<std::vector<OutboxRow>> ofConversation(ConversationId conversation); // without mail bytes
    Result<std::optional<UtcTime>> nextDue();
    // Whole row but mail, recipients, message id, which never change. Conflict when the row is no longer in `expected`:
    // a cancel and a send can race, and one must lose.
    Result<void> update(const OutboxRow& row, OutboxState expected);
    // What the retention of sent mail allows to forget: rows sent or cancelled before `before` lose their bytes.
    Result<void> forgetBytes(UtcTime before);

private:
    class Private;
    explicit OutboxRepository(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
