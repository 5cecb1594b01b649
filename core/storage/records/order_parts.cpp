#include "core/storage/records/order_parts.h"

namespace aiva {

static constexpr std::string_view kInsertFulfillment = R"sql(
INSERT INTO fulfillments (order_id, external_id, position, name, status, display_status, created_at,
    updated_at, in_transit_at, delivered_at, estimated_delivery_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
ON CONFLICT DO NOTHING)sql";

static constexpr std::string_view kInsertTracking = R"sql(
INSERT INTO trackings (order_id, fulfillment_external_id, position, company, number, url)
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT DO NOTHING)sql";

static constexpr std::string_view kInsertRefund = R"sql(
INSERT INTO refunds (order_id, external_id, created_at, total_minor, note)
VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT DO NOTHING)sql";

Result<std::unique_ptr<OrderParts>> OrderParts::create(Database& writer) {
    auto made = std::make_unique<OrderParts>();
    AIVA_TRY(made->m_insertFulfillment, writer.prepare(kInsertFulfillment));
    AIVA_TRY(made->m_insertTracking, writer.prepare(kInsertTracking));
    AIVA_TRY(made->m_insertRefund, writer.prepare(kInsertRefund));
    AIVA_TRY(made->m_deleteFulfillments, writer.prepare("DELETE FROM fulfillments WHERE order_id = ?1"));
    AIVA_TRY(made->m_deleteTrackings, writer.prepare("DELETE FROM trackings WHERE order_id = ?1"));
    AIVA_TRY(made->m_deleteRefunds, writer.prepare("DELETE FROM refunds WHERE order_id = ?1"));
    return made;
}

Result<void> OrderParts::insert(qint64 order, const OrderRecord& record) {
    qint64 position = 0;
    for (const FulfillmentRecord& f : record.fulfillments) {
        m_insertFulfillment.bind(1, order).bindView(2, f.externalId).bind(3, position++).bindView(4, f.name);
        m_insertFulfillment.bindView(5, f.status).bindView(6, f.displayStatus).bind(7, f.createdAt);
        m_insertFulfillment.bind(8, f.updatedAt).bind(9, f.inTransitAt).bind(10, f.deliveredAt);
        AIVA_CHECK(m_insertFulfillment.bind(11, f.estimatedDeliveryAt).run());
        qint64 parcel = 0;
        for (const TrackingRecord& t : f.tracking) {
            m_insertTracking.bind(1, order).bindView(2, f.externalId).bind(3, parcel++);
            AIVA_CHECK(m_insertTracking.bindView(4, t.company).bindView(5, t.number).bindView(6, t.url).run());
        }
    }
    for (const RefundRecord& r : record.refunds) {
        m_insertRefund.bind(1, order).bindView(2, r.externalId).bind(3, r.createdAt).bind(4, r.total.minor());
        AIVA_CHECK(m_insertRefund.bindView(5, r.note).run());
    }
    return {};
}

Result<void> OrderParts::replace(qint64 order, const OrderRecord& record) {
    AIVA_CHECK(m_deleteTrackings.bind(1, order).run());
    AIVA_CHECK(m_deleteFulfillments.bind(1, order).run());
    AIVA_CHECK(m_deleteRefunds.bind(1, order).run());
    return insert(order, record);
}

} // namespace aiva
