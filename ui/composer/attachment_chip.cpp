#include "ui/composer/attachment_chip.h"

#include "ui/theme/painting.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>

namespace aiva {

namespace {

constexpr int attachmentChipHeight = 26;
constexpr int attachmentPadding = 8;
constexpr int pictureSide = 12;
constexpr int attachmentGap = 6;
constexpr int widestName = 180;

} // namespace

AttachmentChip::AttachmentChip(Icon icon, const QString& name, const QString& size, State state, QWidget* parent)
    : PaintedButton(parent), m_icon(icon), m_size(size), m_state(state) {
    setText(name);
    setToolTip(name);
    setSpokenName(state == State::Arriving ? tr("%1, being read").arg(name)
                                           : tr("%1, %2. Delete removes it").arg(name, size));
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
}

QSize AttachmentChip::sizeHint() const {
    const int name = std::min(textWidth(Theme::font(TextStyle::Meta), text()), widestName);
    const int bytes = textWidth(Theme::font(TextStyle::MonoMicro), m_size);
    return {attachmentPadding + pictureSide + attachmentGap + name + attachmentGap + bytes + attachmentGap +
                pictureSide + attachmentPadding,
            attachmentChipHeight};
}

QRectF AttachmentChip::cross() const {
    return mirrored(*this, {static_cast<qreal>(width() - attachmentPadding - pictureSide),
                            (height() - pictureSide) / 2.0, pictureSide, pictureSide});
}

void AttachmentChip::paint(QPainter& painter) {
    const Colors& colors = Theme::colors();
    const QRectF box = QRectF(rect());
    if (isHovered()) fillRounded(painter, box, size::radius, colors.hover);
    strokeRounded(painter, box, size::radius, colors.borderSubtle);
    qreal x = attachmentPadding;
    drawIcon(painter, m_icon, mirrored(*this, {x, (height() - pictureSide) / 2.0, pictureSide, pictureSide}),
             colors.textSecondary);
    x += pictureSide + attachmentGap;
    const int bytes = textWidth(Theme::font(TextStyle::MonoMicro), m_size);
    const qreal name = width() - x - bytes - pictureSide - attachmentPadding - 2 * attachmentGap;
    const QColor ink = m_state == State::Arriving ? colors.textMuted : colors.textPrimary;
    drawLine(painter, mirrored(*this, {x, 0, name, static_cast<qreal>(height())}), text(), Theme::font(TextStyle::Meta),
             ink);
    drawLine(painter,
             mirrored(*this, {x + name + attachmentGap, 0, static_cast<qreal>(bytes), static_cast<qreal>(height())}),
             m_size, Theme::font(TextStyle::MonoMicro), colors.textMuted);
    if (m_state == State::There)
        drawIcon(painter, Icon::Close, cross(), isHovered() ? colors.textPrimary : colors.textMuted);
}

void AttachmentChip::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace)
        Q_EMIT removeAsked();
    else
        PaintedButton::keyPressEvent(event);
}

void AttachmentChip::mouseReleaseEvent(QMouseEvent* event) {
    const bool isOnCross = m_state == State::There && cross().adjusted(-6, -6, 6, 6).contains(event->position());
    PaintedButton::mouseReleaseEvent(event);
    if (event->button() == Qt::LeftButton && isOnCross) Q_EMIT removeAsked();
}

} // namespace aiva
