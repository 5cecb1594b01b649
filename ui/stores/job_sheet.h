// Everything kept of one sync: how it ended, how long it took, counts of each resource, and each record that could not
// be read with its cause. Of one that runs: how far it is.
#pragma once

#include "core/base/clock.h"
#include "core/desk/stores/store_values.h"
#include "core/readmodel/sync_query.h"
#include "ui/widgets/sheet.h"

#include <QMap>
#include <QTimer>

class QVBoxLayout;

namespace aiva {

class CopyButton;
class SyncSteps;
class TextBlock;
class TextRow;

class JobSheet final : public Sheet {
    Q_OBJECT
public:
    // `source`: what kind of store the job is of.
    JobSheet(const SyncJobRow& job, StoreKind source, const Clock& clock, QWidget* parent);
    SyncJobId job() const { return m_job.id; }
    // The same sync, read again. What is there stays in its place.
    void setJob(const SyncJobRow& job);
    // Of its store. Nothing of it is shown when this sync is over.
    void setProgress(const SyncProgress& progress);

private:
    TextRow* addFact();
    TextBlock* addHeading();
    QVBoxLayout* addRows();
    void showFacts();
    void showDuration();
    void showProgress();
    void showCounts();
    void showFaults();

    const Clock& m_clock;
    const StoreKind m_source;
    SyncJobRow m_job;
    std::optional<SyncProgress> m_progress;
    QTimer m_second;       // while it runs
    QVBoxLayout* m_column; // all of it scrolls
    TextRow* m_result;
    TextRow* m_started;
    TextRow* m_duration;
    TextBlock* m_why; // it failed
    SyncSteps* m_steps;
    TextBlock* m_left; // how long it will take
    TextBlock* m_countsHeading;
    QVBoxLayout* m_countRows;
    QMap<Resource, TextRow*> m_counts;
    TextBlock* m_faultsHeading;
    QVBoxLayout* m_faultRows;
    std::vector<TextRow*> m_faults;
    CopyButton* m_copy;
};

} // namespace aiva
