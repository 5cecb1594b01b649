// Everything kept of one sync: how it ended, how long it took, counts of each resource, and each record that could not
// be read with its cause. Of one that runs: how far it is.
#pragma once

#include "core/base/clock.h"
#include "core/readmodel/sync_query.h"
#include "ui/widgets/sheet.h"

#include <QMap>

class QVBoxLayout;

namespace aiva {

class CopyButton;
class TextBlock;
class TextRow;

class JobSheet final : public Sheet {
    Q_OBJECT
public:
    JobSheet(const SyncJobRow& job, const Clock& clock, QWidget* parent);
    SyncJobId job() const { return m_job; }
    // The same sync, read again. What is there stays in its place.
    void setJob(const SyncJobRow& job);

private:
    TextRow* addFact();
    TextBlock* addHeading();
    QVBoxLayout* addRows();
    void showFacts(const SyncJobRow& job);
    void showCounts(const SyncJobRow& job);
    void showFaults(const SyncJobRow& job);

    const Clock& m_clock;
    const SyncJobId m_job;
    QVBoxLayout* m_column; // all of it scrolls
    TextRow* m_result;
    TextRow* m_started;
    TextRow* m_duration;
    TextBlock* m_why; // it failed
    TextBlock* m_countsHeading;
    QVBoxLayout* m_countRows;
    QMap<Resource, TextRow*> m_counts;
    TextBlock* m_faultsHeading;
    QVBoxLayout* m_faultRows;
    std::vector<TextRow*> m_faults;
    CopyButton* m_copy;
};

} // namespace aiva
