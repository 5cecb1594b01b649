#include "core/storage/webhooks/webhook_records.h"

#include <algorithm>

namespace aiva {

static constexpr std::string_view kKnownCustomer =
    "SELECT updated_at FROM customers WHERE store_id = ?1 AND external_id = ?2";
static constexpr std::string_view kKnownOrder =
    "SELECT updated_at, created_at FROM orders WHERE store_id = ?1 AND external_id = ?2";
static constexpr std::string_view kKnownProduct =
    "SELECT updated_at, online_store_url FROM products WHERE store_id = ?1 AND external_id = ?2";

static constexpr std::string_view kKnownParcels = R"sql(
SELECT external_id, updated_at, display_status, in_transit_at, delivered_at, estimated_delivery_at FROM fulfillments
WHERE order_id = (SELECT id FROM orders WHERE store_id = ?1 AND external_id = ?2))sql";

static constexpr std::string_view kBuryRecord = R"sql(
INSERT INTO record_tombstones (store_id, resource, external_id, deleted_at) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (store_id, resource, external_id) DO UPDATE SET deleted_at = excluded.deleted_at)sql";

static constexpr std::string_view kBuriedAt =
    "SELECT deleted_at FROM record_tombstones WHERE store_id = ?1 AND resource = ?2 AND external_id = ?3";
static constexpr std::string_view kUnburyRecord =
    "DELETE FROM record_tombstones WHERE store_id = ?1 AND resource = ?2 AND external_id = ?3";

WebhookRecords::~WebhookRecords() = default;

Result<std::unique_ptr<WebhookRecords>> WebhookRecords::create(Database& writer, StoreId store) {
    std::unique_ptr<WebhookRecords> made(new WebhookRecords(store));
    AIVA_TRY(made->m_remover, RecordRemover::create(writer, store));
    AIVA_TRY(made->m_erased, ErasureMarks::create(writer));
    AIVA_TRY(made->m_scope, made->m_erased->scopeOf(store));
    AIVA_TRY(made->m_customer, writer.prepare(kKnownCustomer));
    AIVA_TRY(made->m_order, writer.prepare(kKnownOrder));
    AIVA_TRY(made->m_product, writer.prepare(kKnownProduct));
    AIVA_TRY(made->m_parcels, writer.prepare(kKnownParcels));
    AIVA_TRY(made->m_bury, writer.prepare(kBuryRecord));
    AIVA_TRY(made->m_buriedAt, writer.prepare(kBuriedAt));
    AIVA_TRY(made->m_unbury, writer.prepare(kUnburyRecord));
    return made;
}

Result<std::optional<UtcTime>> WebhookRecords::updatedAt(const RecordName& name) {
    Statement& known = name.resource == Resource::Customers ? m_customer
                       : name.resource == Resource::Orders  ? m_order
                                                            : m_product;
    AIVA_TRY(const bool found, known.bind(1, m_store).bindView(2, name.externalId).step());
    if (!found) return std::optional<UtcTime>();
    const UtcTime at = known.time(0);
    known.reset();
    return std::optional(at);
}

Result<std::optional<UtcTime>> WebhookRecords::orderedAt(const RecordName& name) {
    AIVA_TRY(const bool found, m_order.bind(1, m_store).bindView(2, name.externalId).step());
    const std::optional<UtcTime> at = found ? std::optional(m_order.time(1)) : std::nullopt;
    m_order.reset();
    return at;
}

Result<void> WebhookRecords::complete(OrderRecord& order) {
    if (order.fulfillments.empty()) return {};
    m_parcels.bind(1, m_store).bindView(2, order.externalId);
    for (;;) {
        AIVA_TRY(const bool more, m_parcels.step());
        if (!more) return {};
        const auto same =
            std::find_if(order.fulfillments.begin(), order.fulfillments.end(), [this](const FulfillmentRecord& one) {
                return one.externalId == m_parcels.view(0) && one.updatedAt == m_parcels.time(1);
            });
        if (same == order.fulfillments.end()) continue;
        same->displayStatus = std::string(m_parcels.view(2));
        same->inTransitAt = m_parcels.optionalTime(3);
        same->deliveredAt = m_parcels.optionalTime(4);
        same->estimatedDeliveryAt = m_parcels.optionalTime(5);
    }
}

Result<void> WebhookRecords::complete(ProductRecord& product) {
    AIVA_TRY(const bool found, m_product.bind(1, m_store).bindView(2, product.externalId).step());
    if (!found) return {};
    product.onlineStoreUrl = std::string(m_product.view(1));
    m_product.reset();
    return {};
}

Result<bool> WebhookRecords::remove(const RecordName& name, const std::optional<RecordName>& mergedInto) {
    AIVA_TRY(const auto removed, m_remover->remove(name.resource, name.externalId));
    if (!removed) return false;
    if (mergedInto) AIVA_CHECK(m_remover->follow(removed->profile, mergedInto->externalId));
    return true;
}

Result<bool> WebhookRecords::isErased(const RecordName& name) {
    if (name.resource != Resource::Customers) return false;
    AIVA_TRY(const auto erasedAt, m_erased->erasedAt(ErasedKind::Customer, m_scope, name.externalId));
    return erasedAt.has_value();
}

Result<void> WebhookRecords::bury(const RecordName& name, UtcTime at) {
    AIVA_TRY(const bool isErasedAnyway, isErased(name));
    if (isErasedAnyway) return {};
    m_bury.bind(1, m_store).bind(2, toWord(name.resource)).bindView(3, name.externalId);
    return m_bury.bind(4, at).run();
}

Result<std::optional<UtcTime>> WebhookRecords::buriedAt(const RecordName& name) {
    m_buriedAt.bind(1, m_store).bind(2, toWord(name.resource)).bindView(3, name.externalId);
    AIVA_TRY(const bool found, m_buriedAt.step());
    const std::optional<UtcTime> at = found ? std::optional(m_buriedAt.time(0)) : std::nullopt;
    m_buriedAt.reset();
    return at;
}

Result<void> WebhookRecords::unbury(const RecordName& name) {
    return m_unbury.bind(1, m_store).bind(2, toWord(name.resource)).bindView(3, name.externalId).run();
}

} // namespace aiva
