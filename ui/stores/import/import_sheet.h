// Importing customers and orders from CSV files: choose them, see at once what would come of it, put columns right,
// import. Every look at the files is a dry run of the desk's; nothing is written before a person says so.
#pragma once

#include "core/desk/store_desk.h"
#include "ui/widgets/sheet.h"

#include <QTimer>

class QComboBox;
class QLineEdit;

namespace aiva {

class ElidedLabel;
class FormField;
class ImportColumns;
class SubtleButton;
class TextBlock;

class ImportSheet final : public Sheet {
    Q_OBJECT
public:
    explicit ImportSheet(StoreDesk& desk, QWidget* parent = nullptr);
    ~ImportSheet() override;

    // As if it had been chosen in the file dialog.
    void setFile(Resource resource, const QString& path);
    void reject() override; // ends what runs; what was written stays

    SubtleButton* importButton() const { return m_import; }
    TextBlock* result() const { return m_result; }
    TextBlock* trouble() const { return m_trouble; }

private:
    struct Part { // of one file
        Resource resource;
        QString path;
        ElidedLabel* name;
        SubtleButton* choose;
        TextBlock* facts;
        ImportColumns* columns;
    };
    enum class Stage { Empty, Checking, Checked, Importing, Done };

    Part makePart(Resource resource);
    QWidget* scrolled(QWidget* content);
    QWidget* conventions();
    void browse(Part& part);
    CsvImportRequest request(CsvImportRequest::Mode mode) const;
    void check();
    void begin();
    void takeCheck(const Result<CsvImportOutcome>& outcome);
    void takeImport(const Result<CsvImportOutcome>& outcome);
    void showOutcome(const CsvImportOutcome& outcome);
    void showProgress(const CsvImportProgress& progress);
    void showStage(Stage stage);

    StoreDesk& m_desk;
    std::vector<Part> m_parts;
    QLineEdit* m_name;
    QLineEdit* m_currency;
    QComboBox* m_decimal;
    QComboBox* m_dates;
    FormField* m_currencyField;
    TextBlock* m_result;
    TextBlock* m_faults;
    TextBlock* m_trouble;
    SubtleButton* m_cancel;
    SubtleButton* m_import;
    QTimer m_checkSoon; // while somebody types
    Stage m_stage = Stage::Empty;
    bool m_checkAgain = false;
    bool m_isNamedByHand = false;
};

} // namespace aiva
