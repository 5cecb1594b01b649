#include "core/privacy/privacy_keeper.h"

#include "core/base/log.h"

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

// A shop that is still connected when its end is asked for may come back: it is given the time there is.
constexpr qint64 kBeforeDueMs = 60 * 60 * 1000;
// Writing a cache anew that cannot be written is not tried every few seconds.
constexpr qint64 kCleanupAgainMs = 10 * 60 * 1000;
// Between two things that are due: what the window asks for comes in between.
constexpr int kSoonMs = 20;

} // namespace

PrivacyKeeper::PrivacyKeeper(const Workspace& workspace, Database& writer, const Clock& clock, PrivacyDoors doors,
                             int everyMs)
    : m_workspace(workspace)
    , m_writer(writer)
    , m_clock(clock)
    , m_doors(std::move(doors))
    , m_everyMs(everyMs)
    , m_timer(this)
    , m_soon(this) {
    m_soon.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &PrivacyKeeper::goOn);
    connect(&m_soon, &QTimer::timeout, this, &PrivacyKeeper::goOn);
}

void PrivacyKeeper::start() {
    m_nextCleanup = m_clock.now();
    m_timer.start(m_everyMs);
    m_soon.start(0);
}

void PrivacyKeeper::look() {
    while (next()) {
    }
}

void PrivacyKeeper::goOn() {
    if (next()) m_soon.start(kSoonMs);
}

// Whom somebody waits for comes first. Else the requests, so that a hundred of them write the cache anew but once.
bool PrivacyKeeper::next() {
    if (m_whenCleared.empty()) {
        const Result<bool> isDone = doNextTask();
        if (!isDone) Q_EMIT failed(isDone.error());
        if (isDone && *isDone) return true;
        const bool isDue = m_clearing || (m_nextCleanup && *m_nextCleanup <= m_clock.now());
        if (!isDue) return false;
    }
    clearNext();
    return true;
}

// One that cannot be done holds up no other.
Result<bool> PrivacyKeeper::doNextTask() {
    AIVA_TRY(const auto tasks, PrivacyTasks::create(m_writer));
    AIVA_TRY(const std::vector<PrivacyTask> pending, tasks->pending());
    std::set<PrivacyTaskId> seen;
    for (const PrivacyTask& task : pending)
        seen.insert(task.id);
    if (std::exchange(m_seen, seen) != seen) Q_EMIT tasksChanged();
    for (const PrivacyTask& task : pending) {
        const Result<bool> isDone = doTask(*tasks, task);
        if (!isDone) Q_EMIT failed(isDone.error());
        if (isDone && *isDone) return true;
    }
    return false;
}

// False: not now.
Result<bool> PrivacyKeeper::doTask(PrivacyTasks& tasks, const PrivacyTask& task) {
    if (task.kind == "customer_redact"_L1) return redact(tasks, task);
    if (task.kind != "shop_redact"_L1 || m_dropping.contains(task.store)) return false;
    AIVA_TRY(const bool isDue, mustBeDropped(task));
    if (!isDue) return false;
    dropReleased(task.store, AuditActor::Aiva, [this, store = task.store](const Result<StoreRemovalCounts>& counts) {
        if (counts) return;
        m_dropAgainAt.insert_or_assign(store, m_clock.now().plusMs(m_everyMs));
        Q_EMIT failed(counts.error());
    });
    return true;
}

// Somebody a reply is on its way to is erased at one of the next looks. Nobody known is an answer too.
Result<bool> PrivacyKeeper::redact(PrivacyTasks& tasks, const PrivacyTask& task) {
    const auto counts = erasePerson(m_workspace, m_writer, m_clock, questionOf(task), AuditActor::Aiva);
    if (!counts && counts.error().kind == ErrorKind::Conflict) return false;
    if (!counts && counts.error().kind != ErrorKind::NotFound) return counts.error();
    AIVA_CHECK(tasks.setDone(task.id, m_clock.now()));
    wantClearing();
    Q_EMIT erased();
    return true;
}

Result<bool> PrivacyKeeper::mustBeDropped(const PrivacyTask& task) {
    const auto again = m_dropAgainAt.find(task.store);
    if (again != m_dropAgainAt.end() && m_clock.now() < again->second) return false;
    if (task.dueAt.plusMs(-kBeforeDueMs) <= m_clock.now()) return true;
    AIVA_TRY(const auto stores, StoreRepository::create(m_writer));
    AIVA_TRY(const std::optional<StoreRow> store, stores->byId(task.store));
    return store && store->status == StoreStatus::Disconnected;
}

void PrivacyKeeper::dropReleased(StoreId store, AuditActor actor, const DropAnswer& answer) {
    m_dropping.insert(store);
    const auto drop = [this, store, actor, answer] {
        m_dropping.erase(store);
        const auto counts = dropStore(m_workspace, m_writer, m_clock, store, actor);
        if (!counts) return answer(counts);
        wantClearing([answer, counts] { answer(counts); });
        Q_EMIT dropped();
    };
    if (m_doors.release)
        m_doors.release(store, drop);
    else
        drop();
}

// From the beginning: a step that is through may be wanted once more.
void PrivacyKeeper::wantClearing(std::function<void()> then) {
    m_clearing.reset();
    m_nextCleanup = m_clock.now();
    if (then) m_whenCleared.push_back(std::move(then));
    m_soon.start(kSoonMs);
}

void PrivacyKeeper::clearNext() {
    if (!m_clearing) m_clearing.emplace(m_workspace, m_writer, m_doors.removeSecrets);
    const Result<bool> more = m_clearing->step();
    if (!more) return endClearing(more.error());
    if (!*more) endClearing(m_clearing->outcome().error);
}

void PrivacyKeeper::endClearing(std::optional<Error> error) {
    if (error) qCWarning(logStorage) << "clearing what was erased goes on later:" << errorWords(*error);
    m_nextCleanup.reset();
    if (error) m_nextCleanup = m_clock.now().plusMs(kCleanupAgainMs);
    m_clearing.reset();
    for (const auto& then : std::exchange(m_whenCleared, {}))
        then();
}

Future<ErasureCounts> PrivacyKeeper::erase(const PersonQuestion& question) {
    const auto counts = erasePerson(m_workspace, m_writer, m_clock, question, AuditActor::Person);
    if (!counts) return readyFuture<ErasureCounts>(counts.error());
    auto promise = std::make_shared<QPromise<Result<ErasureCounts>>>();
    promise->start();
    wantClearing([promise, counts] {
        promise->addResult(counts);
        promise->finish();
    });
    Q_EMIT erased();
    return promise->future();
}

Result<PersonExport> PrivacyKeeper::give(const PersonQuestion& question, const QString& dir) {
    AIVA_TRY(const PersonExport exported, exportPerson(m_writer, m_clock, question, dir, AuditActor::Person));
    if (exported.tasks > 0) Q_EMIT tasksChanged();
    return exported;
}

Result<PersonExport> PrivacyKeeper::answer(PrivacyTaskId request, const QString& dir) {
    AIVA_TRY(const PersonExport exported, answerRequest(m_writer, m_clock, request, dir, AuditActor::Person));
    Q_EMIT tasksChanged();
    return exported;
}

Result<void> PrivacyKeeper::close(PrivacyTaskId request) {
    AIVA_CHECK(closeRequest(m_writer, m_clock, request, AuditActor::Person));
    Q_EMIT tasksChanged();
    return {};
}

Future<StoreRemovalCounts> PrivacyKeeper::drop(StoreId store) {
    auto promise = std::make_shared<QPromise<Result<StoreRemovalCounts>>>();
    promise->start();
    dropReleased(store, AuditActor::Person, [promise](const Result<StoreRemovalCounts>& counts) {
        promise->addResult(counts);
        promise->finish();
    });
    return promise->future();
}

} // namespace aiva
