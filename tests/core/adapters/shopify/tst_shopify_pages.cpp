#include "shop_script.h"
#include "tests/support/patience.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

const QString kTime = u"2026-02-20T14:02:03Z"_s;

QJsonObject money(const QString& amount) {
    return {{u"shopMoney"_s, QJsonObject{{u"amount"_s, amount}, {u"currencyCode"_s, u"EUR"_s}}}};
}

QJsonObject item(int number) {
    return {{u"id"_s, u"gid://shopify/LineItem/%1"_s.arg(number)},
            {u"title"_s, u"Item %1"_s.arg(number)},
            {u"quantity"_s, 1},
            {u"discountedUnitPriceSet"_s, money(u"1.50"_s)}};
}

// {nodes, pageInfo} with children [first, last], going on after `cursor` unless it is empty.
QJsonObject connection(const std::function<QJsonObject(int)>& make, int first, int last, const QString& cursor = {}) {
    QJsonArray nodes;
    for (int i = first; i <= last; ++i)
        nodes.append(make(i));
    return {{u"nodes"_s, nodes},
            {u"pageInfo"_s, QJsonObject{{u"hasNextPage"_s, !cursor.isEmpty()}, {u"endCursor"_s, cursor}}}};
}

QJsonObject order(int number) {
    return {{u"id"_s, u"gid://shopify/Order/%1"_s.arg(number)},
            {u"name"_s, u"#%1"_s.arg(number)},
            {u"currencyCode"_s, u"EUR"_s},
            {u"createdAt"_s, kTime},
            {u"updatedAt"_s, kTime},
            {u"currentTotalPriceSet"_s, money(u"10.00"_s)},
            {u"lineItems"_s, connection(item, number * 1000, number * 1000)}};
}

QJsonObject customer(int number) {
    return {{u"id"_s, u"gid://shopify/Customer/%1"_s.arg(number)}, {u"createdAt"_s, kTime}, {u"updatedAt"_s, kTime}};
}

QJsonObject variant(int number) {
    return {
        {u"id"_s, u"gid://shopify/ProductVariant/%1"_s.arg(number)}, {u"price"_s, u"2.00"_s}, {u"updatedAt"_s, kTime}};
}

ScriptedAnswer data(const QJsonObject& fields, const QJsonArray& errors = {}) {
    QJsonObject body{{u"data"_s, fields}};
    if (!errors.isEmpty()) body.insert("errors"_L1, errors);
    return ShopScript::json(QJsonDocument(body).toJson(QJsonDocument::Compact));
}

ScriptedAnswer orders(const QJsonArray& nodes, const QString& cursor = {}, const QJsonArray& errors = {}) {
    QJsonObject list = connection(order, 1, 0, cursor);
    list.insert("nodes"_L1, nodes);
    return data({{u"orders"_s, list}}, errors);
}

ScriptedAnswer moreItems(int order, const QJsonObject& list) {
    return data({{u"order"_s, QJsonObject{{u"id"_s, u"gid://shopify/Order/%1"_s.arg(order)}, {u"lineItems"_s, list}}}});
}

QJsonObject failure(const QString& code, const QJsonArray& path) {
    return {{u"message"_s, u"x"_s}, {u"extensions"_s, QJsonObject{{u"code"_s, code}}}, {u"path"_s, path}};
}

ScriptedAnswer tooCostly() {
    return ShopScript::json(R"({"errors":[{"message":"x","extensions":{"code":"MAX_COST_EXCEEDED"}}]})");
}

RecordQuery queryFor(Resource resource) {
    RecordQuery query;
    query.resource = resource;
    return query;
}

} // namespace

class ShopifyPagesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void asksForTheNewestFirst_data();
    void asksForTheNewestFirst();
    void walksFromPageToPage();
    void refusesACursorThatStandsStill();
    void completesAnOrderOfThreeHundredItems();
    void completesProductsWithManyVariants();
    void setsAsideAnOrderThatVanishesWhileItIsRead();
    void setsAsideAnOrderWhoseItemsNeverEnd();
    void halvesThePageThatCostsTooMuch();
    void halvesThePageOfItemsThatCostsTooMuch();
    void givesUpWhenOneRecordCostsTooMuch();
    void asksForLessAfterATimeout();
    void keepsRecordsWithFieldsItMayNotSee();
    void setsAsideWhatTheShopFailedToGive();
    void setsAsideOneBadRecordAndKeepsTheOthers();
    void namesTheScopeThatIsMissing();
    void renewsTheTokenInTheMiddle();
    void waitsOutThrottlingInTheMiddle();
    void answersRefusedWhenCancelledInTheMiddle();
};

void ShopifyPagesTest::asksForTheNewestFirst_data() {
    QTest::addColumn<int>("resource");
    QTest::addColumn<bool>("isIncremental");
    QTest::addColumn<QString>("operation");
    QTest::addColumn<QString>("sortKey");
    QTest::newRow("customers") << int(Resource::Customers) << true << u"CustomersPage"_s << QString();
    QTest::newRow("orders, all") << int(Resource::Orders) << false << u"OrdersPage"_s << u"CREATED_AT"_s;
    QTest::newRow("orders, changes") << int(Resource::Orders) << true << u"OrdersPage"_s << u"UPDATED_AT"_s;
    QTest::newRow("products") << int(Resource::Products) << true << u"ProductsPage"_s << QString();
}

void ShopifyPagesTest::asksForTheNewestFirst() {
    QFETCH(int, resource);
    QFETCH(bool, isIncremental);
    QFETCH(QString, operation);
    QFETCH(QString, sortKey);
    ShopScript script;
    RecordQuery query = queryFor(static_cast<Resource>(resource));
    if (isIncremental) query.updatedSince = UtcTime(1'767'225'600'000);
    QVERIFY(!await(script.store().page(query, u"c1"_s)));
    const GraphQlRequest& request = script.graphQl.first();
    QCOMPARE(request.operation, operation);
    QCOMPARE(request.variables.value("after"_L1).toString(), u"c1"_s);
    QCOMPARE(request.variables.value("sortKey"_L1).toString(), sortKey);
    QVERIFY(request.variables.value("first"_L1).toInt() == 250);
    QCOMPARE(request.variables.value("query"_L1).toString(),
             isIncremental ? u"updated_at:>='2026-01-01T00:00:00Z'"_s : QString());
}

void ShopifyPagesTest::walksFromPageToPage() {
    ShopScript script;
    script.next = {data({{u"customers"_s, connection(customer, 1, 3, u"c3"_s)}}),
                   data({{u"customers"_s, connection(customer, 4, 5)}})};
    const auto first = await(script.store().page(queryFor(Resource::Customers), {}));
    QVERIFY(first);
    QCOMPARE(first->customers.size(), size_t(3));
    QCOMPARE(first->nextCursor, u"c3"_s);
    QVERIFY(script.graphQl.first().variables.value("after"_L1).isNull());
    const auto last = await(script.store().page(queryFor(Resource::Customers), first->nextCursor));
    QVERIFY(last);
    QCOMPARE(last->customers.size(), size_t(2));
    QVERIFY(last->nextCursor.isEmpty());
    QVERIFY(last->orders.empty() && last->products.empty() && last->faults.empty());
}

void ShopifyPagesTest::refusesACursorThatStandsStill() {
    ShopScript script;
    script.next = {data({{u"customers"_s, connection(customer, 1, 3, u"c3"_s)}})};
    const auto page = await(script.store().page(queryFor(Resource::Customers), u"c3"_s));
    QVERIFY(!page);
    QCOMPARE(page.error().kind, ErrorKind::Invalid);
}

void ShopifyPagesTest::completesAnOrderOfThreeHundredItems() {
    ShopScript script;
    QJsonObject large = order(2);
    large.insert("lineItems"_L1, connection(item, 1, 50, u"i50"_s));
    script.next = {orders({order(1), large, order(3)}, u"c3"_s), moreItems(2, connection(item, 51, 299, u"i299"_s)),
                   moreItems(2, connection(item, 299, 300))}; // an item that moved comes twice
    const auto page = await(script.store().page(queryFor(Resource::Orders), {}));
    QVERIFY2(page, qPrintable(page ? QString() : page.error().detail));
    QCOMPARE(page->orders.size(), size_t(3));
    QCOMPARE(page->nextCursor, u"c3"_s);
    QCOMPARE(page->orders[1].items.size(), size_t(300));
    for (int i = 0; i < 300; ++i)
        QCOMPARE(page->orders[1].items[size_t(i)].title, "Item " + std::to_string(i + 1));
    QCOMPARE(page->orders[2].items.size(), size_t(1));
    QCOMPARE(script.graphQl[1].operation, u"OrderItemsPage"_s);
    QCOMPARE(script.graphQl[1].variables.value("id"_L1).toString(), u"gid://shopify/Order/2"_s);
    QCOMPARE(script.graphQl[1].variables.value("after"_L1).toString(), u"i50"_s);
    QCOMPARE(script.graphQl[2].variables.value("after"_L1).toString(), u"i299"_s);
}

void ShopifyPagesTest::completesProductsWithManyVariants() {
    ShopScript script;
    const auto product = [](int number, const QJsonObject& variants) {
        return QJsonObject{{u"id"_s, u"gid://shopify/Product/%1"_s.arg(number)},
                           {u"createdAt"_s, kTime},
                           {u"updatedAt"_s, kTime},
                           {u"variants"_s, variants}};
    };
    QJsonObject list = connection(variant, 1, 0);
    list.insert("nodes"_L1, QJsonArray{product(1, connection(variant, 1, 100, u"v100"_s)),
                                       product(2, connection(variant, 500, 599, u"v599"_s))});
    const auto more = [&](int number, int first, int last) {
        return data({{u"product"_s, product(number, connection(variant, first, last))}});
    };
    script.next = {
        data({{u"shop"_s, QJsonObject{{u"currencyCode"_s, u"EUR"_s}}}, {u"products"_s, list}}),
        more(2, 600, 610),
        more(1, 101, 250),
    };
    const auto page = await(script.store().page(queryFor(Resource::Products), {}));
    QVERIFY2(page, qPrintable(page ? QString() : page.error().detail));
    QCOMPARE(page->faults.size(), size_t(0));
    QCOMPARE(page->products[0].variants.size(), size_t(250));
    QCOMPARE(page->products[1].variants.size(), size_t(111));
    QCOMPARE(page->products[0].variants[0].price.decimalText(), u"2.00"_s);
}

void ShopifyPagesTest::setsAsideAnOrderThatVanishesWhileItIsRead() {
    ShopScript script;
    QJsonObject large = order(2);
    large.insert("lineItems"_L1, connection(item, 1, 50, u"i50"_s));
    script.next = {orders({order(1), large, order(3)}), data({{u"order"_s, QJsonValue()}})};
    const auto page = await(script.store().page(queryFor(Resource::Orders), {}));
    QVERIFY(page);
    QCOMPARE(page->orders.size(), size_t(2));
    QCOMPARE(page->orders[0].name, std::string("#1"));
    QCOMPARE(page->orders[1].name, std::string("#3"));
    QCOMPARE(page->faults.size(), size_t(1));
    QCOMPARE(page->faults[0].externalId, std::string("gid://shopify/Order/2"));
}

void ShopifyPagesTest::setsAsideAnOrderWhoseItemsNeverEnd() {
    ShopScript script;
    QJsonObject large = order(1);
    large.insert("lineItems"_L1, connection(item, 1, 50, u"i50"_s));
    script.next = {orders({large}), moreItems(1, connection(item, 51, 60, u"i50"_s))};
    const auto page = await(script.store().page(queryFor(Resource::Orders), {}));
    QVERIFY(page);
    QVERIFY(page->orders.empty());
    QCOMPARE(page->faults.size(), size_t(1));
}

void ShopifyPagesTest::halvesThePageThatCostsTooMuch() {
    ShopScript script;
    script.next = {tooCostly(), tooCostly(), orders({order(1)}, u"c1"_s), orders({order(2)})};
    const auto page = await(script.store().page(queryFor(Resource::Orders), u"c0"_s));
    QVERIFY(page);
    QCOMPARE(page->orders.size(), size_t(1));
    QVERIFY(await(script.store().page(queryFor(Resource::Orders), page->nextCursor)));
    QList<int> sizes;
    for (const GraphQlRequest& request : script.graphQl)
        sizes << request.variables.value("first"_L1).toInt();
    QCOMPARE(sizes, (QList<int>{250, 125, 62, 62}));
    QCOMPARE(script.graphQl[2].variables.value("after"_L1).toString(), u"c0"_s);
}

void ShopifyPagesTest::halvesThePageOfItemsThatCostsTooMuch() {
    ShopScript script;
    QJsonObject large = order(1);
    large.insert("lineItems"_L1, connection(item, 1, 50, u"i50"_s));
    script.next = {orders({large}), tooCostly(), moreItems(1, connection(item, 51, 60))};
    const auto page = await(script.store().page(queryFor(Resource::Orders), {}));
    QVERIFY(page);
    QCOMPARE(page->orders[0].items.size(), size_t(60));
    QCOMPARE(script.graphQl[1].variables.value("first"_L1).toInt(), 250);
    QCOMPARE(script.graphQl[2].variables.value("first"_L1).toInt(), 125);
}

void ShopifyPagesTest::givesUpWhenOneRecordCostsTooMuch() {
    ShopScript script;
    script.otherwise = [](const GraphQlRequest&) { return tooCostly(); };
    const auto page = await(script.store().page(queryFor(Resource::Orders), {}));
    QVERIFY(!page);
    QCOMPARE(page.error().cause, ErrorCause::QueryTooCostly);
    QCOMPARE(script.graphQl.last().variables.value("first"_L1).toInt(), 1);
}

void ShopifyPagesTest::asksForLessAfterATimeout() {
    ShopScript script;
    script.otherwise = [](const GraphQlRequest&) { return ShopScript::status(504); };
    QList<int> sizes;
    for (int i = 0; i < 6; ++i) {
        const auto page = await(script.store().page(queryFor(Resource::Orders), {}));
        QVERIFY(!page);
        QCOMPARE(page.error().kind, ErrorKind::Timeout);
        sizes << script.graphQl.last().variables.value("first"_L1).toInt();
    }
    QCOMPARE(sizes, (QList<int>{250, 125, 62, 31, 25, 25}));
    QCOMPARE(script.graphQl.size(), 6); // repeating is the caller's business
}

void ShopifyPagesTest::keepsRecordsWithFieldsItMayNotSee() {
    ShopScript script;
    script.next = {orders({order(1), order(2)}, {},
                          {failure(u"ACCESS_DENIED"_s, {u"orders"_s, u"nodes"_s, 0, u"customer"_s}),
                           QJsonObject{{u"message"_s, u"This app is not approved to access the Customer object."_s},
                                       {u"path"_s, QJsonArray{u"orders"_s, u"nodes"_s, 1, u"customer"_s}}}})};
    const auto page = await(script.store().page(queryFor(Resource::Orders), {}));
    QVERIFY(page);
    QCOMPARE(page->orders.size(), size_t(2));
    QVERIFY(page->faults.empty());
}

void ShopifyPagesTest::setsAsideWhatTheShopFailedToGive() {
    ShopScript script;
    script.next = {orders({order(1), order(2), QJsonValue()}, {},
                          {failure(u"INTERNAL_SERVER_ERROR"_s, {u"orders"_s, u"nodes"_s, 1, u"shippingAddress"_s})})};
    const auto page = await(script.store().page(queryFor(Resource::Orders), {}));
    QVERIFY(page);
    QCOMPARE(page->orders.size(), size_t(1));
    QCOMPARE(page->faults.size(), size_t(2));
    QCOMPARE(page->faults[0].externalId, std::string("gid://shopify/Order/2"));
    QCOMPARE(page->faults[1].externalId, std::string());
}

void ShopifyPagesTest::setsAsideOneBadRecordAndKeepsTheOthers() {
    ShopScript script;
    QJsonObject bad = order(2);
    bad.insert("updatedAt"_L1, u"never"_s);
    bad.insert("lineItems"_L1, connection(item, 1, 50, u"i50"_s)); // nothing more is asked for it
    script.next = {orders({order(1), bad, order(3)})};
    const auto page = await(script.store().page(queryFor(Resource::Orders), {}));
    QVERIFY(page);
    QCOMPARE(page->orders.size(), size_t(2));
    QCOMPARE(page->faults.size(), size_t(1));
    QCOMPARE(page->faults[0].resource, std::string("orders"));
    QCOMPARE(page->faults[0].externalId, std::string("gid://shopify/Order/2"));
    QCOMPARE(script.graphQl.size(), 1);
}

void ShopifyPagesTest::namesTheScopeThatIsMissing() {
    ShopScript script;
    script.next = {
        data({{u"orders"_s, QJsonValue()}},
             {QJsonObject{{u"message"_s, u"Access denied for orders field. Required access: `read_orders`."_s},
                          {u"extensions"_s, QJsonObject{{u"code"_s, u"ACCESS_DENIED"_s},
                                                        {u"requiredAccess"_s, u"`read_orders` access scope."_s}}},
                          {u"path"_s, QJsonArray{u"orders"_s}}}})};
    const auto page = await(script.store().page(queryFor(Resource::Orders), {}));
    QVERIFY(!page);
    QCOMPARE(page.error().kind, ErrorKind::Auth);
    QCOMPARE(page.error().cause, ErrorCause::ScopeMissing);
    QVERIFY(page.error().detail.contains(u"read_orders"_s));
}

void ShopifyPagesTest::renewsTheTokenInTheMiddle() {
    ShopScript script;
    QJsonObject large = order(1);
    large.insert("lineItems"_L1, connection(item, 1, 50, u"i50"_s));
    script.next = {orders({large}), ShopScript::status(401), moreItems(1, connection(item, 51, 60))};
    const auto page = await(script.store().page(queryFor(Resource::Orders), {}));
    QVERIFY(page);
    QCOMPARE(page->orders[0].items.size(), size_t(60));
    QCOMPARE(script.tokenRequests.size(), 2);
}

void ShopifyPagesTest::waitsOutThrottlingInTheMiddle() {
    ShopScript script;
    QJsonObject large = order(1);
    large.insert("lineItems"_L1, connection(item, 1, 50, u"i50"_s));
    script.next = {orders({large}), ShopScript::throttled(100, 95, 50), moreItems(1, connection(item, 51, 60))};
    const auto page = await(script.store().page(queryFor(Resource::Orders), {}));
    QVERIFY(page);
    QCOMPARE(page->orders[0].items.size(), size_t(60));
    QCOMPARE(script.waits, (QList<qint64>{1000, 0}));
}

void ShopifyPagesTest::answersRefusedWhenCancelledInTheMiddle() {
    ShopScript script;
    QJsonObject large = order(1);
    large.insert("lineItems"_L1, connection(item, 1, 50, u"i50"_s));
    ScriptedAnswer late = moreItems(1, connection(item, 51, 60));
    late.isHeld = true;
    script.next = {orders({large}), late};
    const auto pending = script.store().page(queryFor(Resource::Orders), {});
    QTRY_COMPARE(script.graphQl.size(), 2);
    script.store().cancelAll();
    const auto page = await(pending);
    QVERIFY(!page);
    QCOMPARE(page.error().kind, ErrorKind::Refused);
}

QTEST_GUILESS_MAIN(ShopifyPagesTest)
#include "tst_shopify_pages.moc"
