// One of several ways, to be chosen: a title, what it means, a ring that fills. Arrows go from one to the next.
#pragma once

#include "ui/widgets/painted_button.h"

namespace aiva {

class ChoiceRow final : public PaintedButton {
    Q_OBJECT
public:
    ChoiceRow(const QString& title, const QString& detail, QWidget* parent = nullptr);

    AccessibleFace face() const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paint(QPainter& painter) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QRect detailRect(int width) const;

    QString m_detail;
};

} // namespace aiva
