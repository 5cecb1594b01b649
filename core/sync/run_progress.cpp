#include "core/sync/run_progress.h"

#include <algorithm>

namespace aiva {

RunProgress::RunProgress(const SyncRequest& request, const SyncLedger& ledger, const Clock& clock, qint64 startedMs)
    : m_request(request), m_ledger(ledger), m_clock(clock), m_startedMs(startedMs) {
    m_last.store = request.store;
}

const SyncProgress& RunProgress::at(const RunStep& step, const QMap<Resource, ResourcePlan>& plans,
                                    const std::deque<Resource>& waiting) {
    m_last.resource = step.resource;
    m_last.batch = step.batch;
    m_last.batches = step.batches;
    m_last.done = step.done;
    m_last.total = step.total == 0 ? 0 : std::max(step.done, step.total);
    m_last.slowedByMs = 0;
    m_last.elapsedMs = m_clock.monotonicMs() - m_startedMs;
    m_last.estimatedMs = m_ledger.estimatedMs();
    using Stands = ResourceProgress::State;
    m_last.resources.clear();
    for (const Resource resource : m_request.resources) {
        ResourceProgress one{resource, Stands::Done, m_ledger.counts(resource).processed, 0};
        if (const auto plan = plans.find(resource); plan != plans.end()) one.total = plan->state.total.value_or(0);
        const bool waits = std::find(waiting.begin(), waiting.end(), resource) != waiting.end();
        if (resource == step.resource)
            one = {resource, Stands::Running, std::max(step.done, one.done), one.total};
        else if (waits || plans.isEmpty())
            one.state = Stands::Waiting;
        m_last.resources.push_back(one);
    }
    return m_last;
}

const SyncProgress& RunProgress::slowedBy(qint64 waitMs) {
    m_last.slowedByMs = waitMs;
    return m_last;
}

} // namespace aiva
