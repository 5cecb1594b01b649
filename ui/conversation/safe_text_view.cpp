#include "ui/conversation/safe_text_view.h"

#include "ui/conversation/message_text.h"
#include "ui/theme/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextCursor>
#include <QToolTip>
#include <QWheelEvent>

#include <cmath>
#include <utility>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {
const QColor paper(0xFA, 0xFA, 0xFA);
const QColor ink(0x1A, 0x1A, 0x1A);
constexpr int mostPictures = 60;         // of one mail
constexpr qsizetype longestWord = 1'000; // laying out one endless word takes minutes

// Sanitised HTML, in which '<' always begins a tag, with endless words broken.
QString withBrokenWords(const QString& html) {
    QString broken;
    broken.reserve(html.size());
    qsizetype run = 0;
    bool isTag = false;
    bool isEntity = false; // "&amp;" stays whole
    for (const QChar c : html) {
        if (c == u'<') isTag = true;
        broken += c;
        if (!isTag) {
            if (c == u'&') isEntity = true;
            if (c == u';' || c.isSpace()) isEntity = false;
            run = c.isSpace() ? 0 : run + 1;
        }
        if (c == u'>') isTag = false;
        if (isTag || isEntity || run < longestWord || c.isHighSurrogate()) continue;
        broken += "<br>"_L1;
        run = 0;
    }
    return broken;
}
} // namespace

SafeTextView::SafeTextView(QWidget* parent) : QTextBrowser(parent) {
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setOpenLinks(false);
    setFont(Theme::font(TextStyle::Body));
    document()->setDocumentMargin(0);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setTabChangesFocus(false);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard | Qt::LinksAccessibleByMouse |
                            Qt::LinksAccessibleByKeyboard);
    // As high as its text: what scrolls is the thread around it, never the text inside.
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this] { verticalScrollBar()->setValue(0); });
    connect(document(), &QTextDocument::contentsChanged, this, [this] { m_heights.clear(); });
    connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this, [this] {
        updateGeometry(); // what a layout remembers of the height is no longer true
    });
    connect(this, &QTextBrowser::anchorClicked, this, [this](const QUrl& url) {
        if (mayOpenLink(url)) Q_EMIT linkActivated(url);
    });
    // Where a link really goes, before anybody clicks it.
    connect(this, &QTextBrowser::highlighted, this, [this](const QUrl& url) {
        if (url.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(QCursor::pos(), url.toDisplayString(), this);
    });
}

void SafeTextView::showText(const QString& text, const QColor& color) {
    if (std::exchange(m_onPaper, false)) document()->clear();
    document()->setDocumentMargin(0);
    QTextCursor cursor(document());
    cursor.beginEditBlock(); // one for both: a document that is emptied by itself is laid out once more
    cursor.select(QTextCursor::Document);
    cursor.removeSelectedText();
    QTextBlockFormat block;
    block.setLineHeight(Theme::lineHeight(TextStyle::Body), QTextBlockFormat::MinimumHeight);
    cursor.setBlockFormat(block);
    QTextCharFormat plain;
    plain.setForeground(color);
    QTextCharFormat link = plain;
    link.setAnchor(true);
    link.setFontUnderline(true);
    link.setUnderlineColor(Theme::colors().textSecondary);
    qsizetype done = 0;
    for (const LinkRange& range : linksIn(text)) {
        cursor.insertText(text.mid(done, range.start - done), plain);
        link.setAnchorHref(range.url.toString(QUrl::FullyEncoded));
        cursor.insertText(text.mid(range.start, range.length), link);
        done = range.start + range.length;
    }
    cursor.insertText(text.mid(done), plain);
    cursor.endEditBlock();
    document()->clearUndoRedoStacks();
    moveCursor(QTextCursor::Start);
    updateGeometry();
}

void SafeTextView::showHtml(const QString& html) {
    m_onPaper = true;
    m_shownPictures = 0;
    document()->setDefaultStyleSheet(u"body { color: %1; } a { color: #3442B8; }"_s.arg(ink.name()));
    document()->setDocumentMargin(3 * size::grid);
    QPalette colors = palette();
    colors.setColor(QPalette::Text, ink);
    setPalette(colors);
    setHtml(u"<body>"_s + withBrokenWords(html) + u"</body>"_s);
    moveCursor(QTextCursor::Start);
    updateGeometry();
}

QVariant SafeTextView::loadResource(int type, const QUrl& name) {
    if (type == QTextDocument::ImageResource && m_pictures && name.scheme() == "cid"_L1 &&
        m_shownPictures < mostPictures) {
        const QImage picture = m_pictures(name.path(QUrl::FullyDecoded), largestPicture.width());
        ++m_shownPictures;
        if (!picture.isNull()) {
            document()->addResource(type, name, picture); // not decoded again at every layout
            return picture;
        }
    }
    if (type == QTextDocument::ImageResource && m_remotePictures.contains(name)) return m_remotePictures.value(name);
    // An empty byte array, not an invalid variant: the latter lets QTextDocument try by itself.
    return QByteArray();
}

int SafeTextView::heightForWidth(int width) const {
    // A layout asks several times a pass, and each answer lays the whole text out.
    if (const auto known = m_heights.constFind(width); known != m_heights.constEnd()) return *known;
    QTextDocument* text = document();
    // Told of a new size, QTextEdit would set its own width again while we measure another.
    const QSignalBlocker measuring(text->documentLayout());
    const qreal shownWidth = text->textWidth();
    const bool isOther = !qFuzzyCompare(shownWidth, qreal(width));
    if (isOther) text->setTextWidth(width);
    const int height = static_cast<int>(std::ceil(text->size().height()));
    if (isOther && isVisible()) text->setTextWidth(shownWidth); // only asked, not resized
    if (m_heights.size() >= 16) m_heights.clear();              // a window being resized asks for every width
    m_heights.insert(width, height);
    return height;
}

QSize SafeTextView::sizeHint() const {
    return {4 * size::inbox, Theme::lineHeight(TextStyle::Body)}; // the height is heightForWidth's
}

void SafeTextView::wheelEvent(QWheelEvent* event) {
    event->ignore(); // the thread scrolls, not the message
}

void SafeTextView::paintEvent(QPaintEvent* event) {
    if (m_onPaper) {
        QPainter painter(viewport());
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(paper);
        painter.drawRoundedRect(viewport()->rect(), size::radius, size::radius);
    }
    QTextBrowser::paintEvent(event);
}

void SafeTextView::contextMenuEvent(QContextMenuEvent* event) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction* copy = menu->addAction(tr("Copy"), this, &QTextEdit::copy);
    copy->setEnabled(textCursor().hasSelection());
    const QUrl url(anchorAt(event->pos()));
    if (mayOpenLink(url)) {
        menu->addAction(tr("Open link"), this, [this, url] { Q_EMIT linkActivated(url); });
        menu->addAction(tr("Copy link"), this, [url] { QApplication::clipboard()->setText(url.toString()); });
    }
    menu->addSeparator();
    menu->addAction(tr("Select all"), this, &QTextEdit::selectAll);
    menu->popup(event->globalPos());
}

} // namespace aiva
