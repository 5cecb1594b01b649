// The syncs of one store, or its imports from files, newest first, with Retry and a sheet of details for each.
#pragma once

#include "core/base/clock.h"
#include "core/desk/stores/store_desk.h"
#include "ui/stores/store_state.h"
#include "ui/widgets/sheet.h"

class QVBoxLayout;

namespace aiva {

class JobRow;
class JobSheet;
class OverlayScrollArea;
class SubtleButton;
class TextBlock;

class HistorySheet final : public Sheet {
    Q_OBJECT
public:
    HistorySheet(StoreDesk& desk, const StoreReads& reads, const Clock& clock, const StoreRow& store, QWidget* parent);
    // Reads again: a sync began or ended, or the store stands otherwise.
    void refresh(const StoreRow& store);
    // How far the sync of the store is, while one runs.
    void setProgress(const std::optional<SyncProgress>& progress);
    StoreId store() const { return m_store.id; }
    const std::vector<JobRow*>& rows() const { return m_rows; }
    JobSheet* details() const; // the open one

private:
    bool isOfFiles() const { return m_store.kind == StoreKind::Csv; }
    void nameStore();
    JobRow* addRow();
    void keepPlace(int scrollable);
    SyncJobRow withFaults(const SyncJobRow& job) const;
    void showDetails(const SyncJobRow& job);

    StoreDesk& m_desk;
    const StoreReads m_reads;
    const Clock& m_clock;
    StoreRow m_store;
    std::optional<SyncProgress> m_progress;
    OverlayScrollArea* m_scroll;
    int m_scrollable = 0;     // how far it scrolled when it was last laid out
    bool m_isGrowing = false; // at the top, above what is looked at
    QVBoxLayout* m_list;
    TextBlock* m_empty;
    SubtleButton* m_close;
    std::vector<JobRow*> m_rows;
};

} // namespace aiva
