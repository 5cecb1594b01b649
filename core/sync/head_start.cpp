#include "core/sync/head_start.h"

#include "core/sync/store_outcome.h"

#include <algorithm>

namespace aiva {

HeadStart::HeadStart(SyncWork& work, const SyncRequest& request, QMap<Resource, ResourcePlan>& plans, QObject* parent)
    : QObject(parent), m_work(work), m_request(request), m_plans(plans) {
    for (auto plan = plans.cbegin(); plan != plans.cend(); ++plan) {
        if (plan->isResumed) continue;
        m_toPage.push_back(plan.key());
        if (!plan->hasBound) m_toCount.push_back(plan.key());
    }
}

void HeadStart::start() {
    countNext();
}

void HeadStart::countNext() {
    if (m_toCount.empty()) return pageNext();
    const Resource resource = m_toCount.front();
    m_toCount.pop_front();
    askPatiently<std::optional<qint64>>(
        this, m_work.pace, m_work.contact,
        [this, resource] { return m_work.port.count(m_plans[resource].state.query); },
        [this, resource](const Result<std::optional<qint64>>& count) {
            if (!count) return end(count.error());
            m_plans[resource].state.total = *count;
            countNext();
        });
}

void HeadStart::pageNext() {
    if (m_toPage.empty()) return end(std::nullopt);
    const Resource resource = m_toPage.front();
    m_toPage.pop_front();
    const RecordQuery newest = newestQuery(m_plans[resource].state.query);
    Q_EMIT advanced(resource);
    askPatiently<RecordPage>(
        this, m_work.pace, m_work.contact, [this, newest] { return m_work.port.page(newest, {}); },
        [this, resource](const Result<RecordPage>& page) { takePage(resource, page); });
}

void HeadStart::takePage(Resource resource, const Result<RecordPage>& page) {
    if (!page) return end(page.error());
    if (auto written = write(resource, *page); !written) {
        m_work.ledger.abandon();
        return end(written.error());
    }
    Q_EMIT committed(resource);
    pageNext();
}

Result<void> HeadStart::write(Resource resource, const RecordPage& page) {
    ResourcePlan& next = m_plans[resource];
    SyncLedger& ledger = m_work.ledger;
    const bool isAll = page.nextCursor.isEmpty() && m_request.transport != SyncRequest::Transport::Bulk;
    const bool isFirstOfWalk = next.hasBound && m_request.transport != SyncRequest::Transport::Bulk;
    const bool counts = isAll || isFirstOfWalk;
    if (const auto newest = newestUpdate(page))
        next.state.watermark = std::max(next.state.watermark.value_or(*newest), *newest);
    AIVA_CHECK(ledger.begin());
    // A cache that is there already shows what it has until the walk comes by.
    if (counts || next.isFirst)
        AIVA_CHECK(ledger.putPage(page, counts ? SyncLedger::Counting::Whole : SyncLedger::Counting::ChangesOnly));
    for (const RecordFault& fault : page.faults)
        if (counts) AIVA_CHECK(ledger.addFault(resource, fault));
    if (isAll) {
        if (next.state.watermark) AIVA_CHECK(ledger.raiseWatermark(resource, *next.state.watermark));
        next.state.phase = ResourceCheckpoint::Phase::Done;
    } else if (isFirstOfWalk) {
        next.state.phase = ResourceCheckpoint::Phase::Paged;
        next.state.cursor = page.nextCursor;
        next.state.pages = 1;
    }
    return ledger.commit(resource, next.state);
}

} // namespace aiva
