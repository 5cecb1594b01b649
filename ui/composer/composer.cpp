#include "ui/composer/composer.h"

#include "ui/composer/reply_edit.h"
#include "ui/theme/theme.h"
#include "ui/widgets/format.h"
#include "ui/widgets/line_label.h"
#include "ui/widgets/reading_measure.h"
#include "ui/widgets/subtle_button.h"

#include <QApplication>
#include <QBoxLayout>
#include <QClipboard>
#include <QLabel>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTimer>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr int keptDocuments = 16; // with their undo history; saved ones beyond that come back from the read model

// The address the customer wrote to: a reply comes from there.
QString ownAddress(const ConversationView& conversation) {
    for (auto message = conversation.messages.rbegin(); message != conversation.messages.rend(); ++message) {
        if (message->isOutbound) return message->from.email;
        if (!message->to.isEmpty()) return message->to.front().email;
    }
    return {};
}

bool hasLinks(const QTextDocument* document) {
    for (QTextBlock block = document->begin(); block.isValid(); block = block.next())
        for (auto part = block.begin(); !part.atEnd(); ++part)
            if (part.fragment().charFormat().isAnchor()) return true;
    return false;
}

} // namespace

Composer::Composer(const Clock& clock, QWidget* parent) : QWidget(parent), m_clock(clock) {
    setAccessibleName(tr("Composer"));
    m_blank = new QTextDocument(this);
    auto* column = new QVBoxLayout(this);
    column->setSpacing(2 * size::grid);
    auto* head = new QHBoxLayout;
    m_parties = new ElidedLabel(TextStyle::Meta, &Colors::textSecondary, this);
    m_state = textLabel({}, TextStyle::MonoMicro, &Colors::textMuted, this);
    head->addWidget(m_parties, 1);
    head->addWidget(m_state);
    column->addLayout(head);
    buildEditor();
    column->addWidget(m_editor);
    buildActions();
}

void Composer::resizeEvent(QResizeEvent* event) {
    const int margin = readingMargin(width());
    layout()->setContentsMargins(margin, 10, margin, 12);
    QWidget::resizeEvent(event);
}

void Composer::buildEditor() {
    m_editor = new ReplyEdit(this);
    m_editor->attach(m_blank);
    const auto changed = [this] {
        if (m_restoring || !m_conversation.isValid()) return;
        Draft& draft = m_drafts[m_conversation];
        draft.cursor = m_editor->textCursor().position();
        draft.saved = false;
        Q_EMIT draftChanged({m_conversation, text(), html(), draft.cursor});
    };
    connect(m_editor, &QTextEdit::textChanged, this, [this, changed] {
        changed();
        m_copy->setEnabled(!text().trimmed().isEmpty());
    });
    // A cursor that only moved is worth keeping with a text, not without one.
    connect(m_editor, &QTextEdit::cursorPositionChanged, this, [this] {
        if (!m_restoring && m_conversation.isValid())
            m_drafts[m_conversation].cursor = m_editor->textCursor().position();
    });
}

void Composer::buildActions() {
    auto* line = new QHBoxLayout;
    line->setSpacing(2 * size::grid);
    m_copy = new SubtleButton(tr("Copy reply"), SubtleButton::Look::Subtle, this);
    m_copy->setEnabled(false);
    connect(m_copy, &QAbstractButton::clicked, this, &Composer::copyReply);
    auto* note = textLabel(tr("Connect a mailbox to send from here"), TextStyle::Meta, &Colors::textMuted, this);
    line->addWidget(m_copy);
    line->addWidget(note);
    line->addStretch();
    static_cast<QVBoxLayout*>(layout())->addLayout(line);
}

QString Composer::text() const {
    return m_editor->toPlainText();
}

QString Composer::html() const {
    return hasLinks(m_editor->document()) ? m_editor->toHtml() : QString();
}

void Composer::showConversation(const ConversationView& conversation) {
    if (conversation.id == m_conversation) return;
    store();
    m_restoring = true;
    m_conversation = conversation.id;
    const Draft& draft = draftOf(conversation);
    m_editor->attach(draft.document);
    QTextCursor cursor(draft.document);
    cursor.setPosition(qBound(0, draft.cursor, draft.document->characterCount() - 1));
    m_editor->setTextCursor(cursor);
    m_restoring = false;
    m_editor->setEnabled(true);
    const QString own = ownAddress(conversation);
    m_parties->setText(own.isEmpty() ? tr("To %1").arg(conversation.customerEmail)
                                     : tr("From %1 to %2").arg(own, conversation.customerEmail));
    m_copy->setEnabled(!text().trimmed().isEmpty());
    updateState(conversation.draft ? std::optional(conversation.draft->updatedAt) : std::nullopt);
    m_recent.removeOne(conversation.id);
    m_recent.append(conversation.id);
    forgetOldest();
}

Composer::Draft& Composer::draftOf(const ConversationView& conversation) {
    Draft& draft = m_drafts[conversation.id];
    if (draft.document != nullptr) return draft;
    draft.document = new QTextDocument(this);
    draft.document->setDefaultFont(Theme::font(TextStyle::Draft));
    draft.document->setDocumentMargin(0);
    const aiva::Draft saved = conversation.draft.value_or(aiva::Draft());
    if (!saved.html.isEmpty())
        draft.document->setHtml(saved.html);
    else
        draft.document->setPlainText(saved.text);
    ReplyEdit::formatBlocks(draft.document);
    draft.document->clearUndoRedoStacks();
    draft.cursor = saved.cursor;
    return draft;
}

void Composer::store() {
    if (m_conversation.isValid()) m_drafts[m_conversation].cursor = m_editor->textCursor().position();
}

void Composer::forgetOldest() {
    for (qsizetype i = 0; m_recent.size() > keptDocuments && i < m_recent.size() - 1;) {
        const ConversationId oldest = m_recent[i];
        if (!m_drafts[oldest].saved) {
            ++i;
            continue;
        }
        delete m_drafts.take(oldest).document;
        m_recent.removeAt(i);
    }
}

void Composer::clear() {
    store();
    m_restoring = true;
    m_conversation = {};
    m_editor->attach(m_blank);
    m_restoring = false;
    m_editor->setEnabled(false);
    m_copy->setEnabled(false);
    m_parties->setText({});
    m_state->clear();
}

void Composer::appendBlock(const QString& text, const QString& html) {
    if (!m_conversation.isValid()) return;
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

void Composer::focusEditor() {
    if (m_conversation.isValid()) m_editor->setFocus(Qt::ShortcutFocusReason);
}

void Composer::setSaved(ConversationId conversation, UtcTime at) {
    const auto found = m_drafts.find(conversation);
    if (found != m_drafts.end()) found->saved = true;
    if (conversation == m_conversation) updateState(at);
}

void Composer::updateState(std::optional<UtcTime> savedAt) {
    if (savedAt && !text().isEmpty())
        m_state->setText(tr("saved %1").arg(formatTime(*savedAt, m_clock.now(), QLocale())));
    else
        m_state->clear();
}

void Composer::copyReply() {
    QApplication::clipboard()->setText(text());
    m_copy->setText(tr("Copied"));
    QTimer::singleShot(duration::copied, m_copy, [this] { m_copy->setText(tr("Copy reply")); });
}

} // namespace aiva
