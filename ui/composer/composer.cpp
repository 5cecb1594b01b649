#include "ui/composer/composer.h"

#include "core/domain/text_language.h"
#include "ui/composer/answered_mail.h"
#include "ui/composer/attached_files.h"
#include "ui/composer/attachment_strip.h"
#include "ui/composer/basis_guard.h"
#include "ui/composer/below_text.h"
#include "ui/composer/composer_keys.h"
#include "ui/composer/draft_difference.h"
#include "ui/composer/draft_surroundings.h"
#include "ui/composer/kind_switch.h"
#include "ui/composer/outgoing_bar.h"
#include "ui/composer/recipients_bar.h"
#include "ui/composer/reply_edit.h"
#include "ui/composer/reply_sending.h"
#include "ui/composer/send_bar.h"
#include "ui/composer/send_notice.h"
#include "ui/composer/writing_tools.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/reading_measure.h"

#include <QLayout>
#include <QTextDocument>

namespace aiva {

namespace {
constexpr int lookAfterMs = 150;
}

Composer::Composer(const Clock& clock, QWidget* parent) : QWidget(parent), m_clock(clock), m_parts(clock, this) {
    setAccessibleName(tr("Composer"));
    m_draft = new OpenDraft(*m_parts.editor, this);
    m_around = new DraftSurroundings(clock, *m_draft, m_parts, this);
    m_guard = new BasisGuard(*m_draft, *m_parts.difference, m_sources, this);
    m_notice = new SendNotice(*m_parts.banner, clock, this);
    m_sending = new ReplySending({clock, m_sources, m_parts, *m_draft, *m_guard, *m_notice}, this);
    m_files = new AttachedFiles(*m_draft, *m_parts.strip, m_sources, this);
    m_tools = new WritingTools(clock, *m_draft, *m_parts.bar, m_sources, this);
    m_pause.setSingleShot(true);
    m_pause.setInterval(lookAfterMs);
    connect(&m_pause, &QTimer::timeout, this, &Composer::look);
    connectText();
    connectParts();
    passOn();
    bindKeys(this, {m_draft, m_parts.formats, m_tools, m_files});
    clear();
}

void Composer::connectText() {
    connect(m_draft, &OpenDraft::changed, this, &Composer::draftChanged);
    connect(m_draft, &OpenDraft::edited, this, [this] {
        m_notice->clearFailure();
        m_pause.start();
    });
    connect(m_draft, &OpenDraft::attached, m_parts.marks, &TextMarks::restart);
    connect(m_parts.editor, &ReplyEdit::undoneBeyond, this, [this] {
        if (kind() != DraftKind::Note) undoSend(); // who undoes in a note means no reply
    });
}

void Composer::connectParts() {
    connect(m_parts.kinds, &KindSwitch::kindChosen, this, &Composer::write);
    connect(m_parts.recipients, &RecipientsBar::settled, this, &Composer::focusEditor);
    connect(m_parts.difference, &DraftDifference::acknowledged, this, &Composer::acknowledge);
    connect(m_parts.below, &BelowText::inlineAsked, m_tools, &WritingTools::quoteInline);
    connect(m_parts.strip, &AttachmentStrip::emptied, this, &Composer::focusEditor);
    connect(m_parts.bar->attachButton(), &QAbstractButton::clicked, m_files, &AttachedFiles::choose);
    connect(m_tools, &WritingTools::inserted, this, &Composer::look);
    connect(m_tools, &WritingTools::quoted, m_around, &DraftSurroundings::showBelow);
    connect(m_around, &DraftSurroundings::addressed, this, [this] { m_pause.start(); });
    connect(m_sending, &ReplySending::turned, this, &Composer::showParts);
    connect(m_notice, &SendNotice::seen, this, &Composer::acknowledge);
    connect(m_notice, &SendNotice::aged, this, &Composer::look);
    connect(m_notice, &SendNotice::attachAsked, m_files, &AttachedFiles::choose);
    connect(m_files, &AttachedFiles::failed, this, &Composer::takeAttachRefused);
}

// What the parts ask the desk for.
void Composer::passOn() {
    connect(m_sending, &ReplySending::sendAsked, this, &Composer::sendAsked);
    connect(m_sending, &ReplySending::noteAsked, this, &Composer::noteAsked);
    connect(m_sending, &ReplySending::cancelSendAsked, this, &Composer::cancelSendAsked);
    connect(m_sending, &ReplySending::sendNowAsked, this, &Composer::sendNowAsked);
    connect(m_sending, &ReplySending::resolveAsked, this, &Composer::resolveAsked);
    connect(m_files, &AttachedFiles::attachAsked, this, &Composer::attachAsked);
    connect(m_files, &AttachedFiles::detachAsked, this, &Composer::detachAsked);
    connect(m_tools, &WritingTools::saveToServerAsked, this, &Composer::saveToServerAsked);
    connect(m_notice, &SendNotice::mailboxAsked, this, &Composer::mailboxAsked);
    connect(m_notice, &SendNotice::takeOverAsked, this,
            [this] { Q_EMIT takeOverAsked(conversation(), m_draft->view()->claimSlot); });
}

void Composer::resizeEvent(QResizeEvent* event) {
    const int margin = readingMargin(width());
    layout()->setContentsMargins(margin, 10, margin, 12);
    QWidget::resizeEvent(event);
}

void Composer::setSources(ComposerSources sources) {
    m_sources = std::move(sources);
    m_parts.recipients->setSuggestions(m_sources.addresses);
    m_parts.marks->setSpellCheck(m_sources.spelling);
}

void Composer::setMailboxes(std::vector<MailboxView> mailboxes) {
    m_parts.recipients->setMailboxes(mailboxes);
    m_draft->setMailboxes(std::move(mailboxes));
    if (!conversation().isValid()) return;
    m_around->showMailbox();
    look();
}

void Composer::setOutgoing(const std::optional<OutboxView>& mail) {
    m_parts.outgoing->setMail(mail);
}

void Composer::setWeather(const OutboxWeather& weather) {
    m_around->setWeather(weather);
}

void Composer::showConversation(const ConversationView& conversation) {
    if (conversation.id == this->conversation()) {
        showNews(conversation);
        return;
    }
    m_parts.recipients->commit(); // an address half typed is of the text that was open
    m_tools->closeAll();
    m_parts.outgoing->setMail({});
    m_parts.recipients->setOpen(false);
    m_draft->open(conversation);
    m_sending->restart();
    showParts();
    m_guard->check();
    m_notice->follow(conversation.id);
    m_pause.start();
}

void Composer::showNews(const ConversationView& conversation) {
    m_draft->refresh(conversation);
    m_around->showNews();
    m_files->show();
    m_guard->check();
    look();
}

void Composer::clear() {
    m_parts.recipients->commit();
    m_draft->close();
    m_tools->closeAll();
    m_around->showSaved();
    m_parts.outgoing->setMail({});
    m_parts.below->hide();
    m_parts.strip->hide();
    m_parts.marks->restart();
    m_guard->rest();
    m_sending->restart();
    m_notice->follow({});
}

void Composer::forget(ConversationId conversation) {
    if (conversation == this->conversation()) clear();
    m_draft->forget(conversation);
    m_notice->forget(conversation);
}

void Composer::chooseKind(DraftKind kind) {
    if (!conversation().isValid()) return;
    m_parts.recipients->commit();
    m_draft->choose(kind);
    showParts();
    m_guard->check();
    look();
}

void Composer::write(DraftKind kind) {
    chooseKind(kind);
    focusEditor();
}

void Composer::acknowledge() {
    m_guard->acknowledge();
    m_notice->clear();
    look();
    focusEditor();
}

void Composer::showParts() {
    m_around->show();
    m_sending->showBusy();
    m_files->show();
}

void Composer::look() {
    if (m_draft->writing() == nullptr) return;
    // The language of what is being written, once it says; until then the customer's.
    QString language = languageOf(text());
    if (language.isEmpty() && kind() != DraftKind::Note) language = languageOf(*m_draft->view());
    m_parts.marks->setLanguage(language.isEmpty() ? QLocale().name() : language);
    m_sending->look();
}

QString Composer::text() const {
    return m_parts.editor->toPlainText();
}

void Composer::appendBlock(const QString& text, const QString& html) {
    m_tools->appendBlock(text, html);
}

void Composer::setClaimCheck(ClaimCheck check) {
    m_parts.marks->setClaimCheck(std::move(check));
}

void Composer::insertCannedReply(const CannedReply& reply) {
    m_tools->insertCanned(reply);
}

void Composer::focusEditor() {
    if (conversation().isValid()) m_parts.editor->setFocus(Qt::ShortcutFocusReason);
}

void Composer::copyReply() {
    m_tools->copy();
}

void Composer::send(const std::optional<UtcTime>& at) {
    m_sending->send(at);
}

bool Composer::undoSend() {
    return m_sending->undo();
}

void Composer::setSaved(ConversationId conversation, UtcTime at) {
    m_draft->documents().markSaved(conversation, at);
    if (conversation == this->conversation()) m_around->showSaved();
}

void Composer::takeSavedToServer(ConversationId conversation) {
    if (Writing* saved = m_draft->documents().find(conversation, Paper::Reply)) saved->onServerAt = m_clock.now();
    if (conversation == this->conversation()) m_around->showSaved();
}

void Composer::takeQueued(ConversationId conversation, OutboxId mail) {
    m_sending->takeQueued(conversation, mail);
}

void Composer::takeRefused(ConversationId conversation, const Error& error) {
    m_sending->takeRefused(conversation, error);
}

void Composer::takeBack(OutboxId mail) {
    m_sending->takeBack(mail);
}

void Composer::takeFailed(ConversationId conversation, const Error& error) {
    m_sending->takeFailed(conversation, error);
}

void Composer::takeNoteAdded(ConversationId conversation) {
    m_sending->end(conversation);
    m_draft->documents().removeNote(conversation);
    if (conversation == this->conversation() && kind() == DraftKind::Note) chooseKind(m_draft->replyKind());
}

void Composer::takeAttached(ConversationId conversation, const DraftAttachmentView& file) {
    m_files->take(conversation, file);
    if (conversation == this->conversation()) look();
}

void Composer::takeAttachRefused(ConversationId conversation, const QString& name, const Error& error) {
    m_files->refuse(conversation, name);
    m_notice->fail(conversation, error.cause == ErrorCause::MailTooLarge
                                     ? tr("%1 is too large to mail. Share a link to it instead.").arg(name)
                                     : tr("%1 could not be read. Check the file and attach it again.").arg(name));
}

} // namespace aiva
