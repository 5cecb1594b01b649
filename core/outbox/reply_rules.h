// What a reply has to satisfy before it is frozen, and what follows from it. Pure; used by ReplyQueue.
#pragma once

#include "core/base/result.h"
#include "core/domain/mail/mail_account.h"
#include "core/domain/reply/reply_request.h"
#include "core/storage/conversations/message_lookup.h"

namespace aiva {

// Refused (a note), NoRecipient, VariableEmpty; Invalid for an address no mail can go to. Names none in the detail.
Result<void> checkReply(const ReplyRequest& request);

// To, Cc and Bcc, every address once in the form the wire takes; ourselves too when a copy to us is the proof.
QStringList envelopeRecipients(const ReplyRequest& request, const MailAccount& account);

struct ThreadingHeaders {
    QString inReplyTo;
    QStringList references; // oldest first
};
// Answers the customer's newest mail; RFC 5322 §3.6.4. Long threads keep their first id and the newest ones.
ThreadingHeaders threadingHeaders(const std::vector<ThreadMessage>& thread);

} // namespace aiva
