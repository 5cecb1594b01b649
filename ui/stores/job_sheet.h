// Everything kept of one sync: how it ended, how long it took, counts of each resource, and each record that could not
// be read with its cause.
#pragma once

#include "core/base/clock.h"
#include "core/readmodel/sync_query.h"
#include "ui/widgets/sheet.h"

class QVBoxLayout;

namespace aiva {

class TextRow;

class JobSheet final : public Sheet {
    Q_OBJECT
public:
    JobSheet(const SyncJobRow& job, const Clock& clock, QWidget* parent);

private:
    TextRow* addFact(const QString& name, const QString& value);
    void addHeading(const QString& text);
    void addFacts(const SyncJobRow& job, const Clock& clock);
    void addCounts(const SyncJobRow& job);
    void addFaults(const SyncJobRow& job);

    QVBoxLayout* m_column; // all of it scrolls
};

} // namespace aiva
