// What the window reads of the mail half, on the desk's query-only connection. Tests give functions of their own;
// absent ones mean that nothing is there.
#pragma once

#include "core/desk/desk.h"
#include "core/readmodel/mailbox_query.h"
#include "core/readmodel/outbox_query.h"

#include <functional>
#include <vector>

namespace aiva {

class Spelling;

struct MailReads {
    std::function<Result<std::vector<OutboxView>>(int recent)> outbox;
    std::function<Result<std::vector<MailboxView>>()> mailboxes;
    std::function<Result<std::vector<CannedReply>>()> cannedReplies;
    std::function<Result<std::optional<OutboxView>>(ConversationId)> pending = {}; // the conversation's mail on its way
    Spelling* spelling = nullptr; // not owned; null: words are not judged
};

// `reader` outlives what uses the answer.
MailReads mailReads(DeskReader& reader);

} // namespace aiva
