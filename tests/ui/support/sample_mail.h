// Mailboxes and mails on their way out for the tests of the desk: made up, and the same every time.
#pragma once

#include "core/readmodel/mailbox_query.h"
#include "core/readmodel/outbox_query.h"

namespace aiva::sample {

// In its undo window: 8 s of 10 left at `now`.
OutboxView waitingMail(UtcTime now);
OutboxView laterMail(UtcTime now);   // sends tomorrow at 9
OutboxView sendingMail(UtcTime now); //
OutboxView retryMail(UtcTime now);   // greylisted once, next try in 4 min
OutboxView unknownMail(UtcTime now);
OutboxView staleMail(UtcTime now);   // held: something changed
OutboxView claimedMail(UtcTime now); // held: a colleague answers
OutboxView refusedMail(UtcTime now); // the recipient's address was refused
OutboxView filingMail(UtcTime now);
OutboxView sentMail(UtcTime now);
std::vector<OutboxView> everyMail(UtcTime now);

// support@acme.example: connected, shared with two colleagues.
MailboxView sharedMailbox(UtcTime now);
MailboxView soloMailbox(UtcTime now);   // no CONDSTORE; first sync under way
MailboxView lostMailbox(UtcTime now);   // its sign-in has expired
MailboxView partedMailbox(UtcTime now); // disconnected by a person
std::vector<CannedReply> cannedReplies();

} // namespace aiva::sample
