// What can be said for certain about who wrote a mail (A10): what the receiving server found (SPF, DKIM, DMARC),
// whether it stands for the From the person sees, and what in the mail is made to deceive. Facts, kept with the message
// for the gate that decides on disclosing anything by itself. Pure.
#pragma once

#include "core/domain/mail/message_record.h"
#include "core/domain/mail/sender_check.h"

#include <QStringList>

#include <array>
#include <vector>

namespace aiva {

// The words SenderCheck::warnings can hold.
inline constexpr std::array<QLatin1String, 7> kSenderWarnings{
    QLatin1String("reply_to_elsewhere"), QLatin1String("name_contains_address"), QLatin1String("look_alike_domain"),
    QLatin1String("look_alike_address"), QLatin1String("several_from"),          QLatin1String("no_from"),
    QLatin1String("own_domain_unproven")};

// Whom a sender could pretend to be, and whose word counts.
struct SenderContext {
    QString authservId;         // trusted, as in MailAccount; empty: nobody is
    QStringList ownAddresses;   // of all mailboxes, normalised
    QStringList ownDomains;     // of the stores
    QStringList knownAddresses; // of the customer whose conversation it joined, normalised
};

SenderCheck checkSender(const MessageRecord& message, const SenderContext& context);

// The fields of the trusted server in a mail, as texts to parse: the topmost run of its Authentication-Results.
//
// Whatever a sender writes stands below the Received field with which our server took the mail in from outside, so a
// field counts only while nothing above it is such a border: above it there may be Received fields of local delivery
// (LMTP, or without "from") and of hops whose every printed address is private. Servers that write their results below
// their own border are believed only where they are known to remove what pretends to be theirs, as RFC 8601 §5 wants:
// Google, Microsoft, Fastmail, Yahoo, GMX and web.de. In either case a Received field ends the run.
QStringList trustedAuthenticationResults(const std::vector<TraceField>& trace, const QString& authservId);

// The id in a mail's topmost Authentication-Results, as written by anybody: at most 255 printable characters, and only
// where the field would count if that id were trusted. Empty: none.
QString topmostAuthservId(const std::vector<TraceField>& trace);

// For setting a mailbox up: the id that stands on top of most of its newest mails, when it is one and the same in all
// that have any and there are at least three. `newest` is topmostAuthservId() of each, also the empty ones. To be shown
// to the person, never trusted by itself. Empty: none.
QString suggestedAuthservId(const QStringList& newest);

} // namespace aiva
