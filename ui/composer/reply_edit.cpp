#include "ui/composer/reply_edit.h"

#include "ui/theme/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QContextMenuEvent>
#include <QImage>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QTextBlock>
#include <QTextCursor>
#include <QUrl>

#include <algorithm>
#include <cmath>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {
constexpr int leastLines = 3;
constexpr int mostLines = 12;
constexpr int widestImage = 320;
} // namespace

ReplyEdit::ReplyEdit(QWidget* parent) : QTextEdit(parent) {
    setPaper(Paper::Reply);
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
    if (event->matches(QKeySequence::Undo) && !document()->isUndoAvailable()) {
        Q_EMIT undoneBeyond();
        return;
    }
    QTextEdit::keyPressEvent(event);
}

void ReplyEdit::setPaper(Paper paper) {
    m_paper = paper;
    setAccessibleName(paper == Paper::Note ? tr("Note to colleagues") : tr("Reply"));
    setPlaceholderText(paper == Paper::Note ? tr("Write a note. Only your team sees it.") : tr("Write a reply…"));
}

void ReplyEdit::insertImage(const QString& contentId, const QImage& image) {
    const QString name = "cid:"_L1 + contentId;
    document()->addResource(QTextDocument::ImageResource, QUrl(name), image);
    QTextImageFormat format;
    format.setName(name);
    const int widest = std::max(widestImage, viewport()->width() / 2);
    if (image.width() > widest) {
        format.setWidth(widest);
        format.setHeight(static_cast<qreal>(image.height()) * widest / image.width());
    }
    textCursor().insertImage(format);
}

void ReplyEdit::contextMenuEvent(QContextMenuEvent* event) {
    QMenu* menu = createStandardContextMenu(event->pos());
    menu->setAttribute(Qt::WA_DeleteOnClose);
    Q_EMIT menuAsked(menu, cursorForPosition(event->pos()).position());
    menu->popup(event->globalPos());
}

bool ReplyEdit::canInsertFromMimeData(const QMimeData* source) const {
    return source->hasText() || (m_paper == Paper::Reply && (source->hasUrls() || source->hasImage()));
}

void ReplyEdit::insertFromMimeData(const QMimeData* source) {
    if (m_paper == Paper::Reply) {
        QStringList files;
        for (const QUrl& url : source->urls())
            if (url.isLocalFile()) files << url.toLocalFile();
        if (!files.isEmpty()) {
            Q_EMIT filesGiven(files);
            return;
        }
        if (source->hasImage() && !source->hasText()) {
            Q_EMIT imageGiven(qvariant_cast<QImage>(source->imageData()));
            return;
        }
    }
    if (source->hasText()) textCursor().insertText(source->text());
}

} // namespace aiva
