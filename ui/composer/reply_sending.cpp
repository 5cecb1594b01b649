#include "ui/composer/reply_sending.h"

#include "core/domain/mail/attachment_rules.h"
#include "ui/composer/answered_mail.h"
#include "ui/composer/basis_guard.h"
#include "ui/composer/composer_parts.h"
#include "ui/composer/draft_difference.h"
#include "ui/composer/mail_html.h"
#include "ui/composer/open_draft.h"
#include "ui/composer/outgoing_bar.h"
#include "ui/composer/recipients_bar.h"
#include "ui/composer/send_bar.h"
#include "ui/composer/send_notice.h"
#include "ui/composer/written_reply.h"
#include "ui/errors/error_text.h"

#include <QTextDocument>

namespace aiva {

ReplySending::ReplySending(const Around& around, QObject* parent) : QObject(parent), m_around(around) {
    connect(m_around.parts.outgoing, &OutgoingBar::actionAsked, this, &ReplySending::act);
    connect(m_around.parts.bar, &SendBar::sendAsked, this, [this] { send({}); });
    connect(m_around.parts.bar, &SendBar::sendLaterAsked, this, [this](UtcTime at) { send(at); });
}

bool ReplySending::isHandedOver() const {
    return m_handedOver.contains(m_around.draft.conversation());
}

SendSituation ReplySending::situation() const {
    SendSituation situation;
    const Writing* now = m_around.draft.writing();
    if (now == nullptr) return situation;
    const ConversationView& view = *m_around.draft.view();
    const MailboxView* from = m_around.draft.mailbox();
    const RecipientsBar::Content& address = m_around.parts.recipients->content();
    situation.hasMailbox = from != nullptr;
    situation.isAttaching = !now->arriving.isEmpty();
    situation.lacksImage = lacksImage(*now);
    situation.recipients = address.recipients;
    situation.subject = address.subject;
    situation.text = mailText(*now->document);
    situation.attachments = static_cast<int>(now->attachments.size());
    situation.sentBytes = sentBytes(*now);
    situation.limit = usualMailLimit;
    situation.answering = answeringColleague(view, from);
    if (const auto reply = colleagueReply(view, from, m_around.clock.now(), now->seen)) situation.replied = reply->name;
    situation.isStale = m_around.guard.isStale();
    return situation;
}

void ReplySending::look() {
    if (m_around.draft.writing() == nullptr) return;
    const SendVerdict verdict = m_around.draft.isNote() ? SendVerdict() : sendVerdict(situation());
    if (isShownAtOnce(verdict.block))
        tell(verdict);
    else
        m_around.notice.clearVerdictBut(verdict);
}

void ReplySending::tell(const SendVerdict& verdict) {
    m_around.notice.show(verdict,
                         colleagueReply(*m_around.draft.view(), m_around.draft.mailbox(), m_around.clock.now(), {}));
}

void ReplySending::restart() {
    m_confirmed.clear();
    m_doubted.reset();
    m_around.notice.clear();
    showBusy();
}

void ReplySending::send(const std::optional<UtcTime>& at) {
    if (m_around.draft.writing() == nullptr || isHandedOver()) return;
    if (m_around.draft.isNote()) {
        addNote();
        return;
    }
    m_around.parts.recipients->commit();
    const SendVerdict verdict = sendVerdict(situation());
    if (verdict.block != SendBlock::None) {
        keepBack(verdict);
        return;
    }
    if (verdict.doubt != SendDoubt::None && m_confirmed != verdict.detail) {
        m_confirmed = verdict.detail;
        m_doubted = at;
        tell(verdict);
        return;
    }
    // "Press Send again" means: as it was asked for.
    const bool isAgain = verdict.doubt != SendDoubt::None && m_around.notice.tells(verdict);
    handOver(at || !isAgain ? at : m_doubted);
}

void ReplySending::keepBack(const SendVerdict& verdict) {
    tell(verdict);
    if (verdict.block == SendBlock::NoRecipient || verdict.block == SendBlock::BadAddress)
        m_around.parts.recipients->focusTo();
    if (verdict.block == SendBlock::Stale) m_around.parts.difference->setFocus(Qt::OtherFocusReason);
}

void ReplySending::handOver(const std::optional<UtcTime>& at) {
    auto reply = replyRequest({*m_around.draft.view(), *m_around.draft.mailbox(), *m_around.draft.writing(),
                               m_around.parts.recipients->content()},
                              m_around.sources);
    if (!reply) {
        m_around.notice.fail(m_around.draft.conversation(), errorSentence(reply.error()));
        return;
    }
    reply->sendAt = at;
    reply->cancelWhenCustomerWrites = at && m_around.parts.bar->isCancelledByNews();
    m_around.notice.clear();
    m_handedOver.insert(reply->conversation);
    showBusy();
    Q_EMIT sendAsked(*reply);
}

void ReplySending::addNote() {
    const QString note = m_around.draft.editor().toPlainText().trimmed();
    if (note.isEmpty()) {
        m_around.draft.editor().setFocus(Qt::ShortcutFocusReason);
        return;
    }
    m_handedOver.insert(m_around.draft.conversation());
    showBusy();
    Q_EMIT noteAsked(m_around.draft.conversation(), note);
}

void ReplySending::end(ConversationId conversation) {
    m_handedOver.remove(conversation);
    showBusy();
}

void ReplySending::showBusy() {
    const bool isBusy = isHandedOver();
    m_around.draft.editor().setReadOnly(isBusy); // what is typed now would belong to neither mail
    m_around.parts.bar->setBusy(isBusy ? SendBar::Busy::Sending : SendBar::Busy::No);
}

bool ReplySending::undo() {
    if (!m_around.parts.outgoing->canUndo()) return false;
    askBack(m_around.parts.outgoing->mail()->id);
    return true;
}

void ReplySending::askBack(OutboxId mail) {
    if (mail == m_takingBack) return; // a key held down asks once
    m_takingBack = mail;
    Q_EMIT cancelSendAsked(mail);
}

void ReplySending::act(OutboxAction action) {
    if (!m_around.parts.outgoing->mail()) return;
    const OutboxId mail = m_around.parts.outgoing->mail()->id;
    switch (action) {
    case OutboxAction::Undo:
    case OutboxAction::Edit:
    case OutboxAction::Cancel:
        askBack(mail);
        break;
    case OutboxAction::SendNow:
        Q_EMIT sendNowAsked(mail);
        break;
    case OutboxAction::WasSent:
    case OutboxAction::SendAgain:
        Q_EMIT resolveAsked(mail, action == OutboxAction::WasSent);
        break;
    case OutboxAction::Open:
        break;
    }
}

void ReplySending::takeQueued(ConversationId conversation, OutboxId mail) {
    end(conversation);
    m_around.draft.documents().setAside(conversation, mail);
    if (conversation != m_around.draft.conversation() || m_around.draft.isNote()) return;
    m_confirmed.clear();
    m_around.draft.attach();
    m_around.draft.editor().document()->clearUndoRedoStacks(); // an empty page has nothing to undo but the sending
    m_around.guard.rest();
    m_around.parts.recipients->setOpen(false);
    Q_EMIT turned();
}

void ReplySending::takeRefused(ConversationId conversation, const Error& error) {
    end(conversation);
    if (conversation == m_around.draft.conversation() && error.cause == ErrorCause::DraftStale) {
        m_around.guard.check();
        if (m_around.guard.isStale()) return; // what changed is shown, and that it keeps the reply back
        m_around.guard.acknowledge();
    }
    m_around.notice.fail(conversation, errorSentence(error));
}

void ReplySending::takeBack(OutboxId mail) {
    m_takingBack = {};
    const ConversationId conversation = m_around.draft.giveBack(mail);
    if (!conversation.isValid() || conversation != m_around.draft.conversation() || m_around.draft.isNote()) return;
    m_around.parts.outgoing->setMail({});
    Q_EMIT turned();
    m_around.draft.editor().setFocus(Qt::ShortcutFocusReason);
}

void ReplySending::takeFailed(ConversationId conversation, const Error& error) {
    m_takingBack = {};
    m_around.notice.fail(conversation, errorSentence(error));
}

} // namespace aiva
