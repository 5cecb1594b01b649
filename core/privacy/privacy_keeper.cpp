#include "core/privacy/privacy_keeper.h"

#include "core/base/log.h"

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

// A shop that is still connected when its end is asked for may come back: it is given the time there is.
constexpr qint64 kBeforeDueMs = 60 * 60 * 1000;
// Writing a cache anew that cannot be written is not tried every few seconds.
constexpr qint64 kCleanupAgainMs = 10 * 60 * 1000;

} // namespace

PrivacyKeeper::PrivacyKeeper(const Workspace& workspace, Database& writer, const Clock& clock, PrivacyDoors doors,
                             int everyMs)
    : m_workspace(workspace)
    , m_writer(writer)
    , m_clock(clock)
    , m_doors(std::move(doors))
    , m_everyMs(everyMs)
    , m_timer(this) {
    connect(&m_timer, &QTimer::timeout, this, &PrivacyKeeper::look);
}

void PrivacyKeeper::start() {
    m_nextCleanup = m_clock.now();
    m_timer.start(m_everyMs);
    QTimer::singleShot(0, this, &PrivacyKeeper::look);
}

void PrivacyKeeper::look() {
    if (const auto looked = lookThrough(); !looked) Q_EMIT failed(looked.error());
    if (m_nextCleanup && *m_nextCleanup <= m_clock.now()) cleanUp();
}

Result<void> PrivacyKeeper::lookThrough() {
    AIVA_TRY(const auto tasks, PrivacyTasks::create(m_writer));
    AIVA_TRY(const std::vector<PrivacyTask> pending, tasks->pending());
    std::set<PrivacyTaskId> seen;
    for (const PrivacyTask& task : pending)
        seen.insert(task.id);
    if (std::exchange(m_seen, seen) != seen) Q_EMIT tasksChanged();
    for (const PrivacyTask& task : pending) {
        if (task.kind == "customer_redact"_L1) AIVA_CHECK(redact(*tasks, task));
        if (task.kind != "shop_redact"_L1 || m_dropping.contains(task.store)) continue;
        AIVA_TRY(const bool isDue, mustBeDropped(task));
        if (isDue) {
            dropReleased(task.store, AuditActor::Aiva, [this](const Result<StoreRemovalCounts>& counts) {
                if (!counts) Q_EMIT failed(counts.error());
            });
        }
    }
    return {};
}

// Somebody a reply is on its way to is erased at one of the next looks. Nobody known is an answer too.
Result<void> PrivacyKeeper::redact(PrivacyTasks& tasks, const PrivacyTask& task) {
    const auto counts = erasePerson(m_workspace, m_writer, m_clock, questionOf(task), AuditActor::Aiva);
    if (!counts && counts.error().kind == ErrorKind::Conflict) return {};
    if (!counts && counts.error().kind != ErrorKind::NotFound) return counts.error();
    AIVA_CHECK(tasks.setDone(task.id, m_clock.now()));
    m_nextCleanup = m_clock.now();
    Q_EMIT erased();
    return {};
}

Result<bool> PrivacyKeeper::mustBeDropped(const PrivacyTask& task) {
    if (task.dueAt.plusMs(-kBeforeDueMs) <= m_clock.now()) return true;
    AIVA_TRY(const auto stores, StoreRepository::create(m_writer));
    AIVA_TRY(const std::optional<StoreRow> store, stores->byId(task.store));
    return store && store->status == StoreStatus::Disconnected;
}

void PrivacyKeeper::dropReleased(StoreId store, AuditActor actor,
                                 const std::function<void(Result<StoreRemovalCounts>)>& answer) {
    m_dropping.insert(store);
    const auto drop = [this, store, actor, answer] {
        m_dropping.erase(store);
        const auto counts = dropStore(m_workspace, m_writer, m_clock, store, actor);
        if (counts) {
            cleanUp();
            Q_EMIT dropped();
        }
        answer(counts);
    };
    if (m_doors.release)
        m_doors.release(store, drop);
    else
        drop();
}

void PrivacyKeeper::cleanUp() {
    m_nextCleanup.reset();
    const auto outcome = runCleanups(m_workspace, m_writer, m_doors.removeSecrets);
    if (outcome && outcome->left == 0) return;
    m_nextCleanup = m_clock.now().plusMs(kCleanupAgainMs);
    const Error error = outcome ? outcome->error.value_or(Error{}) : outcome.error();
    qCWarning(logStorage) << "clearing what was erased goes on later:" << errorWords(error);
}

Result<ErasureCounts> PrivacyKeeper::erase(const PersonQuestion& question) {
    AIVA_TRY(const ErasureCounts counts, erasePerson(m_workspace, m_writer, m_clock, question, AuditActor::Person));
    cleanUp();
    Q_EMIT erased();
    return counts;
}

Result<PersonExport> PrivacyKeeper::give(const PersonQuestion& question, const QString& dir) {
    AIVA_TRY(const PersonExport exported, exportPerson(m_writer, m_clock, question, dir, AuditActor::Person));
    if (exported.tasks > 0) Q_EMIT tasksChanged();
    return exported;
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
