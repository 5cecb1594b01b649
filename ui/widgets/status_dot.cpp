#include "ui/widgets/status_dot.h"

#include "ui/theme/painting.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace aiva {

QColor toneColor(Tone tone) {
    const Colors& c = Theme::colors();
    switch (tone) {
    case Tone::Neutral:
        return c.textSecondary;
    case Tone::Muted:
        return c.textMuted;
    case Tone::Ok:
        return c.ok;
    case Tone::Warning:
        return c.warning;
    case Tone::Danger:
        return c.danger;
    case Tone::Accent:
        return c.focus;
    }
    return c.textSecondary;
}

void paintStatusDot(QPainter& painter, const QRectF& field, DotLook look) {
    constexpr qreal radius = size::dot / 2.0;
    const QColor color = toneColor(look.tone);
    const QPointF center =
        snapped(painter, QRectF(field.center() - QPointF(radius, radius), QSizeF(size::dot, size::dot))).center();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const auto ring = [&](qreal width) {
        painter.setPen(QPen(color, width));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(center, radius - width / 2, radius - width / 2);
    };
    switch (look.shape) {
    case DotShape::Filled:
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawEllipse(center, radius, radius);
        break;
    case DotShape::Half:
        ring(1.5);
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawPie(QRectF(center - QPointF(radius, radius), QSizeF(size::dot, size::dot)), 90 * 16, 180 * 16);
        break;
    case DotShape::Ring:
        ring(2);
        break;
    case DotShape::Hollow:
        ring(hairline(painter));
        break;
    }
    painter.restore();
}

StatusDot::StatusDot(QWidget* parent) : QWidget(parent) {
    describe(this);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void StatusDot::setStatus(DotLook look, const QString& word) {
    if (m_look == look && m_word == word) return;
    m_look = look;
    m_word = word;
    setToolTip(word);
    announceChange(this, QAccessible::NameChanged);
    update();
}

AccessibleFace StatusDot::face() const {
    return {QAccessible::Graphic, m_word, {}, {}, Expansion::None};
}

QSize StatusDot::sizeHint() const {
    return {size::dot + 2, size::icon};
}

void StatusDot::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintStatusDot(painter, rect(), m_look);
}

} // namespace aiva
