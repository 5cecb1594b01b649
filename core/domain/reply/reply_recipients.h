// Whom a reply goes to (RFC 5322 §3.6.2, §3.6.3). Pure; called by the composer when a draft names nobody itself.
#pragma once

#include "core/domain/reply/draft.h"

#include <QStringList>

namespace aiva {

// The mail that is answered, as far as addresses go.
struct AnsweredMail {
    MailAddress from;
    QList<MailAddress> replyTo;
    QList<MailAddress> to;
    QList<MailAddress> cc;
    bool isOutbound = false; // our own: a reply goes on to those it went to
};

// Reply: where the writer wants replies. Reply all: the same in To, every other recipient in Cc. Our own addresses are
// left out unless nobody else remains; no address stands twice; what is no address is left out. A note has nobody.
DraftRecipients replyRecipients(DraftKind kind, const AnsweredMail& mail, const QStringList& ownAddresses);

// "ada@example.com", "Ada Lovelace <ada@example.com>", several separated by comma, semicolon or line end. What is not
// an address comes back with an empty email and the text as its name.
QList<MailAddress> addressesFromText(const QString& text);
// One that a mail server could accept: local part, @, domain with a label on each side of a dot; no blanks or controls.
bool isMailAddress(const QString& email);
// "Ada Lovelace <ada@example.com>", or the bare address.
QString addressText(const MailAddress& address);

} // namespace aiva
