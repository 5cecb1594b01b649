// SyncDispatcher: decides when a store syncs and keeps the runs: at most one a store, on schedule, again after a
// failure, resumed after a kill, compared with its shop now and then. A store another process is at stays due. Lives on
// the core thread, owned by DeskCore.
#pragma once

#include "core/base/clock.h"
#include "core/desk/desk_values.h"
#include "core/desk/stores/sync_tries.h"
#include "core/storage/stores/sync_repository.h"
#include "core/sync/reconcile/reconcile_run.h"
#include "core/sync/store_lease.h"
#include "core/sync/store_sync_run.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

namespace aiva {

class SyncDispatcher : public QObject {
    Q_OBJECT
public:
    static Result<std::unique_ptr<SyncDispatcher>> create(const Workspace& workspace, Database& writer,
                                                          const Clock& clock, const DeskAdapters& adapters,
                                                          const DeskPace& pace);
    void start();               // what is due by itself, firstTickMs from now
    ~SyncDispatcher() override; // running jobs stay unfinished, to be resumed

    // Nothing when the store is syncing already, except that a full sync, or one of the history, then follows another.
    // A comparison makes way, though not again and again unless a person asks. Nothing either while the store is being
    // released, nor, unless a person asks, for a store that is made of files, that was parted from or that failed and
    // waits for its next try.
    void sync(StoreId store, SyncKind kind, SyncTrigger trigger);
    // Nothing when the store is busy.
    void compare(StoreId store);
    void cancel(StoreId store);
    // Ends what runs for the store, then calls; soon in any case. Whoever asks is called, and nothing begins before.
    void release(StoreId store, std::function<void()> then);
    // The store's row says disconnected, and nobody here did that: people are told, once until it syncs again (C8).
    void tellParted(StoreId store);

Q_SIGNALS:
    void progressed(const aiva::SyncProgress& progress);
    void rowsChanged();
    void conversationsMatched();
    void storesChanged();
    void contactChanged(bool reached);
    void finished(const aiva::SyncOutcome& outcome);
    void compared(const aiva::ReconcileReport& report);
    void noticed(const aiva::StoreNotice& notice);
    void failed(const aiva::Error& error); // a sync that could not even begin

private:
    struct Active { // destroyed runs first: they speak to the port; the lease last
        StoreLease lease;
        std::unique_ptr<StorePort> port;
        std::unique_ptr<StoreSyncRun> run;
        std::unique_ptr<ReconcileRun> comparison;
        SyncKind kind = SyncKind::Full;
        bool isFirst = false;
        bool isOver = false;
        std::function<void()> next; // once it is over
    };
    struct Wish {
        SyncKind kind = SyncKind::Incremental;
        SyncTrigger trigger = SyncTrigger::User;
    };

    SyncDispatcher(const Workspace& workspace, Database& writer, const Clock& clock, const DeskAdapters& adapters,
                   const DeskPace& pace);
    void place(StoreId store, SyncKind kind, SyncTrigger trigger);
    Result<Active*> activate(const StoreRow& store); // null: another process syncs it
    void start(const StoreRow& store, SyncKind kind, SyncTrigger trigger);
    void startComparison(const StoreRow& store);
    void takeFinished(StoreId store, const SyncOutcome& outcome);
    void takeCompared(StoreId store, const ReconcileReport& report);
    void notice(StoreId store, const SyncOutcome& outcome, bool isFirst);
    void part(StoreId store, const Error& error);
    void partEnded(); // whose sign-in of a day is over
    void takeUnopened(StoreId store, const Error& error);
    void drop(StoreId store);
    void callReleased(StoreId store);
    void stop(Active& active);
    void waitForOther(StoreId store);
    void wishLater(StoreId store, Wish wish);
    void tryWaiting();
    void resumeUnfinished();
    void resume(StoreId store);
    void tick();
    bool startDue(const std::vector<StoreRow>& rows);
    void begin(const StoreRow& row);
    void loadHistory(const StoreRow& row);
    void knock(const StoreRow& row);

    const Workspace& m_workspace;
    Database& m_writer;
    const Clock& m_clock;
    const DeskAdapters& m_adapters;
    const DeskPace& m_pace;
    std::unique_ptr<StoreRepository> m_stores;
    std::unique_ptr<SyncRepository> m_jobs;
    std::unique_ptr<SyncTries> m_tries;
    std::map<StoreId, Active> m_active;
    std::map<StoreId, std::vector<std::function<void()>>> m_releases; // who waits until nothing runs for the store
    std::map<StoreId, std::unique_ptr<StorePort>> m_knocking;         // asked whether the network is back
    std::map<StoreId, std::optional<Wish>> m_elsewhere; // another process is at them; what is wanted once it is not
    std::set<StoreId> m_toldParted;
    QTimer m_timer;
    QTimer m_elsewhereTimer;
    bool m_ticked = false;
};

} // namespace aiva
