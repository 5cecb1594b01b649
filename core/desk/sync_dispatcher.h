// SyncDispatcher: decides when a store syncs and keeps the runs: at most one a store, on schedule, again after a
// failure, resumed after a kill. Lives on the core thread, owned by DeskCore.
#pragma once

#include "core/base/clock.h"
#include "core/desk/desk_values.h"
#include "core/storage/sync_repository.h"
#include "core/sync/store_sync_run.h"

#include <QObject>
#include <QTimer>

#include <map>
#include <memory>

namespace aiva {

class SyncDispatcher : public QObject {
    Q_OBJECT
public:
    static Result<std::unique_ptr<SyncDispatcher>> create(const Workspace& workspace, Database& writer,
                                                          const Clock& clock, const DeskAdapters& adapters,
                                                          const DeskPace& pace);
    ~SyncDispatcher() override; // running jobs stay unfinished, to be resumed

    // Nothing when the store is syncing already, except that a full sync then follows an incremental one.
    void sync(StoreId store, SyncKind kind, SyncTrigger trigger);
    void syncAll(SyncKind kind, SyncTrigger trigger);
    void cancel(StoreId store);

Q_SIGNALS:
    void progressed(const aiva::SyncProgress& progress);
    void rowsChanged();
    void conversationsMatched();
    void storesChanged();
    void contactChanged(bool reached);
    void finished(const aiva::SyncOutcome& outcome);
    void failed(const aiva::Error& error); // a sync that could not even begin

private:
    struct Active { // destroyed run first: it speaks to the port
        std::unique_ptr<StorePort> port;
        std::unique_ptr<StoreSyncRun> run;
        SyncKind kind = SyncKind::Full;
        bool isOver = false;
        bool fullFollows = false;
    };
    struct Failures {
        int count = 0;
        std::optional<UtcTime> retryAt;
    };

    SyncDispatcher(const Workspace& workspace, Database& writer, const Clock& clock, const DeskAdapters& adapters,
                   const DeskPace& pace);
    void start(const StoreRow& store, SyncKind kind, SyncTrigger trigger);
    void takeFinished(StoreId store, const SyncOutcome& outcome);
    void noteOutcome(StoreId store, const SyncOutcome& outcome);
    void drop(StoreId store);
    void resumeUnfinished();
    void tick();

    const Workspace& m_workspace;
    Database& m_writer;
    const Clock& m_clock;
    const DeskAdapters& m_adapters;
    const DeskPace& m_pace;
    std::unique_ptr<StoreRepository> m_stores;
    std::unique_ptr<SyncRepository> m_jobs;
    std::map<StoreId, Active> m_active;
    std::map<StoreId, UtcTime> m_lastTry;
    std::map<StoreId, Failures> m_failures;
    QTimer m_timer;
    bool m_ticked = false;
};

} // namespace aiva
