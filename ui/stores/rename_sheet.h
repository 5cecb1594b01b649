// Asks for a store's name.
#pragma once

#include "core/desk/stores/store_desk.h"
#include "ui/widgets/sheet.h"

class QLineEdit;

namespace aiva {

class FormField;
class SubtleButton;

class RenameSheet final : public Sheet {
    Q_OBJECT
public:
    RenameSheet(StoreDesk& desk, const StoreRow& store, QWidget* parent);
    QLineEdit* name() const { return m_name; }
    SubtleButton* saveButton() const { return m_save; }

private:
    void save();

    StoreDesk& m_desk;
    const StoreId m_store;
    QLineEdit* m_name;
    FormField* m_field;
    SubtleButton* m_save;
};

} // namespace aiva
