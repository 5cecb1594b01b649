#include "ui/composer/reply_edit.h"

#include "ui/theme/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QKeyEvent>
#include <QMimeData>
#include <QTextBlock>
#include <QTextCursor>

#include <algorithm>
#include <cmath>

namespace aiva {

namespace {
constexpr int leastLines = 3;
constexpr int mostLines = 12;
} // namespace

ReplyEdit::ReplyEdit(QWidget* parent) : QTextEdit(parent) {
    setAccessibleName(tr("Reply"));
    setPlaceholderText(tr("Write a reply…"));
    setFrameShape(NoFrame);
    setFont(Theme::font(TextStyle::Draft));
    setTabChangesFocus(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    QPalette colors = palette();
    colors.setColor(QPalette::PlaceholderText, Theme::colors().textMuted);
    setPalette(colors);
}

void ReplyEdit::formatBlocks(QTextDocument* document) {
    QTextCursor cursor(document);
    cursor.select(QTextCursor::Document);
    QTextBlockFormat block;
    block.setLineHeight(Theme::lineHeight(TextStyle::Draft), QTextBlockFormat::MinimumHeight);
    cursor.mergeBlockFormat(block);
}

void ReplyEdit::attach(QTextDocument* next) {
    if (document() != nullptr) disconnect(document()->documentLayout(), nullptr, this, nullptr);
    setDocument(next);
    connect(next->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
            [this] { updateGeometry(); });
    updateGeometry();
}

int ReplyEdit::textHeight() const {
    const int line = Theme::lineHeight(TextStyle::Draft);
    const int wanted = static_cast<int>(std::ceil(document()->size().height()));
    return std::clamp(wanted, leastLines * line, mostLines * line);
}

QSize ReplyEdit::sizeHint() const {
    return {size::inbox, textHeight()};
}

QSize ReplyEdit::minimumSizeHint() const {
    return {size::grid, leastLines * Theme::lineHeight(TextStyle::Draft)};
}

void ReplyEdit::resizeEvent(QResizeEvent* event) {
    QTextEdit::resizeEvent(event);
    updateGeometry();
}

void ReplyEdit::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT left();
        return;
    }
    QTextEdit::keyPressEvent(event);
}

bool ReplyEdit::canInsertFromMimeData(const QMimeData* source) const {
    return source->hasText();
}

void ReplyEdit::insertFromMimeData(const QMimeData* source) {
    if (source->hasText()) textCursor().insertText(source->text());
}

} // namespace aiva
