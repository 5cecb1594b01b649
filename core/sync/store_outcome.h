// What a sync means for its store: what the shop says of itself, and how the sync ended (C8). Pure rules and the rows
// they lead to; used by StoreSyncRun.
#pragma once

#include "core/storage/stores/store_repository.h"
#include "core/sync/sync_ledger.h"

#include <optional>

namespace aiva {

// The store's status without the "syncing" a killed run left behind.
StoreStatus statusAtRest(const StoreRow& store);

// What is cached is of a shop that is not the one that answers.
bool isOfAnotherShop(const StoreRow& store, const ShopFacts& facts);

// Into the row of the store that is syncing. Conflict: another shop answers at this address; its records are not to be
// mixed with those of the one that did before.
Result<void> takeOver(StoreRow& store, const ShopFacts& facts);

// The newest updated_at of a page.
std::optional<UtcTime> newestUpdate(const RecordPage& page);

// Disconnected when the shop no longer knows us (401, 403, 404), Error when it refuses for now (402, 423, …); a
// transient failure says nothing about the store.
StoreStatus statusAfter(StoreStatus before, SyncStatus status, const std::optional<Error>& error);

struct StoreOutcome {
    StoreId store;
    StoreStatus before = StoreStatus::NeverSynced;
    QString errorBefore; // words; of a disconnected store: why, empty when it was disconnected by hand
    SyncStatus status = SyncStatus::Completed;
    UtcTime at;
    std::optional<Error> error;
    std::optional<UtcTime> asOf; // all that facts are of and had changed by then was read; absent: only a part of it
};

// Writes job and store rows in one transaction: a kill in between would leave a store that seems to sync for ever.
Result<void> bookOutcome(Database& writer, StoreRepository& stores, SyncLedger& ledger, const StoreOutcome& outcome);

} // namespace aiva
