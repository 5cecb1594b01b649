#include "ui/composer/draft_surroundings.h"

#include "core/domain/reply/reply_text.h"
#include "ui/composer/answered_mail.h"
#include "ui/composer/below_text.h"
#include "ui/composer/kind_switch.h"
#include "ui/composer/note_frame.h"
#include "ui/composer/open_draft.h"
#include "ui/composer/outgoing_bar.h"
#include "ui/composer/recipients_bar.h"
#include "ui/composer/send_bar.h"
#include "ui/composer/weather_line.h"
#include "ui/composer/written_reply.h"
#include "ui/widgets/format.h"

#include <QTextDocument>

namespace aiva {

DraftSurroundings::DraftSurroundings(const Clock& clock, OpenDraft& draft, const ComposerParts& parts, QObject* parent)
    : QObject(parent), m_clock(clock), m_draft(draft), m_parts(parts) {
    connect(&m_draft, &OpenDraft::attached, this, &DraftSurroundings::showSaved);
    connect(m_parts.recipients, &RecipientsBar::changed, this, &DraftSurroundings::takeRecipients);
    connect(m_parts.below, &BelowText::useChosen, this, [this](QuoteUse use) {
        if (Writing* now = m_draft.writing()) now->draft.quote = use;
        m_draft.keep();
    });
}

void DraftSurroundings::show() {
    const bool isNote = m_draft.isNote();
    m_parts.kinds->setKind(m_draft.kind());
    m_parts.frame->setNote(isNote);
    m_parts.recipients->setVisible(!isNote);
    m_parts.bar->setMode(isNote ? SendBar::Mode::Note : SendBar::Mode::Reply);
    m_parts.bar->setHint(isNote ? tr("Ctrl ↵ add note") : tr("Ctrl ↵ send · Ctrl J canned"));
    showRecipients();
    showBelow();
    showWeather();
}

void DraftSurroundings::showNews() {
    m_parts.kinds->setKind(m_draft.kind());
    showRecipients();
    const MessageView* answered = answeredMessage(*m_draft.view());
    if (answered != nullptr && answered->id != m_quoted) showBelow();
}

void DraftSurroundings::setWeather(const OutboxWeather& weather) {
    m_weather = weather;
    m_parts.outgoing->setWeather(weather);
    showWeather();
}

void DraftSurroundings::showMailbox() {
    showRecipients();
    showBelow();
    showWeather();
}

void DraftSurroundings::showRecipients() {
    const Writing* now = m_draft.writing();
    if (now == nullptr || m_draft.isNote()) return;
    const ConversationView& view = *m_draft.view();
    RecipientsBar::Content content;
    if (const MailboxView* from = m_draft.mailbox()) {
        content.from = from->account.address;
        content.mailbox = from->account.id;
    }
    content.recipients =
        now->draft.recipients.value_or(recipientsOf(view, m_draft.kind(), ownAddresses(m_draft.mailboxes())));
    content.subject = now->draft.subject.isEmpty() ? replySubject(view.subject) : now->draft.subject;
    m_parts.recipients->setContent(content);
}

void DraftSurroundings::takeRecipients() {
    Writing* now = m_draft.writing();
    if (now == nullptr || m_draft.isNote()) return;
    const RecipientsBar::Content& chosen = m_parts.recipients->content();
    const bool isOtherMailbox = chosen.mailbox != now->draft.mailbox;
    if (chosen.mailbox) now->draft.mailbox = chosen.mailbox;
    now->draft.recipients = chosen.recipients;
    now->draft.subject = chosen.subject == replySubject(m_draft.view()->subject) ? QString() : chosen.subject;
    if (isOtherMailbox) showBelow();
    m_draft.keep();
    Q_EMIT addressed();
}

void DraftSurroundings::showBelow() {
    const Writing* now = m_draft.writing();
    if (now == nullptr || m_draft.isNote()) {
        m_parts.below->hide();
        return;
    }
    const ConversationView& view = *m_draft.view();
    const MailboxView* from = m_draft.mailbox();
    const MessageView* answered = answeredMessage(view);
    m_quoted = answered != nullptr ? answered->id : MessageId();
    std::function<QString()> text;
    if (const auto quoted = quotedMail(view))
        text = [this, mail = *quoted] { return m_draft.view() ? quoteOf(*m_draft.view(), mail) : QString(); };
    m_parts.below->setContent(signatureBlock(from != nullptr ? from->account.signatureText : QString()),
                              now->draft.quote, text);
}

void DraftSurroundings::showWeather() {
    if (m_draft.view() == nullptr || m_draft.isNote())
        m_parts.weather->hide();
    else
        m_parts.weather->tell(m_draft.mailbox(), m_weather);
}

void DraftSurroundings::showSaved() {
    Writing* now = m_draft.writing();
    const auto time = [this](UtcTime at) { return formatTime(at, m_clock.now(), QLocale()); };
    if (now == nullptr || !now->savedAt || now->document->isEmpty())
        m_parts.state->clear();
    else if (now->onServerAt)
        m_parts.state->setText(tr("saved %1 · on the server %2").arg(time(*now->savedAt), time(*now->onServerAt)));
    else
        m_parts.state->setText(tr("saved %1").arg(time(*now->savedAt)));
}

} // namespace aiva
