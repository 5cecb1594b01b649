#include "core/storage/webhooks/webhook_rereads.h"

namespace aiva {

using namespace Qt::StringLiterals;

static constexpr std::string_view kWantReread = R"sql(
INSERT INTO record_rereads (store_id, resource, external_id, wanted, attempts, next_attempt_at)
VALUES (?1, ?2, ?3, 1, 0, ?4)
ON CONFLICT (store_id, resource, external_id) DO UPDATE SET wanted = wanted + 1, attempts = 0,
    next_attempt_at = min(next_attempt_at, excluded.next_attempt_at))sql";

// Files have no shop to ask.
static constexpr std::string_view kWantCustomerOf = R"sql(
INSERT INTO record_rereads (store_id, resource, external_id, wanted, attempts, next_attempt_at)
SELECT c.store_id, 'customers', c.external_id, 1, 0, 0 FROM conversations v
JOIN customers c ON c.profile_id = v.profile_id JOIN stores s ON s.id = c.store_id
WHERE v.id = ?1 AND s.kind <> 'csv' AND s.status NOT IN ('disconnected', 'never_synced')
    AND coalesce(s.last_sync_at, 0) < ?2
ON CONFLICT (store_id, resource, external_id) DO UPDATE SET wanted = wanted + 1, next_attempt_at = 0)sql";

static constexpr std::string_view kWantOrdersOf = R"sql(
INSERT INTO record_rereads (store_id, resource, external_id, wanted, attempts, next_attempt_at)
SELECT o.store_id, 'orders', o.external_id, 1, 0, 0 FROM conversations v
JOIN orders o ON o.profile_id = v.profile_id JOIN stores s ON s.id = o.store_id
WHERE v.id = ?1 AND s.kind <> 'csv' AND s.status NOT IN ('disconnected', 'never_synced')
    AND coalesce(s.last_sync_at, 0) < ?2
ORDER BY o.created_at DESC LIMIT 3
ON CONFLICT (store_id, resource, external_id) DO UPDATE SET wanted = wanted + 1, next_attempt_at = 0)sql";

static constexpr std::string_view kWantBuried = R"sql(
INSERT INTO record_rereads (store_id, resource, external_id, wanted, attempts, next_attempt_at)
SELECT t.store_id, t.resource, t.external_id, 1, 0, ?2 FROM record_tombstones t
WHERE t.store_id = ?1 AND CASE t.resource
    WHEN 'customers' THEN EXISTS (SELECT 1 FROM customers r
                                  WHERE r.store_id = t.store_id AND r.external_id = t.external_id)
    WHEN 'orders' THEN EXISTS (SELECT 1 FROM orders r WHERE r.store_id = t.store_id AND r.external_id = t.external_id)
    ELSE EXISTS (SELECT 1 FROM products r WHERE r.store_id = t.store_id AND r.external_id = t.external_id) END
ON CONFLICT (store_id, resource, external_id) DO UPDATE SET wanted = wanted + 1, attempts = 0,
    next_attempt_at = min(next_attempt_at, excluded.next_attempt_at))sql";

static constexpr std::string_view kDueReread = R"sql(
SELECT id, store_id, resource, external_id, wanted, attempts FROM record_rereads
WHERE next_attempt_at <= ?1 ORDER BY next_attempt_at, id LIMIT 1)sql";

static constexpr std::string_view kNextReread =
    "SELECT next_attempt_at FROM record_rereads ORDER BY next_attempt_at, id LIMIT 1";

static constexpr std::string_view kPostponeReread =
    "UPDATE record_rereads SET attempts = attempts + 1, next_attempt_at = ?3 WHERE id = ?1 AND wanted = ?2";

static constexpr std::string_view kPostponeRereads =
    "UPDATE record_rereads SET next_attempt_at = ?2 WHERE store_id = ?1 AND next_attempt_at < ?2";

static constexpr std::string_view kHastenRereads =
    "UPDATE record_rereads SET next_attempt_at = ?1 WHERE next_attempt_at > ?2";

static constexpr std::string_view kLeaveRereads =
    "DELETE FROM record_rereads WHERE store_id = ?1 AND resource IN ('customers', 'orders', 'products')";

static QString rereadWord(std::optional<Resource> resource) {
    return resource ? toWord(*resource) : u"shop"_s;
}

Result<std::unique_ptr<WebhookRereads>> WebhookRereads::create(Database& writer) {
    std::unique_ptr<WebhookRereads> made(new WebhookRereads(writer));
    AIVA_TRY(made->m_want, writer.prepare(kWantReread));
    AIVA_TRY(made->m_wantCustomer, writer.prepare(kWantCustomerOf));
    AIVA_TRY(made->m_wantOrders, writer.prepare(kWantOrdersOf));
    AIVA_TRY(made->m_wantBuried, writer.prepare(kWantBuried));
    AIVA_TRY(made->m_due, writer.prepare(kDueReread));
    AIVA_TRY(made->m_nextAt, writer.prepare(kNextReread));
    AIVA_TRY(made->m_waiting, writer.prepare("SELECT count(*) FROM record_rereads WHERE store_id = ?1"));
    AIVA_TRY(made->m_finish, writer.prepare("DELETE FROM record_rereads WHERE id = ?1 AND wanted = ?2"));
    AIVA_TRY(made->m_postpone, writer.prepare(kPostponeReread));
    AIVA_TRY(made->m_postponeAll, writer.prepare(kPostponeRereads));
    AIVA_TRY(made->m_hasten, writer.prepare(kHastenRereads));
    AIVA_TRY(made->m_leaveToSync, writer.prepare(kLeaveRereads));
    return made;
}

Result<void> WebhookRereads::want(StoreId store, std::optional<Resource> resource, const QString& externalId,
                                  UtcTime at) {
    return m_want.bind(1, store).bind(2, rereadWord(resource)).bind(3, externalId).bind(4, at).run();
}

Result<bool> WebhookRereads::wantCustomerOf(ConversationId conversation, UtcTime syncedSince) {
    AIVA_CHECK(m_wantCustomer.bind(1, conversation).bind(2, syncedSince).run());
    AIVA_CHECK(m_wantOrders.bind(1, conversation).bind(2, syncedSince).run());
    AIVA_TRY(const auto next, nextAt());
    return next == UtcTime();
}

Result<bool> WebhookRereads::wantBuried(StoreId store, UtcTime at) {
    AIVA_CHECK(m_wantBuried.bind(1, store).bind(2, at).run());
    return m_database.changes() > 0;
}

Result<std::optional<Reread>> WebhookRereads::due(UtcTime now) {
    AIVA_TRY(const bool found, m_due.bind(1, now).step());
    if (!found) return std::optional<Reread>();
    Reread reread;
    reread.id = m_due.integer(0);
    reread.store = m_due.id<StoreId>(1);
    reread.resource = fromWord<Resource>(m_due.text(2));
    reread.externalId = m_due.text(3);
    reread.wanted = m_due.integer(4);
    reread.attempts = static_cast<int>(m_due.integer(5));
    m_due.reset();
    return std::optional(std::move(reread));
}

Result<std::optional<UtcTime>> WebhookRereads::nextAt() {
    AIVA_TRY(const bool found, m_nextAt.step());
    if (!found) return std::optional<UtcTime>();
    const UtcTime at = m_nextAt.time(0);
    m_nextAt.reset();
    return std::optional(at);
}

Result<qint64> WebhookRereads::waiting(StoreId store) {
    AIVA_TRY(const bool found, m_waiting.bind(1, store).step());
    if (!found) return 0;
    const qint64 count = m_waiting.integer(0);
    m_waiting.reset();
    return count;
}

Result<void> WebhookRereads::finish(const Reread& reread) {
    return m_finish.bind(1, reread.id).bind(2, reread.wanted).run();
}

Result<void> WebhookRereads::postpone(const Reread& reread, UtcTime until) {
    return m_postpone.bind(1, reread.id).bind(2, reread.wanted).bind(3, until).run();
}

Result<void> WebhookRereads::postponeAll(StoreId store, UtcTime until) {
    return m_postponeAll.bind(1, store).bind(2, until).run();
}

Result<void> WebhookRereads::hasten(UtcTime now, UtcTime latest) {
    return m_hasten.bind(1, now).bind(2, latest).run();
}

Result<void> WebhookRereads::leaveToSync(StoreId store) {
    return m_leaveToSync.bind(1, store).run();
}

} // namespace aiva
