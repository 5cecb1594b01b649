// The composer's way to the outbox: what keeps a reply back, what is handed over, and what came of it.
#include "core/domain/mail/attachment_rules.h"
#include "core/domain/text_language.h"
#include "ui/composer/answered_mail.h"
#include "ui/composer/below_text.h"
#include "ui/composer/composer.h"
#include "ui/composer/draft_difference.h"
#include "ui/composer/kind_switch.h"
#include "ui/composer/mail_html.h"
#include "ui/composer/recipients_bar.h"
#include "ui/composer/reply_edit.h"
#include "ui/composer/send_bar.h"
#include "ui/error_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/format.h"
#include "ui/widgets/text_label.h"

#include <QTextDocument>

namespace aiva {

using namespace Qt::StringLiterals;

void Composer::recordBasis() {
    Writing* now = writing();
    if (now == nullptr || now->draft.basis || kind() == DraftKind::Note || !m_sources.basis) return;
    now->draft.basis = m_sources.basis(m_view->id);
    if (m_sources.customer)
        if (const auto customer = m_sources.customer()) now->draft.facts = orderFacts(customer->orders, QLocale());
    emitDraft();
}

void Composer::takeRecipients() {
    Writing* now = writing();
    if (now == nullptr || kind() == DraftKind::Note) return;
    const RecipientsBar::Content& chosen = m_recipients->content();
    const bool isOtherMailbox = chosen.mailbox != now->draft.mailbox;
    if (chosen.mailbox) now->draft.mailbox = chosen.mailbox;
    now->draft.recipients = chosen.recipients;
    now->draft.subject = chosen.subject == replySubject(m_view->subject) ? QString() : chosen.subject;
    if (isOtherMailbox) showBelow();
    emitDraft();
    m_pause.start();
}

void Composer::checkStale() {
    Writing* now = writing();
    m_isStale = false;
    if (now != nullptr && now->draft.basis && m_sources.basis && kind() != DraftKind::Note) {
        const std::optional<DraftBasis> current = m_sources.basis(m_view->id);
        if (current && basisChange(*now->draft.basis, *current)) {
            OrderFactsMap facts;
            if (m_sources.customer)
                if (const auto customer = m_sources.customer()) facts = orderFacts(customer->orders, QLocale());
            const DraftChange change = draftChange(*m_view, now->draft, facts);
            const bool isOwnOnly =
                change.facts.empty() && !change.messages.empty() &&
                std::all_of(change.messages.begin(), change.messages.end(),
                            [](const MessageView& one) { return one.isOutbound && !one.sentElsewhere; });
            if (isOwnOnly) {
                now->draft.basis = current; // the mail sent a moment ago has arrived in the conversation
            } else {
                m_isStale = true;
                m_difference->setChange(change);
            }
        }
    }
    m_difference->setVisible(m_isStale);
}

void Composer::acknowledge() {
    Writing* now = writing();
    if (now == nullptr) return;
    now->draft.basis.reset();
    if (!m_view->messages.empty()) now->seen = m_view->messages.back().id;
    if (m_isStale || !now->document->isEmpty()) recordBasis();
    m_isStale = false;
    m_difference->hide();
    tell(Notice::None, {});
    look();
    focusEditor();
}

qint64 Composer::sentBytes() const {
    const Writing* now = const_cast<Composer*>(this)->writing();
    if (now == nullptr) return 0;
    qint64 bytes = static_cast<qint64>(m_editor->document()->characterCount()) * 2;
    for (const DraftAttachmentView& file : now->attachments)
        bytes += attachedSize(file.size);
    return bytes;
}

SendSituation Composer::situation() const {
    SendSituation situation;
    const Writing* now = const_cast<Composer*>(this)->writing();
    if (now == nullptr) return situation;
    const MailboxView* from = mailbox();
    situation.hasMailbox = from != nullptr;
    situation.isAttaching = !now->arriving.isEmpty();
    situation.recipients = m_recipients->content().recipients;
    situation.subject = m_recipients->content().subject;
    situation.text = mailText(*now->document);
    situation.attachments = static_cast<int>(now->attachments.size());
    situation.sentBytes = sentBytes();
    situation.limit = usualMailLimit;
    situation.answering = answeringColleague(*m_view, from);
    if (const auto reply = colleagueReply(*m_view, from, m_clock.now(), now->seen)) situation.replied = reply->name;
    situation.isStale = m_isStale;
    return situation;
}

// Of what is being written, once it says; until then as the customer writes.
QString Composer::writtenLanguage() {
    const QString own = languageOf(text());
    if (!own.isEmpty()) return own;
    const QString theirs = kind() == DraftKind::Note ? QString() : languageOf(*m_view);
    return theirs.isEmpty() ? QLocale().name() : theirs;
}

void Composer::look() {
    const Writing* now = writing();
    if (now == nullptr) return;
    m_marks->setLanguage(writtenLanguage());
    if (kind() == DraftKind::Note) {
        if (m_notice == Notice::Verdict) tell(Notice::None, {});
        return;
    }
    const SendVerdict verdict = sendVerdict(situation());
    if (isShownAtOnce(verdict.block))
        showVerdict(verdict);
    else if (m_notice == Notice::Verdict && m_verdict != verdict)
        tell(Notice::None, {}); // what was told holds no more
}

void Composer::showVerdict(const SendVerdict& verdict) {
    m_verdict = verdict;
    QString text = sendVerdictText(verdict);
    QString action;
    if (verdict.block == SendBlock::ColleagueReplied) {
        if (const auto reply = colleagueReply(*m_view, mailbox(), m_clock.now(), {})) {
            const auto seconds = std::max<qint64>(0, m_clock.now().msSince(reply->at) / 1000);
            text = (seconds < 60 ? tr("%1 replied %2 s ago. Read it before you send yours.")
                                 : tr("%1 replied %2 min ago. Read it before you send yours."))
                       .arg(reply->name)
                       .arg(seconds < 60 ? seconds : seconds / 60);
        }
        action = tr("I have seen it");
    } else if (verdict.block == SendBlock::ColleagueAnswers) {
        action = tr("Take over…");
    } else if (verdict.block == SendBlock::Stale) {
        text.clear(); // the difference stands above the text
    } else if (verdict.doubt == SendDoubt::PromisedAttachment) {
        action = tr("Attach…");
    } else if (verdict.block == SendBlock::NoMailbox) {
        action = tr("Connect a mailbox…");
    }
    tell(text.isEmpty() ? Notice::None : Notice::Verdict, text, action);
}

void Composer::tell(Notice notice, const QString& text, const QString& action) {
    m_notice = notice;
    m_banner->setVisible(notice != Notice::None);
    if (m_verdict.block != SendBlock::ColleagueReplied || notice != Notice::Verdict)
        m_age.stop();
    else if (!m_age.isActive())
        m_age.start();
    if (notice == Notice::None) {
        m_verdict = {};
        return;
    }
    const bool mayDismiss = notice == Notice::Failure || !isShownAtOnce(m_verdict.block);
    m_banner->setContent(text, notice == Notice::Failure ? Tone::Danger : Tone::Warning, action,
                         mayDismiss ? tr("Dismiss") : QString());
}

void Composer::actOnNotice() {
    if (m_verdict.block == SendBlock::ColleagueReplied)
        acknowledge();
    else if (m_verdict.block == SendBlock::ColleagueAnswers)
        Q_EMIT takeOverAsked(m_view->id, m_view->claimSlot);
    else if (m_verdict.block == SendBlock::NoMailbox)
        Q_EMIT mailboxAsked();
    else if (m_verdict.doubt == SendDoubt::PromisedAttachment)
        chooseFiles();
}

ReplyRequest Composer::request(const std::optional<UtcTime>& at, Result<void>& outcome) {
    const Writing& now = *writing();
    const MailboxView& from = *mailbox();
    ReplyRequest reply;
    reply.conversation = m_view->id;
    reply.mailbox = from.account.id;
    reply.kind = kind();
    reply.to = m_recipients->content().recipients.to;
    reply.cc = m_recipients->content().recipients.cc;
    reply.bcc = m_recipients->content().recipients.bcc;
    reply.subject = m_recipients->content().subject;
    reply.sendAt = at;
    reply.cancelWhenCustomerWrites = at && m_bar->isCancelledByNews();
    ReplyParts parts;
    parts.text = mailText(*now.document);
    if (isFormatted(*now.document)) parts.html = mailHtml(*now.document);
    parts.signatureText = from.account.signatureText;
    parts.signatureHtml = from.account.signatureHtml;
    if (const auto quoted = quotedMail(*m_view); quoted && now.draft.quote == QuoteUse::Below) {
        parts.quoteText = quote(*quoted);
        parts.quoteHtml = quoteHtml(*quoted, languageOf(*m_view), QTimeZone::systemTimeZone());
    }
    const ComposedReply whole = composedReply(parts);
    reply.text = whole.text;
    reply.html = whole.html;
    if (now.draft.basis)
        reply.basis = *now.draft.basis;
    else if (m_sources.basis)
        reply.basis = m_sources.basis(m_view->id).value_or(DraftBasis());
    const QSet<QString> shown = imagesIn(*now.document);
    for (const DraftAttachmentView& file : now.attachments) {
        const bool isInline = !file.contentId.isEmpty();
        if (isInline && !shown.contains(file.contentId)) continue; // taken out of the text again
        auto content = m_sources.attachment(file.id);
        if (!content) {
            outcome = content.error();
            return reply;
        }
        reply.attachments.push_back({file.name, file.mimeType, file.contentId, isInline, *std::move(content)});
    }
    return reply;
}

void Composer::send(const std::optional<UtcTime>& at) {
    if (writing() == nullptr || m_sending.isValid()) return;
    if (kind() == DraftKind::Note) {
        addNote();
        return;
    }
    m_recipients->commit();
    const SendVerdict verdict = sendVerdict(situation());
    if (verdict.block != SendBlock::None) {
        showVerdict(verdict);
        if (verdict.block == SendBlock::NoRecipient || verdict.block == SendBlock::BadAddress) m_recipients->focusTo();
        if (verdict.block == SendBlock::Stale) m_difference->setFocus(Qt::OtherFocusReason);
        return;
    }
    if (verdict.doubt != SendDoubt::None && m_confirmed != verdict.detail) {
        m_confirmed = verdict.detail;
        showVerdict(verdict);
        return;
    }
    Result<void> outcome;
    const ReplyRequest reply = request(at, outcome);
    if (!outcome) {
        tell(Notice::Failure, errorSentence(outcome.error()));
        return;
    }
    tell(Notice::None, {});
    m_sending = m_view->id;
    m_editor->setReadOnly(true); // what is typed now would belong to neither mail
    m_bar->setBusy(SendBar::Busy::Sending);
    Q_EMIT sendAsked(reply);
}

void Composer::addNote() {
    const QString note = text().trimmed();
    if (note.isEmpty()) {
        focusEditor();
        return;
    }
    m_sending = m_view->id;
    m_editor->setReadOnly(true);
    m_bar->setBusy(SendBar::Busy::Sending);
    Q_EMIT noteAsked(m_view->id, note);
}

void Composer::endSending() {
    m_sending = {};
    m_editor->setReadOnly(false);
    m_bar->setBusy(SendBar::Busy::No);
}

void Composer::takeQueued(ConversationId conversation, OutboxId mail) {
    endSending();
    m_confirmed.clear();
    m_documents->setAside(conversation, mail);
    if (conversation != this->conversation() || kind() == DraftKind::Note) return;
    attachDocument();
    m_editor->document()->clearUndoRedoStacks(); // an empty page has nothing to undo but the sending
    m_isStale = false;
    m_difference->hide();
    m_recipients->setOpen(false);
    showParts();
}

void Composer::takeRefused(ConversationId conversation, const Error& error) {
    endSending();
    if (conversation != this->conversation()) return;
    if (error.cause == ErrorCause::DraftStale) {
        m_isStale = true;
        checkStale();
        if (!m_isStale) acknowledge();
        return;
    }
    tell(Notice::Failure, errorSentence(error));
}

void Composer::takeBack(OutboxId mail) {
    const bool isHere = m_documents->giveBack(mail);
    if (!isHere || !m_view || kind() == DraftKind::Note) return;
    m_outgoing->setMail({});
    attachDocument();
    showParts();
    emitDraft();
    focusEditor();
}

void Composer::takeNoteAdded(ConversationId conversation) {
    endSending();
    m_documents->removeNote(conversation);
    if (conversation != this->conversation()) return;
    chooseKind(DraftKind::Reply);
}

bool Composer::undoSend() {
    if (!m_outgoing->canUndo()) return false;
    Q_EMIT cancelSendAsked(m_outgoing->mail()->id);
    return true;
}

void Composer::act(OutboxAction action) {
    if (!m_outgoing->mail()) return;
    const OutboxId mail = m_outgoing->mail()->id;
    switch (action) {
    case OutboxAction::Undo:
    case OutboxAction::Edit:
    case OutboxAction::Cancel:
        Q_EMIT cancelSendAsked(mail);
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

void Composer::setOutgoing(const std::optional<OutboxView>& mail) {
    m_outgoing->setMail(mail);
}

void Composer::setWeather(const OutboxWeather& weather) {
    m_weather = weather;
    m_outgoing->setWeather(weather);
    showWeather();
}

void Composer::showWeather() {
    const MailboxView* from = mailbox();
    QString line;
    bool isWarning = true;
    if (kind() == DraftKind::Note || !m_view)
        line.clear();
    else if (from == nullptr) {
        line = tr("Connect a mailbox in Settings to send from here. What you write is kept.");
        isWarning = false; // a state to start from, nothing went wrong
    } else if (from->account.status == MailboxStatus::Error)
        line = tr("%1 cannot be reached. Replies wait in the outbox.").arg(from->account.address);
    else if (m_weather.isPaused)
        line = tr("Sending is paused. Replies wait in the outbox until it goes on.");
    else if (!m_weather.isOnline)
        line = tr("Offline. Replies go out when the line is back.");
    else if (from->account.teamMode == TeamMode::SingleAgent) {
        line = tr("Single-agent mode: this mail server cannot show who else is answering.");
        isWarning = false;
    }
    m_weatherLine->setText(line);
    m_weatherLine->setVisible(!line.isEmpty());
    m_weatherLine->setColor(isWarning ? &Colors::warning : &Colors::textMuted);
}

} // namespace aiva
