#include "core/readmodel/order_reader.h"

#include "core/domain/shop/order_names.h"

#include <QHash>

#include <algorithm>

namespace aiva {

#define AIVA_ORDER_COLUMNS                                                                                             \
    "SELECT id, store_id, external_id, name, email, created_at, updated_at, cancelled_at, currency, total_minor, "     \
    "subtotal_minor, tax_minor, discounts_minor, shipping_minor, refunded_minor, financial_status, "                   \
    "fulfillment_status, status_page_url, shipping_address_text FROM orders "

static constexpr std::string_view kOrdersOfProfile =
    AIVA_ORDER_COLUMNS "WHERE profile_id = ?1 ORDER BY created_at DESC, id DESC LIMIT ?2";
static constexpr std::string_view kOfProfileAt =
    AIVA_ORDER_COLUMNS "WHERE profile_id = ?1 AND +store_id = ?3 ORDER BY created_at DESC, id DESC LIMIT ?2";
static constexpr std::string_view kNamed = AIVA_ORDER_COLUMNS "WHERE name = ?1 COLLATE NOCASE";
static constexpr std::string_view kOwnNamed =
    AIVA_ORDER_COLUMNS "WHERE name COLLATE NOCASE IN (?1, ?2) AND +profile_id = ?3 AND +store_id = ?4";
#undef AIVA_ORDER_COLUMNS

// Children are sorted here: their rows are clustered by order, not by position.
static constexpr std::string_view kItems = R"sql(
SELECT position, title, variant_title, sku, quantity, current_quantity, unit_price_minor
FROM order_items WHERE order_id = ?1)sql";
static constexpr std::string_view kFulfillments = R"sql(
SELECT position, external_id, display_status, status, created_at, in_transit_at, delivered_at, estimated_delivery_at
FROM fulfillments WHERE order_id = ?1)sql";
static constexpr std::string_view kTrackings = R"sql(
SELECT fulfillment_external_id, company, number, url FROM trackings WHERE order_id = ?1
ORDER BY fulfillment_external_id, position)sql";
static constexpr std::string_view kRefunds = R"sql(
SELECT created_at, total_minor FROM refunds WHERE order_id = ?1)sql";

Result<std::unique_ptr<OrderReader>> OrderReader::create(Database& reader) {
    auto made = std::make_unique<OrderReader>();
    AIVA_TRY(made->m_ofProfile, reader.prepare(kOrdersOfProfile));
    AIVA_TRY(made->m_ofProfileAt, reader.prepare(kOfProfileAt));
    AIVA_TRY(made->m_named, reader.prepare(kNamed));
    AIVA_TRY(made->m_ownNamed, reader.prepare(kOwnNamed));
    AIVA_TRY(made->m_items, reader.prepare(kItems));
    AIVA_TRY(made->m_fulfillments, reader.prepare(kFulfillments));
    AIVA_TRY(made->m_trackings, reader.prepare(kTrackings));
    AIVA_TRY(made->m_refunds, reader.prepare(kRefunds));
    return made;
}

static OrderView orderFrom(const Statement& row) {
    OrderView order;
    order.id = row.id<OrderId>(0);
    order.storeId = row.id<StoreId>(1);
    order.externalId = row.text(2);
    order.name = row.text(3);
    order.email = row.text(4);
    order.createdAt = row.time(5);
    order.updatedAt = row.time(6);
    order.cancelledAt = row.optionalTime(7);
    // Written by us from a valid currency; an empty one stays invalid.
    if (const auto currency = Currency::parse(row.view(8))) order.currency = *currency;
    order.total = Money(row.integer(9), order.currency);
    order.subtotal = Money(row.integer(10), order.currency);
    order.tax = Money(row.integer(11), order.currency);
    order.discounts = Money(row.integer(12), order.currency);
    order.shipping = Money(row.integer(13), order.currency);
    order.refunded = Money(row.integer(14), order.currency);
    order.financialStatus = row.text(15);
    order.fulfillmentStatus = row.text(16);
    order.statusPageUrl = row.text(17);
    order.shippingAddress = row.text(18);
    return order;
}

Result<std::vector<OrderView>> OrderReader::read(Statement& statement) {
    std::vector<OrderView> orders;
    for (;;) {
        AIVA_TRY(const bool more, statement.step());
        if (!more) break;
        orders.push_back(orderFrom(statement));
    }
    for (OrderView& order : orders) {
        AIVA_CHECK(fillItems(order));
        AIVA_CHECK(fillTracking(order));
        AIVA_CHECK(fillRefunds(order));
    }
    return orders;
}

// Moves the values of (position, value) pairs into place.
template <typename Value>
static std::vector<Value> inOrder(std::vector<std::pair<qint64, Value>>&& placed) {
    std::sort(placed.begin(), placed.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<Value> values;
    values.reserve(placed.size());
    for (auto& [place, value] : placed)
        values.push_back(std::move(value));
    return values;
}

Result<void> OrderReader::fillItems(OrderView& order) {
    std::vector<std::pair<qint64, OrderItemView>> items;
    m_items.bind(1, order.id);
    for (;;) {
        AIVA_TRY(const bool more, m_items.step());
        if (!more) break;
        items.emplace_back(m_items.integer(0),
                           OrderItemView{m_items.text(1), m_items.text(2), m_items.text(3), m_items.integer(4),
                                         m_items.integer(5), Money(m_items.integer(6), order.currency)});
    }
    order.items = inOrder(std::move(items));
    return {};
}

static TrackingView trackingFrom(const Statement& fulfillment) {
    TrackingView tracking;
    tracking.status = fulfillment.view(2).empty() ? fulfillment.text(3) : fulfillment.text(2);
    tracking.shippedAt = fulfillment.time(4);
    tracking.inTransitAt = fulfillment.optionalTime(5);
    tracking.deliveredAt = fulfillment.optionalTime(6);
    tracking.estimatedDeliveryAt = fulfillment.optionalTime(7);
    tracking.lastEventAt = std::max({tracking.shippedAt, tracking.inTransitAt.value_or(tracking.shippedAt),
                                     tracking.deliveredAt.value_or(tracking.shippedAt)});
    return tracking;
}

// One entry a parcel; a fulfillment without a parcel shipped nothing that could be followed.
Result<void> OrderReader::fillTracking(OrderView& order) {
    struct Shipment {
        qint64 position = 0;
        TrackingView common;
    };
    QHash<QString, Shipment> shipments;
    m_fulfillments.bind(1, order.id);
    for (;;) {
        AIVA_TRY(const bool more, m_fulfillments.step());
        if (!more) break;
        shipments.insert(m_fulfillments.text(1), {m_fulfillments.integer(0), trackingFrom(m_fulfillments)});
    }
    if (shipments.isEmpty()) return {};
    std::vector<std::pair<qint64, TrackingView>> parcels;
    m_trackings.bind(1, order.id);
    for (;;) {
        AIVA_TRY(const bool more, m_trackings.step());
        if (!more) break;
        const Shipment shipment = shipments.value(m_trackings.text(0));
        TrackingView parcel = shipment.common;
        parcel.company = m_trackings.text(1);
        parcel.number = m_trackings.text(2);
        parcel.url = m_trackings.text(3);
        // Rows of one fulfillment come in their own order already.
        parcels.emplace_back(shipment.position * 1'000 + static_cast<qint64>(parcels.size()), std::move(parcel));
    }
    order.tracking = inOrder(std::move(parcels));
    return {};
}

Result<void> OrderReader::fillRefunds(OrderView& order) {
    m_refunds.bind(1, order.id);
    for (;;) {
        AIVA_TRY(const bool more, m_refunds.step());
        if (!more) break;
        order.refunds.push_back({m_refunds.time(0), Money(m_refunds.integer(1), order.currency)});
    }
    std::sort(order.refunds.begin(), order.refunds.end(),
              [](const RefundView& a, const RefundView& b) { return a.createdAt < b.createdAt; });
    return {};
}

Result<std::vector<OrderView>> OrderReader::ofProfile(ProfileId profile, int limit) {
    return read(m_ofProfile.bind(1, profile).bind(2, limit));
}

Result<std::vector<OrderView>> OrderReader::ofProfileAt(ProfileId profile, StoreId store, int limit) {
    return read(m_ofProfileAt.bind(1, profile).bind(2, limit).bind(3, store));
}

Result<std::vector<OrderView>> OrderReader::ownNamed(ProfileId profile, StoreId store, const QString& name) {
    const QString bare = withoutHash(name);
    if (bare.isEmpty()) return std::vector<OrderView>();
    return read(m_ownNamed.bind(1, bare).bind(2, QString(u'#' + bare)).bind(3, profile).bind(4, store));
}

Result<std::vector<OrderView>> OrderReader::named(const QString& name) {
    const QString bare = withoutHash(name);
    std::vector<OrderView> orders;
    if (bare.isEmpty()) return orders;
    for (const QString& spelling : {bare, u'#' + bare}) {
        AIVA_TRY(std::vector<OrderView> found, read(m_named.bind(1, spelling)));
        std::move(found.begin(), found.end(), std::back_inserter(orders));
    }
    std::sort(orders.begin(), orders.end(), [](const OrderView& a, const OrderView& b) {
        return std::pair(a.createdAt, a.id) > std::pair(b.createdAt, b.id);
    });
    return orders;
}

} // namespace aiva
