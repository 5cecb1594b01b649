#include "core/storage/stores/sync_repository.h"

#include <QJsonDocument>

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

class SyncRepository::Private {
public:
    Statement begin;
    Statement saveCounts;
    Statement addFault;
    Statement finish;
    Statement unfinished;
    Statement history;
    Statement storeHistory;
    Statement faults;
    Statement saveCheckpoint;
    Statement checkpoint;
    Statement clearCheckpoint;
    Statement checkpoints;
    Statement forgetFaults;
    Statement dropJob;
    Statement isJobOf;
    Statement watermark;
    Statement raiseWatermark;

    Result<std::vector<RecordFault>> faultsOf(SyncJobId job);
    Result<std::vector<SyncJobRow>> jobs(Statement& statement, Faults read);
};

#define AIVA_JOB_COLUMNS                                                                                               \
    "SELECT id, store_id, kind, trigger, status, resources, started_at, finished_at, estimated_ms, counts, error "     \
    "FROM sync_jobs "

// Through the partial index sync_jobs_running: the history may be long, unfinished jobs are few.
static constexpr std::string_view kUnfinished =
    AIVA_JOB_COLUMNS "WHERE store_id = ?1 AND status = 'running' ORDER BY id DESC LIMIT 1";
static constexpr std::string_view kHistory = AIVA_JOB_COLUMNS "ORDER BY id DESC LIMIT ?1";
static constexpr std::string_view kStoreHistory = AIVA_JOB_COLUMNS "WHERE store_id = ?2 ORDER BY id DESC LIMIT ?1";
#undef AIVA_JOB_COLUMNS

static constexpr std::string_view kBegin = R"sql(
INSERT INTO sync_jobs (store_id, kind, trigger, status, resources, started_at, estimated_ms, counts)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
RETURNING id)sql";

static constexpr std::string_view kRaiseWatermark = R"sql(
INSERT INTO sync_watermarks (store_id, resource, updated_at) VALUES (?1, ?2, ?3)
ON CONFLICT (store_id, resource) DO UPDATE SET updated_at = excluded.updated_at
WHERE excluded.updated_at > sync_watermarks.updated_at)sql";

static constexpr std::string_view kSaveCheckpoint = R"sql(
INSERT INTO sync_checkpoints (store_id, resource, job_id, state) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (store_id, resource) DO UPDATE SET job_id = excluded.job_id, state = excluded.state)sql";

static QString placeWord(Resource resource, SyncRepository::Place place) {
    return place == SyncRepository::Place::History ? toWord(resource) + u"/history"_s : toWord(resource);
}

static bool isQuiet(const SyncJobRow& job) {
    const bool isRoutine = job.kind == SyncKind::Incremental && job.trigger == SyncTrigger::Schedule;
    return isRoutine && job.status == SyncStatus::Completed &&
           std::all_of(job.counts.begin(), job.counts.end(), [](const SyncCounts& counts) {
               return counts.created == 0 && counts.updated == 0 && counts.failed == 0;
           });
}

static QByteArray countsJson(const QMap<Resource, SyncCounts>& counts) {
    QJsonObject json;
    for (auto it = counts.begin(); it != counts.end(); ++it)
        json.insert(toWord(it.key()), QJsonObject{{u"processed"_s, it->processed},
                                                  {u"created"_s, it->created},
                                                  {u"updated"_s, it->updated},
                                                  {u"failed"_s, it->failed}});
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

static QMap<Resource, SyncCounts> countsFrom(const QString& text) {
    QMap<Resource, SyncCounts> counts;
    const QJsonObject json = QJsonDocument::fromJson(text.toUtf8()).object();
    for (const Resource resource : {Resource::Customers, Resource::Orders, Resource::Products}) {
        const auto found = json.find(toWord(resource));
        if (found == json.end()) continue;
        const QJsonObject one = found->toObject();
        counts.insert(resource, {one["processed"_L1].toInteger(), one["created"_L1].toInteger(),
                                 one["updated"_L1].toInteger(), one["failed"_L1].toInteger()});
    }
    return counts;
}

static QString resourceWords(const std::vector<Resource>& resources) {
    QStringList words;
    for (const Resource resource : resources)
        words.append(toWord(resource));
    return words.join(u',');
}

static SyncJobRow jobFrom(const Statement& row) {
    SyncJobRow job;
    job.id = row.id<SyncJobId>(0);
    job.storeId = row.id<StoreId>(1);
    job.kind = fromWord<SyncKind>(row.text(2)).value_or(SyncKind::Full);
    job.trigger = fromWord<SyncTrigger>(row.text(3)).value_or(SyncTrigger::System);
    job.status = fromWord<SyncStatus>(row.text(4)).value_or(SyncStatus::Failed);
    const QStringList words = row.text(5).split(u',', Qt::SkipEmptyParts);
    for (const QString& word : words)
        if (const auto resource = fromWord<Resource>(word)) job.resources.push_back(*resource);
    job.startedAt = row.time(6);
    job.finishedAt = row.optionalTime(7);
    if (!row.isNull(8)) job.estimatedMs = row.integer(8);
    job.counts = countsFrom(row.text(9));
    job.error = row.text(10);
    return job;
}

Result<std::vector<RecordFault>> SyncRepository::Private::faultsOf(SyncJobId job) {
    std::vector<RecordFault> found;
    faults.bind(1, job);
    for (;;) {
        AIVA_TRY(const bool more, faults.step());
        if (!more) return found;
        found.push_back({std::string(faults.view(0)), std::string(faults.view(1)), std::string(faults.view(2))});
    }
}

Result<std::vector<SyncJobRow>> SyncRepository::Private::jobs(Statement& statement, Faults read) {
    std::vector<SyncJobRow> found;
    for (;;) {
        AIVA_TRY(const bool more, statement.step());
        if (!more) break;
        found.push_back(jobFrom(statement));
    }
    if (read == Faults::LeftOut) return found;
    for (SyncJobRow& job : found) {
        AIVA_TRY(job.faults, faultsOf(job.id));
    }
    return found;
}

SyncRepository::SyncRepository(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

SyncRepository::~SyncRepository() = default;

Result<std::unique_ptr<SyncRepository>> SyncRepository::create(Database& database) {
    auto priv = std::make_unique<Private>();
    AIVA_TRY(priv->begin, database.prepare(kBegin));
    AIVA_TRY(priv->saveCounts, database.prepare("UPDATE sync_jobs SET counts = ?2 WHERE id = ?1"));
    AIVA_TRY(priv->addFault, database.prepare("INSERT INTO sync_faults (job_id, resource, external_id, cause) "
                                              "VALUES (?1, ?2, ?3, ?4)"));
    AIVA_TRY(priv->finish, database.prepare("UPDATE sync_jobs SET status = ?2, finished_at = ?3, counts = ?4, "
                                            "error = ?5 WHERE id = ?1"));
    AIVA_TRY(priv->unfinished, database.prepare(kUnfinished));
    AIVA_TRY(priv->history, database.prepare(kHistory));
    AIVA_TRY(priv->storeHistory, database.prepare(kStoreHistory));
    AIVA_TRY(priv->faults, database.prepare("SELECT resource, external_id, cause FROM sync_faults WHERE job_id = ?1 "
                                            "ORDER BY id LIMIT 100"));
    AIVA_TRY(priv->saveCheckpoint, database.prepare(kSaveCheckpoint));
    AIVA_TRY(priv->checkpoint,
             database.prepare("SELECT job_id, state FROM sync_checkpoints WHERE store_id = ?1 AND resource = ?2"));
    AIVA_TRY(priv->clearCheckpoint,
             database.prepare("DELETE FROM sync_checkpoints WHERE store_id = ?1 AND resource = ?2"));
    AIVA_TRY(priv->checkpoints, database.prepare("SELECT state FROM sync_checkpoints WHERE store_id = ?1"));
    AIVA_TRY(priv->forgetFaults, database.prepare("DELETE FROM sync_faults WHERE job_id = ?1 AND resource = ?2"));
    AIVA_TRY(priv->dropJob, database.prepare("DELETE FROM sync_jobs WHERE id = ?1"));
    AIVA_TRY(priv->isJobOf, database.prepare("SELECT 1 FROM sync_jobs WHERE id = ?2 AND store_id = ?1"));
    AIVA_TRY(priv->watermark,
             database.prepare("SELECT updated_at FROM sync_watermarks WHERE store_id = ?1 AND resource = ?2"));
    AIVA_TRY(priv->raiseWatermark, database.prepare(kRaiseWatermark));
    return std::unique_ptr<SyncRepository>(new SyncRepository(std::move(priv)));
}

Result<SyncJobId> SyncRepository::begin(const SyncJobRow& job) {
    d->begin.bind(1, job.storeId).bind(2, toWord(job.kind)).bind(3, toWord(job.trigger)).bind(4, toWord(job.status));
    d->begin.bind(5, resourceWords(job.resources)).bind(6, job.startedAt).bind(7, job.estimatedMs);
    d->begin.bind(8, QString::fromUtf8(countsJson(job.counts)));
    AIVA_TRY(const bool inserted, d->begin.step());
    if (!inserted) return Error{ErrorKind::Internal, u"a sync job was not inserted"_s};
    const auto id = d->begin.id<SyncJobId>(0);
    AIVA_CHECK(d->begin.run());
    return id;
}

Result<void> SyncRepository::saveCounts(SyncJobId job, const QMap<Resource, SyncCounts>& counts) {
    return d->saveCounts.bind(1, job).bind(2, QString::fromUtf8(countsJson(counts))).run();
}

Result<void> SyncRepository::addFault(SyncJobId job, const RecordFault& fault) {
    d->addFault.bind(1, job).bindView(2, fault.resource).bindView(3, fault.externalId).bindView(4, fault.cause);
    return d->addFault.run();
}

Result<void> SyncRepository::finish(SyncJobId job, SyncStatus status, UtcTime at,
                                    const QMap<Resource, SyncCounts>& counts, const QString& error) {
    d->finish.bind(1, job).bind(2, toWord(status)).bind(3, at).bind(4, QString::fromUtf8(countsJson(counts)));
    if (!error.isEmpty()) d->finish.bind(5, error);
    return d->finish.run();
}

Result<std::optional<SyncJobRow>> SyncRepository::unfinished(StoreId store) {
    d->unfinished.bind(1, store);
    AIVA_TRY(std::vector<SyncJobRow> jobs, d->jobs(d->unfinished, Faults::Read));
    if (jobs.empty()) return std::optional<SyncJobRow>();
    return std::optional<SyncJobRow>(std::move(jobs.front()));
}

Result<std::vector<SyncJobRow>> SyncRepository::history(std::optional<StoreId> store, int limit, Faults faults) {
    Statement& statement = store ? d->storeHistory : d->history;
    statement.bind(1, limit);
    if (store) statement.bind(2, *store);
    return d->jobs(statement, faults);
}

Result<std::vector<RecordFault>> SyncRepository::faults(SyncJobId job) {
    return d->faultsOf(job);
}

Result<void> SyncRepository::forgetFaults(SyncJobId job, Resource resource) {
    return d->forgetFaults.bind(1, job).bind(2, toWord(resource)).run();
}

Result<void> SyncRepository::dropQuietBefore(const SyncJobRow& job) {
    AIVA_TRY(const std::vector<SyncJobRow> newest, history(job.storeId, 2));
    if (newest.size() < 2 || newest[0].id != job.id || !isQuiet(newest[0]) || !isQuiet(newest[1])) return {};
    return d->dropJob.bind(1, newest[1].id).run();
}

Result<bool> SyncRepository::isJobOf(StoreId store, SyncJobId job) {
    AIVA_TRY(const bool found, d->isJobOf.bind(1, store).bind(2, job).step());
    d->isJobOf.reset();
    return found;
}

Result<void> SyncRepository::saveCheckpoint(StoreId store, Resource resource, SyncJobId job, const QJsonObject& state,
                                            Place place) {
    d->saveCheckpoint.bind(1, store).bind(2, placeWord(resource, place)).bind(3, job);
    d->saveCheckpoint.bind(4, QString::fromUtf8(QJsonDocument(state).toJson(QJsonDocument::Compact)));
    return d->saveCheckpoint.run();
}

Result<std::optional<SyncRepository::Checkpoint>> SyncRepository::checkpoint(StoreId store, Resource resource,
                                                                             Place place) {
    AIVA_TRY(const bool found, d->checkpoint.bind(1, store).bind(2, placeWord(resource, place)).step());
    if (!found) return std::optional<Checkpoint>();
    const QJsonDocument state = QJsonDocument::fromJson(d->checkpoint.text(1).toUtf8());
    std::optional<Checkpoint> checkpoint = Checkpoint{d->checkpoint.id<SyncJobId>(0), state.object()};
    d->checkpoint.reset();
    return checkpoint;
}

Result<void> SyncRepository::clearCheckpoint(StoreId store, Resource resource, Place place) {
    return d->clearCheckpoint.bind(1, store).bind(2, placeWord(resource, place)).run();
}

Result<std::vector<QJsonObject>> SyncRepository::checkpoints(StoreId store) {
    std::vector<QJsonObject> states;
    d->checkpoints.bind(1, store);
    for (;;) {
        AIVA_TRY(const bool more, d->checkpoints.step());
        if (!more) return states;
        states.push_back(QJsonDocument::fromJson(d->checkpoints.text(0).toUtf8()).object());
    }
}

Result<std::optional<UtcTime>> SyncRepository::watermark(StoreId store, Resource resource) {
    AIVA_TRY(const bool found, d->watermark.bind(1, store).bind(2, toWord(resource)).step());
    if (!found) return std::optional<UtcTime>();
    const UtcTime at = d->watermark.time(0);
    d->watermark.reset();
    return std::optional<UtcTime>(at);
}

Result<void> SyncRepository::raiseWatermark(StoreId store, Resource resource, UtcTime updatedAt) {
    return d->raiseWatermark.bind(1, store).bind(2, toWord(resource)).bind(3, updatedAt).run();
}

} // namespace aiva
