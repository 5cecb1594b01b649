// Jobs, faults, checkpoints and watermarks of sync (S5, S9).
#pragma once

#include "core/base/result.h"
#include "core/domain/ids.h"
#include "core/domain/names.h"
#include "core/domain/shop/source_records.h"
#include "core/storage/database/database.h"

#include <QJsonObject>
#include <QMap>

#include <memory>
#include <optional>
#include <vector>

namespace aiva {

struct SyncCounts {
    qint64 processed = 0;
    qint64 created = 0;
    qint64 updated = 0;
    qint64 failed = 0;

    bool operator==(const SyncCounts&) const = default;
};

struct SyncJobRow {
    SyncJobId id;
    StoreId storeId;
    SyncKind kind = SyncKind::Full;
    SyncTrigger trigger = SyncTrigger::User;
    SyncStatus status = SyncStatus::Running;
    std::vector<Resource> resources;
    UtcTime startedAt;
    std::optional<UtcTime> finishedAt;
    std::optional<qint64> estimatedMs;
    QMap<Resource, SyncCounts> counts;
    QString error;
    std::vector<RecordFault> faults; // filled by history() up to 100 a job
};

class SyncRepository {
public:
    static Result<std::unique_ptr<SyncRepository>> create(Database& database);
    ~SyncRepository();

    Result<SyncJobId> begin(const SyncJobRow& job);
    Result<void> saveCounts(SyncJobId job, const QMap<Resource, SyncCounts>& counts);
    Result<void> addFault(SyncJobId job, const RecordFault& fault);
    Result<void> forgetFaults(SyncJobId job, Resource resource);
    Result<void> finish(SyncJobId job, SyncStatus status, UtcTime at, const QMap<Resource, SyncCounts>& counts,
                        const QString& error);
    // A job still Running that nobody runs (the process was killed), newest first; resumed or marked Interrupted.
    Result<std::optional<SyncJobRow>> unfinished(StoreId store);
    enum class Faults { Read, LeftOut };
    Result<std::vector<SyncJobRow>> history(std::optional<StoreId> store, int limit, Faults faults = Faults::Read);
    Result<std::vector<RecordFault>> faults(SyncJobId job); // the first 100
    // A scheduled sync that brought nothing gives way to the next such: a day of them a minute apart would hide
    // everything else. `job`: the newest of its store, finished.
    Result<void> dropQuietBefore(const SyncJobRow& job);
    Result<bool> isJobOf(StoreId store, SyncJobId job);

    // The history's place is apart: a sync of changes in between leaves it as it is.
    enum class Place { Sync, History };
    Result<void> saveCheckpoint(StoreId store, Resource resource, SyncJobId job, const QJsonObject& state,
                                Place place = Place::Sync);
    struct Checkpoint {
        SyncJobId job;
        QJsonObject state;
    };
    Result<std::optional<Checkpoint>> checkpoint(StoreId store, Resource resource, Place place = Place::Sync);
    Result<void> clearCheckpoint(StoreId store, Resource resource, Place place = Place::Sync);
    Result<std::vector<QJsonObject>> checkpoints(StoreId store);

    Result<std::optional<UtcTime>> watermark(StoreId store, Resource resource);
    Result<void> raiseWatermark(StoreId store, Resource resource, UtcTime updatedAt);

private:
    class Private;
    explicit SyncRepository(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
