// What the window reads of the mail half, on the desk's query-only connection. Absent functions: nothing there yet.
#pragma once

#include "core/readmodel/mailbox_query.h"
#include "core/readmodel/outbox_query.h"

#include <functional>
#include <vector>

namespace aiva {

struct MailReads {
    std::function<Result<std::vector<OutboxView>>(int recent)> outbox;
    std::function<Result<std::vector<MailboxView>>()> mailboxes;
    std::function<Result<std::vector<CannedReply>>()> cannedReplies;
};

} // namespace aiva
