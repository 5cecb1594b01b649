// The books of one sync run: its job row, counts, faults, checkpoints and watermarks, committed together with the rows
// they describe. Owned by StoreSyncRun, used by its parts on the core thread; never asks the shop anything.
#pragma once

#include "core/base/clock.h"
#include "core/domain/names.h"
#include "core/storage/records/record_writer.h"
#include "core/storage/stores/sync_repository.h"
#include "core/sync/resource_checkpoint.h"
#include "core/sync/store_sync_run.h"

#include <algorithm>
#include <array>
#include <memory>

namespace aiva {

class SyncLedger {
public:
    static Result<std::unique_ptr<SyncLedger>> create(Database& writer, StoreId store, const Clock& clock);
    ~SyncLedger();

    // Goes on with the job a killed run left, or begins a new one. An unfinished full sync is resumed even when an
    // incremental one is asked for, so that it is not lost: `request` then says full.
    Result<void> openJob(SyncRequest& request);
    SyncJobId job() const { return m_job.id; }
    std::optional<qint64> estimatedMs() const { return m_job.estimatedMs; } // how long the last one of its kind took
    QMap<Resource, SyncCounts> counts() const;
    const SyncCounts& counts(Resource resource) const { return m_counts.at(static_cast<size_t>(resource)); }
    bool hasFaults() const;
    // Customers and orders created or updated since the last call; at first also what the run before brought that is
    // gone on with.
    qint64 takeChanges();

    // Of this job, or one of an earlier job of the same kind that can be gone on with.
    Result<std::optional<ResourceCheckpoint>> checkpoint(Resource resource, const SyncRequest& request);
    Result<std::optional<UtcTime>> watermark(Resource resource) { return m_sync->watermark(m_store, resource); }

    // One transaction: begin, records, commit. abandon() undoes rows and counts alike.
    Result<void> begin();
    Result<void> commit(Resource resource, ResourceCheckpoint& checkpoint);
    void abandon();

    enum class Counting { Whole, ChangesOnly }; // ChangesOnly: these records will come again in this run
    Result<void> putPage(const RecordPage& page, Counting counting);
    RecordWriter& records() { return *m_records; }
    // Books what the writer answered for one record; a record it refuses is a fault, a broken disk an error.
    Result<void> tally(Resource resource, const std::string& externalId, const Result<WriteOutcome>& outcome,
                       Counting counting = Counting::Whole);
    Result<void> addFault(Resource resource, const RecordFault& fault);
    // The resource is read anew: what comes is counted from zero, what was written stays counted.
    Result<void> restart(Resource resource);
    // Not beyond now: one record from the future (a shop's clock that was wrong, a plug-in) would hide all that changes
    // until then.
    Result<void> raiseWatermark(Resource resource, UtcTime at) {
        return m_sync->raiseWatermark(m_store, resource, std::min(at, m_clock.now()));
    }

    // In the caller's transaction. Checkpoints are dropped when the job completed, kept when it failed or was
    // cancelled.
    Result<void> finishJob(SyncStatus status, const QString& error);
    // Names of the spools a checkpoint of the store speaks of, of whatever job.
    Result<QStringList> spoolsInUse();
    // "orders-17-1" was written by job 17.
    Result<bool> isSpoolOfStore(const QString& name);

private:
    SyncLedger(Database& writer, StoreId store, const Clock& clock)
        : m_writer(writer), m_store(store), m_clock(clock) {}
    static SyncRepository::Place placeOf(SyncKind kind);
    Result<void> beginJob(const SyncRequest& request);
    std::optional<qint64> lastDurationMs(const SyncRequest& request);

    using Counts = std::array<SyncCounts, 3>;
    Database& m_writer;
    StoreId m_store;
    const Clock& m_clock;
    std::unique_ptr<SyncRepository> m_sync;
    std::unique_ptr<RecordWriter> m_records;
    std::unique_ptr<Transaction> m_transaction;
    SyncJobRow m_job;
    Counts m_counts;
    Counts m_committed;
    qint64 m_changesTaken = 0;
};

} // namespace aiva
