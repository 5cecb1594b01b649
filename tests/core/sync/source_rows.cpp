#include "tests/core/sync/source_rows.h"

#include "tests/support/patience.h"
#include "tests/support/table_dump.h"

namespace aiva::test {

using namespace Qt::StringLiterals;

namespace {

QString text(const std::string& utf8) {
    return QString::fromStdString(utf8);
}
QString lines(const std::vector<std::string>& list) {
    QStringList all;
    for (const auto& one : list)
        all << text(one);
    return all.join(u'\n');
}
QString number(qint64 value) {
    return QString::number(value);
}
QString number(std::optional<UtcTime> time) {
    return time ? number(time->ms()) : u"NULL"_s;
}

QStringList expectedCustomers(const FakeShop& shop) {
    QStringList rows;
    for (const CustomerRecord& c : shop.customers)
        rows << QStringList{text(c.externalId),
                            text(c.displayName),
                            text(c.firstName),
                            text(c.lastName),
                            text(c.email),
                            text(c.phone),
                            text(c.note),
                            text(c.locale),
                            text(c.state),
                            lines(c.tags),
                            text(c.addressText),
                            number(c.ordersCount),
                            number(c.amountSpent.minor()),
                            c.amountSpent.currency().text(),
                            number(c.createdAt),
                            number(c.updatedAt)}
                    .join(u'|');
    rows.sort();
    return rows;
}
constexpr auto kCustomers = R"sql(
SELECT external_id, display_name, first_name, last_name, email, phone, note, locale, state, tags, address_text,
orders_count, spent_minor, currency, created_at, updated_at FROM customers)sql";

QStringList expectedOrders(const FakeShop& shop) {
    QStringList rows;
    for (const OrderRecord& o : shop.orders)
        rows << QStringList{text(o.externalId),
                            text(o.customerExternalId),
                            text(o.name),
                            text(o.email),
                            text(o.phone),
                            text(o.note),
                            text(o.financialStatus),
                            text(o.fulfillmentStatus),
                            text(o.cancelReason),
                            text(o.statusPageUrl),
                            text(o.shippingAddressText),
                            lines(o.tags),
                            o.currency.text(),
                            number(o.total.minor()),
                            number(o.subtotal.minor()),
                            number(o.tax.minor()),
                            number(o.discounts.minor()),
                            number(o.shipping.minor()),
                            number(o.refunded.minor()),
                            number(o.createdAt),
                            number(o.updatedAt),
                            number(o.processedAt),
                            number(o.cancelledAt),
                            number(o.closedAt)}
                    .join(u'|');
    rows.sort();
    return rows;
}
constexpr auto kOrders = R"sql(
SELECT external_id, customer_external_id, name, email, phone, note, financial_status, fulfillment_status, cancel_reason,
status_page_url, shipping_address_text, tags, currency, total_minor, subtotal_minor, tax_minor, discounts_minor,
shipping_minor, refunded_minor, created_at, updated_at, processed_at, cancelled_at, closed_at FROM orders)sql";

QStringList expectedChildren(const FakeShop& shop) {
    QStringList rows;
    for (const OrderRecord& o : shop.orders) {
        int position = 0;
        for (const OrderItemRecord& i : o.items)
            rows << QStringList{u"item"_s,
                                text(o.externalId),
                                number(position++),
                                text(i.externalId),
                                text(i.title),
                                text(i.variantTitle),
                                text(i.sku),
                                text(i.variantExternalId),
                                number(i.quantity),
                                number(i.currentQuantity),
                                number(i.unitPrice.minor())}
                        .join(u'|');
        for (const FulfillmentRecord& f : o.fulfillments) {
            rows << QStringList{u"fulfillment"_s,
                                text(o.externalId),
                                text(f.externalId),
                                text(f.name),
                                text(f.status),
                                text(f.displayStatus),
                                number(f.createdAt),
                                number(f.updatedAt),
                                number(f.inTransitAt),
                                number(f.deliveredAt),
                                number(f.estimatedDeliveryAt)}
                        .join(u'|');
            position = 0;
            for (const TrackingRecord& t : f.tracking)
                rows << QStringList{u"tracking"_s,   text(o.externalId), text(f.externalId), number(position++),
                                    text(t.company), text(t.number),     text(t.url)}
                            .join(u'|');
        }
        for (const RefundRecord& r : o.refunds)
            rows << QStringList{u"refund"_s,         text(o.externalId),      text(r.externalId),
                                number(r.createdAt), number(r.total.minor()), text(r.note)}
                        .join(u'|');
    }
    rows.sort();
    return rows;
}
constexpr auto kChildren = R"sql(
SELECT 'item', o.external_id, i.position, i.external_id, i.title, i.variant_title, i.sku, i.variant_external_id,
i.quantity, i.current_quantity, i.unit_price_minor FROM order_items i JOIN orders o ON o.id = i.order_id)sql";
constexpr auto kFulfillments = R"sql(
SELECT 'fulfillment', o.external_id, f.external_id, f.name, f.status, f.display_status, f.created_at, f.updated_at,
f.in_transit_at, f.delivered_at, f.estimated_delivery_at FROM fulfillments f JOIN orders o ON o.id = f.order_id)sql";
constexpr auto kTrackings = R"sql(
SELECT 'tracking', o.external_id, t.fulfillment_external_id, t.position, t.company, t.number, t.url
FROM trackings t JOIN orders o ON o.id = t.order_id)sql";
constexpr auto kRefunds = R"sql(
SELECT 'refund', o.external_id, r.external_id, r.created_at, r.total_minor, r.note
FROM refunds r JOIN orders o ON o.id = r.order_id)sql";

QStringList expectedProducts(const FakeShop& shop) {
    QStringList rows;
    for (const ProductRecord& p : shop.products) {
        int position = 0;
        for (const VariantRecord& v : p.variants)
            rows << QStringList{text(p.externalId),
                                text(p.title),
                                text(p.handle),
                                text(p.status),
                                text(p.vendor),
                                text(p.productType),
                                lines(p.tags),
                                number(p.createdAt),
                                number(p.updatedAt),
                                number(position++),
                                text(v.externalId),
                                text(v.title),
                                text(v.sku),
                                number(v.price.minor()),
                                v.inventoryQuantity ? number(*v.inventoryQuantity) : u"NULL"_s,
                                number(v.updatedAt)}
                        .join(u'|');
    }
    rows.sort();
    return rows;
}
constexpr auto kProducts = R"sql(
SELECT p.external_id, p.title, p.handle, p.status, p.vendor, p.product_type, p.tags, p.created_at, p.updated_at,
v.position, v.external_id, v.title, v.sku, v.price_minor, v.inventory_quantity, v.updated_at
FROM products p JOIN variants v ON v.product_id = p.id)sql";

QStringList sorted(QStringList rows) {
    rows.sort();
    return rows;
}

} // namespace

QString ordersBeside(Database& db, const FakeShop& shop) {
    return difference(expectedOrders(shop), sorted(rows(db, kOrders)));
}

void compareWithSource(Database& db, const FakeShop& shop) {
    QCOMPARE(difference(expectedCustomers(shop), sorted(rows(db, kCustomers))), QString());
    QCOMPARE(difference(expectedOrders(shop), sorted(rows(db, kOrders))), QString());
    QStringList children = rows(db, kChildren) + rows(db, kFulfillments) + rows(db, kTrackings) + rows(db, kRefunds);
    QCOMPARE(difference(expectedChildren(shop), sorted(children)), QString());
    QCOMPARE(difference(expectedProducts(shop), sorted(rows(db, kProducts))), QString());
}

} // namespace aiva::test
