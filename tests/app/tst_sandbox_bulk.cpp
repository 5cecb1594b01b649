// The sandbox's bulk operations: their lines, what is refused, how they end, who may read the file.
#include "tests/app/shop_visitor.h"
#include "tests/support/patience.h"

#include <QSet>

using namespace Qt::StringLiterals;
using namespace aiva;

namespace {

const QString kBulkOrders = u"{orders{edges{node{id createdAt lineItems{edges{node{id}}}}}}}"_s;

} // namespace

class TestSandboxBulk : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bulkHasEachObjectOnItsLine();
    void bulkRefusesWhatTheShopRefuses_data();
    void bulkRefusesWhatTheShopRefuses();
    void sixthBulkOperationMustWait();
    void bulkCanBeCancelled();
    void bulkFailsWithPartialData();
    void bulkCarriesBrokenLinesWhenTold();
    void shuffledBulkIsTheSameLines();
    void downloadRefusesOurToken();
};

void TestSandboxBulk::bulkHasEachObjectOnItsLine() {
    ShopVisitor visitor;
    const auto& world = visitor.service.world();
    const QJsonObject operation = visitor.finishedBulk(kBulkOrders);
    QCOMPARE(operation.value("status"_L1).toString(), u"COMPLETED"_s);
    const QList<QJsonObject> lines = visitor.lines(operation);
    QSet<QString> orders;
    std::int64_t items = 0;
    for (const QJsonObject& line : lines) {
        if (!line.contains("__parentId"_L1))
            orders.insert(line.value("id"_L1).toString());
        else if (orders.contains(line.value("__parentId"_L1).toString()))
            ++items;
    }
    std::int64_t expected = 0;
    for (std::int64_t i = 0; i < world.orderCount(); ++i)
        expected += static_cast<std::int64_t>(world.orderCore(i).lines.size());
    QCOMPARE(orders.size(), static_cast<qsizetype>(world.orderCount()));
    QCOMPARE(items, expected);
    QCOMPARE(operation.value("objectCount"_L1).toString().toLongLong(), world.orderCount() + expected);
}

void TestSandboxBulk::bulkRefusesWhatTheShopRefuses_data() {
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("part");
    QTest::newRow("nodes") << u"{orders{nodes{id}}}"_s << u"Selecting via 'nodes' is not supported"_s;
    QTest::newRow("no connection") << u"{shop{name}}"_s << u"at least one connection"_s;
    QTest::newRow("no id") << u"{orders{edges{node{name lineItems{edges{node{id}}}}}}}"_s
                           << u"must select the 'id' field"_s;
    QTest::newRow("two roots") << u"{orders{edges{node{id}}} products{edges{node{id}}}}"_s << u"single"_s;
    QTest::newRow("unknown field") << u"{orders{edges{node{id total}}}}"_s << u"doesn't exist on type 'Order'"_s;
    QTest::newRow("no query") << u"orders"_s << u"syntax error"_s;
}

void TestSandboxBulk::bulkRefusesWhatTheShopRefuses() {
    QFETCH(QString, query);
    QFETCH(QString, part);
    ShopVisitor visitor;
    const QJsonObject answer =
        visitor.data(documentText(u"bulk_start"_s), {{u"query"_s, query}}).value("bulkOperationRunQuery"_L1).toObject();
    QVERIFY(answer.value("bulkOperation"_L1).isNull());
    const QString message = answer.value("userErrors"_L1).toArray().at(0).toObject().value("message"_L1).toString();
    QVERIFY2(message.contains(part), qPrintable(message));
}

void TestSandboxBulk::sixthBulkOperationMustWait() {
    SandboxOptions options = steadyOptions();
    options.bulkMs = 600'000; // none ends by itself meanwhile
    ShopVisitor visitor(options);
    QJsonObject answer;
    for (int i = 0; i < 6; ++i)
        answer = visitor.data(documentText(u"bulk_start"_s), {{u"query"_s, u"{products{edges{node{id}}}}"_s}})
                     .value("bulkOperationRunQuery"_L1)
                     .toObject();
    const QJsonObject error = answer.value("userErrors"_L1).toArray().at(0).toObject();
    QCOMPARE(error.value("code"_L1).toString(), u"OPERATION_IN_PROGRESS"_s);
    QCOMPARE(error.value("message"_L1).toString().count("gid://shopify/BulkOperation/"_L1), 5);
}

void TestSandboxBulk::bulkCanBeCancelled() {
    SandboxOptions options = steadyOptions();
    options.bulkMs = 600'000; // none ends by itself meanwhile
    ShopVisitor visitor(options);
    const QJsonObject started = visitor.data(documentText(u"bulk_start"_s), {{u"query"_s, kBulkOrders}})
                                    .value("bulkOperationRunQuery"_L1)
                                    .toObject();
    const QString id = started.value("bulkOperation"_L1).toObject().value("id"_L1).toString();
    const QJsonObject cancelled =
        visitor.data(documentText(u"bulk_cancel"_s), {{u"id"_s, id}}).value("bulkOperationCancel"_L1).toObject();
    QCOMPARE(cancelled.value("bulkOperation"_L1).toObject().value("status"_L1).toString(), u"CANCELING"_s);
    QCOMPARE(visitor.endOfBulk(id).value("status"_L1).toString(), u"CANCELED"_s);
}

void TestSandboxBulk::bulkFailsWithPartialData() {
    ShopVisitor visitor;
    visitor.order(R"({"next":[{"match":"orders","kind":"bulk_failed"},{"match":"orders","kind":"bulk_truncated"}]})");
    const QJsonObject failed = visitor.finishedBulk(kBulkOrders);
    QCOMPARE(failed.value("status"_L1).toString(), u"FAILED"_s);
    QCOMPARE(failed.value("errorCode"_L1).toString(), u"INTERNAL_SERVER_ERROR"_s);
    QVERIFY(failed.value("url"_L1).isNull());
    const QList<QJsonObject> partial = visitor.lines(failed, u"partialDataUrl"_s);
    QVERIFY(!partial.isEmpty() && !partial.contains(QJsonObject()));
    const QJsonObject cut = visitor.finishedBulk(kBulkOrders);
    QCOMPARE(cut.value("status"_L1).toString(), u"COMPLETED"_s);
    const QList<QJsonObject> lines = visitor.lines(cut);
    QVERIFY(lines.size() < cut.value("objectCount"_L1).toString().toLongLong());
    QVERIFY(lines.size() > partial.size() / 4);
}

void TestSandboxBulk::bulkCarriesBrokenLinesWhenTold() {
    ShopVisitor visitor;
    visitor.order(
        R"({"next":[{"match":"orders","kind":"garbage_line"},{"match":"orders","kind":"malformed_record"}]})");
    const QJsonObject garbage = visitor.finishedBulk(kBulkOrders);
    QCOMPARE(visitor.lines(garbage).count(QJsonObject()), 1);
    const QList<QJsonObject> lines = visitor.lines(visitor.finishedBulk(kBulkOrders));
    const auto strange = std::count_if(lines.begin(), lines.end(), [](const QJsonObject& line) {
        return line.value("createdAt"_L1).toString().startsWith("not a date"_L1);
    });
    QCOMPARE(strange, 1);
}

void TestSandboxBulk::shuffledBulkIsTheSameLines() {
    ShopVisitor straight;
    SandboxOptions options = steadyOptions();
    options.shuffleBulk = true;
    ShopVisitor shuffled(options);
    const auto sorted = [](const QList<QJsonObject>& lines) {
        QList<QByteArray> texts;
        for (const QJsonObject& line : lines)
            texts.append(QJsonDocument(line).toJson(QJsonDocument::Compact));
        std::sort(texts.begin(), texts.end());
        return texts;
    };
    const QList<QJsonObject> plain = straight.lines(straight.finishedBulk(kBulkOrders));
    const QList<QJsonObject> mixed = shuffled.lines(shuffled.finishedBulk(kBulkOrders));
    QCOMPARE(sorted(mixed), sorted(plain));
    QSet<QString> seen;
    int orphans = 0;
    for (const QJsonObject& line : mixed) {
        seen.insert(line.value("id"_L1).toString());
        const QString parent = line.value("__parentId"_L1).toString();
        orphans += !parent.isEmpty() && !seen.contains(parent) ? 1 : 0;
    }
    QVERIFY(orphans > 100);
}

void TestSandboxBulk::downloadRefusesOurToken() {
    ShopVisitor visitor;
    const QString url = visitor.finishedBulk(kBulkOrders).value("url"_L1).toString();
    const std::string path = url.mid(url.indexOf("/bulk/"_L1)).section('?'_L1, 0, 0).toStdString();
    const std::string query = url.section('?'_L1, 1).toStdString();
    QCOMPARE(visitor.get(path, query).status, 200);
    QCOMPARE(visitor.get(path).status, 403);
    QCOMPARE(visitor.service.answer({"GET", path, query, "", "", visitor.service.credentials().token}).status, 400);
}

QTEST_GUILESS_MAIN(TestSandboxBulk)
#include "tst_sandbox_bulk.moc"
