// The part of SyncDispatcher that knows which ends of a sync, a comparison or an access people should hear of.
#include "core/desk/stores/sync_dispatcher.h"

namespace aiva {

namespace {

// The shop, or what is kept here of it, lets nobody in any more: trying again by itself changes nothing (C8).
bool isOfAccess(const Error& error) {
    return error.cause == ErrorCause::TokenRefused || error.cause == ErrorCause::ScopeMissing ||
           error.cause == ErrorCause::ShopNotFound || error.cause == ErrorCause::SignInOver;
}

} // namespace

// What somebody who looks elsewhere should hear of (S13).
void SyncDispatcher::notice(StoreId store, const SyncOutcome& outcome, bool isFirst) {
    const auto row = m_stores->byId(store);
    if (!row || !*row) return;
    StoreNotice told{StoreNotice::What::FirstSyncDone, store, (*row)->name, outcome};
    if (told.name.isEmpty()) told.name = (*row)->domain;
    const bool isDone = outcome.status == SyncStatus::Completed || outcome.status == SyncStatus::CompletedWithErrors;
    const SyncStanding::State state = m_tries->standing(**row).state;
    const bool isGivenUp =
        outcome.kind == SyncKind::History ? m_tries->isHistoryGivenUp(store) : state == SyncStanding::State::Stopped;
    if (outcome.status == SyncStatus::Failed && state == SyncStanding::State::Disconnected) return tellParted(store);
    if (outcome.status == SyncStatus::Failed && isGivenUp)
        told.what = StoreNotice::What::SyncStopped;
    else if (!isDone || !isFirst || !(*row)->lastSyncAt) // not when the shop gave only a part
        return;
    Q_EMIT noticed(told);
}

void SyncDispatcher::tellParted(StoreId store) {
    const auto row = m_stores->byId(store);
    if (!row || !*row || (*row)->status != StoreStatus::Disconnected) return;
    if (!m_toldParted.insert(store).second) return;
    StoreNotice told{StoreNotice::What::Disconnected, store, (*row)->name, {}};
    if (told.name.isEmpty()) told.name = (*row)->domain;
    told.outcome.store = store;
    told.outcome.status = SyncStatus::Failed;
    told.outcome.error = errorFromWords((*row)->lastError);
    Q_EMIT noticed(told);
}

void SyncDispatcher::part(StoreId store, const Error& error) {
    if (!isOfAccess(error)) return;
    // Of one that was disconnected by hand the keys are gone because of that.
    if (const auto row = m_stores->byId(store); row && *row && (*row)->status == StoreStatus::Disconnected) return;
    if (const auto parted = m_stores->setStatus(store, StoreStatus::Disconnected, errorWords(error)); !parted) {
        Q_EMIT failed(parted.error());
        return;
    }
    Q_EMIT storesChanged();
    tellParted(store);
}

// Said when it ends, not when the shop would be asked next. What runs hears it by itself.
void SyncDispatcher::partEnded() {
    const auto rows = m_stores->all();
    if (!rows) return;
    for (const StoreRow& row : *rows)
        if (row.signedInUntil && *row.signedInUntil <= m_clock.now() && !m_active.contains(row.id))
            part(row.id, {ErrorKind::Auth, QStringLiteral("the sign-in of a day is over"), ErrorCause::SignInOver});
}

// Without its keys no sync can even begin: said once, with what to do, instead of at each time it is due.
void SyncDispatcher::takeUnopened(StoreId store, const Error& error) {
    part(store, error);
    Q_EMIT failed(error);
}

} // namespace aiva
