#include "shop_script.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

class TextSink final : public ByteSink {
public:
    Result<void> accept(QByteArrayView part) override {
        text += part.toByteArray();
        return {};
    }
    QByteArray text;
};

ScriptedAnswer bulk(const QByteArray& operation) {
    return ShopScript::json("{\"data\":{\"bulkOperation\":" + operation + R"(,"shop":{"currencyCode":"JPY"}}})");
}

RecordQuery queryFor(Resource resource) {
    RecordQuery query;
    query.resource = resource;
    return query;
}

} // namespace

class ShopifyStoreTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void saysWhatTheShopSaysOfItself();
    void knowsWhetherHistoryIsLimited();
    void countsWhatTheQueryHas();
    void doesNotPretendToCountExactly();
    void startsABulkOperationWithTheFilterInIt();
    void saysWhyABulkOperationDidNotStart_data();
    void saysWhyABulkOperationDidNotStart();
    void readsTheStateOfABulkOperation_data();
    void readsTheStateOfABulkOperation();
    void saysThatABulkOperationIsForgotten();
    void cancelsABulkOperation();
    void cancelsWhatHasEndedWithoutComplaint();
    void downloadsWithoutTheToken();
    void downloadsOnlyFromWhereItMay_data();
    void downloadsOnlyFromWhereItMay();
    void decodesBulkFilesInTheShopsCurrency();
    void revokesTheToken();
    void revokesWithAFreshTokenWhenOneEndedEarly();
    void takesWhatIsAlreadyRevokedAsDone_data();
    void takesWhatIsAlreadyRevokedAsDone();
    void saysThatItCouldNotRevoke();
    void letsGoOfEverythingWhenItDies();
};

void ShopifyStoreTest::saysWhatTheShopSaysOfItself() {
    ShopScript script;
    script.next = {ShopScript::json(
        R"({"data":{"shop":{"id":"gid://shopify/Shop/1","name":"Acme","myshopifyDomain":"acme.myshopify.com",)"
        R"("currencyCode":"EUR","ianaTimezone":"Europe/Berlin","plan":{"publicDisplayName":"Basic"}},)"
        R"("currentAppInstallation":{"accessScopes":[{"handle":"read_orders"},{"handle":"read_all_orders"}]}}})")};
    const auto facts = await(script.store().shop());
    QVERIFY(facts);
    QCOMPARE(facts->externalId, u"gid://shopify/Shop/1"_s);
    QCOMPARE(facts->name, u"Acme"_s);
    QCOMPARE(facts->domain, u"acme.myshopify.com"_s);
    QCOMPARE(facts->currency, u"EUR"_s);
    QCOMPARE(facts->timeZone, u"Europe/Berlin"_s);
    QCOMPARE(facts->plan, u"Basic"_s);
    QCOMPARE(facts->scopes, (QStringList{u"read_orders"_s, u"read_all_orders"_s}));
    QVERIFY(!facts->historyLimited);
}

void ShopifyStoreTest::knowsWhetherHistoryIsLimited() {
    ShopScript script;
    script.next = {
        ShopScript::json(R"({"data":{"shop":{"id":"1","currencyCode":"EUR"},"currentAppInstallation":null}})")};
    const auto facts = await(script.store().shop());
    QVERIFY(facts);
    QVERIFY(facts->historyLimited);
    QVERIFY(facts->scopes.isEmpty());
}

void ShopifyStoreTest::countsWhatTheQueryHas() {
    ShopScript script;
    script.next = {ShopScript::json(R"({"data":{"ordersCount":{"count":12345,"precision":"EXACT"}}})")};
    RecordQuery query = queryFor(Resource::Orders);
    query.createdSince = UtcTime(1'767'225'600'000);
    const auto count = await(script.store().count(query));
    QVERIFY(count);
    QVERIFY(*count == 12'345);
    QCOMPARE(script.graphQl.first().operation, u"OrdersCount"_s);
    QCOMPARE(script.graphQl.first().variables.value("query"_L1).toString(), u"created_at:>='2026-01-01T00:00:00Z'"_s);
}

void ShopifyStoreTest::doesNotPretendToCountExactly() {
    ShopScript script;
    script.next = {ShopScript::json(R"({"data":{"customersCount":{"count":10000,"precision":"AT_LEAST"}}})"),
                   ShopScript::json(R"({"data":{"productsCount":null}})"),
                   ShopScript::json(R"({"data":{"productsCount":null},"errors":[{"message":"Access denied"}]})")};
    const auto count = await(script.store().count(queryFor(Resource::Customers)));
    QVERIFY(count && !*count);
    const auto absent = await(script.store().count(queryFor(Resource::Products)));
    QVERIFY(absent && !*absent);
    const auto denied = await(script.store().count(queryFor(Resource::Products)));
    QVERIFY(!denied);
    QCOMPARE(denied.error().cause, ErrorCause::ScopeMissing);
}

void ShopifyStoreTest::startsABulkOperationWithTheFilterInIt() {
    ShopScript script;
    script.next = {ShopScript::json(
        R"({"data":{"bulkOperationRunQuery":{"bulkOperation":{"id":"gid://shopify/BulkOperation/1","status":"CREATED"},)"
        R"("userErrors":[]}}})")};
    RecordQuery query = queryFor(Resource::Orders);
    query.createdSince = UtcTime(1'767'225'600'000);
    const auto status = await(script.store().startBulk(query));
    QVERIFY(status);
    QCOMPARE(status->operationId, u"gid://shopify/BulkOperation/1"_s);
    QCOMPARE(int(status->state), int(BulkStatus::State::Running));
    const QString text = script.graphQl.first().variables.value("query"_L1).toString();
    QVERIFY(text.contains(u"orders(query: \"created_at:>='2026-01-01T00:00:00Z'\""_s));
}

void ShopifyStoreTest::saysWhyABulkOperationDidNotStart_data() {
    QTest::addColumn<QByteArray>("userError");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<ErrorCause>("cause");
    QTest::newRow("too many at a time")
        << QByteArray(R"({"field":null,"code":"OPERATION_IN_PROGRESS","message":"gid://shopify/BulkOperation/1"})")
        << ErrorKind::Conflict << ErrorCause::BulkBusy;
    QTest::newRow("too many at a time, in words")
        << QByteArray(R"({"message":"A bulk query operation for this app and shop is already in progress: gid://1"})")
        << ErrorKind::Conflict << ErrorCause::BulkBusy;
    QTest::newRow("limit") << QByteArray(R"({"code":"LIMIT_REACHED"})") << ErrorKind::Conflict << ErrorCause::BulkBusy;
    QTest::newRow("invalid") << QByteArray(R"({"code":"INVALID","message":"jane@example.com"})") << ErrorKind::Invalid
                             << ErrorCause::None;
    QTest::newRow("odd") << QByteArray("12") << ErrorKind::Invalid << ErrorCause::None;
}

void ShopifyStoreTest::saysWhyABulkOperationDidNotStart() {
    QFETCH(QByteArray, userError);
    QFETCH(ErrorKind, kind);
    QFETCH(ErrorCause, cause);
    ShopScript script;
    script.next = {ShopScript::json(R"({"data":{"bulkOperationRunQuery":{"bulkOperation":null,"userErrors":[)" +
                                    userError + "]}}}")};
    const auto status = await(script.store().startBulk(queryFor(Resource::Products)));
    QVERIFY(!status);
    QCOMPARE(status.error().kind, kind);
    QCOMPARE(status.error().cause, cause);
    QVERIFY(!status.error().detail.contains(u"gid"_s) && !status.error().detail.contains(u'@'));
}

void ShopifyStoreTest::readsTheStateOfABulkOperation_data() {
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<int>("state");
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("isPartial");
    using State = BulkStatus::State;
    const auto row = [](const char* status, const QByteArray& more, State state, const QString& url = {},
                        bool isPartial = false) {
        QTest::newRow(status) << QByteArray("\"status\":\"") + status + "\"" + more << int(state) << url << isPartial;
    };
    row("CREATED", {}, State::Running);
    row("RUNNING", R"(,"objectCount":"12")", State::Running);
    row("CANCELING", {}, State::Running);
    row("SOMETHING_NEW", {}, State::Running);
    row("COMPLETED", R"(,"url":"https://x/1")", State::Completed, u"https://x/1"_s);
    row("FAILED", R"(,"url":null,"partialDataUrl":"https://x/2","errorCode":"TIMEOUT")", State::Failed,
        u"https://x/2"_s, true);
    row("CANCELED", R"(,"partialDataUrl":"https://x/3")", State::Cancelled, u"https://x/3"_s, true);
    row("EXPIRED", {}, State::Expired);
    QTest::newRow("empty result") << QByteArray(R"("status":"COMPLETED","url":null,"objectCount":"0")")
                                  << int(State::Completed) << QString() << false;
}

void ShopifyStoreTest::readsTheStateOfABulkOperation() {
    QFETCH(QByteArray, fields);
    QFETCH(int, state);
    QFETCH(QString, url);
    QFETCH(bool, isPartial);
    ShopScript script;
    script.next = {bulk(R"({"id":"gid://shopify/BulkOperation/1",)" + fields + "}")};
    const auto status = await(script.store().bulkStatus(u"gid://shopify/BulkOperation/1"_s));
    QVERIFY(status);
    QCOMPARE(int(status->state), state);
    QCOMPARE(status->url, url);
    QCOMPARE(status->isPartial, isPartial);
    QCOMPARE(status->objectCount, fields.contains("12") ? 12 : 0);
    QCOMPARE(status->errorCode, fields.contains("TIMEOUT") ? u"TIMEOUT"_s : QString());
}

void ShopifyStoreTest::saysThatABulkOperationIsForgotten() {
    ShopScript script;
    script.next = {bulk("null")};
    const auto status = await(script.store().bulkStatus(u"gid://shopify/BulkOperation/1"_s));
    QVERIFY(!status);
    QCOMPARE(status.error().kind, ErrorKind::NotFound);
    QCOMPARE(status.error().cause, ErrorCause::None);
}

void ShopifyStoreTest::cancelsABulkOperation() {
    ShopScript script;
    script.next = {
        ShopScript::json(R"({"data":{"bulkOperationCancel":{"bulkOperation":{"id":"1","status":"CANCELING"},)"
                         R"("userErrors":[]}}})")};
    const auto cancelled = await(script.store().cancelBulk(u"1"_s));
    QVERIFY(cancelled && *cancelled);
    QCOMPARE(script.graphQl.first().operation, u"BulkCancel"_s);
}

void ShopifyStoreTest::cancelsWhatHasEndedWithoutComplaint() {
    ShopScript script;
    script.next = {
        ShopScript::json(R"({"data":{"bulkOperationCancel":{"bulkOperation":{"id":"1","status":"COMPLETED"},)"
                         R"("userErrors":[{"message":"has already finished"}]}}})"),
        ShopScript::json(R"({"data":{"bulkOperationCancel":{"bulkOperation":null,)"
                         R"("userErrors":[{"message":"does not exist"}]}}})")};
    QVERIFY(await(script.store().cancelBulk(u"1"_s)));
    QVERIFY(!await(script.store().cancelBulk(u"2"_s)));
}

void ShopifyStoreTest::downloadsWithoutTheToken() {
    ShopScript script;
    ScriptedServer files([](const ScriptedRequest& request) {
        ScriptedAnswer answer;
        answer.body = "0123456789";
        if (request.header("Range") == "bytes=4-") {
            answer.status = 206;
            answer.body = "456789";
            answer.headers = {{"Content-Range", "bytes 4-9/10"}};
        }
        return answer;
    });
    const auto sink = std::make_shared<TextSink>();
    const QString url = files.baseUrl().toString() + u"/bucket/file?Signature=abc%2Fdef"_s;
    const auto size = await(script.store().download(url, 4, sink));
    QVERIFY2(size, qPrintable(size ? QString() : size.error().detail));
    QCOMPARE(*size, 10);
    QCOMPARE(sink->text, "456789");
    const ScriptedRequest request = files.requests().first();
    QCOMPARE(request.target, "/bucket/file?Signature=abc%2Fdef");
    QCOMPARE(request.header("X-Shopify-Access-Token"), "");
    QCOMPARE(request.header("Authorization"), "");
    QVERIFY(script.tokenRequests.isEmpty());
}

void ShopifyStoreTest::downloadsOnlyFromWhereItMay_data() {
    QTest::addColumn<QString>("url");
    QTest::newRow("plain http") << u"http://storage.googleapis.com/x?Signature=abc"_s;
    QTest::newRow("another host") << u"https://evil.net/x?Signature=abc"_s;
    QTest::newRow("look-alike") << u"https://storage.googleapis.com.evil.net/x?Signature=abc"_s;
    QTest::newRow("file") << u"file:///etc/passwd?Signature=abc"_s;
    QTest::newRow("garbage") << u"::::"_s;
    QTest::newRow("empty") << u""_s;
}

void ShopifyStoreTest::downloadsOnlyFromWhereItMay() {
    QFETCH(QString, url);
    ShopScript script;
    const auto sink = std::make_shared<TextSink>();
    const auto size = await(script.store().download(url, 0, sink));
    QVERIFY(!size);
    QCOMPARE(size.error().kind, ErrorKind::Refused);
    QCOMPARE(size.error().cause, ErrorCause::HostNotAllowed);
    QVERIFY(!size.error().detail.contains(u"Signature"_s));
    QVERIFY(sink->text.isEmpty());
}

void ShopifyStoreTest::decodesBulkFilesInTheShopsCurrency() {
    ShopScript script;
    script.next = {bulk(R"({"id":"1","status":"RUNNING"})")};
    QVERIFY(await(script.store().bulkStatus(u"1"_s)));
    const QByteArray line =
        QByteArray(R"({"id":"gid://shopify/ProductVariant/1","price":"1200.0",)"
                   R"("updatedAt":"2026-01-01T00:00:00Z","__parentId":"gid://shopify/Product/1"})") +
        QByteArray(64, '\0');
    const auto decoder = script.store().bulkDecoder(Resource::Products);
    const auto decoded = decoder->decode({line.constData(), static_cast<size_t>(line.size() - 64)});
    QVERIFY(std::holds_alternative<BulkRecord>(decoded));
    const auto& variant = std::get<BulkVariant>(std::get<BulkRecord>(decoded));
    QCOMPARE(variant.variant.price.currency().text(), u"JPY"_s);
    QCOMPARE(variant.variant.price.minor(), 1200);
}

void ShopifyStoreTest::revokesTheToken() {
    ShopScript script;
    QList<ScriptedRequest> seen;
    script.elsewhere = [&](const ScriptedRequest& request) {
        seen.append(request);
        return ShopScript::json("{}");
    };
    const auto revoked = await(script.store().revoke());
    QVERIFY(revoked && *revoked);
    QCOMPARE(seen.size(), 1);
    QCOMPARE(seen.first().method, "DELETE");
    QCOMPARE(seen.first().target, "/admin/api_permissions/current.json");
    QCOMPARE(seen.first().header("X-Shopify-Access-Token"), "issued-1");
    // The token is gone from memory: the next call asks for another one.
    QVERIFY(await(script.store().revoke()));
    QCOMPARE(script.tokenRequests.size(), 2);
}

// That one token is refused does not say that the app is gone from the shop.
void ShopifyStoreTest::revokesWithAFreshTokenWhenOneEndedEarly() {
    ShopScript script;
    QList<QByteArray> tokens;
    script.elsewhere = [&](const ScriptedRequest& request) {
        tokens << request.header("X-Shopify-Access-Token");
        return tokens.size() == 1 ? ShopScript::status(401) : ShopScript::json("{}");
    };
    const auto revoked = await(script.store().revoke());
    QVERIFY(revoked && *revoked);
    QCOMPARE(tokens, (QList<QByteArray>{"issued-1", "issued-2"}));
}

void ShopifyStoreTest::takesWhatIsAlreadyRevokedAsDone_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("atToken");
    for (const int status : {401, 403, 404})
        for (const bool atToken : {false, true})
            QTest::addRow("%d %s", status, atToken ? "for the token" : "for the app") << status << atToken;
    QTest::newRow("400 for the token") << 400 << true;
}

void ShopifyStoreTest::takesWhatIsAlreadyRevokedAsDone() {
    QFETCH(int, status);
    QFETCH(bool, atToken);
    ShopScript script;
    if (atToken) script.tokenAnswer = ShopScript::status(status);
    script.elsewhere = [status](const ScriptedRequest&) { return ShopScript::status(status); };
    const auto revoked = await(script.store().revoke());
    QVERIFY(revoked && *revoked);
}

void ShopifyStoreTest::saysThatItCouldNotRevoke() {
    ShopScript script;
    script.elsewhere = [](const ScriptedRequest&) { return ShopScript::status(500); };
    const auto revoked = await(script.store().revoke());
    QVERIFY(!revoked);
    QCOMPARE(revoked.error().kind, ErrorKind::Network);
}

void ShopifyStoreTest::letsGoOfEverythingWhenItDies() {
    QFuture<Result<RecordPage>> page;
    QFuture<Result<ShopFacts>> facts;
    {
        ShopScript script;
        script.otherwise = [](const GraphQlRequest&) {
            ScriptedAnswer answer = ShopScript::json("{}");
            answer.isHeld = true;
            return answer;
        };
        page = script.store().page(queryFor(Resource::Orders), {});
        facts = script.store().shop();
        QTRY_COMPARE(script.graphQl.size(), 2);
    }
    QVERIFY(page.isFinished());
    QVERIFY(facts.isFinished() || facts.isCanceled());
}

QTEST_GUILESS_MAIN(ShopifyStoreTest)
#include "tst_shopify_store.moc"
