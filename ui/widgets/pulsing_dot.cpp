#include "ui/widgets/pulsing_dot.h"

#include "ui/theme/painting.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QPainter>
#include <QTimerEvent>

#include <cmath>
#include <numbers>

namespace aiva {
namespace {

constexpr int kStepMs = 80; // enough for a breath of 1.6 s, and hardly a wake-up
constexpr int kSteps = duration::pulse / kStepMs;
constexpr int kHalo = 3;

} // namespace

PulsingDot::PulsingDot(QWidget* parent) : QWidget(parent) {
    describe(this);
    setFixedSize(sizeHint());
}

AccessibleFace PulsingDot::face() const {
    return {QAccessible::Indicator, m_meaning, {}, {}, Expansion::None};
}

QSize PulsingDot::sizeHint() const {
    return {size::pulseDot + 2 * kHalo, size::pulseDot + 2 * kHalo};
}

void PulsingDot::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const QPointF center = QRectF(rect()).center();
    // Starts at the fullest, so a static dot looks like the picture.
    const double breath = 0.5 + 0.5 * std::cos(2 * std::numbers::pi * m_step / kSteps);
    QColor halo = Theme::colors().warning;
    halo.setAlphaF(static_cast<float>(0.04 + 0.14 * breath));
    painter.setBrush(halo);
    painter.drawEllipse(center, size::pulseDot / 2.0 + kHalo, size::pulseDot / 2.0 + kHalo);
    QColor core = Theme::colors().warning;
    core.setAlphaF(static_cast<float>(0.55 + 0.45 * breath));
    painter.setBrush(core);
    painter.drawEllipse(center, size::pulseDot / 2.0, size::pulseDot / 2.0);
}

void PulsingDot::timerEvent(QTimerEvent* event) {
    if (event->timerId() != m_timer.timerId()) return QWidget::timerEvent(event);
    m_step = (m_step + 1) % kSteps;
    update();
}

void PulsingDot::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    startOrStop();
}

void PulsingDot::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    startOrStop();
}

void PulsingDot::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange) startOrStop();
}

void PulsingDot::startOrStop() {
    const bool pulse = isVisible() && !Theme::motionReduced();
    if (pulse && !m_timer.isActive()) m_timer.start(kStepMs, Qt::CoarseTimer, this);
    if (!pulse) {
        m_timer.stop();
        m_step = 0;
        update();
    }
}

} // namespace aiva
