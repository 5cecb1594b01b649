// The sandbox's GraphQL: our documents, the shop's refusals, filters, paging, cost.
#include "tests/app/shop_visitor.h"
#include "tests/support/patience.h"

#include <QSet>

using namespace Qt::StringLiterals;
using namespace aiva;

namespace {

QJsonArray nodesOf(const QJsonObject& data, const QString& root) {
    return data.value(root).toObject().value("nodes"_L1).toArray();
}

// All ids of a root connection, page after page, in the order they come.
QStringList walk(ShopVisitor& visitor, const QString& root, const QString& arguments, int first) {
    QStringList ids;
    QJsonValue cursor;
    for (;;) {
        const QString query =
            u"query($a:String){%1(first:%2,after:$a%3){nodes{id} pageInfo{hasNextPage endCursor}}}"_s.arg(
                root, QString::number(first), arguments);
        const QJsonObject page = visitor.data(query, {{u"a"_s, cursor}}).value(root).toObject();
        const QJsonArray nodes = page.value("nodes"_L1).toArray();
        for (const QJsonValue& node : nodes)
            ids.append(node.toObject().value("id"_L1).toString());
        const QJsonObject info = page.value("pageInfo"_L1).toObject();
        if (!info.value("hasNextPage"_L1).toBool()) return ids;
        cursor = info.value("endCursor"_L1);
    }
}

} // namespace

class TestSandboxGraph : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answersEveryDocumentOfOurs_data();
    void answersEveryDocumentOfOurs();
    void refusesWhatTheShopRefuses_data();
    void refusesWhatTheShopRefuses();
    void refusesMissingVariable();
    void pagesCoverEverythingOnce_data();
    void pagesCoverEverythingOnce();
    void pagesBackwards();
    void nestedItemsPageBeyondOneRequest();
    void filtersByQuotedTime();
    void unquotedTimeIsCutAtItsColon();
    void filtersByNameMailAndState();
    void countsExactlyAndWithinTheLimit();
    void projectsAliasesAndFragments();
    void costGrowsWithTheLogarithmOfFirst();
    void throttlesWhenTheBucketIsEmpty();
    void refusesTooCostlyQueries();
    void spendThresholdHasBothSides_data();
    void spendThresholdHasBothSides();
    void showsTheOrderOfThePicture();
};

void TestSandboxGraph::answersEveryDocumentOfOurs_data() {
    QTest::addColumn<QString>("name");
    const QStringList names = documentNames();
    QVERIFY(names.size() >= 15);
    for (const QString& name : names)
        QTest::newRow(qPrintable(name)) << name;
}

void TestSandboxGraph::answersEveryDocumentOfOurs() {
    QFETCH(QString, name);
    ShopVisitor visitor;
    QString text = documentText(name);
    if (name.startsWith("bulk_"_L1) && text.contains("%filter%"_L1)) {
        text.replace(u"%filter%"_s, QString());
        QCOMPARE(visitor.finishedBulk(text).value("status"_L1).toString(), u"COMPLETED"_s);
        return;
    }
    const auto& world = visitor.service.world();
    const bool product = name.startsWith("product_"_L1);
    const std::string id = product ? world.catalogue().products().front().externalId : world.orderGid(3);
    QJsonObject variables{{u"first"_s, 5},
                          {u"sortKey"_s, u"CREATED_AT"_s},
                          {u"id"_s, QString::fromStdString(id)},
                          {u"ids"_s, QJsonArray{QString::fromStdString(id)}}};
    variables.insert(u"topic"_s, u"ORDERS_UPDATED"_s);
    variables.insert(u"webhook"_s, QJsonObject{{u"uri"_s, u"https://desk.example/hooks"_s}, {u"format"_s, u"JSON"_s}});
    if (name == "bulk_start"_L1) variables = {{u"query"_s, u"{products{edges{node{id}}}}"_s}};
    const QJsonObject answer = visitor.ask(text, variables);
    QVERIFY2(!answer.contains("errors"_L1), qPrintable(ShopVisitor::firstError(answer)));
    QVERIFY(!answer.value("data"_L1).toObject().isEmpty());
    QVERIFY(answer.value("extensions"_L1).toObject().contains("cost"_L1));
}

void TestSandboxGraph::refusesWhatTheShopRefuses_data() {
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("message");
    QTest::addColumn<QString>("code");
    QTest::newRow("unknown field") << u"{orders(first:1){nodes{id total}}}"_s
                                   << u"Field 'total' doesn't exist on type 'Order'"_s << u"undefinedField"_s;
    QTest::newRow("unknown root") << u"{widgets{id}}"_s << u"Field 'widgets' doesn't exist on type 'QueryRoot'"_s
                                  << u"undefinedField"_s;
    QTest::newRow("unknown argument") << u"{orders(first:1,status:open){nodes{id}}}"_s
                                      << u"Field 'orders' doesn't accept argument 'status'"_s
                                      << u"argumentNotAccepted"_s;
    QTest::newRow("no selection")
        << u"{orders(first:1){nodes{customer}}}"_s
        << u"Field must have selections (field 'customer' returns Customer but has no selections. "
           "Did you mean 'customer { ... }'?)"_s
        << u"selectionMismatch"_s;
    QTest::newRow("no first") << u"{orders{nodes{id}}}"_s << u"you must provide one of first or last"_s
                              << u"BAD_REQUEST"_s;
    QTest::newRow("nested without first") << u"{orders(first:1){nodes{lineItems{nodes{id}}}}}"_s
                                          << u"you must provide one of first or last"_s << u"BAD_REQUEST"_s;
    QTest::newRow("too many") << u"{orders(first:251){nodes{id}}}"_s << u"first and last must not exceed 250"_s
                              << u"BAD_REQUEST"_s;
    QTest::newRow("cut off") << u"{orders(first:1){nodes{id"_s << u"syntax error, unexpected end of file at [1, 26]"_s
                             << u"PARSE_ERROR"_s;
    QTest::newRow("no fragment") << u"{orders(first:1){nodes{...F}}}"_s << u"Fragment F was used, but not defined"_s
                                 << u"useAndDefineFragment"_s;
    QTest::newRow("bad id") << u"{order(id:\"7\"){id}}"_s << u"Invalid global id '7'"_s
                            << u"argumentLiteralsIncompatible"_s;
}

void TestSandboxGraph::refusesWhatTheShopRefuses() {
    QFETCH(QString, query);
    ShopVisitor visitor;
    const QJsonObject answer = visitor.ask(query);
    QTEST(ShopVisitor::firstError(answer), "message");
    QTEST(ShopVisitor::firstCode(answer), "code");
}

void TestSandboxGraph::refusesMissingVariable() {
    ShopVisitor visitor;
    const QJsonObject answer = visitor.ask(u"query($n:Int!){orders(first:$n){nodes{id}}}"_s);
    QCOMPARE(ShopVisitor::firstError(answer), u"Variable $n of type Int! was provided invalid value"_s);
    QCOMPARE(ShopVisitor::firstCode(answer), u"INVALID_VARIABLE"_s);
}

void TestSandboxGraph::pagesCoverEverythingOnce_data() {
    QTest::addColumn<QString>("root");
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<int>("first");
    QTest::newRow("orders, newest first") << u"orders"_s << u",sortKey:CREATED_AT,reverse:true"_s << 250;
    QTest::newRow("orders by change") << u"orders"_s << u",sortKey:UPDATED_AT"_s << 97;
    QTest::newRow("customers by change") << u"customers"_s << u",sortKey:UPDATED_AT,reverse:true"_s << 60;
    QTest::newRow("customers by id") << u"customers"_s << QString() << 250;
    QTest::newRow("products") << u"products"_s << u",sortKey:UPDATED_AT,reverse:true"_s << 7;
}

void TestSandboxGraph::pagesCoverEverythingOnce() {
    QFETCH(QString, root);
    QFETCH(QString, arguments);
    QFETCH(int, first);
    ShopVisitor visitor;
    const QStringList ids = walk(visitor, root, arguments, first);
    const auto& world = visitor.service.world();
    const qsizetype expected = root == "orders"_L1      ? world.orderCount()
                               : root == "customers"_L1 ? world.customerCount()
                                                        : static_cast<qsizetype>(world.catalogue().products().size());
    QCOMPARE(ids.size(), expected);
    QCOMPARE(QSet<QString>(ids.begin(), ids.end()).size(), expected);
}

void TestSandboxGraph::pagesBackwards() {
    ShopVisitor visitor;
    const QString info = u"{nodes{id} pageInfo{hasPreviousPage startCursor}}"_s;
    const QJsonObject last = visitor.data(u"{products(last:3)"_s + info + u"}"_s).value("products"_L1).toObject();
    const QString cursor = last.value("pageInfo"_L1).toObject().value("startCursor"_L1).toString();
    const QJsonArray before =
        nodesOf(visitor.data(u"query($b:String){products(last:3,before:$b)"_s + info + u"}"_s, {{u"b"_s, cursor}}),
                u"products"_s);
    const auto& products = visitor.service.world().catalogue().products();
    QCOMPARE(before.size(), 3);
    QCOMPARE(before.at(2).toObject().value("id"_L1).toString().toStdString(), products[products.size() - 4].externalId);
}

void TestSandboxGraph::nestedItemsPageBeyondOneRequest() {
    ShopVisitor visitor;
    const auto& world = visitor.service.world();
    std::int64_t big = -1;
    for (std::int64_t i = 0; i < world.orderCount(); ++i)
        if (world.orderCore(i).lines.size() == 300) big = i;
    QVERIFY(big >= 0);
    QSet<QString> seen;
    QJsonObject variables{{u"id"_s, QString::fromStdString(world.orderGid(big))}, {u"first"_s, 250}};
    int pages = 0;
    for (bool more = true; more; ++pages) {
        const QJsonObject items = visitor.data(documentText(u"order_items_page"_s), variables)
                                      .value("order"_L1)
                                      .toObject()
                                      .value("lineItems"_L1)
                                      .toObject();
        const QJsonArray nodes = items.value("nodes"_L1).toArray();
        for (const QJsonValue& node : nodes)
            seen.insert(node.toObject().value("id"_L1).toString());
        more = items.value("pageInfo"_L1).toObject().value("hasNextPage"_L1).toBool();
        variables[u"after"_s] = items.value("pageInfo"_L1).toObject().value("endCursor"_L1);
    }
    QCOMPARE(pages, 2);
    QCOMPARE(seen.size(), 300);
}

void TestSandboxGraph::filtersByQuotedTime() {
    ShopVisitor visitor;
    const auto& world = visitor.service.world();
    const UtcTime since = *UtcTime::parseIso("2026-11-14T10:30:00Z");
    int expected = 0;
    for (std::int64_t i = 0; i < world.orderCount(); ++i)
        expected += world.orderCore(i).updatedAt >= since ? 1 : 0;
    const QStringList ids = walk(visitor, u"orders"_s, u",query:\"updated_at:>='2026-11-14T10:30:00Z'\""_s, 50);
    QVERIFY(expected > 5);
    QCOMPARE(ids.size(), expected);
}

void TestSandboxGraph::unquotedTimeIsCutAtItsColon() {
    ShopVisitor visitor;
    // Read as 10 o'clock in the shop's zone, which is 17:00 UTC; the rest is ignored.
    const QStringList trapped = walk(visitor, u"orders"_s, u",query:\"updated_at:>=2026-11-14T10:30:00Z\""_s, 250);
    const QStringList meant = walk(visitor, u"orders"_s, u",query:\"updated_at:>='2026-11-14T17:00:00Z'\""_s, 250);
    const QStringList wanted = walk(visitor, u"orders"_s, u",query:\"updated_at:>='2026-11-14T10:30:00Z'\""_s, 250);
    QCOMPARE(trapped, meant);
    QVERIFY(trapped != wanted);
}

void TestSandboxGraph::filtersByNameMailAndState() {
    ShopVisitor visitor;
    QCOMPARE(walk(visitor, u"orders"_s, u",query:\"name:#1042\""_s, 10).size(), 1);
    QCOMPARE(walk(visitor, u"customers"_s, u",query:\"email:JOHN@example.com\""_s, 10).size(), 1);
    const qsizetype cancelled = walk(visitor, u"orders"_s, u",query:\"status:cancelled\""_s, 250).size();
    const qsizetype open = walk(visitor, u"orders"_s, u",query:\"status:open\""_s, 250).size();
    const qsizetype closed = walk(visitor, u"orders"_s, u",query:\"status:closed\""_s, 250).size();
    QCOMPARE(cancelled + open + closed, static_cast<qsizetype>(visitor.service.world().orderCount()));
    QVERIFY(cancelled > 0 && open > 0 && closed > 0);
}

void TestSandboxGraph::countsExactlyAndWithinTheLimit() {
    SandboxOptions options = steadyOptions();
    options.orders = 12'000;
    ShopVisitor visitor(options);
    const QJsonObject exact =
        visitor.data(u"{ordersCount(limit:null){count precision}}"_s).value("ordersCount"_L1).toObject();
    QCOMPARE(exact.value("count"_L1).toInt(), 12'000);
    QCOMPARE(exact.value("precision"_L1).toString(), u"EXACT"_s);
    const QJsonObject limited = visitor.data(u"{ordersCount{count precision}}"_s).value("ordersCount"_L1).toObject();
    QCOMPARE(limited.value("count"_L1).toInt(), 10'000);
    QCOMPARE(limited.value("precision"_L1).toString(), u"AT_LEAST"_s);
}

void TestSandboxGraph::projectsAliasesAndFragments() {
    ShopVisitor visitor;
    const QString query =
        u"query Q($yes:Boolean!){a:shop{kind:__typename ...S} orders(first:1){edges{cursor node{n:name "
        "... on Order{id note @skip(if:$yes)}}}}} fragment S on Shop{name plan{publicDisplayName}}"_s;
    const QJsonObject data = visitor.data(query, {{u"yes"_s, true}});
    QCOMPARE(data.keys(), (QStringList{u"a"_s, u"orders"_s}));
    QCOMPARE(data.value("a"_L1).toObject().value("kind"_L1).toString(), u"Shop"_s);
    QCOMPARE(data.value("a"_L1).toObject().value("name"_L1).toString(), u"Acme Outdoor"_s);
    const QJsonObject edge = data.value("orders"_L1).toObject().value("edges"_L1).toArray().at(0).toObject();
    QCOMPARE(edge.value("node"_L1).toObject().keys(), (QStringList{u"id"_s, u"n"_s}));
}

void TestSandboxGraph::costGrowsWithTheLogarithmOfFirst() {
    ShopVisitor visitor;
    const auto requested = [&](const QString& query) {
        const QJsonObject cost = visitor.ask(query).value("extensions"_L1).toObject().value("cost"_L1).toObject();
        return cost.value("requestedQueryCost"_L1).toInt();
    };
    QCOMPARE(requested(u"{shop{name}}"_s), 1);
    QCOMPARE(requested(u"{orders(first:10){nodes{id}}}"_s), 2 + 4);
    QCOMPARE(
        requested(
            u"{orders(first:250){nodes{id lineItems(first:250){nodes{id discountedUnitPriceSet{shopMoney{amount}}}}}}}"_s),
        277); // recorded at a real shop
    QCOMPARE(requested(u"{ordersCount{count}}"_s), 10);
}

void TestSandboxGraph::throttlesWhenTheBucketIsEmpty() {
    SandboxOptions options = steadyOptions();
    options.bucketSize = 100;
    options.restoreRate = 0.01; // nothing comes back meanwhile
    ShopVisitor visitor(options);
    QJsonObject answer;
    int answered = 0;
    for (; answered < 50; ++answered) {
        answer = visitor.ask(u"{orders(first:100){nodes{id}}}"_s); // 2 + 9
        if (answer.contains("errors"_L1)) break;
    }
    QCOMPARE(answered, 9);
    QCOMPARE(ShopVisitor::firstCode(answer), u"THROTTLED"_s);
    QVERIFY(!answer.contains("data"_L1));
    const QJsonObject cost = answer.value("extensions"_L1).toObject().value("cost"_L1).toObject();
    QVERIFY(cost.value("actualQueryCost"_L1).isNull());
    QVERIFY(cost.value("throttleStatus"_L1).toObject().value("currentlyAvailable"_L1).toInt() < 11);
}

void TestSandboxGraph::refusesTooCostlyQueries() {
    ShopVisitor visitor;
    const QJsonObject answer =
        visitor.ask(u"{customers(first:250){nodes{orders(first:250){nodes{lineItems(first:250){nodes{id}}}}}}}"_s);
    QCOMPARE(ShopVisitor::firstCode(answer), u"MAX_COST_EXCEEDED"_s);
}

void TestSandboxGraph::spendThresholdHasBothSides_data() {
    QTest::addColumn<QString>("currency");
    QTest::addColumn<QStringList>("spent");
    QTest::newRow("USD") << u"USD"_s << QStringList{u"499.99"_s, u"500.0"_s, u"500.01"_s};
    QTest::newRow("JPY") << u"JPY"_s << QStringList{u"499.0"_s, u"500.0"_s, u"501.0"_s};
    QTest::newRow("BHD") << u"BHD"_s << QStringList{u"499.99"_s, u"500.0"_s, u"500.01"_s};
}

void TestSandboxGraph::spendThresholdHasBothSides() {
    QFETCH(QString, currency);
    SandboxOptions options = steadyOptions();
    options.currency = currency;
    ShopVisitor visitor(options);
    QStringList spent;
    for (const QString& mail :
         {u"nora.lindqvist@example.com"_s, u"marcus.webb@example.net"_s, u"ingrid.solberg@example.org"_s}) {
        const QJsonArray nodes = nodesOf(
            visitor.data(u"query($q:String){customers(first:1,query:$q){nodes{amountSpent{amount currencyCode}}}}"_s,
                         {{u"q"_s, u"email:"_s + mail}}),
            u"customers"_s);
        const QJsonObject money = nodes.at(0).toObject().value("amountSpent"_L1).toObject();
        QCOMPARE(money.value("currencyCode"_L1).toString(), currency);
        spent.append(money.value("amount"_L1).toString());
    }
    QTEST(spent, "spent");
}

void TestSandboxGraph::showsTheOrderOfThePicture() {
    ShopVisitor visitor;
    const QJsonObject order =
        nodesOf(visitor.data(documentText(u"orders_page"_s),
                             {{u"first"_s, 1}, {u"sortKey"_s, u"CREATED_AT"_s}, {u"query"_s, u"name:#1042"_s}}),
                u"orders"_s)
            .at(0)
            .toObject();
    QCOMPARE(order.value("email"_L1).toString(), u"john@example.com"_s);
    QCOMPARE(order.value("currentTotalPriceSet"_L1)
                 .toObject()
                 .value("shopMoney"_L1)
                 .toObject()
                 .value("amount"_L1)
                 .toString(),
             u"89.0"_s);
    const QJsonObject item = nodesOf(order, u"lineItems"_s).at(0).toObject();
    QCOMPARE(item.value("title"_L1).toString(), u"Blue Widget"_s);
    QCOMPARE(item.value("quantity"_L1).toInt(), 2);
    const QJsonObject shipment = order.value("fulfillments"_L1).toArray().at(0).toObject();
    QCOMPARE(shipment.value("displayStatus"_L1).toString(), u"IN_TRANSIT"_s);
    QCOMPARE(shipment.value("trackingInfo"_L1).toArray().at(0).toObject().value("company"_L1).toString(), u"USPS"_s);
}

QTEST_GUILESS_MAIN(TestSandboxGraph)
#include "tst_sandbox_graph.moc"
