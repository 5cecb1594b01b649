#include "core/sync/store_outcome.h"

#include "core/sync/retry.h"

#include <algorithm>

namespace aiva {

StoreStatus statusAtRest(const StoreRow& store) {
    if (store.status != StoreStatus::Syncing) return store.status;
    return store.lastSyncAt ? StoreStatus::Connected : StoreStatus::NeverSynced;
}

bool isOfAnotherShop(const StoreRow& store, const ShopFacts& facts) {
    return !store.externalId.isEmpty() && store.externalId != facts.externalId;
}

Result<void> takeOver(StoreRow& store, const ShopFacts& facts) {
    if (isOfAnotherShop(store, facts))
        return Error{ErrorKind::Conflict, QStringLiteral("another shop answers at this address")};
    store.externalId = facts.externalId;
    if (store.name.isEmpty()) store.name = facts.name; // a name given by hand stays (C6)
    store.currency = facts.currency;
    store.timeZone = facts.timeZone;
    store.plan = facts.plan;
    store.scopes = facts.scopes;
    store.historyLimited = facts.historyLimited;
    store.otherApi = facts.otherApi;
    store.status = StoreStatus::Syncing;
    return {};
}

std::optional<UtcTime> newestUpdate(const RecordPage& page) {
    std::optional<UtcTime> newest;
    const auto see = [&newest](const auto& records) {
        for (const auto& record : records)
            newest = std::max(newest.value_or(record.updatedAt), record.updatedAt);
    };
    see(page.customers);
    see(page.orders);
    see(page.products);
    return newest;
}

StoreStatus statusAfter(StoreStatus before, SyncStatus status, const std::optional<Error>& error) {
    if (status == SyncStatus::Completed || status == SyncStatus::CompletedWithErrors) return StoreStatus::Connected;
    if (!error) return before;
    switch (error->cause) {
    case ErrorCause::TokenRefused:
    case ErrorCause::SignInOver:
    case ErrorCause::ScopeMissing:
    case ErrorCause::ShopNotFound:
        return StoreStatus::Disconnected;
    case ErrorCause::ShopFrozen:
    case ErrorCause::ShopLocked:
        return StoreStatus::Error;
    default:
        break;
    }
    if (error->kind == ErrorKind::Auth || error->kind == ErrorKind::NotFound) return StoreStatus::Disconnected;
    if (isTransient(*error) || error->kind == ErrorKind::Storage) return before;
    return StoreStatus::Error;
}

// last_sync_at says how fresh the facts of a reply are, so it is when their reading began, not when it ended; and a
// time to come, which a clock set wrong left behind, says nothing.
static std::optional<UtcTime> syncedAfter(const StoreOutcome& outcome, std::optional<UtcTime> syncedBefore) {
    if (outcome.status == SyncStatus::Failed || !outcome.asOf) return syncedBefore;
    const auto before = syncedBefore && *syncedBefore <= outcome.at ? syncedBefore : std::nullopt;
    return std::max(before, std::optional(std::min(*outcome.asOf, outcome.at)));
}

// `now`: another process may have read it all while this one did.
static Result<void> bookSynced(StoreRepository& stores, const StoreOutcome& outcome, const StoreRow& now) {
    if (outcome.status == SyncStatus::Cancelled) return {};
    const auto syncedAt = syncedAfter(outcome, now.lastSyncAt);
    return syncedAt ? stores.setSynced(outcome.store, *syncedAt, outcome.status) : Result<void>();
}

// A store that stays disconnected, or in error though nothing more is known, stays so for the reason it had.
static QString reasonAfter(const StoreOutcome& outcome, StoreStatus status) {
    const QString words = outcome.error ? errorWords(*outcome.error) : QString();
    const bool isOwn = statusAfter(StoreStatus::NeverSynced, outcome.status, outcome.error) == status;
    if (status == StoreStatus::Disconnected) return isOwn ? words : outcome.errorBefore;
    return status == StoreStatus::Error && words.isEmpty() ? outcome.errorBefore : words;
}

// What a person did while it ran stays, here or in another process: a store that was disconnected, and one that was
// connected again with keys of which the refusal of the former ones says nothing.
static bool wasOvertaken(const StoreRow& now, StoreStatus status) {
    const bool isConnectedAnew = now.status == StoreStatus::NeverSynced && status == StoreStatus::Disconnected;
    return isPartedByHand(now) || isConnectedAnew;
}

Result<void> bookOutcome(Database& writer, StoreRepository& stores, SyncLedger& ledger, const StoreOutcome& outcome) {
    const StoreStatus status = statusAfter(outcome.before, outcome.status, outcome.error);
    AIVA_TRY(const auto transaction, Transaction::begin(writer));
    AIVA_CHECK(ledger.finishJob(outcome.status, outcome.error ? errorWords(*outcome.error) : QString()));
    AIVA_TRY(const auto row, stores.byId(outcome.store));
    if (!row) return Error{ErrorKind::NotFound, QStringLiteral("no such store")};
    if (!wasOvertaken(*row, status)) AIVA_CHECK(stores.setStatus(outcome.store, status, reasonAfter(outcome, status)));
    AIVA_CHECK(bookSynced(stores, outcome, *row));
    return transaction->commit();
}

} // namespace aiva
