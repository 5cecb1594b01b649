#include "core/sync/sync_ledger.h"

#include <algorithm>
#include <cstdlib>

using namespace Qt::StringLiterals;

namespace aiva {
namespace {

// A failed job's place is worth going back to for a day; result files of a shop live a week.
constexpr qint64 kCheckpointLifeMs = 24LL * 3'600'000;
// Faults beyond these are counted, not stored.
constexpr qint64 kStoredFaults = 1'000;
constexpr int kJobsForEstimate = 20;

} // namespace

Result<std::unique_ptr<SyncLedger>> SyncLedger::create(Database& writer, StoreId store, const Clock& clock) {
    std::unique_ptr<SyncLedger> ledger(new SyncLedger(writer, store, clock));
    AIVA_TRY(ledger->m_sync, SyncRepository::create(writer));
    AIVA_TRY(ledger->m_records, RecordWriter::create(writer, store));
    return ledger;
}

SyncLedger::~SyncLedger() = default;

Result<void> SyncLedger::openJob(SyncRequest& request) {
    AIVA_TRY(auto left, m_sync->unfinished(m_store));
    if (left) {
        const std::set<Resource> resources(left->resources.begin(), left->resources.end());
        // A history reaches further back than a full sync, which must not pass for it.
        const bool isLess = left->kind == SyncKind::Full && request.kind == SyncKind::Incremental;
        const bool sameWork = left->kind == request.kind || isLess;
        if (sameWork && resources == request.resources) {
            request.kind = left->kind;
            m_job = *left;
            for (auto it = left->counts.cbegin(); it != left->counts.cend(); ++it)
                m_counts.at(static_cast<size_t>(it.key())) = it.value();
            m_committed = m_counts;
            return {};
        }
        AIVA_CHECK(m_sync->finish(left->id, SyncStatus::Interrupted, m_clock.now(), left->counts, {}));
    }
    return beginJob(request);
}

Result<void> SyncLedger::beginJob(const SyncRequest& request) {
    m_job.storeId = m_store;
    m_job.kind = request.kind;
    m_job.trigger = request.trigger;
    m_job.status = SyncStatus::Running;
    m_job.resources.assign(request.resources.begin(), request.resources.end());
    m_job.startedAt = m_clock.now();
    m_job.estimatedMs = lastDurationMs(request);
    AIVA_TRY(m_job.id, m_sync->begin(m_job));
    return {};
}

std::optional<qint64> SyncLedger::lastDurationMs(const SyncRequest& request) {
    const auto jobs = m_sync->history(m_store, kJobsForEstimate);
    if (!jobs) return std::nullopt;
    for (const SyncJobRow& job : *jobs) {
        const bool completed = job.status == SyncStatus::Completed || job.status == SyncStatus::CompletedWithErrors;
        if (completed && job.kind == request.kind && job.finishedAt) return job.finishedAt->msSince(job.startedAt);
    }
    return std::nullopt;
}

QMap<Resource, SyncCounts> SyncLedger::counts() const {
    QMap<Resource, SyncCounts> counts;
    for (const Resource resource : m_job.resources)
        counts.insert(resource, m_counts.at(static_cast<size_t>(resource)));
    return counts;
}

bool SyncLedger::hasFaults() const {
    return std::any_of(m_counts.begin(), m_counts.end(), [](const SyncCounts& counts) { return counts.failed > 0; });
}

qint64 SyncLedger::takeChanges() {
    qint64 changes = 0;
    for (const Resource resource : {Resource::Customers, Resource::Orders})
        changes += counts(resource).created + counts(resource).updated;
    return changes - std::exchange(m_changesTaken, changes);
}

Result<std::optional<ResourceCheckpoint>> SyncLedger::checkpoint(Resource resource, const SyncRequest& request) {
    using Found = std::optional<ResourceCheckpoint>;
    AIVA_TRY(auto stored, m_sync->checkpoint(m_store, resource, placeOf(request.kind)));
    if (!stored) return Found();
    auto state = ResourceCheckpoint::fromJson(resource, stored->state);
    if (state && stored->job == m_job.id) return Found(state);
    if (!state || state->kind != request.kind || !state->isUnderway()) return Found();
    // Either way: of a place left under a clock that was wrong nobody knows how old it is.
    if (std::abs(m_clock.now().msSince(state->savedAt)) > kCheckpointLifeMs) return Found();
    const bool wrongWay = state->isBulk() ? request.transport == SyncRequest::Transport::Paged
                                          : request.transport == SyncRequest::Transport::Bulk;
    return wrongWay ? Found() : Found(state);
}

Result<void> SyncLedger::begin() {
    AIVA_TRY(m_transaction, Transaction::begin(m_writer));
    return {};
}

Result<void> SyncLedger::commit(Resource resource, ResourceCheckpoint& checkpoint) {
    checkpoint.savedAt = m_clock.now();
    AIVA_CHECK(m_sync->saveCheckpoint(m_store, resource, m_job.id, checkpoint.toJson(), placeOf(m_job.kind)));
    AIVA_CHECK(m_sync->saveCounts(m_job.id, counts()));
    AIVA_CHECK(m_transaction->commit());
    m_transaction.reset();
    m_committed = m_counts;
    return {};
}

void SyncLedger::abandon() {
    m_transaction.reset();
    m_counts = m_committed;
}

Result<void> SyncLedger::putPage(const RecordPage& page, Counting counting) {
    for (const CustomerRecord& record : page.customers)
        AIVA_CHECK(tally(Resource::Customers, record.externalId, m_records->put(record), counting));
    for (const OrderRecord& record : page.orders)
        AIVA_CHECK(tally(Resource::Orders, record.externalId, m_records->put(record), counting));
    for (const ProductRecord& record : page.products)
        AIVA_CHECK(tally(Resource::Products, record.externalId, m_records->put(record), counting));
    return {};
}

Result<void> SyncLedger::tally(Resource resource, const std::string& externalId, const Result<WriteOutcome>& outcome,
                               Counting counting) {
    SyncCounts& counts = m_counts.at(static_cast<size_t>(resource));
    if (!outcome) {
        if (outcome.error().kind != ErrorKind::Invalid) return outcome.error();
        if (counting == Counting::ChangesOnly) return {};
        return addFault(resource, {toWord(resource).toStdString(), externalId, outcome.error().detail.toStdString()});
    }
    if (counting == Counting::Whole) ++counts.processed;
    if (*outcome == WriteOutcome::Created) ++counts.created;
    if (*outcome == WriteOutcome::Updated) ++counts.updated;
    return {};
}

Result<void> SyncLedger::addFault(Resource resource, const RecordFault& fault) {
    SyncCounts& counts = m_counts.at(static_cast<size_t>(resource));
    ++counts.processed;
    if (++counts.failed > kStoredFaults) return {};
    return m_sync->addFault(m_job.id, fault);
}

Result<void> SyncLedger::restart(Resource resource) {
    SyncCounts& counts = m_counts.at(static_cast<size_t>(resource));
    counts.processed = 0;
    counts.failed = 0;
    return m_sync->forgetFaults(m_job.id, resource);
}

SyncRepository::Place SyncLedger::placeOf(SyncKind kind) {
    return kind == SyncKind::History ? SyncRepository::Place::History : SyncRepository::Place::Sync;
}

Result<QStringList> SyncLedger::spoolsInUse() {
    AIVA_TRY(const std::vector<QJsonObject> states, m_sync->checkpoints(m_store));
    QStringList names;
    for (const QJsonObject& state : states)
        names << ResourceCheckpoint::spoolOf(state);
    return names;
}

Result<bool> SyncLedger::isSpoolOfStore(const QString& name) {
    return m_sync->isJobOf(m_store, SyncJobId(name.section(u'-', 1, 1).toLongLong()));
}

Result<void> SyncLedger::finishJob(SyncStatus status, const QString& error) {
    if (status == SyncStatus::Completed || status == SyncStatus::CompletedWithErrors)
        for (const Resource resource : m_job.resources)
            AIVA_CHECK(m_sync->clearCheckpoint(m_store, resource, placeOf(m_job.kind)));
    AIVA_CHECK(m_sync->finish(m_job.id, status, m_clock.now(), counts(), error));
    return m_sync->dropQuietBefore(m_job);
}

} // namespace aiva
