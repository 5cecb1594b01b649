#include "core/sync/reconcile/reconcile_run.h"

#include "core/base/log.h"
#include "core/domain/shop/precedence.h"
#include "core/storage/conversations/conversation_repository.h"
#include "core/storage/stores/store_repository.h"
#include "core/storage/stores/sync_repository.h"
#include "core/sync/reconcile/reconcile_references.h"
#include "core/sync/store_outcome.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace aiva {
namespace {

constexpr std::array kCompared{Resource::Customers, Resource::Orders, Resource::Products};

} // namespace

class ReconcileRun::Private {
public:
    Private(ReconcileRun* run, Database& db, StorePort& shop, const Clock& time, StoreId id, SyncPace howFast)
        : q(run), writer(db), port(shop), clock(time), store(id), pace(std::move(howFast)) {}

    Result<void> open();
    Result<UtcTime> shopNow() const;
    void askShop();
    void takeShop(const Result<ShopFacts>& facts);
    void compareNext();
    void takeEnd(const std::optional<Error>& error);
    void checkReferences();
    void announce(Resource resource, int batch, int batches, qint64 done, qint64 total);
    void noteChange();
    void matchConversations();
    void finish(const std::optional<Error>& error);

    ReconcileRun* const q;
    Database& writer;
    StorePort& port;
    const Clock& clock;
    const StoreId store;
    const SyncPace pace;

    StoreRow row;
    std::unique_ptr<ReconcileBooks> books;
    std::unique_ptr<ReconcileWork> work;
    QObject* current = nullptr; // the part under way
    size_t next = 0;
    qint64 startedMs = 0;
    SyncProgress last;
    bool isChanged = false;
    bool isOver = false;
};

ReconcileRun::ReconcileRun(Database& writer, StorePort& port, const Clock& clock, StoreId store, SyncPace pace,
                           QObject* parent)
    : QObject(parent), d(std::make_unique<Private>(this, writer, port, clock, store, std::move(pace))) {}

ReconcileRun::~ReconcileRun() {
    d->port.setThrottleListener({});
    delete d->current; // before the books it writes through
    if (!d->isOver) d->port.cancelAll();
}

void ReconcileRun::start() {
    d->startedMs = d->clock.monotonicMs();
    if (auto opened = d->open(); !opened) return d->finish(opened.error());
    d->port.setThrottleListener([this](qint64 waitMs) {
        d->last.slowedByMs = waitMs;
        Q_EMIT progressed(d->last);
    });
    d->askShop();
}

Result<void> ReconcileRun::Private::open() {
    AIVA_TRY(const auto stores, StoreRepository::create(writer));
    AIVA_TRY(const auto found, stores->byId(store));
    if (!found) return Error{ErrorKind::NotFound, u"no such store"_s};
    row = *found;
    AIVA_TRY(books, ReconcileBooks::create(writer, store));
    AIVA_TRY(const UtcTime now, shopNow());
    work = std::make_unique<ReconcileWork>(
        ReconcileWork{port, *books, pace, [this](bool reached) { Q_EMIT q->contactChanged(reached); }, now, true});
    return {};
}

// By a clock set back, orders the shop no longer shows would seem to be of the days it does show, and gone. The newest
// change seen of it proves that it is at least that late.
Result<UtcTime> ReconcileRun::Private::shopNow() const {
    AIVA_TRY(const auto jobs, SyncRepository::create(writer));
    AIVA_TRY(const auto newest, jobs->watermark(store, Resource::Orders));
    return std::max(clock.now(), newest.value_or(UtcTime()));
}

void ReconcileRun::Private::askShop() {
    announce(Resource::Customers, 0, 0, 0, 0);
    askPatiently<ShopFacts>(
        q, pace, work->contact, [this] { return port.shop(); },
        [this](const Result<ShopFacts>& facts) {
            if (!isOver) takeShop(facts);
        });
}

// Another shop at the same address has none of the ids, and would seem to have lost everything.
void ReconcileRun::Private::takeShop(const Result<ShopFacts>& facts) {
    if (!facts) return finish(facts.error());
    if (isOfAnotherShop(row, *facts))
        return finish(Error{ErrorKind::Conflict, u"another shop answers at this address"_s});
    work->isHistoryLimited = facts->historyLimited;
    compareNext();
}

void ReconcileRun::Private::compareNext() {
    if (next >= kCompared.size()) return checkReferences();
    const Resource resource = kCompared.at(next++);
    auto* part = new ReconcileResource(*work, resource, q);
    current = part;
    connect(part, &ReconcileResource::changed, q, [this] { noteChange(); });
    connect(part, &ReconcileResource::advanced, q, [this, resource](int batch, int batches, qint64 done, qint64 total) {
        announce(resource, batch, batches, done, total);
    });
    connect(part, &ReconcileResource::ended, q, [this](const std::optional<Error>& error) { takeEnd(error); });
    part->start();
}

// One resource that failed says nothing about the others, unless nobody answers or lets us in.
void ReconcileRun::Private::takeEnd(const std::optional<Error>& error) {
    if (isOver) return;
    if (current) std::exchange(current, nullptr)->deleteLater();
    const bool isFinal = error && (isTransient(*error) || error->kind == ErrorKind::Auth ||
                                   error->kind == ErrorKind::Storage || error->cause == ErrorCause::NotSupported);
    if (isFinal) return finish(error);
    QTimer::singleShot(0, q, [this] {
        if (!isOver) compareNext();
    });
}

void ReconcileRun::Private::checkReferences() {
    auto* part = new ReconcileReferences(*work, q);
    current = part;
    connect(part, &ReconcileReferences::changed, q, [this] { noteChange(); });
    connect(part, &ReconcileReferences::ended, q, [this](const std::optional<Error>& error) {
        if (isOver) return;
        std::exchange(current, nullptr)->deleteLater();
        finish(error);
    });
    part->start();
}

void ReconcileRun::Private::announce(Resource resource, int batch, int batches, qint64 done, qint64 total) {
    last.store = store;
    last.work = SyncProgress::Work::Comparison;
    last.resource = resource;
    last.batch = batch;
    last.batches = batches;
    last.done = done;
    last.total = total;
    last.slowedByMs = 0;
    last.elapsedMs = clock.monotonicMs() - startedMs;
    Q_EMIT q->progressed(last);
}

void ReconcileRun::Private::noteChange() {
    isChanged = true;
    Q_EMIT q->rowsChanged();
}

void ReconcileRun::Private::matchConversations() {
    const auto conversations = ConversationRepository::create(writer);
    const auto matched =
        conversations ? (*conversations)->rematch(PrecedenceRule().vipAboveMajorUnits) : conversations.error();
    if (!matched)
        qCWarning(logSync, "conversations could not be matched: %s", qUtf8Printable(matched.error().detail));
    else if (*matched > 0)
        Q_EMIT q->conversationsMatched();
}

void ReconcileRun::cancel() {
    if (d->isOver) return;
    if (d->books) d->books->report().isCancelled = true;
    delete std::exchange(d->current, nullptr);
    d->port.cancelAll();
    d->finish(std::nullopt);
}

void ReconcileRun::Private::finish(const std::optional<Error>& error) {
    isOver = true;
    port.setThrottleListener({});
    if (isChanged) matchConversations();
    ReconcileReport report;
    if (books) report = books->report();
    report.store = store;
    report.at = clock.now();
    report.durationMs = clock.monotonicMs() - startedMs;
    report.error = error;
    if (books) {
        const auto kept = report.isCancelled ? Result<void>() : keepComparison(writer, store, summaryOf(report));
        if (!kept && !report.error) report.error = kept.error();
    }
    Q_EMIT q->finished(report);
}

} // namespace aiva
