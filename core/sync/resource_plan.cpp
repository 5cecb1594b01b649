#include "core/sync/resource_plan.h"

#include "core/domain/shop/order_history.h"
#include "core/storage/vault/spool.h"
#include "core/storage/vault/spool_file.h"

#include <algorithm>

namespace aiva {
namespace {

// Changes at the source become visible in its index a little late, and clocks of its servers differ (S2).
constexpr qint64 kOverlapMs = 120'000;
// What is older is not fresh enough to answer from.
constexpr qint64 kBehindMs = 2 * 60'000;

Result<ResourcePlan> newPlan(SyncLedger& ledger, const SyncRequest& request, Resource resource, UtcTime windowStart,
                             UtcTime now) {
    AIVA_TRY(const auto watermark, ledger.watermark(resource));
    ResourcePlan plan;
    plan.hasBound = request.kind == SyncKind::Incremental && watermark.has_value();
    plan.isFirst = !watermark;
    plan.state.kind = request.kind;
    plan.state.query.resource = resource;
    plan.state.watermark = watermark;
    plan.state.begunAt = now;
    if (plan.hasBound)
        plan.state.query.updatedSince = std::min(*watermark, now).plusMs(-kOverlapMs); // after a clock set back, more
    else if (resource == Resource::Orders && request.kind != SyncKind::History)
        plan.state.query.createdSince = windowStart;
    return plan;
}

// Left by a run that something else came before: nobody will read it any more.
Result<void> removeSpoolsLeftOver(SyncLedger& ledger, const Workspace& workspace) {
    AIVA_TRY(const QStringList inUse, ledger.spoolsInUse());
    for (const QString& name : SpoolFile::namesIn(workspace.spoolDir())) {
        if (inUse.contains(name)) continue;
        AIVA_TRY(const bool isOurs, ledger.isSpoolOfStore(name));
        if (isOurs) AIVA_CHECK(SpoolReader::remove(workspace, name));
    }
    return {};
}

} // namespace

Result<SyncPlan> planResources(SyncLedger& ledger, const Workspace& workspace, const SyncRequest& request,
                               bool isHistoryLimited, UtcTime now) {
    const int days = isHistoryLimited ? std::min(request.orderDays, kShownOrderDays) : request.orderDays;
    SyncPlan plan;
    plan.asOf = now;
    AIVA_CHECK(removeSpoolsLeftOver(ledger, workspace));
    for (const Resource resource : request.resources) {
        AIVA_TRY(const auto found, ledger.checkpoint(resource, request));
        if (!found) {
            AIVA_TRY(const ResourcePlan fresh, newPlan(ledger, request, resource, now.plusDays(-days), now));
            plan.resources.push_back(fresh);
            continue;
        }
        plan.isResumed = true;
        plan.asOf = std::min(plan.asOf, found->begunAt);
        if (found->phase != ResourceCheckpoint::Phase::Done) {
            plan.resources.push_back({*found, true, found->query.updatedSince.has_value(), false});
            continue;
        }
        plan.isIncomplete = plan.isIncomplete || found->isIncomplete;
        if (!found->spool.isEmpty()) AIVA_CHECK(SpoolReader::remove(workspace, found->spool));
    }
    return plan;
}

std::optional<UtcTime> freshnessAfter(const SyncRequest& request, const SyncPlan& plan) {
    const bool isWhole =
        request.resources.contains(Resource::Customers) && request.resources.contains(Resource::Orders);
    return isWhole ? std::optional(plan.asOf) : std::nullopt;
}

// A sync of changes that begins anew is followed by the next one in its time; anything else may have taken hours or
// begun days ago.
bool isBehind(const SyncRequest& request, const SyncPlan& plan, SyncStatus status, UtcTime now) {
    const bool isDone = status == SyncStatus::Completed || status == SyncStatus::CompletedWithErrors;
    const bool mayTakeLong = plan.isResumed || request.kind != SyncKind::Incremental;
    return isDone && mayTakeLong && now.msSince(plan.asOf) > kBehindMs;
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
