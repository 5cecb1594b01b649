#include "ui/composer/size_meter.h"

#include "ui/models/relative_time.h"
#include "ui/theme/painting.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace aiva {

namespace {

constexpr int barWidth = 64;
constexpr int barHeight = 4;
constexpr double nearlyFull = 0.8;

} // namespace

SizeMeter::SizeMeter(QWidget* parent) : QWidget(parent) {
    describe(this);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void SizeMeter::setSizes(qint64 sentBytes, qint64 limit) {
    if (sentBytes == m_sentBytes && limit == m_limit) return;
    m_sentBytes = sentBytes;
    m_limit = limit;
    updateGeometry();
    update();
}

QString SizeMeter::text() const {
    return tr("%1 of %2 as sent").arg(sizeText(m_sentBytes), sizeText(m_limit));
}

AccessibleFace SizeMeter::face() const {
    const QString warning = m_sentBytes > m_limit ? tr("Too large for mail servers") : QString();
    return {QAccessible::ProgressBar, tr("Size of the mail"), text(), warning, Expansion::None};
}

QSize SizeMeter::sizeHint() const {
    return {barWidth + 2 * size::grid + textWidth(Theme::font(TextStyle::MonoMicro), text()), 4 * size::grid};
}

void SizeMeter::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Colors& colors = Theme::colors();
    const double share = m_limit > 0 ? static_cast<double>(m_sentBytes) / static_cast<double>(m_limit) : 0;
    const bool isCalm = share < nearlyFull;
    const QColor ink = isCalm ? colors.textSecondary : share > 1 ? colors.danger : colors.warning;
    const QRectF bar(0, (height() - barHeight) / 2.0, barWidth, barHeight);
    fillRounded(painter, mirrored(*this, bar), barHeight / 2.0, colors.selected);
    QRectF used = bar;
    used.setWidth(std::clamp(barWidth * share, static_cast<double>(barHeight), static_cast<double>(barWidth)));
    fillRounded(painter, mirrored(*this, used), barHeight / 2.0, ink);
    const QRectF words(barWidth + 2 * size::grid, 0, width() - barWidth - 2.0 * size::grid, height());
    drawLine(painter, mirrored(*this, words), text(), Theme::font(TextStyle::MonoMicro),
             isCalm ? colors.textMuted : ink);
}

} // namespace aiva
