#include "core/sync/files/csv_import_writer.h"

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

// Faults beyond these are counted, not stored; fewer are told.
static constexpr qint64 kStoredCsvFaults = 1'000;
static constexpr size_t kToldCsvFaults = 100;

Result<std::unique_ptr<CsvImportWriter>> CsvImportWriter::create(Database& writer, const Clock& clock,
                                                                 const CsvImportRequest& request) {
    std::unique_ptr<CsvImportWriter> made(new CsvImportWriter(writer, clock, request));
    AIVA_TRY(made->m_stores, StoreRepository::create(writer));
    AIVA_TRY(made->m_sync, SyncRepository::create(writer));
    AIVA_CHECK(made->findStore(request.storeName.simplified()));
    return made;
}

CsvImportWriter::~CsvImportWriter() {
    m_transaction.reset();
}

// By its name as people see it now, else by the one it was first imported under.
Result<void> CsvImportWriter::findStore(const QString& name) {
    // Nobody could tell such a store from another, nor import into it again.
    if (name.isEmpty()) return Error{ErrorKind::Invalid, u"the store has no name"_s, ErrorCause::NameMissing};
    const QString key = name.toLower();
    AIVA_TRY(const std::vector<StoreRow> stores, m_stores->all());
    const auto found = [&](auto matches) {
        return std::find_if(stores.begin(), stores.end(),
                            [&](const StoreRow& store) { return store.kind == StoreKind::Csv && matches(store); });
    };
    auto known = found([&](const StoreRow& store) { return store.name.toLower() == key; });
    if (known == stores.end()) known = found([&](const StoreRow& store) { return store.domain == key; });
    m_isNewStore = known == stores.end();
    if (!m_isNewStore) {
        m_store = *known;
        return {};
    }
    m_store.kind = StoreKind::Csv;
    m_store.domain = key;
    m_store.name = name;
    m_store.status = StoreStatus::NeverSynced;
    m_store.schedule = u"manual"_s;
    m_store.historyLimited = false;
    m_store.createdAt = m_clock.now();
    return {};
}

Result<void> CsvImportWriter::open(const std::vector<Resource>& resources, const Currency& currency) {
    for (const Resource resource : resources)
        m_counts.insert(resource, {});
    if (m_store.currency.isEmpty()) m_store.currency = currency.text();
    if (m_isDryRun) return {};
    AIVA_TRY(const auto transaction, Transaction::begin(m_writer));
    AIVA_TRY(m_store.id, m_stores->save(m_store));
    AIVA_TRY(const auto left, m_sync->unfinished(m_store.id));
    if (left) AIVA_CHECK(m_sync->finish(left->id, SyncStatus::Interrupted, m_clock.now(), left->counts, {}));
    SyncJobRow job;
    job.storeId = m_store.id;
    job.resources = resources;
    job.startedAt = m_clock.now();
    job.counts = syncCounts();
    AIVA_TRY(m_job, m_sync->begin(job));
    AIVA_CHECK(transaction->commit());
    return openRecords();
}

Result<void> CsvImportWriter::openRecords() {
    AIVA_TRY(m_records, RecordWriter::create(m_writer, m_store.id));
    AIVA_TRY(m_stamps, RecordStamps::create(m_writer, m_store.id));
    return {};
}

Result<void> CsvImportWriter::begin() {
    AIVA_TRY(m_transaction, Transaction::begin(m_writer));
    if (!m_isDryRun) return {};
    if (m_isNewStore) {
        AIVA_TRY(m_store.id, m_stores->save(m_store));
    }
    return openRecords();
}

Result<void> CsvImportWriter::end() {
    if (!m_isDryRun) {
        AIVA_CHECK(m_sync->saveCounts(m_job, syncCounts()));
        AIVA_CHECK(m_transaction->commit());
    }
    m_transaction.reset();
    if (!m_isDryRun) return {};
    m_records.reset();
    m_stamps.reset();
    if (m_isNewStore) m_store.id = StoreId();
    return {};
}

Result<void> CsvImportWriter::put(CustomerRecord record, qint64 line) {
    return write(Resource::Customers, record, line);
}

Result<void> CsvImportWriter::put(OrderRecord record, qint64 line) {
    return write(Resource::Orders, record, line);
}

template <typename Record>
Result<void> CsvImportWriter::write(Resource resource, Record& record, qint64 line) {
    const auto outcome = putStamped(resource, record);
    if (!outcome && outcome.error().kind != ErrorKind::Invalid) return outcome.error();
    if (!outcome) return refuse(resource, line, outcome.error().detail);
    CsvCounts& counts = m_counts[resource];
    ++counts.processed;
    ++(*outcome == WriteOutcome::Created   ? counts.created
       : *outcome == WriteOutcome::Updated ? counts.updated
                                           : counts.unchanged);
    return {};
}

// Files seldom say when a record changed, and importing one is somebody's wish: what it says holds. A record that
// changed gets a later time, by which drafts notice it; one that did not keeps its own.
template <typename Record>
Result<WriteOutcome> CsvImportWriter::putStamped(Resource resource, Record& record) {
    const UtcTime now = m_clock.now();
    AIVA_TRY(const auto stamp, m_stamps->find(resource, record.externalId));
    if (record.createdAt == UtcTime()) record.createdAt = stamp ? stamp->createdAt : now;
    if (!stamp) {
        if (record.updatedAt == UtcTime()) record.updatedAt = now;
        return m_records->put(record);
    }
    record.updatedAt = stamp->updatedAt;
    AIVA_TRY(const WriteOutcome outcome, m_records->put(record));
    if (outcome != WriteOutcome::Updated) return outcome;
    record.updatedAt = std::max(now, stamp->updatedAt.plusMs(1));
    return m_records->put(record);
}

Result<void> CsvImportWriter::refuse(Resource resource, qint64 line, const QString& cause) {
    CsvCounts& counts = m_counts[resource];
    ++counts.processed;
    ++counts.failed;
    const RecordFault fault{toWord(resource).toStdString(), "line " + std::to_string(line), cause.toStdString()};
    if (m_faults.size() < kToldCsvFaults) m_faults.push_back(fault);
    if (m_isDryRun || counts.failed > kStoredCsvFaults) return {};
    return m_sync->addFault(m_job, fault);
}

Result<void> CsvImportWriter::finish(SyncStatus status, const std::optional<Error>& error) {
    m_transaction.reset();
    if (m_isDryRun || !m_job.isValid()) return {};
    AIVA_TRY(const auto transaction, Transaction::begin(m_writer));
    AIVA_CHECK(m_sync->finish(m_job, status, m_clock.now(), syncCounts(), error ? errorWords(*error) : QString()));
    AIVA_CHECK(m_stores->setSynced(m_store.id, m_clock.now(), status));
    AIVA_CHECK(m_stores->setStatus(m_store.id, StoreStatus::Connected));
    return transaction->commit();
}

void CsvImportWriter::fill(CsvImportOutcome& outcome) const {
    outcome.job = m_job;
    outcome.store = m_store.id;
    outcome.storeName = m_store.name;
    outcome.isNewStore = m_isNewStore;
    outcome.counts = m_counts;
    outcome.faults = m_faults;
}

QMap<Resource, SyncCounts> CsvImportWriter::syncCounts() const {
    QMap<Resource, SyncCounts> counts;
    for (auto it = m_counts.cbegin(); it != m_counts.cend(); ++it)
        counts.insert(it.key(), {it->processed, it->created, it->updated, it->failed});
    return counts;
}

} // namespace aiva
