#include "core/adapters/store/shopify/bulk_decoder.h"
#include "core/adapters/store/shopify/record_decoders.h"
#include "tests/support/corpora.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <random>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

const DecodeContext kEuro{*Currency::parse("EUR")};

QByteArray fixture(const char* name) {
    QFile file(sourceDir() + u"/tests/core/adapters/shopify/data/"_s + QLatin1StringView(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QJsonObject fixtureObject(const char* name) {
    return QJsonDocument::fromJson(fixture(name)).object();
}

QByteArray compact(const QJsonObject& object) {
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

// Keeps the parse alive while the object is read.
struct Parsed {
    explicit Parsed(const QByteArray& text) : document(*JsonDocument::parse(text)) {}
    JsonObject object() const { return *asObject(document.root()); }
    JsonDocument document;
};

Money euro(qint64 minor) {
    return Money(minor, kEuro.shopCurrency);
}

UtcTime at(const char* text) {
    return *UtcTime::parseIso(text);
}

// A line as the port promises it: readable bytes behind its end.
std::variant<BulkRecord, RecordFault> decodeLine(BulkDecoder& decoder, const QByteArray& line) {
    const QByteArray padded = line + QByteArray(64, '\0');
    return decoder.decode(std::string_view(padded.constData(), static_cast<size_t>(line.size())));
}

template <typename T>
const T* recordIn(const std::variant<BulkRecord, RecordFault>& decoded) {
    const auto* record = std::get_if<BulkRecord>(&decoded);
    return record ? std::get_if<T>(record) : nullptr;
}

} // namespace

class ShopifyDecodersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsAnOrder();
    void readsWhatAnOrderContains();
    void readsACustomer();
    void readsAProduct();
    void survivesEveryFieldBeingNullOrAbsent_data();
    void survivesEveryFieldBeingNullOrAbsent();
    void refusesUnusableRecords_data();
    void refusesUnusableRecords();
    void readsFieldsInAnyOrder();
    void keepsIdsBeyondDoublePrecision();
    void readsOtherCurrenciesByTheirOwnDigits();
    void repairsBrokenCharacters_data();
    void repairsBrokenCharacters();
    void doesNotTakeAChildTwice();
    void readsBulkLinesAsPagesAreRead();
    void ignoresBulkLinesItDoesNotKnow();
    void faultsBulkLinesItCannotRead_data();
    void faultsBulkLinesItCannotRead();
    void needsTheCurrencyForVariants();
    void neverCrashesOnMutatedText();
    void decodesFastEnough();
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

void ShopifyDecodersTest::survivesEveryFieldBeingNullOrAbsent_data() {
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QStringList>("required");
    QTest::newRow("customer") << QByteArray("customer.json") << QStringList{u"id"_s, u"createdAt"_s, u"updatedAt"_s};
    QTest::newRow("order") << QByteArray("order.json")
                           << QStringList{u"id"_s, u"createdAt"_s, u"updatedAt"_s, u"currencyCode"_s,
                                          u"currentTotalPriceSet"_s};
    QTest::newRow("product") << QByteArray("product.json") << QStringList{u"id"_s, u"createdAt"_s, u"updatedAt"_s};
}

void ShopifyDecodersTest::survivesEveryFieldBeingNullOrAbsent() {
    QFETCH(QByteArray, file);
    QFETCH(QStringList, required);
    const auto isReadable = [&](const QJsonObject& object) {
        const Parsed json(compact(object));
        ChildCursor more;
        if (file == "customer.json") return decodeCustomer(json.object(), kEuro).index() == 0;
        if (file == "product.json") return decodeProduct(json.object(), kEuro, more).index() == 0;
        return decodeOrder(json.object(), DecodeContext(), more).index() == 0;
    };
    const QJsonObject whole = fixtureObject(file.constData());
    QVERIFY(isReadable(whole));
    for (const QString& key : whole.keys()) {
        // Null and absent are what protected fields look like; the last is a type that nobody expects.
        for (const QJsonValue& value : {QJsonValue(QJsonValue::Null), QJsonValue(QJsonValue::Undefined)}) {
            QJsonObject object = whole;
            object.insert(key, value);
            QVERIFY2(isReadable(object) != required.contains(key), qPrintable(key));
        }
        QJsonObject odd = whole;
        odd.insert(key, QJsonArray{QJsonObject{{u"x"_s, 1}}});
        isReadable(odd); // any outcome, no crash
    }
}

void ShopifyDecodersTest::refusesUnusableRecords_data() {
    QTest::addColumn<QString>("key");
    QTest::addColumn<QJsonValue>("value");
    const auto money = [](const QJsonValue& amount, const QString& currency) {
        return QJsonValue(
            QJsonObject{{u"shopMoney"_s, QJsonObject{{u"amount"_s, amount}, {u"currencyCode"_s, currency}}}});
    };
    QTest::newRow("empty id") << u"id"_s << QJsonValue(u""_s);
    QTest::newRow("time of nowhere") << u"updatedAt"_s << QJsonValue(u"yesterday"_s);
    QTest::newRow("amount with words") << u"currentTotalPriceSet"_s << money(u"12 EUR"_s, u"EUR"_s);
    QTest::newRow("amount out of range") << u"currentTotalTaxSet"_s << money(u"99999999999999999999"_s, u"EUR"_s);
    QTest::newRow("currency of four letters") << u"totalRefundedSet"_s << money(u"1.00"_s, u"EURO"_s);
    QTest::newRow("fulfillment without id")
        << u"fulfillments"_s << QJsonValue(QJsonArray{QJsonObject{{u"status"_s, u"SUCCESS"_s}}});
    QTest::newRow("refund without id") << u"refunds"_s << QJsonValue(QJsonArray{QJsonObject()});
    QTest::newRow("item without id") << u"lineItems"_s
                                     << QJsonValue(
                                            QJsonObject{{u"nodes"_s, QJsonArray{QJsonObject{{u"title"_s, u"x"_s}}}}});
}

void ShopifyDecodersTest::refusesUnusableRecords() {
    QFETCH(QString, key);
    QFETCH(QJsonValue, value);
    QJsonObject object = fixtureObject("order.json");
    object.insert(key, value);
    const Parsed json(compact(object));
    ChildCursor more;
    const auto decoded = decodeOrder(json.object(), DecodeContext(), more);
    QVERIFY(std::holds_alternative<RecordFault>(decoded));
    const auto& fault = std::get<RecordFault>(decoded);
    QCOMPARE(fault.resource, std::string("orders"));
    QVERIFY(key == u"id"_s || fault.externalId == "gid://shopify/Order/9007199254740993123");
    QVERIFY2(fault.cause.find("12 EUR") == std::string::npos && !fault.cause.empty(), fault.cause.c_str());
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

void ShopifyDecodersTest::repairsBrokenCharacters_data() {
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("note");
    const QByteArray replacement = QByteArray::fromHex("efbfbd");
    QTest::newRow("half a pair") << QByteArray(R"({"note":"a\ud83db"})") << "a" + replacement + "b";
    QTest::newRow("second half alone") << QByteArray(R"({"note":"a\ude00b"})") << "a" + replacement + "b";
    QTest::newRow("two first halves") << QByteArray(R"({"note":"\ud83d\ud83d\ude00"})")
                                      << replacement + QByteArray::fromHex("f09f9880");
    QTest::newRow("half a pair after an escaped backslash")
        << QByteArray(R"({"note":"\\ud83d\ud83d"})") << "\\ud83d" + replacement;
    QTest::newRow("invalid UTF-8") << QByteArray("{\"note\":\"a\xff\"}") << "a" + replacement;
}

void ShopifyDecodersTest::repairsBrokenCharacters() {
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, note);
    const auto document = JsonDocument::parse(json);
    QVERIFY(document);
    std::string problem;
    QCOMPARE(JsonReader(*asObject(document->root()), problem).text("note"), note.toStdString());
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

void ShopifyDecodersTest::readsBulkLinesAsPagesAreRead() {
    ShopifyBulkDecoder orders(Resource::Orders, kEuro);
    QJsonObject object = fixtureObject("order.json");
    const QJsonArray items = object.take("lineItems"_L1).toObject().value("nodes"_L1).toArray();
    const Parsed paged(fixture("order.json"));
    ChildCursor more;
    OrderRecord expected = std::get<OrderRecord>(decodeOrder(paged.object(), kEuro, more));

    const auto root = decodeLine(orders, compact(object));
    QVERIFY(recordIn<OrderRecord>(root));
    OrderRecord assembled = *recordIn<OrderRecord>(root);
    for (const auto& value : items) {
        QJsonObject item = value.toObject();
        item.insert(u"__parentId"_s, object.value("id"_L1));
        const auto child = decodeLine(orders, compact(item));
        QVERIFY(recordIn<BulkOrderItem>(child));
        QCOMPARE(recordIn<BulkOrderItem>(child)->parentExternalId, expected.externalId);
        assembled.items.push_back(recordIn<BulkOrderItem>(child)->item);
    }
    QVERIFY(assembled == expected);

    ShopifyBulkDecoder customers(Resource::Customers, kEuro);
    QVERIFY(recordIn<CustomerRecord>(decodeLine(customers, compact(fixtureObject("customer.json")))));
    ShopifyBulkDecoder products(Resource::Products, kEuro);
    QVERIFY(recordIn<ProductRecord>(decodeLine(products, compact(fixtureObject("product.json")))));
    const auto variant =
        decodeLine(products, R"({"id":"gid://shopify/ProductVariant/5","price":"1.00",)"
                             R"("updatedAt":"2026-01-01T00:00:00Z","__parentId":"gid://shopify/Product/3"})");
    QVERIFY(recordIn<BulkVariant>(variant));
    QCOMPARE(recordIn<BulkVariant>(variant)->parentExternalId, std::string("gid://shopify/Product/3"));
}

void ShopifyDecodersTest::ignoresBulkLinesItDoesNotKnow() {
    ShopifyBulkDecoder orders(Resource::Orders, kEuro);
    for (const QByteArray& line :
         {QByteArray(), QByteArray("  \r"), QByteArray(R"({"id":"gid://shopify/Metafield/1"})"),
          QByteArray(R"({"id":"gid://shopify/OrderTransaction/1","__parentId":"gid://shopify/Order/1"})"),
          QByteArray(R"({"id":"gid://shopify/OrderEdit/1"})")}) {
        const auto decoded = decodeLine(orders, line);
        QVERIFY2(recordIn<std::monostate>(decoded), line.constData());
    }
}

void ShopifyDecodersTest::faultsBulkLinesItCannotRead_data() {
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("cut") << fixture("order.json").simplified().left(200);
    QTest::newRow("two values") << QByteArray("{} {}");
    QTest::newRow("not an object") << QByteArray("[1]");
    QTest::newRow("number") << QByteArray("12");
    QTest::newRow("web page") << QByteArray("<html></html>");
    QTest::newRow("no id") << QByteArray(R"({"name":"#1"})");
    QTest::newRow("child without id") << QByteArray(R"({"__parentId":"gid://shopify/Order/1"})");
    QTest::newRow("no times") << QByteArray(R"({"id":"gid://shopify/Order/1","currencyCode":"EUR"})");
}

void ShopifyDecodersTest::faultsBulkLinesItCannotRead() {
    QFETCH(QByteArray, line);
    ShopifyBulkDecoder orders(Resource::Orders, kEuro);
    const auto decoded = decodeLine(orders, line);
    QVERIFY(std::holds_alternative<RecordFault>(decoded));
    QCOMPARE(std::get<RecordFault>(decoded).resource, std::string("orders"));
}

void ShopifyDecodersTest::needsTheCurrencyForVariants() {
    const Parsed json(fixture("product.json"));
    ChildCursor more;
    const auto decoded = decodeProduct(json.object(), DecodeContext(), more);
    QVERIFY(std::holds_alternative<RecordFault>(decoded));
}

// Flips, cuts, doubles and swaps bytes of real records: any outcome but a crash or an endless loop.
void ShopifyDecodersTest::neverCrashesOnMutatedText() {
    std::mt19937 random(20260221);
    const auto below = [&random](qsizetype limit) {
        return static_cast<qsizetype>(random() % static_cast<uint>(limit));
    };
    int readable = 0;
    int cases = 0;
    for (const char* name : {"order.json", "customer.json", "product.json"}) {
        const QByteArray whole = compact(fixtureObject(name));
        for (int i = 0; i < 4000; ++i, ++cases) {
            QByteArray text = whole;
            for (qsizetype changes = 1 + below(3); changes > 0 && !text.isEmpty(); --changes) {
                const qsizetype position = below(text.size());
                switch (below(5)) {
                case 0:
                    text[position] = static_cast<char>(random());
                    break;
                case 1:
                    text[position] = "\"{}[]:,\\0n"[below(10)];
                    break;
                case 2:
                    text.remove(position, 1 + below(20));
                    break;
                case 3:
                    text.insert(position, text.mid(below(text.size()), 1 + below(40)));
                    break;
                default:
                    text.truncate(position);
                    break;
                }
            }
            for (const Resource resource : {Resource::Customers, Resource::Orders, Resource::Products}) {
                ShopifyBulkDecoder decoder(resource, kEuro);
                const auto decoded = decodeLine(decoder, text);
                const auto* record = std::get_if<BulkRecord>(&decoded);
                if (record && !std::holds_alternative<std::monostate>(*record)) ++readable;
            }
            if (const auto document = JsonDocument::parse(text))
                if (const auto object = asObject(document->root())) {
                    ChildCursor more;
                    std::ignore = decodeOrder(*object, kEuro, more);
                    std::ignore = decodeProduct(*object, kEuro, more);
                    std::ignore = decodeCustomer(*object, kEuro);
                }
        }
    }
    qInfo("%d mutated texts, %d still readable", cases, readable);
    QVERIFY(readable > 0);
}

void ShopifyDecodersTest::decodesFastEnough() {
    QJsonObject object = fixtureObject("order.json");
    object.remove("lineItems"_L1);
    const QByteArray line = compact(object) + QByteArray(64, '\0');
    const std::string_view view(line.constData(), static_cast<size_t>(line.size() - 64));
    ShopifyBulkDecoder decoder(Resource::Orders, kEuro);
    QElapsedTimer elapsed;
    elapsed.start();
    constexpr int rounds = 5000;
    for (int i = 0; i < rounds; ++i)
        QVERIFY(std::holds_alternative<BulkRecord>(decoder.decode(view)));
    const double microseconds = static_cast<double>(elapsed.nsecsElapsed()) / 1000.0 / rounds;
    qInfo("%.1f us an order of %lld bytes", microseconds, static_cast<long long>(view.size()));
    QVERIFY2(microseconds < 500, "even unoptimised and under a sanitizer");
}

QTEST_GUILESS_MAIN(ShopifyDecodersTest)
#include "tst_shopify_decoders.moc"
