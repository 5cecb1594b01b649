// The lines of a bulk file: the same records as pages bring, children apart from their parents.
#include "tests/core/adapters/shopify/decoder_fixture.h"
#include "tests/support/patience.h"
#include "tests/support/time_allowance.h"

#include <QElapsedTimer>

#include <algorithm>
#include <limits>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class ShopifyBulkLinesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsBulkLinesAsPagesAreRead();
    void ignoresBulkLinesItDoesNotKnow();
    void faultsBulkLinesItCannotRead_data();
    void faultsBulkLinesItCannotRead();
    void decodesFastEnough();
};

void ShopifyBulkLinesTest::readsBulkLinesAsPagesAreRead() {
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

void ShopifyBulkLinesTest::ignoresBulkLinesItDoesNotKnow() {
    ShopifyBulkDecoder orders(Resource::Orders, kEuro);
    for (const QByteArray& line :
         {QByteArray(), QByteArray("  \r"), QByteArray(R"({"id":"gid://shopify/Metafield/1"})"),
          QByteArray(R"({"id":"gid://shopify/OrderTransaction/1","__parentId":"gid://shopify/Order/1"})"),
          QByteArray(R"({"id":"gid://shopify/OrderEdit/1"})")}) {
        const auto decoded = decodeLine(orders, line);
        QVERIFY2(recordIn<std::monostate>(decoded), line.constData());
    }
}

void ShopifyBulkLinesTest::faultsBulkLinesItCannotRead_data() {
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

void ShopifyBulkLinesTest::faultsBulkLinesItCannotRead() {
    QFETCH(QByteArray, line);
    ShopifyBulkDecoder orders(Resource::Orders, kEuro);
    const auto decoded = decodeLine(orders, line);
    QVERIFY(std::holds_alternative<RecordFault>(decoded));
    QCOMPARE(std::get<RecordFault>(decoded).resource, std::string("orders"));
}

void ShopifyBulkLinesTest::decodesFastEnough() {
    QJsonObject object = fixtureObject("order.json");
    object.remove("lineItems"_L1);
    const QByteArray line = compact(object) + QByteArray(64, '\0');
    const std::string_view view(line.constData(), static_cast<size_t>(line.size() - 64));
    ShopifyBulkDecoder decoder(Resource::Orders, kEuro);
    // The quickest of ten turns: in any of them the machine may have done something else.
    constexpr int rounds = 100;
    qint64 quickest = std::numeric_limits<qint64>::max();
    for (int turn = 0; turn < 10; ++turn) {
        QElapsedTimer elapsed;
        elapsed.start();
        for (int i = 0; i < rounds; ++i)
            QVERIFY(std::holds_alternative<BulkRecord>(decoder.decode(view)));
        quickest = std::min(quickest, elapsed.nsecsElapsed());
    }
    const double microseconds = static_cast<double>(quickest) / 1000.0 / rounds;
    qInfo("%.1f us an order of %lld bytes", microseconds, static_cast<long long>(view.size()));
    QVERIFY2(microseconds < static_cast<double>(test::allowed(200)), "even unoptimised and under a sanitizer");
}

QTEST_GUILESS_MAIN(ShopifyBulkLinesTest)
#include "tst_shopify_bulk_lines.moc"
