// The part of SyncDispatcher that leaves a store to another process (aivactl) while that one is at it. Nobody is told:
// nothing failed, and what is due stays so.
#include "core/desk/stores/sync_dispatcher.h"

#include <utility>

namespace aiva {

namespace {

// Else the schedule, or the job that is left, says it again, if there is still something to do then.
bool isWantedAnyway(SyncKind kind, SyncTrigger trigger) {
    if (trigger == SyncTrigger::System) return kind == SyncKind::Incremental;
    return trigger != SyncTrigger::Schedule;
}

} // namespace

void SyncDispatcher::waitForOther(StoreId store) {
    m_tries->forget(store);
    m_elsewhere.try_emplace(store);
    if (!m_elsewhereTimer.isActive()) m_elsewhereTimer.start(m_pace.elsewhereMs);
}

void SyncDispatcher::wishLater(StoreId store, Wish wish) {
    if (!isWantedAnyway(wish.kind, wish.trigger)) return;
    std::optional<Wish>& kept = m_elsewhere[store];
    if (!kept || wish.kind != SyncKind::Incremental) kept = wish;
}

// Who is still busy elsewhere waits once more.
void SyncDispatcher::tryWaiting() {
    for (const auto& [store, wish] : std::exchange(m_elsewhere, {}))
        if (wish)
            place(store, wish->kind, wish->trigger);
        else
            resume(store);
}

} // namespace aiva
