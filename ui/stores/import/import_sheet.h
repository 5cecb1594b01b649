// Importing customers and orders from CSV files: choose them, see at once what would come of it, put columns right,
// import. Every look at the files is a dry run of the desk's; nothing is written before a person says so.
#pragma once

#include "core/desk/stores/store_desk.h"
#include "core/readmodel/store_query.h"
#include "ui/widgets/sheet.h"

#include <QTimer>

namespace aiva {

class ElidedLabel;
class ImportColumns;
class ImportConventions;
class OverlayScrollArea;
class SubtleButton;
class TextBlock;

class ImportSheet final : public Sheet {
    Q_OBJECT
public:
    explicit ImportSheet(StoreDesk& desk, QWidget* parent = nullptr);
    ~ImportSheet() override;

    // Files of a newer export of this one; without, the files' names name a new store.
    void setStore(const StoreRow& store);
    // As if it had been chosen in the file dialog.
    void setFile(Resource resource, const QString& path);
    void reject() override; // ends what runs; what was written stays

    SubtleButton* importButton() const { return m_import; }
    TextBlock* result() const { return m_result; }
    TextBlock* faults() const { return m_faults; }
    TextBlock* trouble() const { return m_trouble; }
    ImportConventions* conventions() const { return m_conventions; }

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
    bool isLow() const;
    QWidget* filesAndColumns();
    OverlayScrollArea* scrolled(QWidget* content, const QString& name);
    void connectParts();
    void browse(Resource resource);
    CsvImportRequest request(CsvImportRequest::Mode mode) const;
    void check();
    void checkSoon();
    void begin();
    void takeCheck(const Result<CsvImportOutcome>& outcome);
    void takeImport(const Result<CsvImportOutcome>& outcome);
    void showOutcome(const CsvImportOutcome& outcome);
    void showProgress(const CsvImportProgress& progress);
    void showStage(Stage stage);
    void showFaults(const QStringList& faults);

    StoreDesk& m_desk;
    std::vector<Part> m_parts;
    ImportConventions* m_conventions;
    TextBlock* m_result;
    TextBlock* m_faults;
    TextBlock* m_trouble;
    OverlayScrollArea* m_faultScroll = nullptr; // absent on a low screen: what is wrong stands below the columns
    SubtleButton* m_cancel;
    SubtleButton* m_import;
    QTimer m_checkSoon; // while somebody types
    Stage m_stage = Stage::Empty;
    bool m_checkAgain = false;
};

} // namespace aiva
