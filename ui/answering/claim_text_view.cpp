#include "ui/answering/claim_text_view.h"

#include "ui/answering/answer_text.h"
#include "ui/theme/theme.h"

#include <QHelpEvent>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextEdit>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <utility>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {
constexpr int linesUsually = 7; // what is longer scrolls: the mail above it stays readable
constexpr int linesWhenCompact = 3;
}

ClaimTextView::ClaimTextView(QWidget* parent) : QPlainTextEdit(parent), m_mostLines(linesUsually) {
    setReadOnly(true);
    setFrameShape(QFrame::NoFrame);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
    setFont(Theme::font(TextStyle::Body));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    document()->setDocumentMargin(0);
    viewport()->setAutoFillBackground(false);
    setAccessibleName(tr("Drafted reply"));
}

void ClaimTextView::showDraft(const QString& text, const VerifierVerdict& verdict, const FactSet& facts) {
    m_verdict = verdict;
    m_facts = facts;
    if (toPlainText() != text) setPlainText(text);
    underline();
    QStringList spoken;
    for (const Claim& claim : verdict.claims)
        spoken.append(claim.length > 0 ? tr("“%1”: %2").arg(claim.text, claimText(claim, facts))
                                       : claimText(claim, facts));
    setAccessibleDescription(spoken.join(u". "_s));
    updateGeometry();
}

void ClaimTextView::showGrowing(const QString& text) {
    m_verdict = {};
    setExtraSelections({});
    setAccessibleDescription(tr("Being written"));
    // Only the new end is added: what stands already is not laid out again.
    const QString shown = toPlainText();
    if (text.startsWith(shown)) {
        QTextCursor end(document());
        end.movePosition(QTextCursor::End);
        end.insertText(text.mid(shown.size()));
    } else {
        setPlainText(text);
    }
    updateGeometry();
    verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

void ClaimTextView::underline() {
    const Colors& colors = Theme::colors();
    QList<QTextEdit::ExtraSelection> marks;
    for (const Claim& claim : m_verdict.claims) {
        if (claim.length <= 0 || claim.start + claim.length > document()->characterCount()) continue;
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(document());
        mark.cursor.setPosition(claim.start);
        mark.cursor.setPosition(claim.start + claim.length, QTextCursor::KeepAnchor);
        mark.format.setUnderlineStyle(QTextCharFormat::SingleUnderline);
        const bool isProven = claim.status == ClaimStatus::Proven;
        mark.format.setUnderlineColor(isProven ? colors.okLine : colors.danger);
        if (!isProven) mark.format.setForeground(colors.danger);
        marks.append(mark);
    }
    setExtraSelections(marks);
}

const Claim* ClaimTextView::claimAt(int position) const {
    const auto found = std::find_if(m_verdict.claims.begin(), m_verdict.claims.end(), [position](const Claim& claim) {
        return claim.length > 0 && claim.start <= position && position < claim.start + claim.length;
    });
    return found == m_verdict.claims.end() ? nullptr : &*found;
}

int ClaimTextView::textHeight() const {
    qreal height = 0;
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next())
        height += blockBoundingRect(block).height();
    return static_cast<int>(std::ceil(height));
}

void ClaimTextView::setCompact(bool compact) {
    const int lines = compact ? linesWhenCompact : linesUsually;
    if (std::exchange(m_mostLines, lines) != lines) updateGeometry();
}

QSize ClaimTextView::sizeHint() const {
    const int most = m_mostLines * fontMetrics().lineSpacing();
    const int frame = 2 * frameWidth() + 2;
    return {320, std::min(std::max(textHeight(), fontMetrics().lineSpacing()), most) + frame};
}

QSize ClaimTextView::minimumSizeHint() const {
    return {0, fontMetrics().lineSpacing()};
}

bool ClaimTextView::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const Claim* claim = claimAt(cursorForPosition(viewport()->mapFrom(this, help->pos())).position());
        if (claim != nullptr)
            QToolTip::showText(help->globalPos(), claimText(*claim, m_facts), this);
        else
            QToolTip::hideText();
        return true;
    }
    return QPlainTextEdit::event(event);
}

void ClaimTextView::resizeEvent(QResizeEvent* event) {
    QPlainTextEdit::resizeEvent(event);
    if (event->oldSize().width() != event->size().width()) updateGeometry(); // lines break elsewhere now
}

// A text that is wholly seen lets the conversation scroll.
void ClaimTextView::wheelEvent(QWheelEvent* event) {
    if (verticalScrollBar()->maximum() == 0)
        event->ignore();
    else
        QPlainTextEdit::wheelEvent(event);
}

} // namespace aiva
