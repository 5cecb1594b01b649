#include "ui/widgets/painted_button.h"

#include "ui/theme/painting.h"

#include <QFocusEvent>
#include <QKeyEvent>
#include <QPainter>

namespace aiva {

PaintedButton::PaintedButton(QWidget* parent) : QAbstractButton(parent) {
    describe(this);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
}

AccessibleFace PaintedButton::face() const {
    return {QAccessible::Button, m_spokenName.isEmpty() ? text() : m_spokenName, {}, toolTip(), Expansion::None};
}

void PaintedButton::setSpokenName(const QString& name) {
    if (m_spokenName == name) return;
    m_spokenName = name;
    announceChange(this, QAccessible::NameChanged);
}

void PaintedButton::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setLayoutDirection(layoutDirection());
    paint(painter);
    if (isFocusShown()) drawFocusRing(painter, focusArea());
}

void PaintedButton::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (!event->isAutoRepeat()) click();
        return;
    }
    // Arrows would wander through sibling buttons; the views decide what arrows do.
    if (event->key() == Qt::Key_Space || event->key() == Qt::Key_Select)
        QAbstractButton::keyPressEvent(event);
    else
        event->ignore();
}

void PaintedButton::focusInEvent(QFocusEvent* event) {
    const Qt::FocusReason reason = event->reason();
    if (reason == Qt::MouseFocusReason)
        m_ringShown = false;
    else if (reason != Qt::ActiveWindowFocusReason && reason != Qt::PopupFocusReason)
        m_ringShown = true;
    QAbstractButton::focusInEvent(event);
    update();
}

void PaintedButton::focusOutEvent(QFocusEvent* event) {
    QAbstractButton::focusOutEvent(event);
    update();
}

bool PaintedButton::event(QEvent* event) {
    // A key pressed after a mouse click turns the ring on: from here on the keyboard is in use.
    if (event->type() == QEvent::KeyPress && hasFocus() && !m_ringShown) {
        m_ringShown = true;
        update();
    }
    return QAbstractButton::event(event);
}

} // namespace aiva
