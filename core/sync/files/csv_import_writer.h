// CsvImportWriter: the books of one CSV import: its store, its job, and records written with their counts and faults in
// one transaction a slice. A dry run does the same and rolls each slice back. Used by CsvImportRun on the core thread.
#pragma once

#include "core/base/clock.h"
#include "core/storage/records/record_stamps.h"
#include "core/storage/records/record_writer.h"
#include "core/storage/stores/store_repository.h"
#include "core/storage/stores/sync_repository.h"
#include "core/sync/files/csv_import_values.h"

#include <memory>

namespace aiva {

class CsvImportWriter {
public:
    static Result<std::unique_ptr<CsvImportWriter>> create(Database& writer, const Clock& clock,
                                                           const CsvImportRequest& request);
    ~CsvImportWriter(); // what was not ended is undone

    // As it is in the workspace; without an id when it would be new.
    const StoreRow& store() const { return m_store; }
    // Saves the store and begins a job; a job a killed import left is marked so. Nothing in a dry run.
    Result<void> open(const std::vector<Resource>& resources, const Currency& currency);

    Result<void> begin();
    Result<void> put(CustomerRecord record, qint64 line);
    Result<void> put(OrderRecord record, qint64 line);
    // A record that could not be read. `cause` holds no content of the file.
    Result<void> refuse(Resource resource, qint64 line, const QString& cause);
    Result<void> end();

    Result<void> finish(SyncStatus status, const std::optional<Error>& error);
    void fill(CsvImportOutcome& outcome) const;
    CsvCounts counts(Resource resource) const { return m_counts.value(resource); }

private:
    CsvImportWriter(Database& writer, const Clock& clock, const CsvImportRequest& request)
        : m_writer(writer), m_clock(clock), m_isDryRun(request.mode == CsvImportRequest::Mode::DryRun) {}
    Result<void> findStore(const QString& name);
    Result<void> openRecords();
    template <typename Record>
    Result<void> write(Resource resource, Record& record, qint64 line);
    template <typename Record>
    Result<WriteOutcome> putStamped(Resource resource, Record& record);
    QMap<Resource, SyncCounts> syncCounts() const;

    Database& m_writer;
    const Clock& m_clock;
    const bool m_isDryRun;
    std::unique_ptr<StoreRepository> m_stores;
    std::unique_ptr<SyncRepository> m_sync;
    StoreRow m_store;
    bool m_isNewStore = false;
    SyncJobId m_job;
    std::unique_ptr<RecordWriter> m_records;
    std::unique_ptr<RecordStamps> m_stamps;
    std::unique_ptr<Transaction> m_transaction;
    QMap<Resource, CsvCounts> m_counts;
    std::vector<RecordFault> m_faults;
};

} // namespace aiva
