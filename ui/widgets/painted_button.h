// Base of every button we paint ourselves: Enter and Space press it, the focus ring shows for the keyboard only, hover
// repaints. Subclasses paint and size.
#pragma once

#include "ui/widgets/described.h"

#include <QAbstractButton>

namespace aiva {

class PaintedButton : public QAbstractButton, public Described {
    Q_OBJECT
public:
    explicit PaintedButton(QWidget* parent = nullptr);

    AccessibleFace face() const override;
    // What the button does, when its text alone does not say it ("Copy tracking link of USPS 9400…28490").
    void setSpokenName(const QString& name);

protected:
    void paintEvent(QPaintEvent* event) final;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

    virtual void paint(QPainter& painter) = 0;
    // Where the ring goes; the whole widget unless overridden.
    virtual QRectF focusArea() const { return QRectF(rect()); }
    // The keyboard is here. False after a mouse click.
    bool isFocusShown() const { return m_ringShown && hasFocus(); }
    bool isHovered() const { return isEnabled() && underMouse(); }

private:
    QString m_spokenName;
    bool m_ringShown = false;
};

} // namespace aiva
