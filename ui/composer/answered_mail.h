// What a reply answers: the customer's newest mail of a conversation, whom the reply goes to, in which language. Read
// from a ConversationView when the composer needs it. Pure.
#pragma once

#include "core/domain/reply/reply_recipients.h"
#include "core/domain/reply/reply_text.h"
#include "core/readmodel/conversation_query.h"
#include "core/readmodel/mailbox_query.h"

namespace aiva {

// The newest mail a customer wrote themselves, else the newest of a customer, else the newest; null when there is none.
const MessageView* answeredMessage(const ConversationView& conversation);
DraftRecipients recipientsOf(const ConversationView& conversation, DraftKind kind, const QStringList& ownAddresses);
QString languageOf(const ConversationView& conversation);
std::optional<QuotedMail> quotedMail(const ConversationView& conversation);

// Every address that is us.
QStringList ownAddresses(const std::vector<MailboxView>& mailboxes);
// The one a reply goes out from: the draft's, the conversation's, the one it was written to, the first connected.
const MailboxView* mailboxFor(const ConversationView& conversation, const std::optional<MailboxId>& chosen,
                              const std::vector<MailboxView>& mailboxes);

// Name of the colleague who holds the claim; empty when nobody or we do.
QString answeringColleague(const ConversationView& conversation, const MailboxView* mailbox);
// Name of whoever answered within the last two minutes, when it was not this desk. `seen`: the newest message a person
// here has acknowledged.
struct ColleagueReply {
    QString name;
    UtcTime at;
};
std::optional<ColleagueReply> colleagueReply(const ConversationView& conversation, const MailboxView* mailbox,
                                             UtcTime now, MessageId seen);

} // namespace aiva
