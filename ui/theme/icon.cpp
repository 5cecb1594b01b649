#include "ui/theme/icon.h"

#include "ui/theme/tokens.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace aiva {
namespace {

constexpr qreal kField = 16;
constexpr qreal kStroke = 1.4;

void line(QPainterPath& path, std::initializer_list<QPointF> points) {
    path.moveTo(*points.begin());
    for (const QPointF& point : points)
        path.lineTo(point);
}

void arc(QPainterPath& path, const QRectF& rect, qreal start, qreal sweep) {
    path.arcMoveTo(rect, start);
    path.arcTo(rect, start, sweep);
}

QPainterPath arrowsAndMarks(Icon icon) {
    QPainterPath path;
    switch (icon) {
    case Icon::Check:
        line(path, {{3.5, 8.5}, {6.5, 11.5}, {12.5, 4.5}});
        break;
    case Icon::ChevronDown:
        line(path, {{4.5, 6.5}, {8, 10}, {11.5, 6.5}});
        break;
    case Icon::ChevronRight:
        line(path, {{6.5, 4.5}, {10, 8}, {6.5, 11.5}});
        break;
    case Icon::Close:
        line(path, {{4.5, 4.5}, {11.5, 11.5}});
        line(path, {{11.5, 4.5}, {4.5, 11.5}});
        break;
    case Icon::External:
        line(path, {{9.5, 3.5}, {12.5, 3.5}, {12.5, 6.5}});
        line(path, {{12.5, 3.5}, {7.5, 8.5}});
        line(path, {{7, 4.5}, {4, 4.5}, {4, 12}, {11.5, 12}, {11.5, 9}});
        break;
    case Icon::Refresh:
        arc(path, {3.5, 3.5, 9, 9}, 40, 290);
        line(path, {{12.6, 2.6}, {12.2, 5.6}, {9.2, 5.2}});
        break;
    case Icon::Reply:
        line(path, {{6.5, 4}, {3, 7.5}, {6.5, 11}});
        path.moveTo(3, 7.5);
        path.lineTo(9, 7.5);
        path.cubicTo(11.5, 7.5, 13, 9, 13, 12);
        break;
    default:
        break;
    }
    return path;
}

QPainterPath writing(Icon icon) {
    QPainterPath path;
    switch (icon) {
    case Icon::Bold:
        line(path, {{5, 3}, {5, 13}});
        path.moveTo(5, 3);
        path.lineTo(8.5, 3);
        path.cubicTo(12, 3, 12, 7.7, 8.5, 7.7);
        path.lineTo(5, 7.7);
        path.moveTo(8.5, 7.7);
        path.cubicTo(13, 7.7, 13, 13, 8.8, 13);
        path.lineTo(5, 13);
        break;
    case Icon::Italic:
        line(path, {{7, 3}, {11.5, 3}});
        line(path, {{4.5, 13}, {9, 13}});
        line(path, {{9.5, 3}, {6.5, 13}});
        break;
    case Icon::Bullets:
    case Icon::Numbers:
        for (const qreal y : {4.0, 8.0, 12.0})
            line(path, {{6.5, y}, {13.5, y}});
        if (icon == Icon::Bullets)
            for (const qreal y : {4.0, 8.0, 12.0})
                path.addEllipse(QPointF(3, y), 0.7, 0.7);
        else {
            line(path, {{2.4, 3}, {3.4, 2.4}, {3.4, 5.4}});
            line(path, {{2.2, 10.6}, {4.2, 10.6}, {2.2, 13.4}, {4.2, 13.4}});
        }
        break;
    case Icon::Snippet:
        path.addRoundedRect({2.5, 3, 11, 10}, 1.5, 1.5);
        line(path, {{5, 6.2}, {11, 6.2}});
        line(path, {{5, 9.4}, {8.5, 9.4}});
        break;
    default:
        break;
    }
    return path;
}

QPainterPath objects(Icon icon) {
    QPainterPath path;
    switch (icon) {
    case Icon::Copy:
        path.addRoundedRect({6, 6, 7, 7}, 1.5, 1.5);
        line(path, {{3.5, 10}, {3, 10}, {3, 3}, {10, 3}, {10, 3.5}});
        break;
    case Icon::Image:
        path.addRoundedRect({2.5, 3.5, 11, 9}, 1.5, 1.5);
        path.addEllipse(QPointF(5.5, 6.5), 1, 1);
        line(path, {{3, 11.5}, {6.5, 8.5}, {8.5, 10.5}, {10.5, 8.5}, {13, 11}});
        break;
    case Icon::Link:
        line(path, {{6.2, 9.8}, {9.8, 6.2}});
        arc(path, {7.6, 2.4, 6, 6}, -60, 200);
        arc(path, {2.4, 7.6, 6, 6}, 120, 200);
        break;
    case Icon::Lock:
        path.addRoundedRect({3.5, 7, 9, 6.5}, 1.5, 1.5);
        arc(path, {5.2, 2.5, 5.6, 8}, 0, 180);
        break;
    case Icon::Note:
        line(path, {{9, 13}, {3, 13}, {3, 3}, {13, 3}, {13, 9}, {9, 13}, {9, 9}, {13, 9}});
        break;
    case Icon::Paperclip:
        path.moveTo(11.5, 5);
        path.lineTo(6.3, 10.2);
        path.cubicTo(5.3, 11.2, 3.9, 9.8, 4.9, 8.8);
        path.lineTo(10, 3.7);
        path.cubicTo(12, 1.7, 15, 4.7, 13, 6.7);
        path.lineTo(7.7, 12);
        path.cubicTo(4.5, 15, 0.5, 11, 3.5, 8);
        path.lineTo(7.5, 4);
        break;
    case Icon::Person:
        path.addEllipse(QPointF(8, 5.5), 2.5, 2.5);
        arc(path, {3.5, 9.5, 9, 8}, 0, 180);
        break;
    case Icon::Search:
        path.addEllipse(QPointF(7, 7), 3.75, 3.75);
        line(path, {{9.8, 9.8}, {13, 13}});
        break;
    case Icon::Warning:
        line(path, {{8, 2.5}, {14, 13}, {2, 13}, {8, 2.5}});
        line(path, {{8, 6.5}, {8, 9.5}});
        line(path, {{8, 11.2}, {8, 11.3}});
        break;
    case Icon::Offline:
        arc(path, {1.5, 4, 13, 13}, 45, 90);
        arc(path, {4.5, 7, 7, 7}, 45, 90);
        line(path, {{8, 12}, {8, 12.1}});
        line(path, {{3, 2.5}, {13, 13.5}});
        break;
    default:
        break;
    }
    return path;
}

} // namespace

void drawIcon(QPainter& painter, Icon icon, const QRectF& field, const QColor& color) {
    const qreal scale = std::min(field.width(), field.height()) / kField;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(field.center() - QPointF(kField, kField) * scale / 2);
    painter.scale(scale, scale);
    if (icon == Icon::More) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        for (const qreal x : {3.5, 8.0, 12.5})
            painter.drawEllipse(QPointF(x, 8), 1.2, 1.2);
    } else {
        painter.setPen(QPen(color, kStroke, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.setBrush(Qt::NoBrush);
        QPainterPath path = arrowsAndMarks(icon);
        if (path.isEmpty()) path = writing(icon);
        painter.drawPath(path.isEmpty() ? objects(icon) : path);
    }
    painter.restore();
}

QIcon makeIcon(Icon icon, const QColor& color) {
    QIcon result;
    for (const int scale : {1, 2, 3}) {
        QPixmap pixmap(size::icon * scale, size::icon * scale);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        drawIcon(painter, icon, pixmap.rect(), color);
        painter.end();
        pixmap.setDevicePixelRatio(scale);
        result.addPixmap(pixmap);
    }
    return result;
}

} // namespace aiva
