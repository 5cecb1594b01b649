// The desk's button: 28 px, one hairline border. Primary is filled, at most one a view; Quiet is bare text for lists.
#pragma once

#include "ui/theme/icon.h"
#include "ui/widgets/painted_button.h"

#include <optional>

namespace aiva {

class SubtleButton : public PaintedButton {
    Q_OBJECT
public:
    enum class Look { Subtle, Primary, Quiet };
    explicit SubtleButton(const QString& text = {}, Look look = Look::Subtle, QWidget* parent = nullptr);

    // Before the text; alone when there is no text (then setSpokenName is needed).
    void setGlyph(std::optional<Icon> icon);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paint(QPainter& painter) override;
    QRectF focusArea() const override;

private:
    QFont labelFont() const;
    QColor labelColor() const;

    Look m_look;
    std::optional<Icon> m_icon;
};

} // namespace aiva
