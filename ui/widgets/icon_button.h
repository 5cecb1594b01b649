// A quiet square button with one icon: tools of a text field. Checkable for those that are on or off; what it does is
// its spoken name and tooltip.
#pragma once

#include "ui/theme/icon.h"
#include "ui/widgets/painted_button.h"

namespace aiva {

class IconButton final : public PaintedButton {
    Q_OBJECT
public:
    // `name` says what it does, `key` how it is done without the mouse ("Ctrl+B"), may be empty.
    IconButton(Icon icon, const QString& name, const QString& key = {}, QWidget* parent = nullptr);

    AccessibleFace face() const override;
    QSize sizeHint() const override;

protected:
    void paint(QPainter& painter) override;

private:
    Icon m_icon;
};

} // namespace aiva
