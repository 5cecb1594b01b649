// What Shopify's webhooks say, and bodies that are not what their topic says.
#include "tests/core/adapters/shopify/tst_webhook_decoder.h"

#include "core/adapters/store/shopify/webhook_decoder.h"
#include "tests/core/adapters/shopify/webhook_bodies.h"
#include "tests/support/corpora.h"
#include "tests/support/patience.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

Currency eur() {
    return *Currency::parse("EUR");
}

WebhookContent decode(const QString& topic, const QByteArray& body, Currency currency = eur()) {
    WebhookDelivery delivery;
    delivery.shop = u"acme.myshopify.com"_s;
    delivery.topic = topic;
    delivery.body = body;
    return makeShopifyWebhookDecoder()->decode(delivery, currency);
}

// In a line, for tables.
QString said(const WebhookContent& content) {
    const auto name = [](const RecordName& record) {
        return toWord(record.resource) + u' ' + QString::fromStdString(record.externalId);
    };
    if (std::holds_alternative<OrderRecord>(content)) return u"order"_s;
    if (std::holds_alternative<ProductRecord>(content)) return u"product"_s;
    if (std::holds_alternative<CustomerRecord>(content)) return u"customer"_s;
    if (const auto* reread = std::get_if<WebhookReread>(&content)) return u"ask "_s + name(reread->records.front());
    if (const auto* deletion = std::get_if<WebhookDeletion>(&content))
        return u"delete "_s + name(deletion->record) +
               (deletion->mergedInto ? u" into "_s + name(*deletion->mergedInto) : QString());
    if (std::holds_alternative<WebhookUninstalled>(content)) return u"uninstalled"_s;
    if (const auto* privacy = std::get_if<WebhookPrivacy>(&content))
        return u"privacy %1 "_s.arg(static_cast<int>(privacy->kind)) + QString::fromUtf8(privacy->subject);
    return std::holds_alternative<WebhookNote>(content) ? u"note"_s : u"fault"_s;
}

} // namespace

void TestWebhookDecoder::readsAWholeOrder() {
    const WebhookContent content = decode(u"orders/updated"_s, kOrder);
    const auto* order = std::get_if<OrderRecord>(&content);
    QVERIFY(order);
    QCOMPARE(order->externalId, std::string("gid://shopify/Order/9007199254740993"));
    QCOMPARE(order->name, std::string("#1042"));
    QCOMPARE(order->email, std::string("ada@mail.example"));
    QCOMPARE(order->note, std::string("Leave it\nat the door"));
    QCOMPARE(order->tags, (std::vector<std::string>{"gift", "first order"}));
    QCOMPARE(order->customerExternalId, std::string("gid://shopify/Customer/77"));
    QCOMPARE(order->financialStatus, std::string("PARTIALLY_REFUNDED"));
    QCOMPARE(order->fulfillmentStatus, std::string("PARTIALLY_FULFILLED"));
    QCOMPARE(order->shippingAddressText, std::string("Ada Brown\nAllee 1\nHamburg 20095\nGermany"));
    QCOMPARE(order->createdAt.isoText(), u"2026-11-01T09:00:00Z"_s);
    QCOMPARE(order->updatedAt.isoText(), u"2026-11-20T12:30:00Z"_s);
    QVERIFY(order->processedAt && !order->cancelledAt && !order->closedAt);
    QCOMPARE(order->total, Money(8'000, eur()));
    QCOMPARE(order->subtotal, Money(7'000, eur()));
    QCOMPARE(order->tax, Money(1'277, eur()));
    QCOMPARE(order->discounts, Money(1'000, eur()));
    QCOMPARE(order->shipping, Money(1'000, eur()));
    QCOMPARE(order->refunded, Money(1'950, eur()));
}

void TestWebhookDecoder::readsItemsParcelsAndRefunds() {
    const WebhookContent content = decode(u"orders/paid"_s, kOrder);
    const auto* order = std::get_if<OrderRecord>(&content);
    QVERIFY(order);
    const OrderItemRecord lamp{"gid://shopify/LineItem/1",         "Lamp", "Brass", "L-1",
                               "gid://shopify/ProductVariant/500", 2,      1,       Money(3'500, eur())};
    QCOMPARE(order->items.size(), size_t(2));
    QVERIFY(order->items[0] == lamp);
    QCOMPARE(order->items[1].externalId, std::string("gid://shopify/LineItem/2"));
    QCOMPARE(order->items[1].currentQuantity, qint64(1));
    QVERIFY(order->items[1].variantExternalId.empty());
    QCOMPARE(order->fulfillments.size(), size_t(2));
    const FulfillmentRecord& parcel = order->fulfillments[0];
    QCOMPARE(parcel.externalId, std::string("gid://shopify/Fulfillment/31"));
    QCOMPARE(parcel.status + ' ' + parcel.displayStatus, std::string("SUCCESS IN_TRANSIT"));
    QVERIFY(parcel.tracking ==
            (std::vector<TrackingRecord>{{"DHL", "A1", "https://dhl.example/A1"}, {"DHL", "B2", ""}}));
    QCOMPARE(order->fulfillments[1].displayStatus, std::string("FULFILLED"));
    QCOMPARE(order->refunds.size(), size_t(1));
    QVERIFY((order->refunds[0] == RefundRecord{"gid://shopify/Refund/41", *UtcTime::parseIso("2026-11-10T08:00:00Z"),
                                               Money(1'950, eur()), "scratched"}));
}

void TestWebhookDecoder::readsAProduct() {
    const WebhookContent content = decode(u"products/update"_s, kProduct);
    const auto* product = std::get_if<ProductRecord>(&content);
    QVERIFY(product);
    QCOMPARE(product->externalId, std::string("gid://shopify/Product/9"));
    QCOMPARE(product->status, std::string("ACTIVE"));
    QCOMPARE(product->variants.size(), size_t(1));
    QCOMPARE(product->variants[0].price, Money(4'000, eur()));
    QCOMPARE(product->variants[0].inventoryQuantity, std::optional<qint64>(-2));
}

void TestWebhookDecoder::takesACustomersOwnWordOnlyWhenItIsWhole() {
    QCOMPARE(said(decode(u"customers/update"_s, kCustomer)),
             u"ask customers gid://shopify/Customer/706405506930370084"_s);
    QJsonObject whole = QJsonDocument::fromJson(kCustomer).object();
    whole.insert(u"tags"_s, u"vip, wholesale"_s);
    whole.insert(u"orders_count"_s, 12);
    whole.insert(u"total_spent"_s, u"1200.50"_s);
    whole.insert(u"admin_graphql_api_id"_s, u"gid://shopify/Customer/5"_s);
    const WebhookContent content = decode(u"customers/update"_s, QJsonDocument(whole).toJson());
    const auto* customer = std::get_if<CustomerRecord>(&content);
    QVERIFY(customer);
    QCOMPARE(customer->displayName, std::string("Bob Biller"));
    QCOMPARE(customer->tags, (std::vector<std::string>{"vip", "wholesale"}));
    QCOMPARE(customer->ordersCount, qint64(12));
    QCOMPARE(customer->amountSpent, Money(120'050, *Currency::parse("USD")));
}

void TestWebhookDecoder::understandsEveryTopic_data() {
    QTest::addColumn<QString>("topic");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("content");
    const auto row = [](const char* topic, const QByteArray& body, const QString& content) {
        QTest::addRow("%s %s", topic, body.left(60).constData()) << QString::fromLatin1(topic) << body << content;
    };
    for (const char* topic : {"orders/create", "orders/paid", "orders/cancelled", "orders/fulfilled"})
        row(topic, kOrder, u"order"_s);
    row("orders/delete", R"({"id":820982911946154508})", u"delete orders gid://shopify/Order/820982911946154508"_s);
    row("orders/edited", R"({"order_edit":{"id":1,"order_id":7}})", u"ask orders gid://shopify/Order/7"_s);
    row("refunds/create", R"({"id":1,"order_id":7})", u"ask orders gid://shopify/Order/7"_s);
    row("fulfillments/update", R"({"id":1,"order_id":7})", u"ask orders gid://shopify/Order/7"_s);
    row("fulfillment_events/create", R"({"id":1,"order_id":7})", u"ask orders gid://shopify/Order/7"_s);
    row("returns/request", R"({"id":1,"order":{"id":7,"admin_graphql_api_id":"gid://shopify/Order/7"}})",
        u"ask orders gid://shopify/Order/7"_s);
    row("products/delete", R"({"id":9})", u"delete products gid://shopify/Product/9"_s);
    row("customers/delete", R"({"id":5,"tax_exemptions":[],"admin_graphql_api_id":"gid://shopify/Customer/5"})",
        u"delete customers gid://shopify/Customer/5"_s);
    row("customers/merge",
        R"({"admin_graphql_api_customer_kept_id":"gid://shopify/Customer/1","admin_graphql_api_customer_deleted_id":"gid://shopify/Customer/2"})",
        u"delete customers gid://shopify/Customer/2 into customers gid://shopify/Customer/1"_s);
    row("customer.tags_added", R"({"customerId":"gid://shopify/Customer/5","tags":["vip"]})",
        u"ask customers gid://shopify/Customer/5"_s);
    row("customers/purchasing_summary", R"({"customerId":"gid://shopify/Customer/5"})",
        u"ask customers gid://shopify/Customer/5"_s);
    row("customers_marketing_consent/update", R"({"customer_id":5})", u"ask customers gid://shopify/Customer/5"_s);
    row("app/uninstalled", R"({"id":1,"myshopify_domain":"acme.myshopify.com"})", u"uninstalled"_s);
    row("bulk_operations/finish", R"({"admin_graphql_api_id":"gid://shopify/BulkOperation/1","status":"completed"})",
        u"note"_s);
    row("shop/update", R"({"id":1})", u"note"_s);
    row("customers/data_request",
        R"({"shop_id":1,"shop_domain":"acme.myshopify.com","orders_requested":[299938,280263],"customer":{"id":191167,"email":"john@example.com","phone":"555"},"data_request":{"id":9999}})",
        QString::fromUtf8(
            R"(privacy 0 {"customer":{"email":"john@example.com","id":"gid://shopify/Customer/191167","phone":"555"},"orders":["gid://shopify/Order/299938","gid://shopify/Order/280263"],"request":"9999"})"));
    row("customers/redact",
        R"({"shop_id":1,"shop_domain":"acme.myshopify.com","customer":{"id":191167,"email":"john@example.com"},"orders_to_redact":[]})",
        QString::fromUtf8(
            R"(privacy 1 {"customer":{"email":"john@example.com","id":"gid://shopify/Customer/191167","phone":""}})"));
    row("customers/redact",
        R"({"shop_domain":"ACME.myshopify.com","customer":{"id":"191167"},"orders_to_redact":["299938","gid://shopify/Order/280263",null,-1]})",
        QStringLiteral(
            R"(privacy 1 {"customer":{"email":"","id":"gid://shopify/Customer/191167","phone":""},"orders":["gid://shopify/Order/299938","gid://shopify/Order/280263"]})"));
    row("shop/redact", R"({"shop_id":1,"shop_domain":"acme.myshopify.com"})", u"privacy 2 {}"_s);
}
void TestWebhookDecoder::understandsEveryTopic() {
    QFETCH(QString, topic);
    QFETCH(QByteArray, body);
    QFETCH(QString, content);
    QCOMPARE(said(decode(topic, body)), content);
}

// Topics are not signed: a genuine body under another topic must do no harm.
void TestWebhookDecoder::refusesABodyThatIsNotWhatItsTopicSays_data() {
    QTest::addColumn<QString>("topic");
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char* topic, const QByteArray& body) {
        QTest::addRow("%s %s", topic, body.left(40).simplified().constData()) << QString::fromLatin1(topic) << body;
    };
    row("orders/delete", kOrder);
    row("products/delete", kProduct);
    row("customers/delete", kCustomer);
    row("orders/delete", R"({"id":1,"order_id":7})");
    row("customers/merge", kCustomer);
    row("customers/redact", kCustomer);
    row("shop/redact", kCustomer);
    row("app/uninstalled", kOrder);
    row("app/uninstalled", R"({"myshopify_domain":"other.myshopify.com"})");
    row("customers/data_request", R"({"shop_domain":"other.myshopify.com","customer":{"id":1}})");
    row("products/update", kOrder);
    row("refunds/create", kProduct);
    row("orders/updated", "[]");
    row("orders/updated", "");
    row("orders/updated", "{\"id\":1,\"line_items\":");
    row("orders/updated", R"({"id":"1; drop","line_items":[]})");
    row("orders/updated", R"({"admin_graphql_api_id":"gid://shopify/Customer/1","line_items":[]})");
    row("orders/updated", QByteArray(kOrder).replace("\"80.00\"", "\"much\""));
    row("orders/updated", QByteArray(kOrder).replace("2026-11-20T12:30:00Z", "yesterday"));
}
void TestWebhookDecoder::refusesABodyThatIsNotWhatItsTopicSays() {
    QFETCH(QString, topic);
    QFETCH(QByteArray, body);
    QCOMPARE(said(decode(topic, body)), u"fault"_s);
}

void TestWebhookDecoder::readsShopifysOwnSamples_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("topic");
    QTest::addColumn<QString>("content");
    QTest::newRow("order") << u"rest-order.json"_s << u"orders/create"_s << u"order"_s;
    QTest::newRow("product") << u"rest-product.json"_s << u"products/create"_s << u"product"_s;
    QTest::newRow("customer") << u"rest-customer.json"_s << u"customers/create"_s << u"customer"_s;
    QTest::newRow("refund") << u"rest-refund.json"_s << u"refunds/create"_s
                            << u"ask orders gid://shopify/Order/450789469"_s;
    QTest::newRow("fulfillment") << u"rest-fulfillment.json"_s << u"fulfillments/create"_s
                                 << u"ask orders gid://shopify/Order/450789469"_s;
}
void TestWebhookDecoder::readsShopifysOwnSamples() {
    QFETCH(QString, file);
    QFETCH(QString, topic);
    QFETCH(QString, content);
    QFile sample(corporaDir() + u"/store/shopify-samples/"_s + file);
    if (!sample.open(QIODevice::ReadOnly)) QSKIP("the samples are not on this machine");
    const WebhookContent read = decode(topic, sample.readAll());
    if (const auto* fault = std::get_if<WebhookFault>(&read)) qWarning("%s", fault->cause.c_str());
    QCOMPARE(said(read), content);
    if (const auto* order = std::get_if<OrderRecord>(&read)) {
        QCOMPARE(order->total, Money(19'965, *Currency::parse("USD")));
        QCOMPARE(order->items.size(), size_t(3));
        QCOMPARE(order->fulfillments.front().tracking.front().number, std::string("1Z1234512345123456"));
    }
}

QTEST_GUILESS_MAIN(TestWebhookDecoder)
