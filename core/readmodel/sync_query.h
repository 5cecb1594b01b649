// Sync jobs, comparisons and the health of interfaces as the stores page shows them.
#pragma once

#include "core/storage/stores/api_health.h"
#include "core/storage/stores/comparison_summary.h"
#include "core/storage/stores/sync_repository.h"

#include <memory>

namespace aiva {

class SyncQuery {
public:
    static Result<std::unique_ptr<SyncQuery>> create(Database& reader);
    ~SyncQuery();

    // Newest first, without their faults: a list is read often, and they may be many.
    Result<std::vector<SyncJobRow>> jobs(std::optional<StoreId> store, int limit);
    Result<std::vector<RecordFault>> faults(SyncJobId job); // the first 100
    // The last comparison with the shop; absent: none yet.
    Result<std::optional<ComparisonSummary>> comparison(StoreId store);
    // How the shop's interface did in the 24 hours before `now`.
    Result<ApiHealth> apiHealth(StoreId store, UtcTime now);

private:
    class Private;
    explicit SyncQuery(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
