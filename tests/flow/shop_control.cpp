#include "tests/flow/shop_control.h"

#include "core/base/clock.h"
#include "core/base/money.h"
#include "tests/support/table_dump.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTcpSocket>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace aiva::test {
namespace {

const QStringList kMoney{u"amountSpent"_s, u"total"_s,    u"subtotal"_s,  u"tax"_s,  u"discounts"_s,
                         u"shipping"_s,    u"refunded"_s, u"unitPrice"_s, u"price"_s};

QString canonical(const QString& key, const QJsonValue& value, Currency currency) {
    if (value.isNull() || value.isUndefined()) return u"NULL"_s;
    if (value.isArray()) {
        QStringList parts;
        for (const QJsonValue& part : value.toArray())
            parts << part.toString();
        return parts.join(u'\n');
    }
    if (value.isDouble()) return QString::number(value.toInteger());
    const std::string text = value.toString().toStdString();
    if (kMoney.contains(key)) {
        const auto money = Money::parse(text, currency);
        return money ? QString::number(money->minor()) : u"no amount: "_s + value.toString();
    }
    if (key.endsWith("At"_L1)) {
        const auto time = UtcTime::parseIso(text);
        return time ? QString::number(time->ms()) : u"no time: "_s + value.toString();
    }
    return value.toString();
}

QString line(const char* kind, const QString& owner, const QJsonObject& record, const QStringList& keys,
             Currency currency) {
    QStringList columns{QString::fromLatin1(kind), owner};
    for (const QString& key : keys)
        columns << canonical(key, record.value(key), currency);
    return columns.join(u'|');
}

const QStringList kCustomer{u"externalId"_s,  u"displayName"_s, u"firstName"_s,   u"lastName"_s,
                            u"email"_s,       u"phone"_s,       u"note"_s,        u"locale"_s,
                            u"state"_s,       u"tags"_s,        u"addressText"_s, u"ordersCount"_s,
                            u"amountSpent"_s, u"currency"_s,    u"createdAt"_s,   u"updatedAt"_s};
constexpr auto kCustomerSql = R"sql(
SELECT 'customer', '', external_id, display_name, first_name, last_name, email, phone, note, locale, state, tags,
address_text, orders_count, spent_minor, currency, created_at, updated_at FROM customers)sql";

const QStringList kOrder{u"externalId"_s,
                         u"name"_s,
                         u"customerExternalId"_s,
                         u"email"_s,
                         u"phone"_s,
                         u"note"_s,
                         u"financialStatus"_s,
                         u"fulfillmentStatus"_s,
                         u"cancelReason"_s,
                         u"statusPageUrl"_s,
                         u"shippingAddressText"_s,
                         u"tags"_s,
                         u"currency"_s,
                         u"total"_s,
                         u"subtotal"_s,
                         u"tax"_s,
                         u"discounts"_s,
                         u"shipping"_s,
                         u"refunded"_s,
                         u"createdAt"_s,
                         u"updatedAt"_s,
                         u"processedAt"_s,
                         u"cancelledAt"_s,
                         u"closedAt"_s};
constexpr auto kOrderSql = R"sql(
SELECT 'order', '', external_id, name, customer_external_id, email, phone, note, financial_status, fulfillment_status,
cancel_reason, status_page_url, shipping_address_text, tags, currency, total_minor, subtotal_minor, tax_minor,
discounts_minor, shipping_minor, refunded_minor, created_at, updated_at, processed_at, cancelled_at, closed_at
FROM orders)sql";

const QStringList kItem{u"externalId"_s,        u"title"_s,    u"variantTitle"_s,    u"sku"_s,
                        u"variantExternalId"_s, u"quantity"_s, u"currentQuantity"_s, u"unitPrice"_s};
constexpr auto kItemSql = R"sql(
SELECT 'item', o.external_id, i.external_id, i.title, i.variant_title, i.sku, i.variant_external_id, i.quantity,
i.current_quantity, i.unit_price_minor FROM order_items i JOIN orders o ON o.id = i.order_id)sql";

const QStringList kFulfillment{u"externalId"_s,    u"name"_s,        u"status"_s,
                               u"displayStatus"_s, u"createdAt"_s,   u"updatedAt"_s,
                               u"inTransitAt"_s,   u"deliveredAt"_s, u"estimatedDeliveryAt"_s};
constexpr auto kFulfillmentSql = R"sql(
SELECT 'fulfillment', o.external_id, f.external_id, f.name, f.status, f.display_status, f.created_at, f.updated_at,
f.in_transit_at, f.delivered_at, f.estimated_delivery_at FROM fulfillments f JOIN orders o ON o.id = f.order_id)sql";

const QStringList kTracking{u"company"_s, u"number"_s, u"url"_s};
constexpr auto kTrackingSql = R"sql(
SELECT 'tracking', fulfillment_external_id || ' ' || position, company, number, url FROM trackings)sql";

const QStringList kRefund{u"externalId"_s, u"createdAt"_s, u"total"_s, u"note"_s};
constexpr auto kRefundSql = R"sql(
SELECT 'refund', o.external_id, r.external_id, r.created_at, r.total_minor, r.note
FROM refunds r JOIN orders o ON o.id = r.order_id)sql";

const QStringList kProduct{u"externalId"_s,  u"title"_s, u"handle"_s,         u"status"_s,    u"vendor"_s,
                           u"productType"_s, u"tags"_s,  u"onlineStoreUrl"_s, u"createdAt"_s, u"updatedAt"_s};
constexpr auto kProductSql = R"sql(
SELECT 'product', '', external_id, title, handle, status, vendor, product_type, tags, online_store_url, created_at,
updated_at FROM products)sql";

const QStringList kVariant{u"externalId"_s,        u"title"_s,    u"sku"_s, u"barcode"_s, u"price"_s,
                           u"inventoryQuantity"_s, u"updatedAt"_s};
constexpr auto kVariantSql = R"sql(
SELECT 'variant', p.external_id, v.external_id, v.title, v.sku, v.barcode, v.price_minor, v.inventory_quantity,
v.updated_at FROM variants v JOIN products p ON p.id = v.product_id)sql";

QJsonArray records(const QString& baseUrl, const QByteArray& resource) {
    const QByteArray body = askSandbox(baseUrl, "GET", "/sandbox/truth?resource=" + resource);
    return QJsonDocument::fromJson(body).object().value(u"records"_s).toArray();
}

void addOrder(QStringList& lines, const QJsonObject& order, Currency currency) {
    const QString id = order.value(u"externalId"_s).toString();
    lines << line("order", {}, order, kOrder, currency);
    for (const QJsonValue& item : order.value(u"items"_s).toArray())
        lines << line("item", id, item.toObject(), kItem, currency);
    for (const QJsonValue& value : order.value(u"fulfillments"_s).toArray()) {
        const QJsonObject fulfillment = value.toObject();
        lines << line("fulfillment", id, fulfillment, kFulfillment, currency);
        int position = 0;
        for (const QJsonValue& parcel : fulfillment.value(u"tracking"_s).toArray())
            lines << line("tracking", u"%1 %2"_s.arg(fulfillment.value(u"externalId"_s).toString()).arg(position++),
                          parcel.toObject(), kTracking, currency);
    }
    for (const QJsonValue& refund : order.value(u"refunds"_s).toArray())
        lines << line("refund", id, refund.toObject(), kRefund, currency);
}

} // namespace

QByteArray askSandbox(const QString& baseUrl, const QByteArray& method, const QByteArray& path,
                      const QByteArray& body) {
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, static_cast<quint16>(QUrl(baseUrl).port()));
    if (!socket.waitForConnected(30'000)) return {};
    socket.write(method + ' ' + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: " +
                 QByteArray::number(body.size()) + "\r\n\r\n" + body);
    QByteArray answer;
    while (socket.waitForReadyRead(30'000))
        answer += socket.readAll();
    answer += socket.readAll();
    const auto head = answer.indexOf("\r\n\r\n");
    return head < 0 ? QByteArray() : answer.mid(head + 4);
}

UtcTime windowStart() {
    return SystemClock().now().plusDays(-90);
}

QStringList truthOf(const QString& baseUrl, const QString& currencyCode, UtcTime ordersSince) {
    const Currency currency = *Currency::parse(currencyCode.toStdString());
    QStringList lines;
    for (const QJsonValue& customer : records(baseUrl, "customers"))
        lines << line("customer", {}, customer.toObject(), kCustomer, currency);
    for (const QJsonValue& order : records(baseUrl, "orders")) {
        const auto createdAt = UtcTime::parseIso(order.toObject().value(u"createdAt"_s).toString().toStdString());
        if (!createdAt || *createdAt >= ordersSince) addOrder(lines, order.toObject(), currency);
    }
    for (const QJsonValue& value : records(baseUrl, "products")) {
        const QJsonObject product = value.toObject();
        lines << line("product", {}, product, kProduct, currency);
        for (const QJsonValue& variant : product.value(u"variants"_s).toArray())
            lines << line("variant", product.value(u"externalId"_s).toString(), variant.toObject(), kVariant, currency);
    }
    lines.sort();
    return lines;
}

QStringList cacheLines(Database& database) {
    QStringList lines;
    for (const auto* sql :
         {kCustomerSql, kOrderSql, kItemSql, kFulfillmentSql, kTrackingSql, kRefundSql, kProductSql, kVariantSql})
        lines << rows(database, sql);
    lines.sort();
    return lines;
}

WorkspaceOnDisk::WorkspaceOnDisk(const QString& dir, const QString& keyFile) {
    QFile file(keyFile);
    if (!file.open(QIODevice::ReadOnly)) return;
    QByteArray key = file.readAll();
    auto workspace = Workspace::open(dir, SecretString::takeFrom(key));
    if (!workspace) return;
    m_workspace = *std::move(workspace);
    if (auto reader = m_workspace->openReader()) m_database = *std::move(reader);
}

} // namespace aiva::test
