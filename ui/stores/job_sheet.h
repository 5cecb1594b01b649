// Everything kept of one sync: how it ended, how long it took, counts of each resource, and each record that could not
// be read with its cause.
#pragma once

#include "core/base/clock.h"
#include "core/readmodel/sync_query.h"
#include "ui/widgets/sheet.h"

namespace aiva {

class JobSheet final : public Sheet {
    Q_OBJECT
public:
    JobSheet(const SyncJobRow& job, const Clock& clock, QWidget* parent);

private:
    void addFacts(const SyncJobRow& job, const Clock& clock);
    void addCounts(const SyncJobRow& job);
    void addFaults(const SyncJobRow& job);
};

} // namespace aiva
