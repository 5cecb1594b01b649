#include "core/outbox/reply_queue.h"

#include "core/domain/mail/message_ids.h"
#include "core/domain/mail/wire_address.h"
#include "core/outbox/reply_rules.h"

#include <QRandomGenerator>

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

static QByteArray randomBytes(qsizetype count) {
    QByteArray bytes(count, Qt::Uninitialized);
    std::generate(bytes.begin(), bytes.end(),
                  [] { return static_cast<char>(QRandomGenerator::system()->generate() & 0xff); });
    return bytes;
}

// One token a conversation: that of a mail of ours already sent or queued, else a new one.
Result<QString> ReplyQueue::tokenOf(ConversationId conversation) {
    AIVA_TRY(const std::vector<OutboxRow> queued, m_ledger.rows().ofConversation(conversation));
    for (const OutboxRow& row : queued)
        if (const QString token = conversationTokenIn(row.messageId); !token.isEmpty()) return token;
    AIVA_TRY(const std::vector<ThreadMessage> thread, m_ledger.thread(conversation));
    for (const ThreadMessage& message : thread) {
        if (message.isInbound) continue;
        if (const QString token = conversationTokenIn(message.messageId); !token.isEmpty()) return token;
    }
    return newConversationToken(randomBytes(kTokenBytes));
}

Result<OutgoingMail> ReplyQueue::mailOf(const ReplyRequest& request, const MailAccount& account, MailOrigin origin) {
    OutgoingMail mail;
    AIVA_TRY(const QString token, tokenOf(request.conversation));
    mail.messageId = newMessageId(randomBytes(kTokenBytes), token, account.address);
    mail.from = {account.displayName, account.address};
    mail.to = request.to;
    mail.cc = request.cc;
    mail.bcc = request.bcc;
    mail.subject = request.subject;
    mail.text = request.text;
    mail.html = request.html;
    mail.attachments = request.attachments;
    mail.origin = origin;
    const UtcTime earliest = m_clock.now().plusSeconds(std::clamp(account.undoSeconds, 0, 60));
    mail.date = request.sendAt ? std::max(*request.sendAt, earliest) : earliest;
    AIVA_TRY(const std::vector<ThreadMessage> thread, m_ledger.thread(request.conversation));
    if (thread.empty()) return Error{ErrorKind::NotFound, u"there is no such conversation"_s};
    const ThreadingHeaders headers = threadingHeaders(thread);
    mail.inReplyTo = headers.inReplyTo;
    mail.references = headers.references;
    return mail;
}

Result<OutboxId> ReplyQueue::queue(const ReplyRequest& request, MailOrigin origin) {
    AIVA_CHECK(checkReply(request));
    AIVA_TRY(const MailAccount account, m_ledger.account(request.mailbox));
    AIVA_TRY(const std::optional<BasisChange> change, changeSince(request.conversation, request.basis));
    if (change)
        return Error{ErrorKind::Conflict, u"the conversation or an order changed since"_s, ErrorCause::DraftStale};
    DraftSnapshot snapshot;
    AIVA_TRY(snapshot.mail, mailOf(request, account, origin));
    AIVA_TRY(snapshot.draft, m_ledger.draft(request.conversation));

    OutboxRow row;
    AIVA_TRY(row.mail, m_writer.write(snapshot.mail));
    row.mailbox = request.mailbox;
    row.conversation = request.conversation;
    row.messageId = snapshot.mail.messageId;
    row.origin = origin;
    row.subject = request.subject;
    row.envelopeFrom = wireAddress(account.address);
    row.recipients = envelopeRecipients(request, account);
    row.text = request.text;
    row.draft = toJson(snapshot);
    row.basis = toJson(request.basis);
    row.cancelWhenCustomerWrites = request.cancelWhenCustomerWrites;
    row.queuedAt = m_clock.now();
    row.notBefore = snapshot.mail.date;
    row.nextAttemptAt = row.notBefore;
    return m_ledger.queue(row);
}

} // namespace aiva
