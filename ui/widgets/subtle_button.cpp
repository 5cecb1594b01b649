#include "ui/widgets/subtle_button.h"

#include "ui/theme/painting.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace aiva {
namespace {

constexpr int kButtonPadding = 10;
constexpr int kButtonIconGap = 6;
constexpr int kSmallIcon = 14;

} // namespace

SubtleButton::SubtleButton(const QString& text, Look look, QWidget* parent) : PaintedButton(parent), m_look(look) {
    setText(text);
    setSizePolicy(look == Look::Quiet ? QSizePolicy::Maximum : QSizePolicy::Minimum, QSizePolicy::Fixed);
}

void SubtleButton::setGlyph(std::optional<Icon> icon) {
    m_icon = icon;
    updateGeometry();
    update();
}

QFont SubtleButton::labelFont() const {
    return Theme::font(m_look == Look::Primary ? TextStyle::MetaBold : TextStyle::MetaStrong);
}

QColor SubtleButton::labelColor() const {
    const Colors& c = Theme::colors();
    if (!isEnabled()) return c.textTertiary;
    if (m_look == Look::Primary) return c.primaryText;
    if (m_look == Look::Quiet) return isHovered() || isDown() ? c.textPrimary : c.textSecondary;
    return c.textPrimary;
}

QSize SubtleButton::sizeHint() const {
    const int padding = m_look == Look::Quiet ? size::grid : kButtonPadding;
    const int icon = m_icon ? kSmallIcon + (text().isEmpty() ? 0 : kButtonIconGap) : 0;
    const int height = m_look == Look::Quiet ? size::rowButton : size::button;
    return {std::max(height, textWidth(labelFont(), text()) + icon + 2 * padding), height};
}

QSize SubtleButton::minimumSizeHint() const {
    return {std::min(sizeHint().width(), size::button * 2), sizeHint().height()};
}

QRectF SubtleButton::focusArea() const {
    return QRectF(rect());
}

void SubtleButton::paint(QPainter& painter) {
    const Colors& c = Theme::colors();
    const QRectF area(rect());
    if (m_look == Look::Primary)
        fillRounded(painter, area, size::radius, isEnabled() ? c.primaryFill : c.selected);
    else if (m_look == Look::Subtle && (isDown() || isHovered()))
        fillRounded(painter, area, size::radius, isDown() ? c.selected : c.hover);
    if (m_look == Look::Subtle)
        strokeRounded(painter, area, size::radius, isHovered() || isDown() ? c.borderStrong : c.borderSubtle);

    const QFont font = labelFont();
    const qreal padding = m_look == Look::Quiet ? size::grid : kButtonPadding;
    const qreal icon = m_icon ? kSmallIcon + (text().isEmpty() ? 0 : kButtonIconGap) : 0;
    const qreal label = std::min<qreal>(textWidth(font, text()), area.width() - 2 * padding - icon);
    const QRectF block(area.center().x() - (label + icon) / 2, area.top(), label + icon, area.height());
    if (m_icon) {
        const QRectF field(block.left(), area.center().y() - kSmallIcon / 2.0, kSmallIcon, kSmallIcon);
        drawIcon(painter, *m_icon, mirrored(*this, field), labelColor());
    }
    drawLine(painter, mirrored(*this, block.adjusted(icon, 0, 0, 0)), text(), font, labelColor());
}

} // namespace aiva
