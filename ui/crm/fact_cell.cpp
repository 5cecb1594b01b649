#include "ui/crm/fact_cell.h"

#include "ui/theme/painting.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace aiva {
namespace {

constexpr int kCaptionHeight = 18;
constexpr int kValueHeight = 18;

} // namespace

FactCell::FactCell(QWidget* parent) : QWidget(parent) {
    describe(this);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void FactCell::setFact(const QString& caption, const QString& value, Emphasis emphasis) {
    if (m_caption == caption && m_value == value && m_emphasis == emphasis) return;
    m_caption = caption;
    m_value = value;
    m_emphasis = emphasis;
    announceChange(this, QAccessible::NameChanged);
    update();
}

AccessibleFace FactCell::face() const {
    return {
        QAccessible::StaticText, tr("%1: %2", "caption, value").arg(m_caption, m_value), m_value, {}, Expansion::None};
}

QSize FactCell::sizeHint() const {
    return {100, kCaptionHeight + kValueHeight};
}

QSize FactCell::minimumSizeHint() const {
    return {40, sizeHint().height()};
}

void FactCell::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setLayoutDirection(layoutDirection());
    const Colors& c = Theme::colors();
    drawLine(painter, QRectF(0, 0, width(), kCaptionHeight), m_caption, Theme::font(TextStyle::Meta), c.textSecondary);
    drawLine(painter, QRectF(0, kCaptionHeight, width(), kValueHeight), m_value, Theme::font(TextStyle::MonoMeta),
             m_emphasis == Emphasis::Vip ? c.warning : c.textPrimary);
}

} // namespace aiva
