#include "ui/composer/address_chip.h"

#include "core/domain/reply/reply_recipients.h"
#include "ui/theme/icon.h"
#include "ui/theme/painting.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>

namespace aiva {

namespace {

constexpr int addressChipHeight = 22;
constexpr int addressPadding = 8;
constexpr int crossSide = 12;
constexpr int widest = 240;

} // namespace

AddressChip::AddressChip(const MailAddress& address, const QString& field, QWidget* parent)
    : PaintedButton(parent), m_field(field), m_isBad(!isMailAddress(address.email)) {
    setText(address.name.isEmpty() ? address.email : address.name);
    setToolTip(m_isBad ? tr("This is not a mail address. Press Enter to correct it.") : addressText(address));
    setSpokenName(addressText(address));
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    setFocusPolicy(Qt::StrongFocus);
}

AccessibleFace AddressChip::face() const {
    AccessibleFace face = PaintedButton::face();
    face.name =
        m_isBad ? tr("%1: %2, not a mail address").arg(m_field, face.name) : tr("%1: %2").arg(m_field, face.name);
    face.description = tr("Delete removes it, Enter changes it");
    return face;
}

QSize AddressChip::sizeHint() const {
    const int words = textWidth(Theme::font(TextStyle::Meta), text());
    return {std::min(words + 2 * addressPadding + crossSide + 2, widest), addressChipHeight};
}

QRectF AddressChip::cross() const {
    return mirrored(
        *this, {width() - addressPadding / 2.0 - crossSide - 2, (height() - crossSide) / 2.0, crossSide, crossSide});
}

void AddressChip::paint(QPainter& painter) {
    const Colors& colors = Theme::colors();
    const QRectF box = QRectF(rect());
    fillRounded(painter, box, size::radiusChip, isHovered() ? colors.selected : colors.hover);
    strokeRounded(painter, box, size::radiusChip, m_isBad ? colors.danger : colors.borderSubtle);
    const QRectF words = mirrored(*this, box.adjusted(addressPadding, 0, -addressPadding - crossSide, 0));
    drawLine(painter, words, text(), Theme::font(TextStyle::Meta), m_isBad ? colors.danger : colors.textPrimary);
    drawIcon(painter, Icon::Close, cross(), isHovered() ? colors.textPrimary : colors.textMuted);
}

void AddressChip::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        Q_EMIT removeAsked();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_F2:
        Q_EMIT changeAsked();
        return;
    default:
        PaintedButton::keyPressEvent(event);
    }
}

void AddressChip::mouseReleaseEvent(QMouseEvent* event) {
    const bool isOnCross = cross().adjusted(-4, -4, 4, 4).contains(event->position());
    PaintedButton::mouseReleaseEvent(event);
    if (event->button() == Qt::LeftButton && isOnCross) Q_EMIT removeAsked();
}

} // namespace aiva
