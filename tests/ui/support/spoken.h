// What assistive technology is told about a widget, for the tests of the desk.
#pragma once

#include <QAccessible>
#include <QAccessibleActionInterface>
#include <QString>
#include <QWidget>

namespace aiva {

inline QAccessibleInterface* spoken(QWidget* widget) {
    return QAccessible::queryAccessibleInterface(widget);
}

inline QString spokenName(QWidget* widget) {
    return spoken(widget)->text(QAccessible::Name);
}

// Presses through the accessible action, as a screen reader does.
inline bool pressSpoken(QWidget* widget) {
    QAccessibleActionInterface* actions = spoken(widget)->actionInterface();
    if (actions == nullptr || !actions->actionNames().contains(QAccessibleActionInterface::pressAction())) return false;
    actions->doAction(QAccessibleActionInterface::pressAction());
    return true;
}

} // namespace aiva
