#include "ui/widgets/ltv_badge.h"

#include "ui/theme/painting.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace aiva {
namespace {

constexpr int kBadgePadding = 10;

} // namespace

LtvBadge::LtvBadge(QWidget* parent) : QWidget(parent) {
    describe(this);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
}

void LtvBadge::setAmount(const QString& amount, Rank rank) {
    if (m_amount == amount && m_rank == rank) return;
    m_amount = amount;
    m_rank = rank;
    announceChange(this, QAccessible::ValueChanged);
    updateGeometry();
    update();
}

QString LtvBadge::shownText() const {
    return tr("%1 LTV", "lifetime value").arg(m_amount);
}

AccessibleFace LtvBadge::face() const {
    return {QAccessible::StaticText, tr("Lifetime value: %1").arg(m_amount), m_amount,
            m_rank == Rank::Vip ? tr("VIP customer") : QString(), Expansion::None};
}

QSize LtvBadge::sizeHint() const {
    return {textWidth(Theme::font(TextStyle::MonoBadge), shownText()) + 2 * kBadgePadding,
            Theme::lineHeight(TextStyle::MonoBadge) + 6};
}

QSize LtvBadge::minimumSizeHint() const {
    return {std::min(sizeHint().width(), 80), sizeHint().height()};
}

void LtvBadge::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setLayoutDirection(layoutDirection());
    const Colors& c = Theme::colors();
    const bool vip = m_rank == Rank::Vip;
    strokeRounded(painter, rect(), size::radius, vip ? c.warningBorder : c.borderSubtle);
    drawLine(painter, QRectF(rect()).adjusted(kBadgePadding, 0, -kBadgePadding, 0), shownText(),
             Theme::font(TextStyle::MonoBadge), vip ? c.warning : c.textPrimary);
}

} // namespace aiva
