#include "ui/widgets/still_combo_box.h"

#include <QWheelEvent>

namespace aiva {

StillComboBox::StillComboBox(QWidget* parent) : QComboBox(parent) {
    setFocusPolicy(Qt::StrongFocus); // not by the wheel
}

void StillComboBox::wheelEvent(QWheelEvent* event) {
    event->ignore();
}

} // namespace aiva
