#include "core/readmodel/sync_query.h"

namespace aiva {

class SyncQuery::Private {
public:
    explicit Private(Database& reader) : database(reader) {}

    Database& database;
    std::unique_ptr<SyncRepository> jobs;
    std::unique_ptr<ApiHealthRepository> health;
};

SyncQuery::SyncQuery(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

SyncQuery::~SyncQuery() = default;

Result<std::unique_ptr<SyncQuery>> SyncQuery::create(Database& reader) {
    auto priv = std::make_unique<Private>(reader);
    AIVA_TRY(priv->jobs, SyncRepository::create(reader));
    AIVA_TRY(priv->health, ApiHealthRepository::create(reader));
    return std::unique_ptr<SyncQuery>(new SyncQuery(std::move(priv)));
}

Result<std::vector<SyncJobRow>> SyncQuery::jobs(std::optional<StoreId> store, int limit) {
    return d->jobs->history(store, limit, SyncRepository::Faults::LeftOut);
}

Result<std::vector<RecordFault>> SyncQuery::faults(SyncJobId job) {
    return d->jobs->faults(job);
}

Result<std::optional<ComparisonSummary>> SyncQuery::comparison(StoreId store) {
    return lastComparison(d->database, store);
}

Result<ApiHealth> SyncQuery::apiHealth(StoreId store, UtcTime now) {
    return d->health->ofLastDay(store, now);
}

} // namespace aiva
