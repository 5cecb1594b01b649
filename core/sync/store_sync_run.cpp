#include "core/sync/store_sync_run.h"

#include "core/base/log.h"
#include "core/domain/shop/precedence.h"
#include "core/storage/conversations/conversation_repository.h"
#include "core/storage/stores/spool_sweep.h"
#include "core/storage/stores/store_repository.h"
#include "core/sync/bulk/bulk_resource_run.h"
#include "core/sync/head_start.h"
#include "core/sync/paged_resource_run.h"
#include "core/sync/run_progress.h"
#include "core/sync/store_outcome.h"

#include <algorithm>
#include <deque>

using namespace Qt::StringLiterals;

namespace aiva {
namespace {

// Long enough for a shop to take back its operation, short enough for somebody who pressed Cancel.
constexpr int kCancelPatienceMs = 3'000;

} // namespace

class StoreSyncRun::Private {
public:
    Private(StoreSyncRun* run, const Workspace& files, Database& db, StorePort& shop, const Clock& time, SyncRequest r)
        : q(run), workspace(files), writer(db), port(shop), clock(time), request(std::move(r)) {}

    enum class State { Idle, AskingShop, HeadStart, Walking, Cancelling, Finished };

    Result<void> open();
    void askShop();
    void takeShop(const Result<ShopFacts>& facts);
    Result<bool> saveStore(const ShopFacts& facts);
    Result<void> plan();
    void beginHeadStart();
    void takeHeadStart(const std::optional<Error>& error);
    void walkNext();
    void walk(Resource resource, bool bulk);
    void takeEnd(Resource resource, ResourceRun::End end, const Error& error);
    void matchConversations();
    void announce(const RunStep& step) { Q_EMIT q->progressed(progress->at(step, plans, toWalk)); }
    void failWith(const Error& error);
    void sweepWhenDropped(const Error& error);
    void finish(SyncStatus status, const std::optional<Error>& error);

    StoreSyncRun* const q;
    const Workspace& workspace;
    Database& writer;
    StorePort& port;
    const Clock& clock;
    SyncRequest request;

    State state = State::Idle;
    qint64 startedMs = 0;
    StoreRow store;
    StoreStatus statusBefore = StoreStatus::NeverSynced;
    QString errorBefore;
    std::unique_ptr<StoreRepository> stores;
    std::unique_ptr<ConversationRepository> conversations;
    std::unique_ptr<SyncLedger> ledger;
    std::unique_ptr<SyncWork> work;
    QMap<Resource, ResourcePlan> plans;
    std::deque<Resource> toWalk;
    HeadStart* head = nullptr;
    ResourceRun* current = nullptr;
    std::optional<SyncPlan> planned;
    bool isIncomplete = false;
    std::optional<RunProgress> progress; // once the books are open
};

StoreSyncRun::StoreSyncRun(const Workspace& workspace, Database& writer, StorePort& port, const Clock& clock,
                           SyncRequest request, QObject* parent)
    : QObject(parent), d(std::make_unique<Private>(this, workspace, writer, port, clock, std::move(request))) {
    if (d->request.kind == SyncKind::History) d->request.resources = {Resource::Orders}; // the only ones with a window
}

StoreSyncRun::~StoreSyncRun() {
    d->port.setThrottleListener({});
    const bool isRunning = d->state != Private::State::Idle && d->state != Private::State::Finished;
    delete d->head; // before the ledger they write through
    delete d->current;
    if (isRunning) d->port.cancelAll();
}

void StoreSyncRun::start() {
    if (d->state != Private::State::Idle) return;
    d->state = Private::State::AskingShop;
    d->startedMs = d->clock.monotonicMs();
    if (auto opened = d->open(); !opened) return d->failWith(opened.error());
    d->port.setThrottleListener([this](qint64 waitMs) { Q_EMIT progressed(d->progress->slowedBy(waitMs)); });
    d->askShop();
}

Result<void> StoreSyncRun::Private::open() {
    AIVA_TRY(stores, StoreRepository::create(writer));
    AIVA_TRY(conversations, ConversationRepository::create(writer));
    AIVA_TRY(ledger, SyncLedger::create(writer, request.store, clock));
    AIVA_TRY(auto row, stores->byId(request.store));
    if (!row) return Error{ErrorKind::NotFound, u"no such store"_s};
    store = *row;
    statusBefore = statusAtRest(store);
    errorBefore = store.lastError;
    AIVA_CHECK(ledger->openJob(request));
    progress.emplace(request, *ledger, clock, startedMs);
    work = std::make_unique<SyncWork>(
        SyncWork{workspace, port, *ledger, request.pace, [this](bool reached) { Q_EMIT q->contactChanged(reached); }});
    return stores->setStatus(request.store, StoreStatus::Syncing);
}

void StoreSyncRun::Private::askShop() {
    announce({*request.resources.begin()});
    askPatiently<ShopFacts>(
        q, request.pace, work->contact, [this] { return port.shop(); },
        [this](const Result<ShopFacts>& facts) {
            if (state == State::AskingShop) takeShop(facts); // else it was cancelled meanwhile
        });
}

void StoreSyncRun::Private::takeShop(const Result<ShopFacts>& facts) {
    if (!facts) return failWith(facts.error());
    const auto saved = saveStore(*facts);
    if (!saved) return failWith(saved.error());
    if (!*saved) return finish(SyncStatus::Cancelled, std::nullopt);
    if (auto done = plan(); !done) return failWith(done.error());
    beginHeadStart();
}

// As it is now: it may have been renamed while the shop was asked. False: somebody disconnected it meanwhile, which a
// row written whole must not undo.
Result<bool> StoreSyncRun::Private::saveStore(const ShopFacts& facts) {
    AIVA_TRY(const auto transaction, Transaction::begin(writer));
    AIVA_TRY(const auto row, stores->byId(request.store));
    if (!row) return Error{ErrorKind::NotFound, u"no such store"_s};
    if (isPartedByHand(*row)) return false;
    store = *row;
    AIVA_CHECK(takeOver(store, facts));
    AIVA_CHECK(stores->save(store));
    AIVA_CHECK(transaction->commit());
    return true;
}

Result<void> StoreSyncRun::Private::plan() {
    AIVA_TRY(planned, planResources(*ledger, workspace, request, store.historyLimited, clock.now()));
    isIncomplete = planned->isIncomplete;
    for (const ResourcePlan& one : planned->resources) {
        const Resource resource = one.state.query.resource;
        plans.insert(resource, one);
        toWalk.push_back(resource);
    }
    return {};
}

void StoreSyncRun::Private::beginHeadStart() {
    state = State::HeadStart;
    head = new HeadStart(*work, request, plans, q);
    connect(head, &HeadStart::advanced, q, [this](Resource resource) {
        announce({resource, 1, 0, 0, plans[resource].state.total.value_or(0)});
    });
    connect(head, &HeadStart::committed, q, [this](Resource resource) {
        Q_EMIT q->rowsChanged();
        if (plans[resource].state.phase == ResourceCheckpoint::Phase::Done) std::erase(toWalk, resource);
    });
    connect(head, &HeadStart::ended, q, [this](const std::optional<Error>& error) { takeHeadStart(error); });
    head->start();
}

void StoreSyncRun::Private::takeHeadStart(const std::optional<Error>& error) {
    if (state != State::HeadStart) return;
    std::exchange(head, nullptr)->deleteLater();
    if (error) return failWith(*error);
    matchConversations();
    state = State::Walking;
    walkNext();
}

void StoreSyncRun::Private::walkNext() {
    if (toWalk.empty()) {
        const bool clean = !isIncomplete && !ledger->hasFaults();
        return finish(clean ? SyncStatus::Completed : SyncStatus::CompletedWithErrors, std::nullopt);
    }
    const Resource resource = toWalk.front();
    toWalk.pop_front();
    walk(resource, prefersBulk(plans[resource].state, request));
}

void StoreSyncRun::Private::walk(Resource resource, bool bulk) {
    const ResourceCheckpoint& at = plans[resource].state;
    current = bulk ? static_cast<ResourceRun*>(new BulkResourceRun(*work, resource, at, q))
                   : new PagedResourceRun(*work, resource, at, q);
    connect(current, &ResourceRun::committed, q, &StoreSyncRun::rowsChanged);
    connect(current, &ResourceRun::advanced, q, [this, resource](int batch, int batches, qint64 done, qint64 total) {
        announce({resource, batch, batches, done, total});
    });
    connect(current, &ResourceRun::ended, q,
            [this, resource](ResourceRun::End end, const Error& error) { takeEnd(resource, end, error); });
    current->start();
}

void StoreSyncRun::Private::takeEnd(Resource resource, ResourceRun::End end, const Error& error) {
    if (state != State::Walking) return;
    std::exchange(current, nullptr)->deleteLater();
    switch (end) {
    case ResourceRun::End::Failed:
        return failWith(error);
    case ResourceRun::End::UsePaged:
        plans[resource].state.phase = ResourceCheckpoint::Phase::Ready;
        if (auto restarted = ledger->restart(resource); !restarted) return failWith(restarted.error());
        return walk(resource, false);
    case ResourceRun::End::Incomplete:
        isIncomplete = true;
        break;
    case ResourceRun::End::Complete:
        break;
    }
    matchConversations();
    walkNext();
}

// Also when the run fails or is cancelled: the next one brings what came so far as unchanged.
void StoreSyncRun::Private::matchConversations() {
    if (ledger->takeChanges() == 0) return;
    const auto matched = conversations->rematch(PrecedenceRule().vipAboveMajorUnits);
    if (!matched)
        qCWarning(logSync, "conversations could not be matched: %s", qUtf8Printable(matched.error().detail));
    else if (*matched > 0)
        Q_EMIT q->conversationsMatched();
}

void StoreSyncRun::cancel() {
    if (d->state == Private::State::Finished || d->state == Private::State::Cancelling) return;
    if (d->state == Private::State::Idle) {
        d->startedMs = d->clock.monotonicMs();
        return d->finish(SyncStatus::Cancelled, std::nullopt);
    }
    d->state = Private::State::Cancelling;
    const QString operation = d->current ? d->current->pendingOperation() : QString();
    delete std::exchange(d->head, nullptr);
    delete std::exchange(d->current, nullptr);
    d->port.cancelAll();
    const auto finish = [this] {
        if (d->state == Private::State::Cancelling) d->finish(SyncStatus::Cancelled, std::nullopt);
    };
    if (operation.isEmpty()) return finish();
    // The shop is spared the work; the next run sees what became of it.
    whenDone(d->port.cancelBulk(operation), this, [finish](const Result<bool>&) { finish(); });
    QTimer::singleShot(kCancelPatienceMs, this, finish);
}

void StoreSyncRun::Private::failWith(const Error& error) {
    qCWarning(logSync, "sync failed: %s", qUtf8Printable(errorWords(error)));
    finish(SyncStatus::Failed, error);
}

// Another process dropped the store with the files that lay there then; a download that was tried again began one anew.
void StoreSyncRun::Private::sweepWhenDropped(const Error& error) {
    if (error.kind != ErrorKind::NotFound) return;
    if (const auto swept = sweepSpools(workspace, writer); !swept)
        qCWarning(logSync, "the spool cannot be swept: %s", qUtf8Printable(errorWords(swept.error())));
}

void StoreSyncRun::Private::finish(SyncStatus status, const std::optional<Error>& error) {
    state = State::Finished;
    port.setThrottleListener({});
    SyncOutcome outcome;
    outcome.store = request.store;
    outcome.kind = request.kind;
    outcome.status = status;
    outcome.error = error;
    outcome.durationMs = clock.monotonicMs() - startedMs;
    const UtcTime now = clock.now();
    outcome.isBehind = planned && isBehind(request, *planned, status, now);
    if (ledger && ledger->job().isValid()) {
        ledger->abandon();
        matchConversations();
        outcome.job = ledger->job();
        outcome.counts = ledger->counts();
        const auto asOf = planned && !isIncomplete ? freshnessAfter(request, *planned) : std::nullopt;
        const auto booked =
            bookOutcome(writer, *stores, *ledger, {request.store, statusBefore, errorBefore, status, now, error, asOf});
        if (!booked) {
            // The disk that refused the rows may refuse this too; the outcome still says so.
            outcome.status = SyncStatus::Failed;
            if (!outcome.error) outcome.error = booked.error();
            sweepWhenDropped(booked.error());
        }
    }
    Q_EMIT q->finished(outcome);
}

} // namespace aiva
