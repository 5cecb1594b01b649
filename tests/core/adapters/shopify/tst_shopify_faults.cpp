#include "core/base/log.h"
#include "shop_script.h"
#include "tests/support/patience.h"
#include "tests/support/time_allowance.h"

#include <QElapsedTimer>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;
using Ending = ScriptedAnswer::Ending;

namespace {

QStringList* g_logged = nullptr;

void captureLog(QtMsgType, const QMessageLogContext&, const QString& message) {
    if (g_logged) g_logged->append(message);
}

const QByteArray kShop =
    R"({"data":{"shop":{"id":"gid://shopify/Shop/1","name":"Acme","myshopifyDomain":"acme.myshopify.com",)"
    R"("currencyCode":"EUR","ianaTimezone":"Europe/Berlin","plan":{"publicDisplayName":"Basic"}},)"
    R"("currentAppInstallation":{"accessScopes":[{"handle":"read_orders"},{"handle":"read_customers"}]}}})";

ScriptedAnswer ended(Ending ending, qint64 bytes) {
    ScriptedAnswer answer = ShopScript::json(kShop);
    answer.ending = ending;
    answer.sendBytes = bytes;
    return answer;
}

} // namespace

// One request, one fault, one defined outcome.
class ShopifyFaultsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void saysWhichInterfaceAnswers_data();
    void saysWhichInterfaceAnswers();
    void namesTheFault_data();
    void namesTheFault();
    void waitsOutWhatPasses_data();
    void waitsOutWhatPasses();
    void givesUpOnALimitThatNeverLifts();
    void pacesTheNextRequestByTheBucket();
    void renewsTheTokenOnceAndGoesOn();
    void renewsTheTokenFiveMinutesBeforeItsEnd();
    void sharesOneTokenRequest();
    void asksForATokenAsTheShopWants();
    void namesWhatIsWrongWithTheCredentials_data();
    void namesWhatIsWrongWithTheCredentials();
    void sendsTheAdminTokenAsItIs();
    void refusesABadCertificate();
    void refusesABaseUrlElsewhere();
    void answersRefusedWhenCancelled();
    void cancelsAWaitForTheRateLimit();
    void leakedNothing();

private:
    void remember(const Error& error) { m_details << error.detail; }
    QStringList m_logged;
    QStringList m_details;
};

void ShopifyFaultsTest::initTestCase() {
    QLoggingCategory::setFilterRules(u"aiva.*=true"_s);
    g_logged = &m_logged;
    qInstallMessageHandler(captureLog);
}

void ShopifyFaultsTest::cleanupTestCase() {
    qInstallMessageHandler(nullptr);
    g_logged = nullptr;
}

void ShopifyFaultsTest::saysWhichInterfaceAnswers_data() {
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<QString>("other");
    QTest::newRow("the one asked for") << QByteArray("2026-10") << QString();
    QTest::newRow("fallen forward") << QByteArray("2027-01") << u"2027-01"_s;
    QTest::newRow("it does not say") << QByteArray() << QString();
    QTest::newRow("nonsense") << QByteArray("<b>2027-01</b>") << QString();
}

void ShopifyFaultsTest::saysWhichInterfaceAnswers() {
    QFETCH(QByteArray, version);
    ShopScript script;
    ScriptedAnswer answer = ShopScript::json(kShop);
    if (!version.isEmpty()) answer.headers.append({"X-Shopify-API-Version", version});
    script.next = {answer};
    const auto facts = await(script.store().shop());
    QVERIFY(facts);
    QTEST(facts->otherApi, "other");
}

void ShopifyFaultsTest::namesTheFault_data() {
    QTest::addColumn<ScriptedAnswer>("answer");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<ErrorCause>("cause");
    const auto row = [](const char* name, const ScriptedAnswer& answer, ErrorKind kind,
                        ErrorCause cause = ErrorCause::None) { QTest::newRow(name) << answer << kind << cause; };
    const auto errors = [](const QByteArray& list) { return ShopScript::json("{\"errors\":" + list + "}"); };
    const auto redirected = [](const QByteArray& to) { return ShopScript::status(302, {{"Location", to}}); };

    row("400", ShopScript::status(400), ErrorKind::Invalid);
    row("401 each time", ShopScript::status(401), ErrorKind::Auth, ErrorCause::TokenRefused);
    row("402", ShopScript::status(402), ErrorKind::Refused, ErrorCause::ShopFrozen);
    row("403", ShopScript::status(403), ErrorKind::Auth, ErrorCause::ScopeMissing);
    row("404", ShopScript::status(404), ErrorKind::NotFound, ErrorCause::ShopNotFound);
    row("423", ShopScript::status(423), ErrorKind::Refused, ErrorCause::ShopLocked);
    row("430", ShopScript::status(430), ErrorKind::Refused, ErrorCause::ShopWary);
    row("500", ShopScript::status(500), ErrorKind::Network);
    row("502", ShopScript::status(502), ErrorKind::Network);
    row("503 without a time", ShopScript::status(503), ErrorKind::Network);
    row("504", ShopScript::status(504), ErrorKind::Timeout);
    row("530", ShopScript::status(530), ErrorKind::Network);

    row("reset before the answer", ended(Ending::Reset, -1), ErrorKind::Network, ErrorCause::ConnectionReset);
    row("reset inside the answer", ended(Ending::Reset, 60), ErrorKind::Network, ErrorCause::BodyTruncated);
    row("closed inside the answer", ended(Ending::Cut, 60), ErrorKind::Network, ErrorCause::BodyTruncated);
    ScriptedAnswer chunked = ended(Ending::Cut, 60);
    chunked.chunked = true;
    row("closed inside a chunk", chunked, ErrorKind::Network, ErrorCause::BodyTruncated);
    row("silent", ended(Ending::Silence, 60), ErrorKind::Timeout);
    row("slow trickle", ended(Ending::Trickle, 0), ErrorKind::Timeout);
    row("redirect to another host", redirected("https://evil.invalid/admin"), ErrorKind::Refused,
        ErrorCause::RedirectRefused);
    row("redirect to the log-in page", redirected("/admin/auth/login"), ErrorKind::Refused,
        ErrorCause::RedirectRefused);
    ScriptedAnswer huge = ShopScript::json(QByteArray(33 * 1024 * 1024, ' '));
    row("huge body", huge, ErrorKind::Network, ErrorCause::BodyTooLarge);

    row("truncated JSON", ShopScript::json(kShop.left(100)), ErrorKind::Network, ErrorCause::BodyTruncated);
    row("empty body", ShopScript::json(""), ErrorKind::Network, ErrorCause::BodyTruncated);
    row("web page", ShopScript::json("<!DOCTYPE html><title>jane@example.com</title>"), ErrorKind::Network);
    row("not an object", ShopScript::json("[1,2]"), ErrorKind::Invalid);
    row("no data", ShopScript::json("{}"), ErrorKind::Invalid);
    row("null data", ShopScript::json(R"({"data":null})"), ErrorKind::Invalid);
    row("null shop", ShopScript::json(R"({"data":{"shop":null}})"), ErrorKind::Invalid);

    row("errors as a string", errors(R"("Unavailable Shop jane@example.com")"), ErrorKind::Invalid);
    row("errors as a string about the token",
        errors(R"x("[API] Invalid API key or access token (unrecognized login)")x"), ErrorKind::Auth,
        ErrorCause::TokenRefused);
    row("errors as an object", errors(R"({"message":"x"})"), ErrorKind::Invalid);
    row("access denied",
        errors(R"([{"message":"Access denied for shop field. Required access: `read_orders` access scope.",)"
               R"("extensions":{"code":"ACCESS_DENIED"},"path":["shop"]}])"),
        ErrorKind::Auth, ErrorCause::ScopeMissing);
    row("protected data not approved",
        errors(R"([{"message":"This app is not approved to access the Customer object."}])"), ErrorKind::Auth,
        ErrorCause::ScopeMissing);
    row("too costly", errors(R"([{"message":"Query cost is 2000","extensions":{"code":"MAX_COST_EXCEEDED"}}])"),
        ErrorKind::Refused, ErrorCause::QueryTooCostly);
    row("internal error", errors(R"([{"message":"Internal error","extensions":{"code":"INTERNAL_SERVER_ERROR"}}])"),
        ErrorKind::Network);
    row("undefined field",
        errors(R"([{"message":"Field 'x' doesn't exist","extensions":{"code":"undefinedField","value":"gid://x"}}])"),
        ErrorKind::Invalid);
    row("code that is not one", errors(R"([{"message":"x","extensions":{"code":"jane@example.com"}}])"),
        ErrorKind::Invalid);
    row("errors beside nothing usable", ShopScript::json(R"({"errors":[null,1,"x"],"data":{"shop":null}})"),
        ErrorKind::Invalid);
}

void ShopifyFaultsTest::namesTheFault() {
    QFETCH(ScriptedAnswer, answer);
    QFETCH(ErrorKind, kind);
    QFETCH(ErrorCause, cause);
    ShopScript script;
    script.otherwise = [&](const GraphQlRequest&) { return answer; };
    if (answer.ending == Ending::Silence) script.reconnect({20'000, 20'000, 500, 20'000, 0, 0});
    if (answer.ending == Ending::Trickle) script.reconnect({20'000, 20'000, 20'000, 1'500, 0, 0});
    QElapsedTimer elapsed;
    elapsed.start();
    const auto facts = await(script.store().shop());
    QVERIFY(!facts);
    QVERIFY2(elapsed.elapsed() < 15'000, "every fault ends within its own limit, before the others");
    remember(facts.error());
    QCOMPARE(facts.error().kind, kind);
    QCOMPARE(facts.error().cause, cause);
    // One renewal at a refused token; Qt itself tries a connection that was reset before the answer once more.
    const bool isTwice = cause == ErrorCause::TokenRefused || cause == ErrorCause::ConnectionReset;
    QVERIFY(script.graphQl.size() <= (isTwice ? 2 : 1));
}

void ShopifyFaultsTest::waitsOutWhatPasses_data() {
    QTest::addColumn<ScriptedAnswer>("answer");
    QTest::addColumn<qint64>("waitMs");
    QTest::newRow("429 with a time") << ShopScript::status(429, {{"Retry-After", "0.4"}}) << qint64(400);
    QTest::newRow("429 without") << ShopScript::status(429) << qint64(1000);
    QTest::newRow("503 with a time") << ShopScript::status(503, {{"Retry-After", "0.3"}}) << qint64(300);
    QTest::newRow("throttled, short of 120 points") << ShopScript::throttled(300, 180, 100) << qint64(1200);
    QTest::newRow("throttled, at least a second") << ShopScript::throttled(300, 290, 100) << qint64(1000);
    QTest::newRow("throttled without numbers")
        << ShopScript::json(R"({"errors":[{"message":"Throttled","extensions":{"code":"THROTTLED"}}]})")
        << qint64(1000);
}

void ShopifyFaultsTest::waitsOutWhatPasses() {
    QFETCH(ScriptedAnswer, answer);
    QFETCH(qint64, waitMs);
    ShopScript script;
    script.next = {answer};
    script.otherwise = [](const GraphQlRequest&) { return ShopScript::json(kShop); };
    QElapsedTimer elapsed;
    elapsed.start();
    const auto facts = await(script.store().shop());
    QVERIFY2(facts, qPrintable(facts ? QString() : facts.error().detail));
    QCOMPARE(facts->name, u"Acme"_s);
    QVERIFY(elapsed.elapsed() >= waitMs);
    QVERIFY(elapsed.elapsed() < waitMs + allowed(2'000));
    QCOMPARE(script.waits, (QList<qint64>{waitMs, 0}));
    QCOMPARE(script.graphQl.size(), 2);
}

void ShopifyFaultsTest::givesUpOnALimitThatNeverLifts() {
    ShopScript script;
    script.otherwise = [](const GraphQlRequest&) { return ShopScript::status(429, {{"Retry-After", "0"}}); };
    const auto facts = await(script.store().shop());
    QVERIFY(!facts);
    remember(facts.error());
    QCOMPARE(facts.error().kind, ErrorKind::RateLimited);
    QCOMPARE(script.graphQl.size(), 21);
}

void ShopifyFaultsTest::pacesTheNextRequestByTheBucket() {
    ShopScript script;
    QByteArray costly = kShop;
    costly.chop(1);
    costly += R"(,"extensions":{"cost":{"requestedQueryCost":300,"actualQueryCost":280,"throttleStatus":)"
              R"({"maximumAvailable":2000,"currentlyAvailable":270,"restoreRate":100}}}})";
    script.otherwise = [&](const GraphQlRequest&) { return ShopScript::json(costly); };
    QVERIFY(await(script.store().shop()));
    QVERIFY(script.waits.isEmpty());
    // 300 needed, 270 there, 100 a second: 300 ms, and never a refusal.
    QVERIFY(await(script.store().shop()));
    QCOMPARE(script.waits, (QList<qint64>{300, 0}));
    // Ten seconds later there is room enough.
    script.clock().advanceMs(10'000);
    QVERIFY(await(script.store().shop()));
    QCOMPARE(script.waits.size(), 2);
}

void ShopifyFaultsTest::renewsTheTokenOnceAndGoesOn() {
    ShopScript script;
    script.otherwise = [](const GraphQlRequest&) { return ShopScript::json(kShop); };
    QVERIFY(await(script.store().shop()));
    script.next = {ShopScript::status(401)};
    QVERIFY(await(script.store().shop()));
    QCOMPARE(script.tokenRequests.size(), 2);
    QCOMPARE(script.graphQl.last().token, "issued-2");
    QVERIFY(await(script.store().shop()));
    QCOMPARE(script.tokenRequests.size(), 2);
}

void ShopifyFaultsTest::renewsTheTokenFiveMinutesBeforeItsEnd() {
    ShopScript script;
    script.otherwise = [](const GraphQlRequest&) { return ShopScript::json(kShop); };
    QVERIFY(await(script.store().shop()));
    script.clock().advanceMs((86'399 - 301) * 1000LL);
    QVERIFY(await(script.store().shop()));
    QCOMPARE(script.tokenRequests.size(), 1);
    script.clock().advanceMs(2000);
    QVERIFY(await(script.store().shop()));
    QCOMPARE(script.tokenRequests.size(), 2);
    QCOMPARE(script.graphQl.last().token, "issued-2");
}

void ShopifyFaultsTest::sharesOneTokenRequest() {
    ShopScript script;
    script.otherwise = [](const GraphQlRequest&) { return ShopScript::json(kShop); };
    const auto first = script.store().shop();
    const auto second = script.store().shop();
    QVERIFY(await(first));
    QVERIFY(await(second));
    QCOMPARE(script.tokenRequests.size(), 1);
}

void ShopifyFaultsTest::asksForATokenAsTheShopWants() {
    ShopScript script;
    script.otherwise = [](const GraphQlRequest&) { return ShopScript::json(kShop); };
    QVERIFY(await(script.store().shop()));
    const ScriptedRequest request = script.tokenRequests.first();
    QCOMPARE(request.method, "POST");
    QCOMPARE(request.header("Content-Type"), "application/x-www-form-urlencoded");
    QCOMPARE(request.body, "grant_type=client_credentials&client_id=client-id&client_secret=" + ShopScript::kSecret);
}

void ShopifyFaultsTest::namesWhatIsWrongWithTheCredentials_data() {
    QTest::addColumn<ScriptedAnswer>("answer");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<ErrorCause>("cause");
    const auto row = [](const char* name, const ScriptedAnswer& answer, ErrorKind kind, ErrorCause cause) {
        QTest::newRow(name) << answer << kind << cause;
    };
    row("400", ShopScript::json(R"({"error":"invalid_client"})", 400), ErrorKind::Auth, ErrorCause::TokenRefused);
    row("401", ShopScript::status(401), ErrorKind::Auth, ErrorCause::TokenRefused);
    row("403", ShopScript::status(403), ErrorKind::Auth, ErrorCause::ScopeMissing);
    row("404", ShopScript::status(404), ErrorKind::NotFound, ErrorCause::ShopNotFound);
    row("500", ShopScript::status(500), ErrorKind::Network, ErrorCause::None);
    row("no token in it", ShopScript::json("{}"), ErrorKind::Invalid, ErrorCause::None);
    row("web page", ShopScript::json("<html>"), ErrorKind::Network, ErrorCause::BodyTruncated);
    row("token that breaks the header", ShopScript::json("{\"access_token\":\"issued-\\r\\nX: y\"}"),
        ErrorKind::Invalid, ErrorCause::None);
}

void ShopifyFaultsTest::namesWhatIsWrongWithTheCredentials() {
    QFETCH(ScriptedAnswer, answer);
    QFETCH(ErrorKind, kind);
    QFETCH(ErrorCause, cause);
    ShopScript script;
    script.tokenAnswer = answer;
    const auto facts = await(script.store().shop());
    QVERIFY(!facts);
    remember(facts.error());
    QCOMPARE(facts.error().kind, kind);
    QCOMPARE(facts.error().cause, cause);
    QVERIFY(script.graphQl.isEmpty());
}

void ShopifyFaultsTest::sendsTheAdminTokenAsItIs() {
    ShopScript script(ShopScript::Credentials::Admin);
    script.next = {ShopScript::json(kShop), ShopScript::status(401)};
    QVERIFY(await(script.store().shop()));
    QCOMPARE(script.graphQl.first().token, ShopScript::kAdminToken);
    const auto refused = await(script.store().shop());
    QVERIFY(!refused);
    remember(refused.error());
    QCOMPARE(refused.error().cause, ErrorCause::TokenRefused);
    QVERIFY(script.tokenRequests.isEmpty());
}

void ShopifyFaultsTest::refusesABadCertificate() {
    ScriptedServer server([](const ScriptedRequest&) { return ShopScript::json(kShop); }, selfSignedIdentity());
    ShopScript script;
    ShopifyConnection connection = script.connection();
    connection.baseUrl = server.baseUrl();
    HttpTransport transport;
    const auto store = makeShopifyStore(transport, script.clock(), connection);
    const auto facts = await(store->shop());
    QVERIFY(!facts);
    remember(facts.error());
    QCOMPARE(facts.error().cause, ErrorCause::CertificateInvalid);
    QVERIFY(server.requests().isEmpty());
}

void ShopifyFaultsTest::refusesABaseUrlElsewhere() {
    ShopScript script;
    HttpTransport transport;
    for (const QString& url : {u"http://192.168.1.2:80/"_s, u"https://evil.net/"_s, u"http://acme.myshopify.com"_s}) {
        ShopifyConnection connection = script.connection();
        connection.baseUrl = QUrl(url);
        const auto facts = await(makeShopifyStore(transport, script.clock(), connection)->shop());
        QVERIFY(!facts);
        QCOMPARE(facts.error().kind, ErrorKind::Invalid);
    }
    ShopifyConnection connection = script.connection();
    connection.shopDomain = u"acme.com"_s;
    QCOMPARE(await(makeShopifyStore(transport, script.clock(), connection)->revoke()).error().kind, ErrorKind::Invalid);
}

void ShopifyFaultsTest::answersRefusedWhenCancelled() {
    ShopScript script;
    ScriptedAnswer late = ShopScript::json(kShop);
    late.isHeld = true;
    script.next = {late};
    script.otherwise = [](const GraphQlRequest&) { return ShopScript::json(kShop); };
    const auto pending = script.store().shop();
    QTRY_COMPARE(script.graphQl.size(), 1);
    script.store().cancelAll();
    const auto facts = await(pending);
    QVERIFY(!facts);
    QCOMPARE(facts.error().kind, ErrorKind::Refused);
    // It is usable again.
    QVERIFY(await(script.store().shop()));
}

void ShopifyFaultsTest::cancelsAWaitForTheRateLimit() {
    ShopScript script;
    script.otherwise = [](const GraphQlRequest&) { return ShopScript::status(429, {{"Retry-After", "60"}}); };
    const auto pending = script.store().shop();
    QTRY_COMPARE(script.waits, (QList<qint64>{60'000}));
    script.store().cancelAll();
    const auto facts = await(pending);
    QVERIFY(!facts);
    QCOMPARE(facts.error().kind, ErrorKind::Refused);
    QCOMPARE(script.waits, (QList<qint64>{60'000, 0}));
}

// Last: looks through every error text and every log line of the tests above.
void ShopifyFaultsTest::leakedNothing() {
    QVERIFY(m_logged.size() > 50);
    QVERIFY(m_details.size() > 40);
    const ShopScript script;
    for (const QString& line : m_logged + m_details)
        for (const QString& secret : script.secrets())
            QVERIFY2(!line.contains(secret, Qt::CaseInsensitive), qPrintable(secret + u" in: "_s + line));
}

QTEST_GUILESS_MAIN(ShopifyFaultsTest)
#include "tst_shopify_faults.moc"
