// The strokes every painted widget shares: hairlines that stay one crisp line at any scale, the focus ring, text on a
// baseline grid. Called inside paint events.
#pragma once

#include "ui/theme/tokens.h"

#include <QRectF>
#include <QString>

class QFont;
class QPainter;
class QWidget;

namespace aiva {

// Width of the thinnest crisp line on this device, in logical pixels: a whole number of device pixels, at least one.
qreal hairline(const QPainter& painter);
// The rectangle moved to the nearest device pixels, so that fractional scales (125 %, 150 %) do not blur edges.
QRectF snapped(const QPainter& painter, const QRectF& rect);

// A border inside the rectangle, one hairline wide.
void strokeRounded(QPainter& painter, const QRectF& rect, qreal radius, const QColor& border);
void fillRounded(QPainter& painter, const QRectF& rect, qreal radius, const QColor& fill);
// Horizontal line along the rectangle's bottom, or its top.
void strokeEdge(QPainter& painter, const QRectF& rect, Qt::Edge edge, const QColor& color);
// 2 px inside the rectangle. Only for keyboard focus.
void drawFocusRing(QPainter& painter, const QRectF& rect, qreal radius = size::radius);

// One line, vertically centred by cap height, elided at its end; returns the width used. Alignment is logical
// (AlignLeading/AlignTrailing follow the layout direction of the painter).
qreal drawLine(QPainter& painter, const QRectF& rect, const QString& text, const QFont& font, const QColor& color,
               Qt::Alignment alignment = Qt::AlignLeading);

// Rounded up: text of this width fits without elision.
int textWidth(const QFont& font, const QString& text);

// The same place seen from the other side when the widget is right-to-left.
QRectF mirrored(const QWidget& widget, const QRectF& rect);

} // namespace aiva
