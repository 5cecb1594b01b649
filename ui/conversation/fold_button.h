// A quiet line that opens and closes what stands under it: "▸ 14 quoted lines". Reached by Tab, pressed by Space or
// Enter; says whether it is open to a screen reader.
#pragma once

#include "ui/widgets/painted_button.h"

namespace aiva {

class FoldButton final : public PaintedButton {
    Q_OBJECT
public:
    // `label` without the triangle.
    explicit FoldButton(const QString& label, QWidget* parent = nullptr);

    AccessibleFace face() const override;
    QSize sizeHint() const override;

protected:
    void paint(QPainter& painter) override;

private:
    QString shown() const;
};

} // namespace aiva
