// Keeps a picture of a widget where AIVA_SHOTS points to; name@2x.png at 200 %. Without it the widget is painted all
// the same.
#pragma once

#include "tests/ui/support/settle.h"

#include <QDir>
#include <QImage>
#include <QPixmap>
#include <QWidget>

namespace aiva::test {

inline bool keepShot(QWidget& widget, const QString& name) {
    settle();
    const QImage image = widget.grab().toImage();
    if (image.isNull()) return false;
    const QString folder = qEnvironmentVariable("AIVA_SHOTS");
    if (folder.isEmpty()) return true;
    const QString suffix = QString::fromLatin1(widget.devicePixelRatioF() > 1 ? "@2x.png" : ".png");
    return QDir().mkpath(folder) && image.save(folder + QLatin1Char('/') + name + suffix);
}

// Nothing visible reaches beyond the widget's left or right edge. The class name of what does, else empty.
inline QString cutChild(const QWidget& widget) {
    for (const QWidget* child : widget.findChildren<QWidget*>()) {
        if (!child->isVisible() || child->window() != widget.window() || child->width() == 0) continue;
        const QRect seen(child->mapTo(&widget, QPoint()), child->size());
        if (seen.left() < 0 || seen.right() >= widget.width()) return QLatin1String(child->metaObject()->className());
    }
    return {};
}

} // namespace aiva::test
