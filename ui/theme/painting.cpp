#include "ui/theme/painting.h"

#include "ui/theme/theme.h"

#include <QFontMetricsF>
#include <QHash>
#include <QPaintDevice>
#include <QPainter>
#include <QPixmapCache>
#include <QWidget>

#include <algorithm>
#include <cmath>
#include <utility>

namespace aiva {

namespace {

constexpr qsizetype mostKnownWidths = 4'000;

// Shaping is most of what laying out and painting a panel cost, and its words are few: states, labels, months.
qreal advanceOf(const QFont& font, const QString& text) {
    static QHash<std::pair<QFont, QString>, qreal> known;
    if (const auto found = known.constFind({font, text}); found != known.constEnd()) return *found;
    if (known.size() >= mostKnownWidths) known.clear();
    return *known.insert({font, text}, QFontMetricsF(font).horizontalAdvance(text));
}

} // namespace

qreal hairline(const QPainter& painter) {
    const qreal ratio = painter.device() == nullptr ? 1.0 : painter.device()->devicePixelRatioF();
    return std::max(1.0, std::floor(ratio)) / ratio;
}

QRectF snapped(const QPainter& painter, const QRectF& rect) {
    const QTransform device = painter.deviceTransform();
    if (device.type() > QTransform::TxScale) return rect;
    const QRectF mapped = device.mapRect(rect);
    const QPointF topLeft(std::round(mapped.left()), std::round(mapped.top()));
    const QPointF bottomRight(std::round(mapped.right()), std::round(mapped.bottom()));
    return device.inverted().mapRect(QRectF(topLeft, bottomRight));
}

// `rect` lies on device pixels.
static void strokePath(QPainter& painter, const QRectF& rect, qreal radius, const QColor& border, qreal width) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(border, width));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(rect.adjusted(width / 2, width / 2, -width / 2, -width / 2), radius - width / 2,
                            radius - width / 2);
    painter.restore();
}

// The four corners of such a border, drawn once: a list of rows strokes dozens of chips a frame.
static QPixmap roundedCorners(int corner, qreal radius, const QColor& border, qreal width, qreal ratio) {
    const QString key =
        QStringLiteral("aiva-corners-%1-%2-%3-%4").arg(corner).arg(radius).arg(border.rgba(), 0, 16).arg(ratio);
    QPixmap corners;
    if (QPixmapCache::find(key, &corners)) return corners;
    corners = QPixmap(QSize(2 * corner, 2 * corner) * ratio);
    corners.setDevicePixelRatio(ratio);
    corners.fill(Qt::transparent);
    QPainter painter(&corners);
    strokePath(painter, QRectF(0, 0, 2 * corner, 2 * corner), radius, border, width);
    painter.end();
    QPixmapCache::insert(key, corners);
    return corners;
}

void strokeRounded(QPainter& painter, const QRectF& rect, qreal radius, const QColor& border) {
    const qreal width = hairline(painter);
    const QRectF area = snapped(painter, rect);
    const int corner = static_cast<int>(std::ceil(radius)) + 1;
    const qreal ratio = painter.device() == nullptr ? 1.0 : painter.device()->devicePixelRatioF();
    const bool isPlain = ratio == std::floor(ratio) && painter.deviceTransform().type() <= QTransform::TxScale &&
                         painter.transform().type() <= QTransform::TxTranslate;
    if (!isPlain || area.width() < 2 * corner || area.height() < 2 * corner)
        return strokePath(painter, area, radius, border, width);
    const QPixmap corners = roundedCorners(corner, radius, border, width, ratio);
    const qreal side = corner * ratio; // of a corner, in the pixmap
    for (const bool isRight : {false, true})
        for (const bool isBottom : {false, true})
            painter.drawPixmap(
                QPointF(isRight ? area.right() - corner : area.left(), isBottom ? area.bottom() - corner : area.top()),
                corners, QRectF(isRight ? side : 0, isBottom ? side : 0, side, side));
    const qreal across = area.width() - 2 * corner;
    const qreal down = area.height() - 2 * corner;
    painter.fillRect(QRectF(area.left() + corner, area.top(), across, width), border);
    painter.fillRect(QRectF(area.left() + corner, area.bottom() - width, across, width), border);
    painter.fillRect(QRectF(area.left(), area.top() + corner, width, down), border);
    painter.fillRect(QRectF(area.right() - width, area.top() + corner, width, down), border);
}

void fillRounded(QPainter& painter, const QRectF& rect, qreal radius, const QColor& fill) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawRoundedRect(snapped(painter, rect), radius, radius);
    painter.restore();
}

void strokeEdge(QPainter& painter, const QRectF& rect, Qt::Edge edge, const QColor& color) {
    const qreal width = hairline(painter);
    const QRectF area = snapped(painter, rect);
    QRectF line = area;
    switch (edge) {
    case Qt::TopEdge:
        line.setBottom(area.top() + width);
        break;
    case Qt::BottomEdge:
        line.setTop(area.bottom() - width);
        break;
    case Qt::LeftEdge:
        line.setRight(area.left() + width);
        break;
    case Qt::RightEdge:
        line.setLeft(area.right() - width);
        break;
    }
    painter.fillRect(line, color);
}

void drawFocusRing(QPainter& painter, const QRectF& rect, qreal radius) {
    painter.save();
    constexpr qreal half = size::focusRing / 2.0;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(Theme::colors().focus, size::focusRing));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(snapped(painter, rect).adjusted(half, half, -half, -half), radius - half, radius - half);
    painter.restore();
}

qreal drawLine(QPainter& painter, const QRectF& rect, const QString& text, const QFont& font, const QColor& color,
               Qt::Alignment alignment) {
    const QFontMetricsF metrics(font, painter.device());
    const bool fits = advanceOf(font, text) <= rect.width() + 0.5;
    const QString shown = fits ? text : metrics.elidedText(text, Qt::ElideRight, rect.width());
    const qreal width = std::min(advanceOf(font, shown), rect.width());
    const bool rightToLeft = painter.layoutDirection() == Qt::RightToLeft;
    qreal x = rect.left();
    if (alignment & Qt::AlignHCenter)
        x = rect.center().x() - width / 2;
    else if (alignment.testFlag(Qt::AlignTrailing) != rightToLeft)
        x = rect.right() - width;
    // Centred on the capitals: that is what the eye takes for the middle of a line.
    const qreal baseline = std::round(rect.center().y() + metrics.capHeight() / 2);
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(QPointF(std::round(x), baseline), shown);
    return width;
}

int textWidth(const QFont& font, const QString& text) {
    return static_cast<int>(std::ceil(advanceOf(font, text)));
}

QRectF mirrored(const QWidget& widget, const QRectF& rect) {
    if (widget.layoutDirection() == Qt::LeftToRight) return rect;
    return {widget.width() - rect.right(), rect.top(), rect.width(), rect.height()};
}

} // namespace aiva
