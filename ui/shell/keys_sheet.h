// The list of keys ("?"), made from the table of actions.
#pragma once

#include <QDialog>

namespace aiva {

class KeysSheet final : public QDialog {
    Q_OBJECT
public:
    explicit KeysSheet(QWidget* parent);

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace aiva
