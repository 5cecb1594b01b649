#include "ui/conversation/message_block.h"

#include "ui/conversation/attachment_row.h"
#include "ui/conversation/blocked_pictures.h"
#include "ui/conversation/bounded_image.h"
#include "ui/conversation/fold_button.h"
#include "ui/conversation/message_body.h"
#include "ui/conversation/message_head.h"
#include "ui/conversation/safe_text_view.h"
#include "ui/conversation/sender_mark.h"
#include "ui/theme/theme.h"
#include "ui/widgets/format.h"

#include <QApplication>
#include <QBoxLayout>
#include <QClipboard>
#include <QMenu>

namespace aiva {

MessageBlock::MessageBlock(const MessageSources& sources, const Clock& clock, QWidget* parent)
    : QWidget(parent)
    , m_sources(sources)
    , m_clock(clock)
    , m_layout(new QVBoxLayout(this))
    , m_head(new MessageHead(this))
    , m_body(new MessageBody(this))
    , m_formatted(new FoldButton(tr("Formatted"), this)) {
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(size::grid);
    m_layout->addWidget(m_head);
    m_layout->addWidget(m_body);
    m_layout->addWidget(m_formatted, 0, Qt::AlignLeft);
    m_formatted->setToolTip(tr("The mail as it was laid out. Pictures from the network load only when you ask."));
    connect(m_head, &MessageHead::menuAsked, this, &MessageBlock::showMenu);
    connect(m_body, &MessageBody::grew, this, &MessageBlock::grew);
    connect(m_body, &MessageBody::linkActivated, this, &MessageBlock::linkActivated);
    connect(m_formatted, &FoldButton::toggled, this, &MessageBlock::toggleOriginal);
}

void MessageBlock::showMessage(const MessageView& message, Place place) {
    m_message = message;
    m_place = place;
    delete std::exchange(m_original, nullptr);
    delete std::exchange(m_attachments, nullptr);
    const UtcTime now = m_clock.now();
    const QString who = message.from.name.isEmpty() ? message.from.email : message.from.name;
    setAccessibleName(tr("Message from %1, %2").arg(who, formatTime(message.sentAt, now, QLocale())));
    setAccessibleDescription(message.sender ? senderWords(*message.sender).spoken : QString());
    m_head->showMessage(message, now);
    m_body->showMessage(message, accessibleName());
    m_body->show();
    {
        const QSignalBlocker quiet(m_formatted);
        m_formatted->setChecked(false);
    }
    m_formatted->setVisible(message.hasHtml);
    addAttachments();
    // A layout forgets what it knows of its own widgets only: theirs would say the heights of the message before.
    m_head->updateGeometry();
    m_body->updateGeometry();
    updateGeometry();
}

void MessageBlock::showMenu(const QPoint& globalPos) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const MessageId id = m_message.id; // the block may show another message by then
    menu->addAction(tr("Show original"), this, [this, id] { Q_EMIT sourceAsked(id); });
    QAction* split = menu->addAction(tr("Split from here"), this, [this, id] { Q_EMIT splitAsked(id); });
    split->setEnabled(m_place == Place::Later);
    menu->addSeparator();
    menu->addAction(tr("Copy address"), this,
                    [email = m_message.from.email] { QApplication::clipboard()->setText(email); });
    menu->popup(globalPos);
}

void MessageBlock::toggleOriginal(bool isOpen) {
    if (isOpen && m_original == nullptr) showOriginal();
    if (m_original != nullptr) m_original->setVisible(isOpen);
    m_body->setVisible(!isOpen);
    Q_EMIT grew();
}

void MessageBlock::showOriginal() {
    m_original = new QWidget(this);
    auto* column = new QVBoxLayout(m_original);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(size::grid);
    auto* view = new SafeTextView(m_original);
    view->setAccessibleName(accessibleName());
    connect(view, &SafeTextView::linkActivated, this, &MessageBlock::linkActivated);
    const auto html = m_sources.html(m_message.id);
    if (html) {
        addPicturesLine(*html, view);
        view->setPictures([this](const QString& contentId, int width) { return picture(contentId, width); });
        view->showHtml(*html);
    } else {
        view->showText(tr("The formatted mail cannot be read."), Theme::colors().textSecondary);
    }
    column->addWidget(view);
    m_layout->insertWidget(m_layout->indexOf(m_body) + 1, m_original);
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
    for (const AttachmentView& attachment : m_message.attachments) {
        if (attachment.isInline && m_message.hasHtml) continue; // a picture of the layout, not something sent along
        if (m_attachments == nullptr) {
            m_attachments = new QWidget(this);
            auto* column = new QVBoxLayout(m_attachments);
            column->setContentsMargins(0, size::grid, 0, 0);
            column->setSpacing(size::grid);
        }
        auto* row = new AttachmentRow(attachment, m_sources.attachment, m_attachments);
        connect(row, &AttachmentRow::saveAsked, this, &MessageBlock::saveAttachmentAsked);
        connect(row, &AttachmentRow::openAsked, this, &MessageBlock::openAttachmentAsked);
        connect(row, &AttachmentRow::grew, this, [this] {
            m_attachments->layout()->activate();
            m_attachments->updateGeometry(); // now, not with the next round of events
            Q_EMIT grew();
        });
        m_attachments->layout()->addWidget(row);
    }
    if (m_attachments == nullptr) return;
    m_layout->addWidget(m_attachments);
    m_attachments->show();
}

} // namespace aiva
