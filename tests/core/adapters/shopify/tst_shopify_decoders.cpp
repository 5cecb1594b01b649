// What a whole record says, field by field.
#include "tests/core/adapters/shopify/decoder_fixture.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class ShopifyDecodersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsAnOrder();
    void readsWhatAnOrderContains();
    void readsACustomer();
    void readsAProduct();
    void readsFieldsInAnyOrder();
    void keepsIdsBeyondDoublePrecision();
    void readsOtherCurrenciesByTheirOwnDigits();
    void doesNotTakeAChildTwice();
    void needsTheCurrencyForVariants();
};

void ShopifyDecodersTest::readsAnOrder() {
    const Parsed json(fixture("order.json"));
    ChildCursor more;
    const auto decoded = decodeOrder(json.object(), DecodeContext(), more);
    QVERIFY(std::holds_alternative<OrderRecord>(decoded));
    const auto& order = std::get<OrderRecord>(decoded);
    QCOMPARE(order.name, std::string("#1042"));
    QCOMPARE(order.customerExternalId, std::string("gid://shopify/Customer/7"));
    QCOMPARE(order.email, std::string("Jane@Example.com"));
    QCOMPARE(order.phone, std::string());
    QCOMPARE(order.note, std::string("Leave at the \"back\" door 🚪"));
    QCOMPARE(order.tags, (std::vector<std::string>{"VIP", "gift, wrapped"}));
    QCOMPARE(order.financialStatus, std::string("PARTIALLY_REFUNDED"));
    QCOMPARE(order.fulfillmentStatus, std::string("TELEPORTED"));
    QCOMPARE(order.shippingAddressText, std::string("Jane Doe\nHauptstr. 1\n10115 Berlin\nGermany"));
    QCOMPARE(order.currency.text(), u"EUR"_s);
    QVERIFY(order.total == euro(8995));
    QVERIFY(order.subtotal == euro(8400));
    QVERIFY(order.tax == euro(1436)); // 14.355, half up
    QVERIFY(order.discounts == euro(0));
    QVERIFY(order.shipping == euro(595));
    QVERIFY(order.refunded == euro(1000));
    QVERIFY(order.createdAt == at("2026-02-18T09:15:00Z"));
    QVERIFY(order.updatedAt == at("2026-02-20T14:02:03Z"));
    QVERIFY(order.processedAt == at("2026-02-18T09:15:01Z"));
    QVERIFY(!order.cancelledAt);
    QVERIFY(order.closedAt == at("2026-02-20T14:02:03Z"));
    QCOMPARE(more.after, std::string("c2"));
}

void ShopifyDecodersTest::readsWhatAnOrderContains() {
    const Parsed json(fixture("order.json"));
    ChildCursor more;
    const auto decoded = decodeOrder(json.object(), DecodeContext(), more);
    QVERIFY(std::holds_alternative<OrderRecord>(decoded));
    const auto& order = std::get<OrderRecord>(decoded);
    QCOMPARE(order.items.size(), size_t(2));
    const OrderItemRecord mug{"gid://shopify/LineItem/11",      "Mug", "Blue", "MUG-B",
                              "gid://shopify/ProductVariant/5", 2,     1,      euro(4200)};
    QVERIFY(order.items[0] == mug);
    QCOMPARE(order.items[1].variantExternalId, std::string());
    QCOMPARE(order.fulfillments.size(), size_t(1));
    const FulfillmentRecord& fulfillment = order.fulfillments[0];
    QCOMPARE(fulfillment.displayStatus, std::string("IN_TRANSIT"));
    QVERIFY(fulfillment.updatedAt == at("2026-02-19T19:00:00Z"));
    QVERIFY(fulfillment.inTransitAt == at("2026-02-19T21:00:00Z"));
    QVERIFY(!fulfillment.deliveredAt);
    QCOMPARE(fulfillment.tracking.size(), size_t(2));
    QCOMPARE(fulfillment.tracking[0].number, std::string("00340434161094015902"));
    QCOMPARE(fulfillment.tracking[1].company, std::string());
    QCOMPARE(order.refunds.size(), size_t(1));
    // The API gives no time for a refund that is not settled.
    const RefundRecord refund{"gid://shopify/Refund/1", order.updatedAt, euro(1000), "late"};
    QVERIFY(order.refunds[0] == refund);
}

void ShopifyDecodersTest::readsACustomer() {
    const Parsed json(fixture("customer.json"));
    const auto decoded = decodeCustomer(json.object(), kEuro);
    QVERIFY(std::holds_alternative<CustomerRecord>(decoded));
    const auto& customer = std::get<CustomerRecord>(decoded);
    QCOMPARE(customer.externalId, std::string("gid://shopify/Customer/7"));
    QCOMPARE(customer.displayName, std::string("Jane Doe"));
    QCOMPARE(customer.email, std::string("Jane@Example.com"));
    QCOMPARE(customer.phone, std::string("+49301234567"));
    QCOMPARE(customer.state, std::string("SOMETHING_NEW"));
    QCOMPARE(customer.ordersCount, 12'345'678'901LL);
    QVERIFY(customer.amountSpent == euro(145'050));
    QCOMPARE(customer.addressText, std::string("Jane Doe\nHauptstr. 1\n10115 Berlin\nGermany"));
    QVERIFY(customer.updatedAt == at("2026-02-20T14:02:03.250Z"));
}

void ShopifyDecodersTest::readsAProduct() {
    const Parsed json(fixture("product.json"));
    ChildCursor more;
    const auto decoded = decodeProduct(json.object(), kEuro, more);
    QVERIFY(std::holds_alternative<ProductRecord>(decoded));
    const auto& product = std::get<ProductRecord>(decoded);
    QCOMPARE(product.handle, std::string("mug"));
    QCOMPARE(product.onlineStoreUrl, std::string());
    QCOMPARE(product.variants.size(), size_t(2));
    QVERIFY(product.variants[0].price == euro(4200));
    QVERIFY(product.variants[0].inventoryQuantity == -3);
    QVERIFY(product.variants[1].price == euro(4200)); // 41.995, half up
    QVERIFY(!product.variants[1].inventoryQuantity);
    QVERIFY(more.after.empty());
}

void ShopifyDecodersTest::readsFieldsInAnyOrder() {
    // QJsonObject writes its keys sorted: another order than the document's.
    const Parsed json(fixture("order.json"));
    const Parsed sorted(compact(fixtureObject("order.json")));
    ChildCursor more;
    const auto first = decodeOrder(json.object(), DecodeContext(), more);
    const auto second = decodeOrder(sorted.object(), DecodeContext(), more);
    QVERIFY(std::get<OrderRecord>(first) == std::get<OrderRecord>(second));
}

void ShopifyDecodersTest::keepsIdsBeyondDoublePrecision() {
    const Parsed json(fixture("order.json"));
    ChildCursor more;
    const auto decoded = decodeOrder(json.object(), DecodeContext(), more);
    QCOMPARE(std::get<OrderRecord>(decoded).externalId, std::string("gid://shopify/Order/9007199254740993123"));
    const Parsed numeric(R"({"id":18446744073709551615})");
    std::string problem;
    QCOMPARE(JsonReader(numeric.object(), problem).text("id"), std::string("18446744073709551615"));
}

void ShopifyDecodersTest::readsOtherCurrenciesByTheirOwnDigits() {
    const Parsed json(R"({"a":{"shopMoney":{"amount":"1000.0","currencyCode":"JPY"}},)"
                      R"("b":{"shopMoney":{"amount":"1.2345","currencyCode":"BHD"}},)"
                      R"("c":{"shopMoney":{"amount":12.5,"currencyCode":"usd"}}})");
    std::string problem;
    JsonReader reader(json.object(), problem);
    QVERIFY(reader.shopMoney("a", kEuro.shopCurrency) == Money(1000, *Currency::parse("JPY")));
    QVERIFY(reader.shopMoney("b", kEuro.shopCurrency) == Money(1235, *Currency::parse("BHD")));
    QVERIFY(reader.shopMoney("c", kEuro.shopCurrency) == Money(1250, *Currency::parse("USD")));
    QVERIFY(problem.empty());
}

void ShopifyDecodersTest::doesNotTakeAChildTwice() {
    const Parsed json(compact(fixtureObject("order.json").value("lineItems"_L1).toObject()));
    std::vector<OrderItemRecord> items;
    ChildCursor next;
    std::string problem;
    QVERIFY(appendItems(json.object(), kEuro, items, next, problem));
    QVERIFY(appendItems(json.object(), kEuro, items, next, problem));
    QCOMPARE(items.size(), size_t(2));
}

void ShopifyDecodersTest::needsTheCurrencyForVariants() {
    const Parsed json(fixture("product.json"));
    ChildCursor more;
    const auto decoded = decodeProduct(json.object(), DecodeContext(), more);
    QVERIFY(std::holds_alternative<RecordFault>(decoded));
}

QTEST_GUILESS_MAIN(ShopifyDecodersTest)
#include "tst_shopify_decoders.moc"
