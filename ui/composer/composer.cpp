#include "ui/composer/composer.h"

#include "ui/composer/answered_mail.h"
#include "ui/composer/attachment_strip.h"
#include "ui/composer/below_text.h"
#include "ui/composer/draft_difference.h"
#include "ui/composer/format_bar.h"
#include "ui/composer/kind_switch.h"
#include "ui/composer/mail_html.h"
#include "ui/composer/note_frame.h"
#include "ui/composer/recipients_bar.h"
#include "ui/composer/reply_edit.h"
#include "ui/composer/send_bar.h"
#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/format.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/line_label.h"
#include "ui/widgets/reading_measure.h"

#include <QBoxLayout>
#include <QTextCursor>
#include <QTextDocument>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {
constexpr int lookAfterMs = 150;
constexpr int tellAgainMs = 5'000; // how old a colleague's reply is
}

Composer::Composer(const Clock& clock, QWidget* parent) : QWidget(parent), m_clock(clock) {
    setAccessibleName(tr("Composer"));
    m_documents = new DraftDocuments(this);
    m_blank = new QTextDocument(this);
    build();
    connectParts();
    addShortcuts();
    m_pause.setSingleShot(true);
    m_pause.setInterval(lookAfterMs);
    connect(&m_pause, &QTimer::timeout, this, &Composer::look);
    m_age.setInterval(tellAgainMs);
    connect(&m_age, &QTimer::timeout, this, &Composer::look);
    clear();
}

void Composer::build() {
    auto* column = new QVBoxLayout(this);
    column->setSpacing(2 * size::grid);
    m_outgoing = new OutgoingBar(m_clock, this);
    m_kindSwitch = new KindSwitch(this);
    m_recipients = new RecipientsBar(this);
    m_state = textLabel({}, TextStyle::MonoMicro, &Colors::textMuted, this);
    auto* head = new QHBoxLayout;
    head->setSpacing(3 * size::grid);
    head->addWidget(m_kindSwitch);
    head->addStretch(1);
    head->addWidget(m_state);
    m_difference = new DraftDifference(m_clock, this);
    m_banner = new Banner(Banner::Shape::Row, this);
    m_editor = new ReplyEdit(this);
    m_editor->attach(m_blank);
    m_marks = new TextMarks(*m_editor);
    m_frame = new NoteFrame(m_editor, this);
    m_below = new BelowText(this);
    m_strip = new AttachmentStrip(this);
    m_weatherLine = textLabel({}, TextStyle::Meta, &Colors::textMuted, this);
    m_weatherLine->setWordWrap(true);
    m_bar = new SendBar(m_clock, this);
    m_formats = new FormatBar(*m_editor, m_bar);
    m_bar->addTools(m_formats);
    column->addWidget(m_outgoing);
    column->addLayout(head);
    for (QWidget* part : std::initializer_list<QWidget*>{m_recipients, m_difference, m_banner, m_frame, m_below,
                                                         m_strip, m_weatherLine, m_bar})
        column->addWidget(part);
    m_banner->hide();
}

void Composer::connectParts() {
    connect(m_kindSwitch, &KindSwitch::kindChosen, this, &Composer::write);
    connect(m_recipients, &RecipientsBar::changed, this, &Composer::takeRecipients);
    connect(m_recipients, &RecipientsBar::settled, this, &Composer::focusEditor);
    connect(m_outgoing, &OutgoingBar::actionAsked, this, &Composer::act);
    connect(m_difference, &DraftDifference::acknowledged, this, &Composer::acknowledge);
    connect(m_banner, &Banner::actionTriggered, this, &Composer::actOnNotice);
    connect(m_banner, &Banner::dismissed, this, [this] { tell(Notice::None, {}); });
    connect(m_editor, &QTextEdit::textChanged, this, &Composer::textChanged);
    // A cursor that only moved is worth keeping with a text, not without one.
    connect(m_editor, &QTextEdit::cursorPositionChanged, this, [this] {
        if (!m_restoring) keepCursor();
    });
    connect(m_editor, &ReplyEdit::filesGiven, this, &Composer::attachFiles);
    connect(m_editor, &ReplyEdit::imageGiven, this, &Composer::pasteImage);
    connect(m_editor, &ReplyEdit::undoneBeyond, this, &Composer::undoSend);
    connect(m_below, &BelowText::useChosen, this, [this](QuoteUse use) {
        if (Writing* now = writing()) now->draft.quote = use;
        emitDraft();
    });
    connect(m_below, &BelowText::inlineAsked, this, &Composer::quoteInline);
    connect(m_strip, &AttachmentStrip::removeAsked, this, [this](DraftAttachmentId id) {
        if (Writing* now = writing()) std::erase_if(now->attachments, [id](const auto& file) { return file.id == id; });
        showAttachments();
        Q_EMIT detachAsked(id);
    });
    connect(m_strip, &AttachmentStrip::emptied, this, &Composer::focusEditor);
    connect(m_bar, &SendBar::sendAsked, this, [this] { send(); });
    connect(m_bar, &SendBar::sendLaterAsked, this, [this](UtcTime at) { send(at); });
    connect(m_bar->attachButton(), &QAbstractButton::clicked, this, &Composer::chooseFiles);
    connect(m_bar->cannedButton(), &QAbstractButton::clicked, this, &Composer::openCanned);
    connect(m_bar->moreButton(), &QAbstractButton::clicked, this, &Composer::openMore);
}

void Composer::resizeEvent(QResizeEvent* event) {
    const int margin = readingMargin(width());
    layout()->setContentsMargins(margin, 10, margin, 12);
    QWidget::resizeEvent(event);
}

void Composer::setSources(ComposerSources sources) {
    m_sources = std::move(sources);
    m_recipients->setSuggestions(m_sources.addresses);
    m_marks->setSpellCheck(m_sources.spelling);
}

void Composer::setMailboxes(std::vector<MailboxView> mailboxes) {
    m_mailboxes = std::move(mailboxes);
    m_recipients->setMailboxes(m_mailboxes);
    if (!m_view) return;
    showRecipients();
    showBelow();
    showWeather();
    look();
}

Writing* Composer::writing() {
    if (!m_view) return nullptr;
    return m_documents->find(m_view->id, kind() == DraftKind::Note ? Paper::Note : Paper::Reply);
}

const MailboxView* Composer::mailbox() const {
    if (!m_view) return nullptr;
    const Writing* now = m_documents->find(m_view->id, Paper::Reply);
    return mailboxFor(*m_view, now != nullptr ? now->draft.mailbox : std::nullopt, m_mailboxes);
}

DraftKind Composer::kind() const {
    return m_kindSwitch->kind();
}

QString Composer::text() const {
    return m_editor->toPlainText();
}

void Composer::showConversation(const ConversationView& conversation) {
    const bool isSame = m_view && m_view->id == conversation.id;
    if (!isSame) keepCursor();
    m_view = conversation;
    if (isSame) {
        const Writing* before = writing();
        const QTextDocument* document = before != nullptr ? before->document : nullptr;
        m_documents->of(conversation, kind() == DraftKind::Note ? Paper::Note : Paper::Reply);
        if (writing()->document != document) attachDocument();
        showRecipients();
        showAttachments();
        checkStale();
        look();
        return;
    }
    m_outgoing->setMail({});
    m_confirmed.clear();
    m_isStale = false;
    m_difference->hide();
    tell(Notice::None, {});
    DraftKind wanted =
        conversation.draft ? conversation.draft->kind : (conversation.noteDraft ? DraftKind::Note : DraftKind::Reply);
    wanted = m_kinds.value(conversation.id, wanted);
    m_kindSwitch->setKind(wanted);
    m_recipients->setOpen(false);
    m_editor->setEnabled(true);
    attachDocument();
    showParts();
    checkStale();
    m_pause.start();
}

void Composer::attachDocument() {
    m_restoring = true;
    const bool isNote = kind() == DraftKind::Note;
    Writing& now = m_documents->of(*m_view, isNote ? Paper::Note : Paper::Reply);
    m_editor->attach(now.document);
    QTextCursor cursor(now.document);
    cursor.setPosition(qBound(0, now.draft.cursor, now.document->characterCount() - 1));
    m_editor->setTextCursor(cursor);
    m_editor->setPaper(isNote ? Paper::Note : Paper::Reply);
    m_restoring = false;
    loadImages();
    m_marks->restart();
    updateState();
}

void Composer::showParts() {
    const bool isNote = kind() == DraftKind::Note;
    m_frame->setNote(isNote);
    m_recipients->setVisible(!isNote);
    m_bar->setMode(isNote ? SendBar::Mode::Note : SendBar::Mode::Reply);
    m_bar->setBusy(m_sending == conversation() && m_sending.isValid() ? SendBar::Busy::Sending : SendBar::Busy::No);
    m_bar->setHint(isNote ? tr("Ctrl ↵ add note") : tr("Ctrl ↵ send · Ctrl J canned"));
    showRecipients();
    showBelow();
    showAttachments();
    showWeather();
}

void Composer::showRecipients() {
    if (kind() == DraftKind::Note) return;
    const Writing* now = writing();
    if (now == nullptr) return;
    const MailboxView* from = mailbox();
    RecipientsBar::Content content;
    if (from != nullptr) {
        content.from = from->account.address;
        content.mailbox = from->account.id;
    }
    content.recipients = now->draft.recipients.value_or(recipientsOf(*m_view, kind(), ownAddresses(m_mailboxes)));
    content.subject = now->draft.subject.isEmpty() ? replySubject(m_view->subject) : now->draft.subject;
    m_recipients->setContent(content);
}

void Composer::showBelow() {
    const Writing* now = writing();
    if (now == nullptr || kind() == DraftKind::Note) {
        m_below->hide();
        return;
    }
    const MailboxView* from = mailbox();
    const auto quoted = quotedMail(*m_view);
    std::function<QString()> text;
    if (quoted) text = [this, mail = *quoted] { return quote(mail); };
    m_below->setContent(signatureBlock(from != nullptr ? from->account.signatureText : QString()), now->draft.quote,
                        text);
}

QString Composer::quote(const QuotedMail& mail) const {
    return quoteText(mail, languageOf(*m_view), QTimeZone::systemTimeZone());
}

void Composer::chooseKind(DraftKind kind) {
    if (!m_view) return;
    const bool isOtherPaper = (kind == DraftKind::Note) != (m_editor->paper() == Paper::Note);
    if (isOtherPaper) keepCursor();
    m_kinds[m_view->id] = kind;
    m_kindSwitch->setKind(kind);
    if (isOtherPaper) {
        attachDocument();
    } else if (Writing* now = writing(); now != nullptr && now->draft.kind != kind) {
        now->draft.kind = kind;
        now->draft.recipients.reset(); // as the kind says
        if (!now->document->isEmpty()) emitDraft();
    }
    showParts();
    look();
}

void Composer::write(DraftKind kind) {
    chooseKind(kind);
    focusEditor();
}

void Composer::keepCursor() {
    if (Writing* now = writing(); now != nullptr && m_editor->document() == now->document)
        now->draft.cursor = m_editor->textCursor().position();
}

void Composer::clear() {
    keepCursor();
    m_restoring = true;
    m_view.reset();
    m_editor->attach(m_blank);
    m_restoring = false;
    m_editor->setEnabled(false);
    m_state->clear();
    m_difference->hide();
    m_outgoing->setMail({});
    m_below->hide();
    m_strip->hide();
    m_marks->restart();
    tell(Notice::None, {});
}

void Composer::forget(ConversationId conversation) {
    if (conversation == this->conversation()) clear();
    m_documents->drop(conversation);
    m_kinds.remove(conversation);
}

void Composer::textChanged() {
    if (m_restoring || !m_view) return;
    Writing* now = writing();
    if (now == nullptr) return;
    if (now->document->isEmpty() && now->attachments.empty()) {
        now->draft.basis.reset(); // what is written next stands on what is read next
        now->draft.facts.clear();
    } else if (!now->draft.basis && kind() != DraftKind::Note) {
        QTimer::singleShot(0, this, &Composer::recordBasis);
    }
    if (m_notice == Notice::Failure) tell(Notice::None, {});
    emitDraft();
    m_pause.start();
}

void Composer::emitDraft() {
    Writing* now = writing();
    if (now == nullptr) return;
    now->isSaved = false;
    now->draft.conversation = m_view->id;
    now->draft.kind = kind();
    now->draft.cursor = m_editor->textCursor().position();
    Draft draft = now->draft;
    draft.text = now->document->toPlainText().remove(QChar::ObjectReplacementCharacter);
    if (isFormatted(*now->document)) draft.html = now->document->toHtml();
    Q_EMIT draftChanged(draft);
}

void Composer::appendBlock(const QString& text, const QString& html) {
    if (!m_view) return;
    QTextCursor cursor = m_editor->textCursor();
    cursor.beginEditBlock();
    cursor.clearSelection();
    if (!cursor.atBlockStart()) cursor.insertBlock();
    if (html.isEmpty())
        cursor.insertText(text);
    else
        cursor.insertHtml(html);
    cursor.insertBlock();
    ReplyEdit::formatBlocks(m_editor->document());
    cursor.endEditBlock();
    m_editor->setTextCursor(cursor);
    m_editor->setFocus(Qt::OtherFocusReason);
}

void Composer::setClaimCheck(ClaimCheck check) {
    m_marks->setClaimCheck(std::move(check));
}

void Composer::focusEditor() {
    if (m_view) m_editor->setFocus(Qt::ShortcutFocusReason);
}

void Composer::setSaved(ConversationId conversation, UtcTime at) {
    m_documents->markSaved(conversation, at);
    if (m_view && conversation == m_view->id) updateState();
}

void Composer::updateState() {
    const Writing* now = writing();
    const auto time = [this](UtcTime at) { return formatTime(at, m_clock.now(), QLocale()); };
    if (now == nullptr || !now->savedAt || now->document->isEmpty())
        m_state->clear();
    else if (now->onServerAt)
        m_state->setText(tr("saved %1 · on the server %2").arg(time(*now->savedAt), time(*now->onServerAt)));
    else
        m_state->setText(tr("saved %1").arg(time(*now->savedAt)));
}

void Composer::takeSavedToServer(ConversationId conversation) {
    if (Writing* saved = m_documents->find(conversation, Paper::Reply)) saved->onServerAt = m_clock.now();
    if (conversation == this->conversation()) updateState();
}

} // namespace aiva
