#include "ui/widgets/icon_button.h"

#include "ui/theme/painting.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace aiva {

using namespace Qt::StringLiterals;

IconButton::IconButton(Icon icon, const QString& name, const QString& key, QWidget* parent)
    : PaintedButton(parent), m_icon(icon) {
    setSpokenName(name);
    setToolTip(key.isEmpty() ? name : name + u"  "_s + key);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setFocusPolicy(Qt::TabFocus);
}

AccessibleFace IconButton::face() const {
    AccessibleFace face = PaintedButton::face();
    if (isCheckable()) face.value = isChecked() ? tr("on") : tr("off");
    return face;
}

QSize IconButton::sizeHint() const {
    return {size::button, size::button};
}

void IconButton::paint(QPainter& painter) {
    const Colors& colors = Theme::colors();
    const QRectF field = QRectF(rect()).adjusted(2, 2, -2, -2);
    if (isChecked() || isHovered())
        fillRounded(painter, field, size::radiusChip, isChecked() ? colors.selected : colors.hover);
    const bool isBright = isChecked() || isHovered();
    const QColor ink = !isEnabled() ? colors.textTertiary : isBright ? colors.textPrimary : colors.textSecondary;
    const qreal side = size::icon;
    drawIcon(painter, m_icon, QRectF(width() / 2.0 - side / 2, height() / 2.0 - side / 2, side, side), ink);
}

} // namespace aiva
