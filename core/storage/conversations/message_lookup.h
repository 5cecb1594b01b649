// Message-IDs the cache holds, for what writes mail: the thread a reply continues, and whether a mail of ours is
// already known here (our own record, or what mailbox sync found on the server). Used by the outbox.
#pragma once

#include "core/base/result.h"
#include "core/domain/ids.h"
#include "core/storage/database/database.h"

#include <memory>
#include <vector>

namespace aiva {

struct ThreadMessage {
    QString messageId; // header, without brackets; some are made up for mails that had none
    bool isInbound = false;
};

class MessageLookup {
public:
    static Result<std::unique_ptr<MessageLookup>> create(Database& database);

    Result<std::vector<ThreadMessage>> thread(ConversationId conversation); // oldest first
    Result<bool> isKnown(const QString& messageId);

private:
    MessageLookup() = default;

    Statement m_thread;
    Statement m_known;
};

} // namespace aiva
