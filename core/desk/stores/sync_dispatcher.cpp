#include "core/desk/stores/sync_dispatcher.h"

#include "core/base/log.h"
#include "core/storage/stores/spool_sweep.h"
#include "core/sync/retry.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace aiva {
namespace {

// After a night's sleep every store is due at once: they begin one after the other.
constexpr int kApartMs = 2'000;

} // namespace

Result<std::unique_ptr<SyncDispatcher>> SyncDispatcher::create(const Workspace& workspace, Database& writer,
                                                               const Clock& clock, const DeskAdapters& adapters,
                                                               const DeskPace& pace) {
    std::unique_ptr<SyncDispatcher> dispatcher(new SyncDispatcher(workspace, writer, clock, adapters, pace));
    AIVA_TRY(dispatcher->m_stores, StoreRepository::create(writer));
    AIVA_TRY(dispatcher->m_jobs, SyncRepository::create(writer));
    dispatcher->m_tries = std::make_unique<SyncTries>(writer, *dispatcher->m_jobs, clock);
    return dispatcher;
}

SyncDispatcher::SyncDispatcher(const Workspace& workspace, Database& writer, const Clock& clock,
                               const DeskAdapters& adapters, const DeskPace& pace)
    : m_workspace(workspace), m_writer(writer), m_clock(clock), m_adapters(adapters), m_pace(pace) {
    connect(&m_timer, &QTimer::timeout, this, &SyncDispatcher::tick);
    m_elsewhereTimer.setSingleShot(true);
    connect(&m_elsewhereTimer, &QTimer::timeout, this, &SyncDispatcher::tryWaiting);
}

SyncDispatcher::~SyncDispatcher() = default;

void SyncDispatcher::start() {
    if (const auto swept = sweepSpools(m_workspace, m_writer); !swept)
        qCWarning(logSync, "the spool cannot be swept: %s", qUtf8Printable(errorWords(swept.error())));
    m_timer.start(m_pace.firstTickMs);
}

void SyncDispatcher::sync(StoreId store, SyncKind kind, SyncTrigger trigger) {
    if (trigger != SyncTrigger::User) {
        const auto row = m_stores->byId(store);
        if (row && *row && m_tries->rests(**row)) return;
    }
    place(store, kind, trigger);
}

void SyncDispatcher::place(StoreId store, SyncKind kind, SyncTrigger trigger) {
    if (m_releases.contains(store)) return;
    if (const auto found = m_active.find(store); found != m_active.end()) {
        Active& active = found->second;
        // A run that is over covers nothing that is asked for now.
        const bool isMore = kind != SyncKind::Incremental;
        const bool adds = active.comparison || active.isOver || (isMore && active.kind != kind);
        if (adds && (isMore || !active.next)) active.next = [=, this] { place(store, kind, trigger); };
        const bool mayInterrupt = trigger == SyncTrigger::User || m_tries->mayInterruptComparison(store);
        if (active.comparison && mayInterrupt) stop(active);
        return;
    }
    if (m_elsewhere.contains(store)) return wishLater(store, {kind, trigger});
    const auto row = m_stores->byId(store);
    if (!row || !*row) {
        Q_EMIT failed(row ? Error{ErrorKind::NotFound, u"no such store"_s} : row.error());
        return;
    }
    // No shop stands behind files, and who was disconnected is asked nothing by itself, whoever would like to know.
    const bool isThere = (*row)->kind != StoreKind::Csv && (*row)->status != StoreStatus::Disconnected;
    if (!isThere && trigger != SyncTrigger::User) return;
    start(**row, kind, trigger);
}

Result<SyncDispatcher::Active*> SyncDispatcher::activate(const StoreRow& store) {
    m_knocking.erase(store.id);
    auto lease = takeStoreLease(m_workspace, store.id);
    if (lease && !*lease) return static_cast<Active*>(nullptr);
    m_tries->noteTry(store.id);
    if (!lease) return lease.error();
    AIVA_TRY(auto port, m_adapters.storePort(store));
    Active& active = m_active[store.id];
    active.lease = *std::move(lease);
    active.port = std::move(port);
    return &active;
}

void SyncDispatcher::start(const StoreRow& store, SyncKind kind, SyncTrigger trigger) {
    const auto opened = activate(store);
    if (!opened) return takeUnopened(store.id, opened.error());
    if (!*opened) {
        waitForOther(store.id);
        return wishLater(store.id, {kind, trigger});
    }
    m_toldParted.erase(store.id);
    SyncRequest request;
    request.store = store.id;
    request.kind = kind;
    request.trigger = trigger;
    request.pace = m_pace.sync;
    Active& active = **opened;
    active.kind = kind;
    active.isFirst = !store.lastSyncAt;
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

void SyncDispatcher::compare(StoreId store) {
    if (m_active.contains(store) || m_elsewhere.contains(store) || m_releases.contains(store)) return;
    const auto row = m_stores->byId(store);
    if (row && *row) startComparison(**row);
}

void SyncDispatcher::startComparison(const StoreRow& store) {
    const auto opened = activate(store);
    if (!opened) return takeUnopened(store.id, opened.error());
    if (!*opened) return waitForOther(store.id);
    Active& active = **opened;
    active.comparison = std::make_unique<ReconcileRun>(m_writer, *active.port, m_clock, store.id, m_pace.sync);
    const ReconcileRun* run = active.comparison.get();
    connect(run, &ReconcileRun::progressed, this, &SyncDispatcher::progressed);
    connect(run, &ReconcileRun::rowsChanged, this, &SyncDispatcher::rowsChanged);
    connect(run, &ReconcileRun::conversationsMatched, this, &SyncDispatcher::conversationsMatched);
    connect(run, &ReconcileRun::contactChanged, this, &SyncDispatcher::contactChanged);
    connect(run, &ReconcileRun::finished, this,
            [this, id = store.id](const ReconcileReport& report) { takeCompared(id, report); });
    active.comparison->start();
}

void SyncDispatcher::stop(Active& active) {
    if (active.isOver) return;
    if (active.run) active.run->cancel();
    if (active.comparison) active.comparison->cancel();
}

void SyncDispatcher::cancel(StoreId store) {
    if (const auto waiting = m_elsewhere.find(store); waiting != m_elsewhere.end()) waiting->second.reset();
    const auto found = m_active.find(store);
    if (found == m_active.end()) return;
    found->second.next = {};
    stop(found->second);
}

void SyncDispatcher::release(StoreId store, std::function<void()> then) {
    m_knocking.erase(store);
    m_elsewhere.erase(store);
    std::vector<std::function<void()>>& waiting = m_releases[store];
    waiting.push_back(std::move(then));
    if (const auto found = m_active.find(store); found != m_active.end())
        stop(found->second);
    else if (waiting.size() == 1)
        QTimer::singleShot(0, this, [this, store] { callReleased(store); });
}

void SyncDispatcher::callReleased(StoreId store) {
    const auto found = m_releases.find(store);
    if (found == m_releases.end()) return;
    const auto waiting = std::move(found->second);
    m_releases.erase(found);
    for (const auto& then : waiting)
        then();
}

void SyncDispatcher::takeFinished(StoreId store, const SyncOutcome& outcome) {
    Active& active = m_active.at(store);
    active.isOver = true;
    if (outcome.isBehind && !active.next)
        active.next = [=, this] { place(store, SyncKind::Incremental, SyncTrigger::System); };
    m_tries->noteEnd(outcome);
    Q_EMIT storesChanged();
    Q_EMIT finished(outcome);
    notice(store, outcome, active.isFirst);
    // The run is still in its own function.
    QTimer::singleShot(0, this, [this, store] { drop(store); });
}

void SyncDispatcher::takeCompared(StoreId store, const ReconcileReport& report) {
    m_active.at(store).isOver = true;
    m_tries->noteComparison(report);
    if (report.error) part(store, *report.error);
    Q_EMIT storesChanged();
    Q_EMIT compared(report);
    QTimer::singleShot(0, this, [this, store] { drop(store); });
}

void SyncDispatcher::drop(StoreId store) {
    const auto next = std::move(m_active.at(store).next);
    m_active.erase(store);
    if (m_releases.contains(store)) return callReleased(store);
    if (next) next();
}

// Jobs a killed process left behind go on before anything else.
void SyncDispatcher::resumeUnfinished() {
    const auto rows = m_stores->all();
    if (!rows) return;
    for (const StoreRow& row : *rows)
        resume(row.id);
}

void SyncDispatcher::resume(StoreId store) {
    const auto job = m_jobs->unfinished(store);
    if (job && *job) place(store, (*job)->kind, SyncTrigger::System);
}

// Compared with the wall clock, so that a schedule missed in sleep is noticed on waking.
void SyncDispatcher::tick() {
    m_timer.start(m_pace.scheduleTickMs);
    partEnded();
    if (!std::exchange(m_ticked, true)) resumeUnfinished();
    const auto rows = m_stores->all();
    if (!rows) return;
    const bool moreAreDue = startDue(*rows);
    if (moreAreDue) m_timer.start(std::min(kApartMs, m_pace.scheduleTickMs));
}

// Begins the one that has waited longest; true when others wait too.
bool SyncDispatcher::startDue(const std::vector<StoreRow>& rows) {
    const UtcTime now = m_clock.now();
    const StoreRow* longest = nullptr;
    UtcTime since = now;
    int due = 0;
    const StoreRow* toLoad = nullptr; // older orders
    const StoreRow* toCompare = nullptr;
    for (const StoreRow& row : rows) {
        const bool isBusy = m_active.contains(row.id) || m_knocking.contains(row.id) || m_releases.contains(row.id);
        if (isBusy || m_elsewhere.contains(row.id) || row.kind == StoreKind::Csv) continue;
        const SyncStanding standing = m_tries->standing(row);
        if (standing.nextAt && *standing.nextAt <= now) {
            ++due;
            if (!longest || *standing.nextAt < since) {
                longest = &row;
                since = *standing.nextAt;
            }
        } else if (standing.state == SyncStanding::State::OnSchedule || standing.state == SyncStanding::State::ByHand) {
            if (m_tries->isHistoryDue(row.id))
                toLoad = &row;
            else if (m_tries->isComparisonDue(row))
                toCompare = &row;
        }
    }
    if (longest)
        begin(*longest);
    else if (toLoad)
        loadHistory(*toLoad);
    else if (toCompare)
        startComparison(*toCompare);
    return due > 1;
}

void SyncDispatcher::begin(const StoreRow& row) {
    const SyncFailures& known = m_tries->failures(row.id);
    if (known.isUnreachable) return knock(row);
    const SyncKind kind = known.any() ? known.kind : row.lastSyncAt ? SyncKind::Incremental : SyncKind::Full;
    place(row.id, kind, SyncTrigger::Schedule);
}

void SyncDispatcher::loadHistory(const StoreRow& row) {
    m_tries->noteHistoryTry(row.id);
    place(row.id, SyncKind::History, SyncTrigger::Schedule);
}

// While the network is away a question a minute, not a failed job a minute.
void SyncDispatcher::knock(const StoreRow& row) {
    m_tries->noteTry(row.id);
    auto port = m_adapters.storePort(row);
    if (!port) return part(row.id, port.error());
    auto& kept = m_knocking[row.id];
    kept = *std::move(port);
    whenDone(kept->shop(), this, [this, id = row.id, asked = kept.get()](const Result<ShopFacts>& facts) {
        const auto found = m_knocking.find(id);
        if (found == m_knocking.end() || found->second.get() != asked) return;
        const bool isThere = facts || !isUnreachable(facts.error());
        const SyncKind kind = m_tries->failures(id).kind;
        // The port is still in its own call.
        const std::shared_ptr<StorePort> knocked = std::move(found->second);
        m_knocking.erase(found);
        QTimer::singleShot(0, this, [this, id, kind, isThere, knocked] {
            if (isThere) place(id, kind, SyncTrigger::System);
        });
        Q_EMIT contactChanged(isThere);
    });
}

} // namespace aiva
