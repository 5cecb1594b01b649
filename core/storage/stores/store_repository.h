// The stores of a workspace: written by connect, rename, sync and disconnect; read by whoever opens an adapter.
#pragma once

#include "core/base/result.h"
#include "core/domain/ids.h"
#include "core/domain/names.h"
#include "core/storage/database/database.h"

#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

namespace aiva {

struct StoreRow {
    StoreId id;
    StoreKind kind = StoreKind::Shopify;
    QString domain;
    QString externalId;
    QString name;
    StoreStatus status = StoreStatus::NeverSynced;
    QString currency;
    QString timeZone;
    QString plan;
    QString baseUrl; // shopify: loopback only, empty otherwise; woocommerce: the site
    QString auth;    // "client_credentials", "token", "authorization_code", "consumer_key"
    QString clientId;
    // Of a sign-in with somebody's own rights (C2), good for a day; it stays when that is over, as what was chosen.
    std::optional<UtcTime> signedInUntil;
    QStringList scopes;
    QString schedule = QStringLiteral("hourly");
    bool historyLimited = true;
    QString otherApi; // what answers instead of the interface version Aiva was made for; empty: nothing does
    std::optional<UtcTime> lastSyncAt;
    std::optional<SyncStatus> lastSyncStatus;
    QString lastError;
    UtcTime createdAt;
};

// By a person. One that a refusal made so says which (C8).
inline bool isPartedByHand(const StoreRow& store) {
    return store.status == StoreStatus::Disconnected && store.lastError.isEmpty();
}

class StoreRepository {
public:
    static Result<std::unique_ptr<StoreRepository>> create(Database& database);
    ~StoreRepository();

    // With an id: that row, whole. Without: a connect; the same kind and domain keeps its row, id, name, schedule and
    // last sync (reconnect keeps history, C7).
    Result<StoreId> save(const StoreRow& store);
    Result<std::vector<StoreRow>> all();
    Result<std::optional<StoreRow>> byId(StoreId id);
    Result<void> rename(StoreId id, const QString& name);
    Result<void> setStatus(StoreId id, StoreStatus status, const QString& lastError = {});
    Result<void> setSynced(StoreId id, UtcTime at, SyncStatus status);
    Result<void> setSchedule(StoreId id, const QString& schedule);

private:
    class Private;
    explicit StoreRepository(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
