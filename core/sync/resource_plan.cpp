#include "core/sync/resource_plan.h"

#include "core/storage/vault/spool.h"

#include <algorithm>

namespace aiva {
namespace {

// Changes at the source become visible in its index a little late, and clocks of its servers differ (S2).
constexpr qint64 kOverlapMs = 120'000;
constexpr int kLimitedHistoryDays = 60;

Result<ResourcePlan> newPlan(SyncLedger& ledger, const SyncRequest& request, Resource resource, UtcTime windowStart) {
    AIVA_TRY(const auto watermark, ledger.watermark(resource));
    ResourcePlan plan;
    plan.hasBound = request.kind == SyncKind::Incremental && watermark.has_value();
    plan.isFirst = !watermark;
    plan.state.kind = request.kind;
    plan.state.query.resource = resource;
    plan.state.watermark = watermark;
    if (plan.hasBound)
        plan.state.query.updatedSince = watermark->plusMs(-kOverlapMs);
    else if (resource == Resource::Orders && request.kind != SyncKind::History)
        plan.state.query.createdSince = windowStart;
    return plan;
}

} // namespace

Result<std::vector<ResourcePlan>> planResources(SyncLedger& ledger, const Workspace& workspace,
                                                const SyncRequest& request, bool isHistoryLimited, UtcTime now) {
    const int days = isHistoryLimited ? std::min(request.orderDays, kLimitedHistoryDays) : request.orderDays;
    std::vector<ResourcePlan> plans;
    for (const Resource resource : request.resources) {
        AIVA_TRY(const auto found, ledger.checkpoint(resource, request));
        if (found && found->phase == ResourceCheckpoint::Phase::Done) {
            if (!found->spool.isEmpty()) AIVA_CHECK(SpoolReader::remove(workspace, found->spool));
        } else if (found) {
            plans.push_back({*found, true, found->query.updatedSince.has_value(), false});
        } else {
            AIVA_TRY(const ResourcePlan plan, newPlan(ledger, request, resource, now.plusDays(-days)));
            plans.push_back(plan);
        }
    }
    return plans;
}

RecordQuery newestQuery(const RecordQuery& query) {
    RecordQuery newest = query;
    if (!newest.updatedSince) newest.updatedSince = newest.createdSince.value_or(UtcTime(0));
    return newest;
}

bool prefersBulk(const ResourceCheckpoint& state, const SyncRequest& request) {
    if (state.isUnderway()) return state.isBulk();
    if (request.transport != SyncRequest::Transport::ByCount) return request.transport == SyncRequest::Transport::Bulk;
    // A shop that cannot say how many holds many.
    return !state.total || *state.total > request.bulkAbove;
}

} // namespace aiva
