#include "core/sync/resource_run.h"

namespace aiva {

ResourceRun::ResourceRun(SyncWork& work, Resource resource, ResourceCheckpoint state, QObject* parent)
    : QObject(parent), m_work(work), m_resource(resource), m_state(std::move(state)) {}

ResourceRun::~ResourceRun() = default;

void ResourceRun::fail(const Error& error) {
    m_work.ledger.abandon();
    end(End::Failed, error);
}

Result<void> ResourceRun::commitDone(End end) {
    if (end == End::Complete && m_state.watermark)
        AIVA_CHECK(m_work.ledger.raiseWatermark(m_resource, *m_state.watermark));
    m_state.phase = ResourceCheckpoint::Phase::Done;
    return m_work.ledger.commit(m_resource, m_state);
}

} // namespace aiva
