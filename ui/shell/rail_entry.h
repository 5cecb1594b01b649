// One line of the rail: a word, at its end a count.
#pragma once

#include "ui/widgets/painted_button.h"

namespace aiva {

class RailEntry final : public PaintedButton {
    Q_OBJECT
public:
    explicit RailEntry(const QString& text, QWidget* parent = nullptr);

    void setCount(qint64 count);
    QSize sizeHint() const override;

protected:
    void paint(QPainter& painter) override;

private:
    void describeCount();

    qint64 m_count = 0;
};

} // namespace aiva
