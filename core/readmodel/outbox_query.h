// What is on its way out, as the outbox page, the status line and a conversation's send bar show it. Query-only
// connection.
#pragma once

#include "core/base/result.h"
#include "core/base/utc_time.h"
#include "core/domain/ids.h"
#include "core/domain/names.h"
#include "core/storage/database/database.h"

#include <memory>
#include <optional>
#include <vector>

namespace aiva {

struct OutboxView {
    OutboxId id;
    MailboxId mailbox;
    QString mailboxAddress;
    std::optional<ConversationId> conversation;
    QString messageId; // header, without brackets
    OutboxState state = OutboxState::Waiting;
    QString subject;
    QStringList recipients; // as chosen: without the copy to ourselves
    QString snippet;
    qint64 size = 0; // bytes of the mail
    UtcTime queuedAt;
    UtcTime notBefore;
    UtcTime nextAttemptAt;
    int attempts = 0;
    std::optional<UtcTime> sentAt;
    QString error; // errorWords(); errorFromWords() reads them
    bool isAutomatic = false;
};

class OutboxQuery {
public:
    static Result<std::unique_ptr<OutboxQuery>> create(Database& reader);
    ~OutboxQuery();
    // Open ones first by time due, then held and failed, then the newest `recent` that ended.
    Result<std::vector<OutboxView>> all(int recent);
    // What a conversation's bar shows: the newest that is not sent (or sent and being filed) or cancelled.
    Result<std::optional<OutboxView>> pending(ConversationId conversation);
    Result<qint64> openCount(); // waiting, sending, unknown, held, failed
    Result<bool> isPaused();

private:
    class Private;
    explicit OutboxQuery(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
