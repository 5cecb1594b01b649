#include "ui/composer/answered_mail.h"

#include "core/domain/email_address.h"
#include "core/domain/mail/quoted_text.h"
#include "core/domain/text_language.h"

#include <QCoreApplication>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 recentlyMs = 120'000;

QString nameOf(const MailboxView& mailbox, int slot) {
    for (const TeamAgent& agent : mailbox.team)
        if (agent.slot == slot) return agent.isMe ? QString() : agent.name;
    return QCoreApplication::translate("aiva::Composer", "A colleague");
}

bool isWrittenTo(const ConversationView& conversation, const QString& address) {
    const QString key = normalizedEmail(address);
    for (const MessageView& message : conversation.messages)
        for (const QList<MailAddress>* list : {&message.to, &message.cc})
            for (const MailAddress& one : *list)
                if (!message.isOutbound && normalizedEmail(one.email) == key) return true;
    return false;
}

} // namespace

const MessageView* answeredMessage(const ConversationView& conversation) {
    const auto& messages = conversation.messages;
    const auto newest = [&](auto wanted) -> const MessageView* {
        const auto found = std::find_if(messages.rbegin(), messages.rend(), wanted);
        return found == messages.rend() ? nullptr : &*found;
    };
    const auto* own = newest([](const MessageView& one) { return !one.isOutbound && !one.automated; });
    if (own != nullptr) return own;
    const auto* inbound = newest([](const MessageView& one) { return !one.isOutbound; });
    if (inbound != nullptr) return inbound;
    return messages.empty() ? nullptr : &messages.back();
}

DraftRecipients recipientsOf(const ConversationView& conversation, DraftKind kind, const QStringList& own) {
    const MessageView* mail = answeredMessage(conversation);
    if (mail == nullptr) {
        if (kind == DraftKind::Note || conversation.customerEmail.isEmpty()) return {};
        return {{{QString(), conversation.customerEmail}}, {}, {}};
    }
    return replyRecipients(kind, {mail->from, mail->replyTo, mail->to, mail->cc, mail->isOutbound}, own);
}

QString languageOf(const ConversationView& conversation) {
    const MessageView* mail = answeredMessage(conversation);
    return mail == nullptr ? QString() : languageOf(unfoldedText(mail->text, mail->folded));
}

std::optional<QuotedMail> quotedMail(const ConversationView& conversation) {
    const MessageView* mail = answeredMessage(conversation);
    if (mail == nullptr || mail->text.trimmed().isEmpty()) return std::nullopt;
    return QuotedMail{mail->from, mail->sentAt, mail->text};
}

QStringList ownAddresses(const std::vector<MailboxView>& mailboxes) {
    QStringList addresses;
    for (const MailboxView& mailbox : mailboxes)
        addresses << mailbox.account.address << mailbox.account.ownAddresses;
    return addresses;
}

const MailboxView* mailboxFor(const ConversationView& conversation, const std::optional<MailboxId>& chosen,
                              const std::vector<MailboxView>& mailboxes) {
    const auto byId = [&](std::optional<MailboxId> id) -> const MailboxView* {
        for (const MailboxView& mailbox : mailboxes)
            if (mailbox.account.id == id && mailbox.account.status != MailboxStatus::Disconnected) return &mailbox;
        return nullptr;
    };
    if (const MailboxView* mailbox = byId(chosen)) return mailbox;
    if (const MailboxView* mailbox = byId(conversation.mailbox)) return mailbox;
    const MailboxView* first = nullptr;
    for (const MailboxView& mailbox : mailboxes) {
        if (mailbox.account.status == MailboxStatus::Disconnected) continue;
        if (first == nullptr) first = &mailbox;
        for (const QString& address : QStringList(mailbox.account.address) + mailbox.account.ownAddresses)
            if (isWrittenTo(conversation, address)) return &mailbox;
    }
    return first;
}

QString answeringColleague(const ConversationView& conversation, const MailboxView* mailbox) {
    if (mailbox == nullptr || conversation.claimSlot == 0) return {};
    if (conversation.claimSlot == mailbox->account.agentSlot) return {};
    return nameOf(*mailbox, conversation.claimSlot);
}

std::optional<ColleagueReply> colleagueReply(const ConversationView& conversation, const MailboxView* mailbox,
                                             UtcTime now, MessageId seen) {
    if (conversation.messages.empty()) return std::nullopt;
    const MessageView& newest = conversation.messages.back();
    if (!newest.isOutbound || !newest.sentElsewhere || newest.automated || newest.id == seen) return std::nullopt;
    if (now.ms() - newest.sentAt.ms() > recentlyMs) return std::nullopt;
    QString name = QCoreApplication::translate("aiva::Composer", "A colleague");
    if (mailbox != nullptr && conversation.assigneeSlot != 0 && conversation.assigneeSlot != mailbox->account.agentSlot)
        name = nameOf(*mailbox, conversation.assigneeSlot);
    return ColleagueReply{name, newest.sentAt};
}

} // namespace aiva
