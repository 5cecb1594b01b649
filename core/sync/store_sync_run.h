// StoreSyncRun: one execution of a store's sync, full or incremental. Reads through a StorePort, writes through
// RecordWriter, checkpoints in the same transaction, resumes where a killed run stopped. Lives on the core thread,
// never touches a widget, and deletes nothing but its own spool. Deleted before it finished, it leaves its job to be
// resumed. Whoever starts it holds the store's lease (store_lease.h).
#pragma once

#include "core/base/clock.h"
#include "core/domain/ids.h"
#include "core/domain/shop/order_history.h"
#include "core/ports/store_port.h"
#include "core/storage/workspace/workspace.h"
#include "core/sync/sync_pace.h"
#include "core/sync/sync_progress.h"

#include <QObject>

#include <memory>
#include <set>

namespace aiva {

struct SyncRequest {
    StoreId store;
    SyncKind kind = SyncKind::Full; // History: all orders the shop shows, however old
    SyncTrigger trigger = SyncTrigger::User;
    std::set<Resource> resources{Resource::Customers, Resource::Orders, Resource::Products};
    enum class Transport { ByCount, Paged, Bulk };
    Transport transport = Transport::ByCount; // bulk when the source holds more than bulkAbove records
    qint64 bulkAbove = 2000;
    int orderDays = kFirstOrderDays; // fewer when the shop shows fewer
    SyncPace pace;
};

class StoreSyncRun : public QObject {
    Q_OBJECT
public:
    // All references outlive the run. `writer` is the workspace's one write connection.
    StoreSyncRun(const Workspace& workspace, Database& writer, StorePort& port, const Clock& clock, SyncRequest request,
                 QObject* parent = nullptr);
    ~StoreSyncRun() override;

    void start();
    void cancel(); // finishes with status Cancelled after the current transaction

Q_SIGNALS:
    void progressed(const aiva::SyncProgress& progress);
    void rowsChanged();                              // after each committed batch
    void conversationsMatched();                     // conversations found their people
    void contactChanged(bool reached);               // an answer came, or the network could not be reached
    void finished(const aiva::SyncOutcome& outcome); // exactly once

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace aiva
