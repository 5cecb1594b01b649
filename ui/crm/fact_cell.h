// A caption over a value: "Orders" over "3". Read aloud as "Orders: 3".
#pragma once

#include "ui/widgets/described.h"

#include <QWidget>

namespace aiva {

class FactCell : public QWidget, public Described {
    Q_OBJECT
public:
    enum class Emphasis { Plain, Vip };
    explicit FactCell(QWidget* parent = nullptr);
    void setFact(const QString& caption, const QString& value, Emphasis emphasis);

    AccessibleFace face() const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_caption;
    QString m_value;
    Emphasis m_emphasis = Emphasis::Plain;
};

} // namespace aiva
