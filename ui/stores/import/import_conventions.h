// What files leave unsaid: the store's name, the currency, how amounts, dates and times are to be read. Says at its
// fields what is wrong there. Part of ImportSheet.
#pragma once

#include "core/desk/stores/store_desk.h"

#include <QWidget>

class QComboBox;
class QLineEdit;

namespace aiva {

class FormField;

class ImportConventions final : public QWidget {
    Q_OBJECT
public:
    explicit ImportConventions(QWidget* parent = nullptr);

    // Until a person, or whoever knows the store, named it.
    void suggestName(const QString& name);
    void setName(const QString& name);
    void fill(CsvImportRequest& request) const;
    // False when nothing can be made of it; the fields say why.
    bool judge();
    // What was judged last: something is wrong at a field, and an import would not do what it seems to ask.
    bool hasTrouble() const;
    // Whose the times without a zone are taken for.
    QString timeZoneName() const;

    QLineEdit* name() const { return m_name; }
    FormField* nameField() const { return m_nameField; }

Q_SIGNALS:
    void typed(); // more may follow
    void chosen();

private:
    QLineEdit* m_name;
    FormField* m_nameField;
    QLineEdit* m_currency;
    FormField* m_currencyField;
    QComboBox* m_decimal;
    QComboBox* m_dates;
    QComboBox* m_zone;
    bool m_isNamed = false;
};

} // namespace aiva
