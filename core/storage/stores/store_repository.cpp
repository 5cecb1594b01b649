#include "core/storage/stores/store_repository.h"

namespace aiva {

using namespace Qt::StringLiterals;

class StoreRepository::Private {
public:
    explicit Private(Database& writer) : database(writer) {}

    Database& database;
    Statement connect;
    Statement update;
    Statement all;
    Statement byId;
    Statement rename;
    Statement setStatus;
    Statement setSynced;
    Statement setSchedule;
};

// A reconnect keeps what is the user's or the cache's: name, schedule, last sync, creation (C7).
static constexpr std::string_view kConnectStore = R"sql(
INSERT INTO stores (id, kind, domain, external_id, name, status, currency, time_zone, plan, base_url, auth, client_id,
                    scopes, schedule, history_limited, last_sync_at, last_sync_status, last_error, created_at,
                    other_api, signed_in_until)
VALUES (max(ifnull((SELECT max(id) FROM stores), 0),
            ifnull((SELECT id FROM last_ids WHERE name = 'stores'), 0)) + 1,
        ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)
ON CONFLICT (kind, domain) DO UPDATE SET
    external_id = excluded.external_id, status = excluded.status, currency = excluded.currency,
    time_zone = excluded.time_zone, plan = excluded.plan, base_url = excluded.base_url, auth = excluded.auth,
    client_id = excluded.client_id, scopes = excluded.scopes, history_limited = excluded.history_limited,
    last_error = excluded.last_error, other_api = excluded.other_api, signed_in_until = excluded.signed_in_until
RETURNING id)sql";

static constexpr std::string_view kUpdateStore = R"sql(
UPDATE stores SET kind = ?1, domain = ?2, external_id = ?3, name = ?4, status = ?5, currency = ?6, time_zone = ?7,
    plan = ?8, base_url = ?9, auth = ?10, client_id = ?11, scopes = ?12, schedule = ?13, history_limited = ?14,
    last_sync_at = ?15, last_sync_status = ?16, last_error = ?17, created_at = ?18, other_api = ?19,
    signed_in_until = ?20
WHERE id = ?21
RETURNING id)sql";

#define AIVA_STORE_COLUMNS                                                                                             \
    "SELECT id, kind, domain, external_id, name, status, currency, time_zone, plan, base_url, auth, client_id, "       \
    "scopes, schedule, history_limited, last_sync_at, last_sync_status, last_error, created_at, other_api, "           \
    "signed_in_until FROM stores "

static constexpr std::string_view kAllStore = AIVA_STORE_COLUMNS "ORDER BY id";
static constexpr std::string_view kByIdStore = AIVA_STORE_COLUMNS "WHERE id = ?1";
#undef AIVA_STORE_COLUMNS

static void bindStore(Statement& statement, const StoreRow& store) {
    statement.bind(1, toWord(store.kind)).bind(2, store.domain).bind(3, store.externalId).bind(4, store.name);
    statement.bind(5, toWord(store.status)).bind(6, store.currency).bind(7, store.timeZone).bind(8, store.plan);
    statement.bind(9, store.baseUrl).bind(10, store.auth).bind(11, store.clientId);
    statement.bind(12, store.scopes.join(u',')).bind(13, store.schedule).bind(14, store.historyLimited);
    statement.bind(15, store.lastSyncAt);
    if (store.lastSyncStatus) statement.bind(16, toWord(*store.lastSyncStatus));
    if (!store.lastError.isEmpty()) statement.bind(17, store.lastError);
    statement.bind(18, store.createdAt).bind(19, store.otherApi).bind(20, store.signedInUntil);
}

static StoreRow storeFrom(const Statement& row) {
    StoreRow store;
    store.id = row.id<StoreId>(0);
    store.kind = fromWord<StoreKind>(row.text(1)).value_or(StoreKind::Shopify);
    store.domain = row.text(2);
    store.externalId = row.text(3);
    store.name = row.text(4);
    store.status = fromWord<StoreStatus>(row.text(5)).value_or(StoreStatus::Error);
    store.currency = row.text(6);
    store.timeZone = row.text(7);
    store.plan = row.text(8);
    store.baseUrl = row.text(9);
    store.auth = row.text(10);
    store.clientId = row.text(11);
    store.scopes = row.text(12).split(u',', Qt::SkipEmptyParts);
    store.schedule = row.text(13);
    store.historyLimited = row.boolean(14);
    store.lastSyncAt = row.optionalTime(15);
    if (!row.isNull(16)) store.lastSyncStatus = fromWord<SyncStatus>(row.text(16));
    store.lastError = row.text(17);
    store.createdAt = row.time(18);
    store.otherApi = row.text(19);
    store.signedInUntil = row.optionalTime(20);
    return store;
}

StoreRepository::StoreRepository(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

StoreRepository::~StoreRepository() = default;

Result<std::unique_ptr<StoreRepository>> StoreRepository::create(Database& database) {
    auto priv = std::make_unique<Private>(database);
    AIVA_TRY(priv->connect, database.prepare(kConnectStore));
    AIVA_TRY(priv->update, database.prepare(kUpdateStore));
    AIVA_TRY(priv->all, database.prepare(kAllStore));
    AIVA_TRY(priv->byId, database.prepare(kByIdStore));
    AIVA_TRY(priv->rename, database.prepare("UPDATE stores SET name = ?2 WHERE id = ?1"));
    AIVA_TRY(priv->setStatus, database.prepare("UPDATE stores SET status = ?2, last_error = ?3 WHERE id = ?1"));
    AIVA_TRY(priv->setSynced,
             database.prepare("UPDATE stores SET last_sync_at = ?2, last_sync_status = ?3 WHERE id = ?1"));
    AIVA_TRY(priv->setSchedule, database.prepare("UPDATE stores SET schedule = ?2 WHERE id = ?1"));
    return std::unique_ptr<StoreRepository>(new StoreRepository(std::move(priv)));
}

static Error noSuchStore() {
    return {ErrorKind::NotFound, u"there is no such store"_s};
}

Result<StoreId> StoreRepository::save(const StoreRow& store) {
    Statement& statement = store.id.isValid() ? d->update : d->connect;
    bindStore(statement, store);
    if (store.id.isValid()) statement.bind(21, store.id);
    AIVA_TRY(const bool found, statement.step());
    if (!found) return noSuchStore();
    const auto id = statement.id<StoreId>(0);
    AIVA_CHECK(statement.run());
    return id;
}

Result<std::vector<StoreRow>> StoreRepository::all() {
    std::vector<StoreRow> stores;
    for (;;) {
        AIVA_TRY(const bool more, d->all.step());
        if (!more) return stores;
        stores.push_back(storeFrom(d->all));
    }
}

Result<std::optional<StoreRow>> StoreRepository::byId(StoreId id) {
    AIVA_TRY(const bool found, d->byId.bind(1, id).step());
    if (!found) return std::optional<StoreRow>();
    std::optional<StoreRow> store = storeFrom(d->byId);
    d->byId.reset();
    return store;
}

static Result<void> changeOne(Database& database, Statement& statement) {
    AIVA_CHECK(statement.run());
    if (database.changes() == 0) return noSuchStore();
    return {};
}

Result<void> StoreRepository::rename(StoreId id, const QString& name) {
    d->rename.bind(1, id).bind(2, name);
    return changeOne(d->database, d->rename);
}

Result<void> StoreRepository::setStatus(StoreId id, StoreStatus status, const QString& lastError) {
    d->setStatus.bind(1, id).bind(2, toWord(status));
    if (!lastError.isEmpty()) d->setStatus.bind(3, lastError);
    return changeOne(d->database, d->setStatus);
}

Result<void> StoreRepository::setSynced(StoreId id, UtcTime at, SyncStatus status) {
    d->setSynced.bind(1, id).bind(2, at).bind(3, toWord(status));
    return changeOne(d->database, d->setSynced);
}

Result<void> StoreRepository::setSchedule(StoreId id, const QString& schedule) {
    d->setSchedule.bind(1, id).bind(2, schedule);
    return changeOne(d->database, d->setSchedule);
}

} // namespace aiva
