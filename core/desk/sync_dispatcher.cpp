#include "core/desk/sync_dispatcher.h"

#include "core/base/log.h"
#include "core/desk/sync_schedule.h"
#include "core/sync/retry.h"

using namespace Qt::StringLiterals;

namespace aiva {

Result<std::unique_ptr<SyncDispatcher>> SyncDispatcher::create(const Workspace& workspace, Database& writer,
                                                               const Clock& clock, const DeskAdapters& adapters,
                                                               const DeskPace& pace) {
    std::unique_ptr<SyncDispatcher> dispatcher(new SyncDispatcher(workspace, writer, clock, adapters, pace));
    AIVA_TRY(dispatcher->m_stores, StoreRepository::create(writer));
    AIVA_TRY(dispatcher->m_jobs, SyncRepository::create(writer));
    dispatcher->m_timer.start(pace.firstTickMs);
    return dispatcher;
}

SyncDispatcher::SyncDispatcher(const Workspace& workspace, Database& writer, const Clock& clock,
                               const DeskAdapters& adapters, const DeskPace& pace)
    : m_workspace(workspace), m_writer(writer), m_clock(clock), m_adapters(adapters), m_pace(pace) {
    connect(&m_timer, &QTimer::timeout, this, &SyncDispatcher::tick);
}

SyncDispatcher::~SyncDispatcher() = default;

void SyncDispatcher::sync(StoreId store, SyncKind kind, SyncTrigger trigger) {
    if (const auto found = m_active.find(store); found != m_active.end()) {
        if (kind == SyncKind::Full && (found->second.isOver || found->second.kind == SyncKind::Incremental))
            found->second.fullFollows = true;
        return;
    }
    const auto row = m_stores->byId(store);
    if (!row || !*row) {
        Q_EMIT failed(row ? Error{ErrorKind::NotFound, u"no such store"_s} : row.error());
        return;
    }
    start(**row, kind, trigger);
}

void SyncDispatcher::syncAll(SyncKind kind, SyncTrigger trigger) {
    const auto rows = m_stores->all();
    if (!rows) {
        Q_EMIT failed(rows.error());
        return;
    }
    for (const StoreRow& row : *rows)
        sync(row.id, kind, trigger);
}

void SyncDispatcher::start(const StoreRow& store, SyncKind kind, SyncTrigger trigger) {
    m_lastTry[store.id] = m_clock.now();
    auto port = m_adapters.storePort(store);
    if (!port) {
        Q_EMIT failed(port.error());
        return;
    }
    SyncRequest request;
    request.store = store.id;
    request.kind = kind;
    request.trigger = trigger;
    request.pace = m_pace.sync;
    Active& active = m_active[store.id];
    active.kind = kind;
    active.port = *std::move(port);
    active.run = std::make_unique<StoreSyncRun>(m_workspace, m_writer, *active.port, m_clock, request);
    const StoreSyncRun* run = active.run.get();
    connect(run, &StoreSyncRun::progressed, this, &SyncDispatcher::progressed);
    connect(run, &StoreSyncRun::rowsChanged, this, &SyncDispatcher::rowsChanged);
    connect(run, &StoreSyncRun::conversationsMatched, this, &SyncDispatcher::conversationsMatched);
    connect(run, &StoreSyncRun::contactChanged, this, &SyncDispatcher::contactChanged);
    connect(run, &StoreSyncRun::finished, this,
            [this, id = store.id](const SyncOutcome& outcome) { takeFinished(id, outcome); });
    active.run->start();
    Q_EMIT storesChanged();
}

void SyncDispatcher::cancel(StoreId store) {
    const auto found = m_active.find(store);
    if (found == m_active.end()) return;
    found->second.fullFollows = false;
    found->second.run->cancel();
}

void SyncDispatcher::takeFinished(StoreId store, const SyncOutcome& outcome) {
    m_active.at(store).isOver = true;
    noteOutcome(store, outcome);
    Q_EMIT storesChanged();
    Q_EMIT finished(outcome);
    // The run is still in its own function.
    QTimer::singleShot(0, this, [this, store] { drop(store); });
}

void SyncDispatcher::noteOutcome(StoreId store, const SyncOutcome& outcome) {
    const bool mayPass = outcome.status == SyncStatus::Failed && outcome.error && isTransient(*outcome.error);
    if (!mayPass) {
        m_failures.erase(store);
        return;
    }
    Failures& failures = m_failures[store];
    const auto wait = retryAfterMs(++failures.count);
    failures.retryAt = wait ? std::optional(m_clock.now().plusMs(*wait)) : std::nullopt;
}

void SyncDispatcher::drop(StoreId store) {
    const bool fullFollows = m_active.at(store).fullFollows;
    m_active.erase(store);
    if (fullFollows) sync(store, SyncKind::Full, SyncTrigger::User);
}

// Jobs a killed process left behind go on before anything else.
void SyncDispatcher::resumeUnfinished() {
    const auto rows = m_stores->all();
    if (!rows) return;
    for (const StoreRow& row : *rows) {
        const auto job = m_jobs->unfinished(row.id);
        if (job && *job && row.status != StoreStatus::Disconnected) sync(row.id, (*job)->kind, SyncTrigger::System);
    }
}

// Compared with the wall clock, so that a schedule missed in sleep is noticed on waking.
void SyncDispatcher::tick() {
    m_timer.start(m_pace.scheduleTickMs);
    if (!std::exchange(m_ticked, true)) resumeUnfinished();
    const auto rows = m_stores->all();
    if (!rows) return;
    const UtcTime now = m_clock.now();
    for (const StoreRow& row : *rows) {
        if (m_active.contains(row.id)) continue;
        const auto tried = m_lastTry.find(row.id);
        const auto due = nextSyncAt(row, tried == m_lastTry.end() ? std::nullopt : std::optional(tried->second));
        const auto failure = m_failures.find(row.id);
        const bool retries = failure != m_failures.end() && failure->second.retryAt && *failure->second.retryAt <= now;
        if (retries) failure->second.retryAt.reset();
        if (retries || (due && *due <= now)) sync(row.id, SyncKind::Incremental, SyncTrigger::Schedule);
    }
}

} // namespace aiva
