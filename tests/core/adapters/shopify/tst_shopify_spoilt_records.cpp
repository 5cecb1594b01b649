// Records that are not as they should be: fields gone, of another type, out of range, broken in their bytes.
#include "tests/core/adapters/shopify/decoder_fixture.h"
#include "tests/support/patience.h"

#include <random>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class ShopifySpoiltRecordsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void survivesEveryFieldBeingNullOrAbsent_data();
    void survivesEveryFieldBeingNullOrAbsent();
    void refusesUnusableRecords_data();
    void refusesUnusableRecords();
    void repairsBrokenCharacters_data();
    void repairsBrokenCharacters();
    void neverCrashesOnMutatedText();
};

void ShopifySpoiltRecordsTest::survivesEveryFieldBeingNullOrAbsent_data() {
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QStringList>("required");
    QTest::newRow("customer") << QByteArray("customer.json") << QStringList{u"id"_s, u"createdAt"_s, u"updatedAt"_s};
    QTest::newRow("order") << QByteArray("order.json")
                           << QStringList{u"id"_s, u"createdAt"_s, u"updatedAt"_s, u"currencyCode"_s,
                                          u"currentTotalPriceSet"_s};
    QTest::newRow("product") << QByteArray("product.json") << QStringList{u"id"_s, u"createdAt"_s, u"updatedAt"_s};
}

void ShopifySpoiltRecordsTest::survivesEveryFieldBeingNullOrAbsent() {
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

void ShopifySpoiltRecordsTest::refusesUnusableRecords_data() {
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

void ShopifySpoiltRecordsTest::refusesUnusableRecords() {
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

void ShopifySpoiltRecordsTest::repairsBrokenCharacters_data() {
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

void ShopifySpoiltRecordsTest::repairsBrokenCharacters() {
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, note);
    const auto document = JsonDocument::parse(json);
    QVERIFY(document);
    std::string problem;
    QCOMPARE(JsonReader(*asObject(document->root()), problem).text("note"), note.toStdString());
}

// Flips, cuts, doubles and swaps bytes of real records: any outcome but a crash or an endless loop.
void ShopifySpoiltRecordsTest::neverCrashesOnMutatedText() {
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

QTEST_GUILESS_MAIN(ShopifySpoiltRecordsTest)
#include "tst_shopify_spoilt_records.moc"
