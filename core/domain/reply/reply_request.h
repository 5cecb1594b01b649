// A reply as the composer hands it over, before the outbox freezes it. Plain values.
#pragma once

#include "core/domain/mail/message_record.h"
#include "core/domain/names.h"
#include "core/domain/reply/draft_basis.h"

#include <optional>
#include <vector>

namespace aiva {

struct ReplyRequest {
    ConversationId conversation;
    MailboxId mailbox;
    DraftKind kind = DraftKind::Reply; // Note is refused: notes have no way out
    QList<MailAddress> to;
    QList<MailAddress> cc;
    QList<MailAddress> bcc;
    QString subject;
    QString text; // whole, with signature and quote as shown
    QString html; // empty: plain text
    std::vector<AttachmentRecord> attachments;
    DraftBasis basis;              // what the person had on screen
    std::optional<UtcTime> sendAt; // send later; else the mailbox's undo window
    bool cancelWhenCustomerWrites = false;
};

} // namespace aiva
