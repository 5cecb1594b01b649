// Privacy in the settings: what shops ask about people's data, until when, and giving or erasing anybody's by their
// address (P1, P2). The settings page owns it.
#pragma once

#include "core/base/clock.h"
#include "core/desk/privacy/privacy_desk.h"
#include "core/readmodel/privacy_query.h"

#include <QWidget>

#include <functional>

class QLineEdit;
class QVBoxLayout;

namespace aiva {

class EraseSheet;
class FormField;
class RequestRow;
class SubtleButton;
class TextBlock;

class PrivacySection final : public QWidget {
    Q_OBJECT
public:
    using Known = std::function<Result<KnownPerson>(const QString& address)>;

    // `desk` and `clock` outlive the section; `known` asks the cache.
    PrivacySection(PrivacyDesk& desk, const Clock& clock, Known known, QWidget* parent = nullptr);

    // Leaves the rows that say the same, and the focus in them, alone.
    void setRequests(const std::vector<PrivacyRequestView>& requests);
    const std::vector<RequestRow*>& rows() const { return m_rows; }
    QLineEdit* addressEdit() const { return m_address; }
    SubtleButton* exportButton() const { return m_export; }
    SubtleButton* eraseButton() const { return m_erase; }
    QString resultText() const;
    QString trouble() const;

    // Into a new folder below `parentFolder`; the buttons ask for it first.
    void exportTo(const QString& address, const QString& parentFolder);
    void answerTo(PrivacyTaskId request, const QString& parentFolder);
    void closeRequest(PrivacyTaskId request);       // nothing is kept about whom it names
    EraseSheet* askToErase(const QString& address); // null: nobody is known by it, and it says so

Q_SIGNALS:
    void stale(); // what is shown is no longer what is so: read again

private:
    RequestRow* addRow(const PrivacyRequestView& request, int place);
    void chooseFolder(const QString& who, std::function<void(const QString& folder)> then);
    void chooseFolderFor(const QString& address);
    QString newFolderIn(const QString& parentFolder) const;
    bool isAsShown(const PrivacyRequestView& request, const PrivacyRequestView& shown) const;
    bool isKnown(const QString& address, KnownPerson& known);
    void showWhenExported(const Future<ExportedPerson>& exported);
    void showExported(const Result<ExportedPerson>& exported);
    void say(const QString& text, bool isTrouble);

    PrivacyDesk& m_desk;
    const Clock& m_clock;
    Known m_known;
    QLineEdit* m_address;
    FormField* m_field;
    SubtleButton* m_export;
    SubtleButton* m_erase;
    TextBlock* m_none;
    TextBlock* m_result;
    QWidget* m_place; // of the rows
    QVBoxLayout* m_list;
    std::vector<RequestRow*> m_rows;
    std::vector<PrivacyRequestView> m_requests;
    UtcTime m_shownAt;
};

} // namespace aiva
