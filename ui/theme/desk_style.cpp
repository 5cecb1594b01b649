#include "ui/theme/desk_style.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QEvent>

namespace aiva {

using namespace Qt::StringLiterals;

static bool changesByWheel(const QWidget* widget) {
    return qobject_cast<const QComboBox*>(widget) != nullptr ||
           qobject_cast<const QAbstractSpinBox*>(widget) != nullptr;
}

DeskStyle::DeskStyle() : QProxyStyle(u"Fusion"_s) {}

void DeskStyle::polish(QWidget* widget) {
    QProxyStyle::polish(widget);
    if (changesByWheel(widget)) widget->installEventFilter(this);
}

void DeskStyle::unpolish(QWidget* widget) {
    widget->removeEventFilter(this);
    QProxyStyle::unpolish(widget);
}

bool DeskStyle::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::Wheel) return QProxyStyle::eventFilter(watched, event);
    event->ignore(); // for the page around it
    return true;
}

} // namespace aiva
