// A message that stays until acted upon or dismissed: "acme is disconnected. Reconnect now · Dismiss for 24 h".
#pragma once

#include "ui/widgets/described.h"
#include "ui/widgets/status_dot.h"

#include <QWidget>

namespace aiva {

class SubtleButton;
class TextBlock;

class Banner : public QWidget, public Described {
    Q_OBJECT
public:
    // Row: text and buttons side by side, for the width of a window. Column: below each other, for a panel.
    enum class Shape { Row, Column };
    explicit Banner(Shape shape, QWidget* parent = nullptr);

    // A button is left out when its text is empty.
    void setContent(const QString& text, Tone tone, const QString& action, const QString& dismiss);

    AccessibleFace face() const override;

Q_SIGNALS:
    void actionTriggered();
    void dismissed();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Shape m_shape;
    Tone m_tone = Tone::Warning;
    TextBlock* m_text;
    SubtleButton* m_action;
    SubtleButton* m_dismiss;
};

} // namespace aiva
