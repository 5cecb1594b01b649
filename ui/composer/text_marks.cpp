#include "ui/composer/text_marks.h"

#include "core/domain/reply/reply_variables.h"
#include "ui/composer/reply_edit.h"
#include "ui/theme/theme.h"

#include <QMenu>
#include <QScrollBar>
#include <QTextBlock>

namespace aiva {

namespace {

constexpr int pauseMs = 180;
constexpr int mostSuggestions = 6;
constexpr int mostMarked = 20'000; // characters looked at for variables

} // namespace

TextMarks::TextMarks(ReplyEdit& edit) : QObject(&edit), m_edit(edit) {
    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseMs);
    connect(&m_pause, &QTimer::timeout, this, &TextMarks::look);
    connect(&edit, &QTextEdit::textChanged, this, [this] { m_pause.start(); });
    connect(edit.verticalScrollBar(), &QScrollBar::valueChanged, this, [this] { m_pause.start(); });
    connect(&edit, &ReplyEdit::menuAsked, this, &TextMarks::fillMenu);
}

void TextMarks::setLanguage(const QString& language) {
    if (language == m_language) return;
    m_language = language;
    restart();
}

void TextMarks::restart() {
    ++m_asked;
    m_mistakes.clear();
    m_claims.clear();
    ++m_claimsAsked;
    m_edit.setExtraSelections({});
    if (m_edit.document()->isEmpty())
        m_pause.stop();
    else
        m_pause.start();
}

void TextMarks::setClaimCheck(ClaimCheck check) {
    m_claimCheck = std::move(check);
    m_claims.clear();
    m_pause.start();
}

void TextMarks::lookForClaims() {
    if (!m_claimCheck) return;
    const quint64 number = ++m_claimsAsked;
    m_claimCheck(m_edit.toPlainText(), [self = QPointer<TextMarks>(this), number](const std::vector<Claim>& found) {
        if (!self || number != self->m_claimsAsked || self->m_pause.isActive()) return;
        self->m_claims.clear();
        for (const Claim& claim : found) {
            if (claim.length <= 0) continue;
            QTextCursor span(self->m_edit.document());
            span.setPosition(claim.start);
            span.setPosition(claim.start + claim.length, QTextCursor::KeepAnchor);
            self->m_claims.emplace_back(span, claim);
        }
        self->paint();
    });
}

// Thin and green where a fact proves it, red where nothing does.
void TextMarks::paintClaims(QList<QTextEdit::ExtraSelection>& marks) const {
    const Colors& colors = Theme::colors();
    for (const auto& [span, claim] : m_claims) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = span;
        mark.format.setUnderlineStyle(QTextCharFormat::SingleUnderline);
        const bool isProven = claim.status == ClaimStatus::Proven;
        mark.format.setUnderlineColor(isProven ? colors.okLine : colors.danger);
        if (!isProven) mark.format.setToolTip(claim.reason);
        marks.append(mark);
    }
}

void TextMarks::look() {
    paint();
    lookForClaims();
    if (!m_check.mistakes || m_language.isEmpty()) return;
    const QTextCursor first = m_edit.cursorForPosition(QPoint(0, 0));
    const QTextCursor last = m_edit.cursorForPosition(m_edit.viewport()->rect().bottomRight());
    const int from = first.block().position();
    const int to = last.block().position() + last.block().length() - 1;
    if (to <= from) return;
    const quint64 number = ++m_asked;
    const QString text = m_edit.document()->toRawText().mid(from, to - from);
    m_check.mistakes(m_language, text, [self = QPointer<TextMarks>(this), number, from](const auto& found) {
        if (self) self->takeMistakes(number, from, found);
    });
}

void TextMarks::takeMistakes(quint64 number, int from, const std::vector<std::pair<int, int>>& found) {
    if (number != m_asked) return;
    if (m_pause.isActive()) return; // typed since: it will be looked at again
    m_mistakes.clear();
    const int writing = m_edit.textCursor().position();
    for (const auto& [start, length] : found) {
        QTextCursor word(m_edit.document());
        word.setPosition(from + start);
        word.setPosition(from + start + length, QTextCursor::KeepAnchor);
        // The word being written is not wrong yet.
        if (m_edit.hasFocus() && word.selectionEnd() == writing) continue;
        m_mistakes.push_back(word);
    }
    paint();
}

void TextMarks::paint() {
    QList<QTextEdit::ExtraSelection> marks;
    const Colors& colors = Theme::colors();
    const QString text = m_edit.document()->toRawText().left(mostMarked);
    for (const VariableSpan& span : variableSpans(text)) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(m_edit.document());
        mark.cursor.setPosition(static_cast<int>(span.start));
        mark.cursor.setPosition(static_cast<int>(span.start + span.length), QTextCursor::KeepAnchor);
        mark.format.setForeground(colors.danger);
        marks.append(mark);
    }
    for (const QTextCursor& word : m_mistakes) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = word;
        mark.format.setUnderlineStyle(QTextCharFormat::DotLine);
        mark.format.setUnderlineColor(colors.danger);
        marks.append(mark);
    }
    paintClaims(marks);
    m_edit.setExtraSelections(marks);
}

void TextMarks::fillMenu(QMenu* menu, int position) {
    for (const QTextCursor& word : m_mistakes) {
        if (position < word.selectionStart() || position > word.selectionEnd() || !m_check.suggestions) continue;
        QAction* first = menu->actions().value(0);
        auto* waiting = new QAction(tr("Looking for suggestions…"), menu);
        waiting->setEnabled(false);
        menu->insertAction(first, waiting);
        menu->insertSeparator(first);
        const auto show = [self = QPointer<TextMarks>(this), menu = QPointer<QMenu>(menu), waiting, word,
                           first](const QStringList& suggestions) {
            if (!self || !menu) return;
            waiting->setText(suggestions.isEmpty() ? tr("No suggestions") : QString());
            waiting->setVisible(suggestions.isEmpty());
            for (const QString& suggestion : suggestions.mid(0, mostSuggestions)) {
                auto* action = new QAction(suggestion, menu);
                connect(action, &QAction::triggered, self, [self, word, suggestion] {
                    if (self) self->replaceWord(word, suggestion);
                });
                menu->insertAction(waiting, action);
            }
            Q_UNUSED(first)
        };
        m_check.suggestions(m_language, word.selectedText(), show);
        return;
    }
}

void TextMarks::replaceWord(const QTextCursor& word, const QString& by) {
    QTextCursor cursor = word;
    cursor.insertText(by);
    look();
}

} // namespace aiva
