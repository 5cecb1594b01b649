// A combo box within something that scrolls: the wheel scrolls there, and never changes what is chosen. Used by forms.
#pragma once

#include <QComboBox>

namespace aiva {

class StillComboBox final : public QComboBox {
public:
    explicit StillComboBox(QWidget* parent = nullptr);

protected:
    void wheelEvent(QWheelEvent* event) override;
};

} // namespace aiva
