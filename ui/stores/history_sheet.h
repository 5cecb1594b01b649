// The syncs of one store, newest first, with Retry and a sheet of details for each.
#pragma once

#include "core/base/clock.h"
#include "core/desk/stores/store_desk.h"
#include "ui/stores/store_state.h"
#include "ui/widgets/sheet.h"

class QVBoxLayout;

namespace aiva {

class JobRow;
class JobSheet;
class SubtleButton;
class TextBlock;

class HistorySheet final : public Sheet {
    Q_OBJECT
public:
    HistorySheet(StoreDesk& desk, const StoreReads& reads, const Clock& clock, const StoreRow& store, QWidget* parent);
    // Reads again: a sync began or ended.
    void refresh();
    const std::vector<JobRow*>& rows() const { return m_rows; }
    JobSheet* details() const; // the open one

private:
    JobRow* addRow();
    void showDetails(const SyncJobRow& job);

    StoreDesk& m_desk;
    const StoreReads m_reads;
    const Clock& m_clock;
    const StoreRow m_store;
    QVBoxLayout* m_list;
    TextBlock* m_empty;
    SubtleButton* m_close;
    std::vector<JobRow*> m_rows;
};

} // namespace aiva
