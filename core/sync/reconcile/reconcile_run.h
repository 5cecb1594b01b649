// ReconcileRun: one comparison of a store's cache with its shop (S11): counts, ids at the source against ids here,
// deleted and merged records, broken references. Removes only what the shop, asked by id, says it does not have. Lives
// on the core thread; what it learned by a kill is already in the cache. Whoever starts it holds the store's lease
// (store_lease.h).
#pragma once

#include "core/base/clock.h"
#include "core/ports/store_port.h"
#include "core/storage/database/database.h"
#include "core/sync/reconcile/reconcile_report.h"
#include "core/sync/sync_pace.h"
#include "core/sync/sync_progress.h"

#include <QObject>

#include <memory>

namespace aiva {

class ReconcileRun : public QObject {
    Q_OBJECT
public:
    // All references outlive the run. `writer` is the workspace's one write connection.
    ReconcileRun(Database& writer, StorePort& port, const Clock& clock, StoreId store, SyncPace pace,
                 QObject* parent = nullptr);
    ~ReconcileRun() override;

    void start();
    void cancel();

Q_SIGNALS:
    void progressed(const aiva::SyncProgress& progress);
    void rowsChanged();
    void conversationsMatched();
    void contactChanged(bool reached);
    void finished(const aiva::ReconcileReport& report); // exactly once

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace aiva
