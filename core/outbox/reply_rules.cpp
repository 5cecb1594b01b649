#include "core/outbox/reply_rules.h"

#include "core/domain/email_address.h"
#include "core/domain/html/html_text.h"
#include "core/domain/mail/wire_address.h"
#include "core/domain/reply/reply_variables.h"

#include <QSet>

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kReferences = 20; // 998 bytes to a line, and some programs read no further

// Made up here for a mail that had none: nobody else knows it.
bool isMadeUp(const QString& messageId) {
    return messageId.endsWith("@missing.aiva"_L1);
}

QList<MailAddress> everybody(const ReplyRequest& request) {
    return request.to + request.cc + request.bcc;
}

} // namespace

Result<void> checkReply(const ReplyRequest& request) {
    if (request.kind == DraftKind::Note) return Error{ErrorKind::Refused, u"a note is never mailed"_s};
    const QList<MailAddress> all = everybody(request);
    if (all.isEmpty()) return Error{ErrorKind::Invalid, u"the mail has no recipient"_s, ErrorCause::NoRecipient};
    const bool isAnyBad = std::any_of(all.begin(), all.end(),
                                      [](const MailAddress& address) { return wireAddress(address.email).isEmpty(); });
    if (isAnyBad)
        return Error{ErrorKind::Invalid, u"no mail can go to one of the addresses"_s, ErrorCause::RecipientRefused};
    if (!emptyVariables(request.text + u'\n' + request.subject + u'\n' + htmlToText(request.html)).isEmpty())
        return Error{ErrorKind::Invalid, u"a variable of the text has no value"_s, ErrorCause::VariableEmpty};
    return {};
}

QStringList envelopeRecipients(const ReplyRequest& request, const MailAccount& account) {
    QStringList recipients;
    QSet<QString> seen;
    const auto add = [&](const QString& address) {
        const QString key = normalizedEmail(address);
        if (seen.contains(key)) return;
        seen.insert(key);
        recipients.append(wireAddress(address));
    };
    const QList<MailAddress> all = everybody(request);
    for (const MailAddress& address : all)
        add(address.email);
    if (account.sentProof == SentProof::OwnCopy) add(account.address);
    return recipients;
}

ThreadingHeaders threadingHeaders(const std::vector<ThreadMessage>& thread) {
    const auto usable = [](const ThreadMessage& message) { return !isMadeUp(message.messageId); };
    auto parent = std::find_if(thread.rbegin(), thread.rend(),
                               [&](const ThreadMessage& message) { return message.isInbound && usable(message); });
    if (parent == thread.rend()) parent = std::find_if(thread.rbegin(), thread.rend(), usable);
    ThreadingHeaders headers;
    if (parent == thread.rend()) return headers;
    headers.inReplyTo = parent->messageId;
    for (auto message = thread.begin(); message != parent.base(); ++message)
        if (usable(*message)) headers.references.append(message->messageId);
    while (headers.references.size() > kReferences)
        headers.references.removeAt(1);
    return headers;
}

} // namespace aiva
