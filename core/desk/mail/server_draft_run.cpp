#include "core/desk/mail/server_draft_run.h"

#include "core/domain/reply/reply_recipients.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace aiva {

namespace {

// As the composer would address it: nobody was chosen by hand.
DraftRecipients addressed(const Draft& draft, const ConversationView& conversation, const MailAccount& account) {
    const auto& messages = conversation.messages;
    const auto answered =
        std::find_if(messages.rbegin(), messages.rend(), [](const MessageView& one) { return !one.isOutbound; });
    if (answered == messages.rend()) return {{{QString(), conversation.customerEmail}}, {}, {}};
    return replyRecipients(draft.kind, {answered->from, answered->replyTo, answered->to, answered->cc, false},
                           QStringList(account.address) + account.ownAddresses);
}

} // namespace

OutgoingMail serverDraft(const Draft& draft, const std::vector<AttachmentRecord>& attachments,
                         const ConversationView& conversation, const MailAccount& account, UtcTime at) {
    OutgoingMail mail;
    const QString domain = account.address.section(u'@', -1);
    mail.messageId = u"aiva-draft.%1@%2"_s.arg(conversation.id.value()).arg(domain);
    mail.from = {account.displayName, account.address};
    const DraftRecipients recipients = draft.recipients.value_or(addressed(draft, conversation, account));
    mail.to = recipients.to;
    mail.cc = recipients.cc;
    mail.bcc = recipients.bcc;
    mail.date = at;
    mail.subject = draft.subject.isEmpty() ? u"Re: "_s + conversation.subject : draft.subject;
    if (!conversation.messages.empty()) {
        mail.inReplyTo = conversation.messages.back().messageId;
        mail.references = {mail.inReplyTo};
    }
    mail.text = draft.text;
    mail.html = draft.html;
    mail.attachments = attachments;
    return mail;
}

ServerDraftRun::ServerDraftRun(MailboxPort& port, QByteArray mail, QString messageId, QObject* parent)
    : QObject(parent), m_port(&port), m_mail(std::move(mail)), m_messageId(std::move(messageId)) {}

void ServerDraftRun::start() {
    whenDone(m_port->folders(), this, [this](const Result<std::vector<MailFolder>>& folders) {
        if (!folders) return finish(folders.error());
        const auto drafts = std::find_if(folders->begin(), folders->end(),
                                         [](const MailFolder& folder) { return folder.role == FolderRole::Drafts; });
        if (drafts == folders->end())
            return finish(Error{ErrorKind::NotFound, u"the server has no drafts folder"_s, ErrorCause::FolderMissing});
        findOlder(drafts->name);
    });
}

void ServerDraftRun::findOlder(const QString& folder) {
    if (!m_port) return finish(Error{ErrorKind::Refused, u"the mailbox was closed"_s});
    whenDone(m_port->findMessageId(folder, m_messageId), this,
             [this, folder](const Result<std::vector<quint32>>& older) {
                 if (!older) return finish(older.error());
                 append(folder, *older);
             });
}

// The new copy first: a line lost in between leaves two, never none.
void ServerDraftRun::append(const QString& folder, const std::vector<quint32>& older) {
    if (!m_port) return finish(Error{ErrorKind::Refused, u"the mailbox was closed"_s});
    whenDone(m_port->append(folder, m_mail, {u"\\Draft"_s, u"\\Seen"_s}), this,
             [this, folder, older](const Result<AppendedMail>& appended) {
                 if (!appended) return finish(appended.error());
                 if (older.empty() || !m_port) return finish({});
                 // Without UIDPLUS the older copy stays; it is no failure.
                 whenDone(m_port->erase(folder, older), this, [this](const Result<bool>&) { finish({}); });
             });
}

void ServerDraftRun::finish(const Result<void>& done) {
    Q_EMIT finished(done);
    deleteLater();
}

} // namespace aiva
