#include "ui/conversation/message_block.h"

#include "ui/conversation/attachment_row.h"
#include "ui/conversation/blocked_pictures.h"
#include "ui/conversation/bounded_image.h"
#include "ui/conversation/fold_button.h"
#include "ui/conversation/message_text.h"
#include "ui/conversation/safe_text_view.h"
#include "ui/conversation/sender_mark.h"
#include "ui/models/relative_time.h"
#include "ui/theme/theme.h"
#include "ui/widgets/format.h"
#include "ui/widgets/line_label.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QApplication>
#include <QBoxLayout>
#include <QClipboard>
#include <QLabel>
#include <QMenu>
#include <QPlainTextEdit>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype shownAtOnce = 16'000; // characters; more is laid out only on request
constexpr qsizetype longestLine = 2'000;  // a text view breaks down on one endless line
constexpr int longHeight = 480;

QLabel* label(const QString& text, TextStyle style, ColorRole color) {
    TextBlock* label = textLabel(text, style, color);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setFocusPolicy(Qt::NoFocus);
    return label;
}

QString names(const QList<MailAddress>& addresses) {
    QStringList names;
    for (const MailAddress& address : addresses)
        names << (address.name.isEmpty() ? address.email : address.name);
    return names.join(u", "_s);
}

QString brokenLines(const QString& text) {
    QString broken;
    broken.reserve(text.size());
    qsizetype column = 0;
    for (const QChar c : text) {
        column = c == u'\n' ? 0 : column + 1;
        broken += c;
        if (column == longestLine) {
            broken += u'\n';
            column = 0;
        }
    }
    return broken;
}

} // namespace

MessageBlock::MessageBlock(const MessageView& message, const MessageSources& sources, const Clock& clock, Place place,
                           QWidget* parent)
    : QWidget(parent), m_message(message), m_sources(sources), m_place(place), m_layout(new QVBoxLayout(this)) {
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(size::grid);
    const QString who = message.from.name.isEmpty() ? message.from.email : message.from.name;
    setAccessibleName(tr("Message from %1, %2").arg(who, formatTime(message.sentAt, clock.now(), QLocale())));
    if (message.sender) setAccessibleDescription(senderWords(*message.sender).spoken);
    addHeader(clock.now());
    m_text = new QWidget;
    m_textLayout = new QVBoxLayout(m_text);
    m_textLayout->setContentsMargins(0, 0, 0, 0);
    m_textLayout->setSpacing(size::grid);
    m_layout->addWidget(m_text);
    addText();
    addOriginal();
    addAttachments();
}

void MessageBlock::addHeader(UtcTime now) {
    auto* line = new QHBoxLayout;
    line->setSpacing(2 * size::grid);
    const MailAddress& from = m_message.from;
    // However long an address or a list of people is: the line never gets wider than the column.
    const auto add = [&](const QString& text, TextStyle style, ColorRole color) {
        auto* shown = new ElidedLabel(style, color, this);
        shown->setText(text);
        shown->setCopyable(tr("Copy"));
        line->addWidget(shown);
    };
    add(from.name.isEmpty() ? from.email : from.name, TextStyle::DenseStrong, &Colors::textPrimary);
    if (!from.name.isEmpty()) add(from.email, TextStyle::Meta, &Colors::textSecondary);
    if (m_message.isOutbound)
        add(tr("to %1").arg(names(m_message.to)), TextStyle::Meta, &Colors::textMuted);
    else if (!m_message.cc.isEmpty())
        add(tr("cc %1").arg(names(m_message.cc)), TextStyle::Meta, &Colors::textMuted);
    if (m_message.automated) line->addWidget(label(tr("automatic"), TextStyle::MonoMicro, &Colors::textMuted));
    TextBlock* mark = m_message.sender && !m_message.isOutbound ? senderMark(*m_message.sender, this) : nullptr;
    const bool isWarning = mark != nullptr && isSenderWarning(*m_message.sender);
    if (mark != nullptr && !isWarning) line->addWidget(mark);
    line->addStretch();
    line->addWidget(moreButton());
    line->addWidget(label(formatTime(m_message.sentAt, now, QLocale()), TextStyle::MonoMicro, &Colors::textMuted));
    m_layout->addLayout(line);
    if (!isWarning) return;
    mark->setWordWrap(true);
    m_layout->addWidget(mark);
}

SubtleButton* MessageBlock::moreButton() {
    auto* more = new SubtleButton({}, SubtleButton::Look::Quiet, this);
    more->setGlyph(Icon::More);
    more->setSpokenName(tr("More for this message"));
    connect(more, &SubtleButton::clicked, this, [this, more] { showMenu(more); });
    return more;
}

void MessageBlock::showMenu(SubtleButton* button) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Show original"), this, [this] { Q_EMIT sourceAsked(m_message.id); });
    QAction* split = menu->addAction(tr("Split from here"), this, [this] { Q_EMIT splitAsked(m_message.id); });
    split->setEnabled(m_place == Place::Later);
    menu->addSeparator();
    menu->addAction(tr("Copy address"), this, [this] { QApplication::clipboard()->setText(m_message.from.email); });
    menu->popup(button->mapToGlobal(QPoint(0, button->height())));
}

SafeTextView* MessageBlock::newView() {
    auto* view = new SafeTextView(this);
    view->setAccessibleName(accessibleName());
    connect(view, &SafeTextView::linkActivated, this, &MessageBlock::linkActivated);
    return view;
}

QWidget* MessageBlock::textWidget(const QString& text, const QColor& color) {
    SafeTextView* view = newView();
    view->showText(text, color);
    return view;
}

void MessageBlock::addText() {
    const auto segments = segmentsOf(m_message.text, m_message.folded);
    if (segments.empty()) {
        m_textLayout->addWidget(label(tr("(no text)"), TextStyle::Body, &Colors::textMuted));
        return;
    }
    for (const TextSegment& segment : segments) {
        const QString begin = brokenLines(beginningOf(segment.text, shownAtOnce));
        const bool isLong = segment.text.size() > shownAtOnce + shownAtOnce / 4;
        if (segment.isFolded) {
            const QString what = segment.isSignature  ? tr("signature")
                                 : segment.lines == 1 ? tr("1 quoted line")
                                                      : tr("%n quoted lines", nullptr, segment.lines);
            addFolded(segment.text, what, isLong);
        } else if (isLong) {
            m_textLayout->addWidget(textWidget(begin, Theme::colors().textPrimary));
            addFolded(segment.text, tr("Show all %1").arg(sizeText(segment.text.size())), isLong);
        } else {
            m_textLayout->addWidget(textWidget(begin, Theme::colors().textPrimary));
        }
    }
}

void MessageBlock::addFolded(const QString& text, const QString& caption, bool isLong) {
    auto* fold = new FoldButton(caption, this);
    m_textLayout->addWidget(fold, 0, Qt::AlignLeft);
    auto* place = new QVBoxLayout;
    m_textLayout->addLayout(place);
    connect(fold, &FoldButton::toggled, this,
            [this, text, place, isLong, body = static_cast<QWidget*>(nullptr)](bool open) mutable {
                if (open && body == nullptr) {
                    if (isLong) {
                        auto* whole = new QPlainTextEdit(brokenLines(text), this); // lays out only what it shows
                        whole->setReadOnly(true);
                        whole->setFont(Theme::font(TextStyle::Body));
                        whole->setFixedHeight(longHeight);
                        whole->setAccessibleName(tr("Whole text"));
                        body = whole;
                    } else {
                        body = textWidget(text, Theme::colors().textSecondary);
                    }
                    place->addWidget(body);
                }
                if (body != nullptr) body->setVisible(open);
                Q_EMIT grew();
            });
}

void MessageBlock::addOriginal() {
    if (!m_message.hasHtml) return;
    auto* button = new FoldButton(tr("Formatted"), this);
    button->setToolTip(tr("The mail as it was laid out. Pictures from the network load only when you ask."));
    m_layout->addWidget(button, 0, Qt::AlignLeft);
    connect(button, &FoldButton::toggled, this, [this](bool open) {
        if (open && m_original == nullptr) showOriginal();
        if (m_original != nullptr) m_original->setVisible(open);
        m_text->setVisible(!open);
        Q_EMIT grew();
    });
}

void MessageBlock::showOriginal() {
    m_original = new QWidget(this);
    auto* column = new QVBoxLayout(m_original);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(size::grid);
    SafeTextView* view = newView();
    const auto html = m_sources.html(m_message.id);
    if (html) {
        addPicturesLine(*html, view);
        view->setPictures([this](const QString& contentId, int width) { return picture(contentId, width); });
        view->showHtml(*html);
    } else {
        view->showText(tr("The formatted mail cannot be read."), Theme::colors().textSecondary);
    }
    column->addWidget(view);
    m_layout->insertWidget(m_layout->indexOf(m_text) + 1, m_original);
}

void MessageBlock::addPicturesLine(const QString& html, SafeTextView* view) {
    const BlockedPictures blocked = blockedPictures(html);
    if (blocked.isEmpty()) return;
    auto* line = new BlockedPicturesLine(blocked, m_sources.remotePicture, m_original);
    m_original->layout()->addWidget(line);
    connect(line, &BlockedPicturesLine::loaded, this, [this, line, view, html] {
        QHash<QUrl, QImage> pictures;
        for (auto it = line->arrived().begin(); it != line->arrived().end(); ++it)
            pictures.insert(it.key(), boundedImage(it.value(), SafeTextView::largestPicture));
        view->setRemotePictures(std::move(pictures));
        view->showHtml(withPicturesLetIn(html));
        m_original->layout()->activate();
        Q_EMIT grew();
    });
}

// A picture the mail brought along and shows itself (cid:).
QImage MessageBlock::picture(const QString& contentId, int width) const {
    if (!m_sources.attachment || contentId.isEmpty()) return {};
    for (const AttachmentView& attachment : m_message.attachments) {
        if (attachment.contentId != contentId || !isPreviewable(attachment.mimeType, attachment.size)) continue;
        const auto content = m_sources.attachment(attachment.id);
        return content ? boundedImage(*content, {width, 4 * width}) : QImage();
    }
    return {};
}

void MessageBlock::addAttachments() {
    bool first = true;
    for (const AttachmentView& attachment : m_message.attachments) {
        if (attachment.isInline && m_message.hasHtml) continue; // a picture of the layout, not something sent along
        if (std::exchange(first, false)) m_layout->addSpacing(size::grid);
        auto* row = new AttachmentRow(attachment, m_sources.attachment, this);
        connect(row, &AttachmentRow::saveAsked, this, &MessageBlock::saveAttachmentAsked);
        connect(row, &AttachmentRow::openAsked, this, &MessageBlock::openAttachmentAsked);
        connect(row, &AttachmentRow::grew, this, &MessageBlock::grew);
        m_layout->addWidget(row);
    }
}

} // namespace aiva
