// The sandbox as a shop that can be broken on request: tokens, faults, controls, sockets.
#include "app/sandbox/sandbox_server.h"
#include "tests/app/shop_visitor.h"
#include "tests/support/patience.h"

#include <QDeadlineTimer>
#include <QTcpSocket>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace aiva;
using sandbox::HttpAnswer;

namespace {

const QString kShopName = u"{shop{name}}"_s;

// One raw request over loopback; what came back until the line closed, or within the time.
QByteArray exchange(quint16 port, const QByteArray& request, int waitMs = 30'000) {
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, port);
    if (!socket.waitForConnected(waitMs)) return "no connection";
    socket.write(request);
    QByteArray received;
    while (socket.waitForReadyRead(waitMs))
        received += socket.readAll();
    return received + socket.readAll();
}

QByteArray graphRequest(const SandboxServer& server, const QByteArray& query) {
    const QByteArray body = "{\"query\":\"" + query + "\"}";
    const SecretString token = server.accessToken();
    return "POST /admin/api/2026-10/graphql.json HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: "
           "application/json\r\nX-Shopify-Access-Token: " +
           QByteArray(token.reveal().data(), static_cast<qsizetype>(token.size())) +
           "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

QByteArray faultRequest(const QByteArray& faults) {
    return "POST /sandbox/faults HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: " +
           QByteArray::number(faults.size()) + "\r\n\r\n" + faults;
}

} // namespace

class TestSandboxService : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesTokensForTheRightSecretOnly();
    void refusesUnknownTokens();
    void revokedTokensDie();
    void strikesWithTheStatusOrdered_data();
    void strikesWithTheStatusOrdered();
    void strikesWhenAndWhereItIsTold();
    void refusesUnknownFaults();
    void refusesAControlThatIsNone();
    void downloadServesRanges();
    void cutsTheLine_data();
    void cutsTheLine();
    void touchChangesWhatIsRead();
    void truthAndStatsAreJson();
    void soakFaultsAreTheSameForTheSameSeed();
};

void TestSandboxService::givesTokensForTheRightSecretOnly() {
    ShopVisitor visitor;
    const auto& own = visitor.service.credentials();
    const auto ask = [&](const std::string& id, const std::string& secret) {
        const std::string form = "grant_type=client_credentials&client_id=" + id + "&client_secret=" + secret;
        return visitor.service.answer(
            {"POST", "/admin/oauth/access_token", "", form, "application/x-www-form-urlencoded", ""});
    };
    const HttpAnswer good = ask(own.clientId, own.clientSecret);
    QCOMPARE(good.status, 200);
    const QJsonObject token = QJsonDocument::fromJson(QByteArray::fromStdString(good.body)).object();
    QCOMPARE(token.value("expires_in"_L1).toInt(), 86'399);
    QVERIFY(token.value("access_token"_L1).toString().startsWith("shpat_"_L1));
    QVERIFY(token.value("scope"_L1).toString().contains("read_orders"_L1));
    QCOMPARE(ask(own.clientId, "shpss_wrong").status, 400);
    QVERIFY(ask(own.clientId, "shpss_wrong").body.find("invalid_client") != std::string::npos);
    QVERIFY(ask("somebody", own.clientSecret).body.find("application_cannot_be_found") != std::string::npos);
}

void TestSandboxService::refusesUnknownTokens() {
    ShopVisitor visitor;
    const HttpAnswer answer =
        visitor.service.answer({"POST", "/admin/api/2026-10/graphql.json", "", "{\"query\":\"{shop{name}}\"}",
                                "application/json", "shpat_guess"});
    QCOMPARE(answer.status, 401);
    QCOMPARE(answer.body,
             std::string("{\"errors\":\"[API] Invalid API key or access token (unrecognized login or wrong "
                         "password)\"}"));
}

void TestSandboxService::revokedTokensDie() {
    ShopVisitor visitor;
    const std::string token = visitor.service.credentials().token;
    QCOMPARE(visitor.service.answer({"DELETE", "/admin/api_permissions/current.json", "", "", "", token}).status, 200);
    QCOMPARE(visitor.service.answer({"DELETE", "/admin/api_permissions/current.json", "", "", "", token}).status, 401);
    QCOMPARE(visitor.post("/admin/api/2026-10/graphql.json", "{\"query\":\"{shop{name}}\"}").status, 401);
}

void TestSandboxService::strikesWithTheStatusOrdered_data() {
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<int>("status");
    for (const int status : {401, 402, 403, 404, 423, 429, 430, 500, 502, 503, 504})
        QTest::addRow("%d", status) << QByteArray::number(status) << status;
    QTest::newRow("redirect") << QByteArray("redirect") << 302;
    QTest::newRow("html") << QByteArray("html") << 200;
    QTest::newRow("throttled") << QByteArray("throttled") << 200;
}

void TestSandboxService::strikesWithTheStatusOrdered() {
    QFETCH(QByteArray, kind);
    ShopVisitor visitor;
    visitor.order("{\"next\":[{\"match\":\"shop\",\"kind\":\"" + kind + "\"}]}");
    const HttpAnswer struck = visitor.post("/admin/api/2026-10/graphql.json", "{\"query\":\"{shop{name}}\"}");
    QTEST(struck.status, "status");
    if (kind == "html") QVERIFY(struck.contentType.starts_with("text/html"));
    if (kind == "throttled") QVERIFY(struck.body.find("THROTTLED") != std::string::npos);
    if (kind == "429") QCOMPARE(struck.headers.front().first, std::string("Retry-After"));
    QCOMPARE(visitor.data(kShopName).value("shop"_L1).toObject().value("name"_L1).toString(), u"Acme Outdoor"_s);
}

void TestSandboxService::strikesWhenAndWhereItIsTold() {
    ShopVisitor visitor;
    visitor.order(R"({"next":[{"match":"orders","kind":"503","count":2,"after":1}]})");
    const QByteArray orders = "{\"query\":\"{orders(first:1){nodes{id}}}\"}";
    const auto status = [&](const QByteArray& body) {
        return visitor.post("/admin/api/2026-10/graphql.json", body).status;
    };
    QCOMPARE(status(orders), 200);
    QCOMPARE(status("{\"query\":\"{shop{name}}\"}"), 200);
    QCOMPARE(status(orders), 503);
    QCOMPARE(status(orders), 503);
    QCOMPARE(status(orders), 200);
}

void TestSandboxService::refusesUnknownFaults() {
    ShopVisitor visitor;
    QCOMPARE(visitor.post("/sandbox/faults", R"({"next":[{"kind":"flood"}]})").status, 400);
    QCOMPARE(visitor.post("/sandbox/faults", "nonsense").status, 400);
}

// A test that misspells one would prove nothing.
void TestSandboxService::refusesAControlThatIsNone() {
    ShopVisitor visitor;
    QCOMPARE(visitor.post("/sandbox/woocommerce", "{\"hide_totals\":true,\"permalinks\":\"plain\"}").status, 200);
    for (const char* wrong : {"{\"hide_total\":true}", "{\"v2\":\"no\"}", "{\"clock_skew\":\"late\"}", "{\"home\":1}"})
        QCOMPARE(visitor.post("/sandbox/woocommerce", wrong).status, 400);
}

void TestSandboxService::downloadServesRanges() {
    auto server = SandboxServer::start(steadyOptions());
    QVERIFY(server.has_value());
    const quint16 port = (*server)->port();
    const QByteArray started =
        exchange(port, graphRequest(**server, "mutation{bulkOperationRunQuery(query:\\\"{products{edges{node{id "
                                              "title}}}}\\\"){bulkOperation{id}}}"));
    QVERIFY(started.contains("gid://shopify/BulkOperation/"));
    const qsizetype at = started.indexOf("gid://shopify/BulkOperation/");
    const QByteArray id = started.mid(at, started.indexOf('"', at) - at);
    QByteArray polled;
    const QDeadlineTimer patience(std::chrono::minutes(1));
    while (!polled.contains("/bulk/") && !patience.hasExpired())
        polled = exchange(port, graphRequest(**server, "{bulkOperation(id:\\\"" + id + "\\\"){url}}"));
    const qsizetype from = polled.indexOf("/bulk/");
    const QByteArray target = polled.mid(from, polled.indexOf('"', from) - from);
    const QByteArray head = "GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
    const QByteArray whole = exchange(port, head + "\r\n");
    const QByteArray body = whole.mid(whole.indexOf("\r\n\r\n") + 4);
    QVERIFY(whole.startsWith("HTTP/1.1 200") && body.count('\n') == 62);
    const QByteArray rest = exchange(port, head + "Range: bytes=1000-\r\n\r\n");
    QVERIFY2(rest.startsWith("HTTP/1.1 206"), rest.left(200).constData());
    QCOMPARE(rest.mid(rest.indexOf("\r\n\r\n") + 4), body.mid(1000));
    QVERIFY(rest.contains("Content-Range: bytes 1000-"));
}

void TestSandboxService::cutsTheLine_data() {
    QTest::addColumn<QByteArray>("kind");
    QTest::newRow("reset") << QByteArray("reset");
    QTest::newRow("truncate") << QByteArray("truncate");
    QTest::newRow("trickle") << QByteArray("trickle");
}

void TestSandboxService::cutsTheLine() {
    QFETCH(QByteArray, kind);
    auto server = SandboxServer::start(steadyOptions());
    QVERIFY(server.has_value());
    const quint16 port = (*server)->port();
    QVERIFY(exchange(port, faultRequest("{\"next\":[{\"match\":\"shop\",\"kind\":\"" + kind + "\"}]}"))
                .contains("pending"));
    const QByteArray answer = exchange(port, graphRequest(**server, "{shop{name}}"));
    const qsizetype bodyAt = answer.indexOf("\r\n\r\n") + 4;
    const qsizetype promised = 4125; // of the filler
    if (kind == "reset") QVERIFY2(answer.size() < promised, answer.left(100).constData());
    if (kind == "truncate") QVERIFY(answer.size() - bodyAt > 100 && answer.size() - bodyAt < promised);
    if (kind == "trickle") QCOMPARE(answer.size() - bodyAt, promised);
    QVERIFY(exchange(port, graphRequest(**server, "{shop{name}}")).contains("Acme Outdoor"));
}

void TestSandboxService::touchChangesWhatIsRead() {
    ShopVisitor visitor;
    const QString count = u"{ordersCount(query:\"updated_at:>='2026-11-21T09:44:00Z'\"){count}}"_s;
    const auto changed = [&] {
        return visitor.data(count).value("ordersCount"_L1).toObject().value("count"_L1).toInt();
    };
    const int before = changed();
    QCOMPARE(visitor.post("/sandbox/touch", R"({"orders":3,"customers":["john@example.com"]})").status, 200);
    QCOMPARE(changed(), before + 3);
    const QByteArray truth = QByteArray::fromStdString(
        visitor.get("/sandbox/truth", "resource=customers&query=email:john@example.com").body);
    QVERIFY(truth.contains("Checked by the front desk (1)"));
    QCOMPARE(visitor.post("/sandbox/touch", R"({"widgets":3})").status, 400);
}

void TestSandboxService::truthAndStatsAreJson() {
    ShopVisitor visitor;
    visitor.data(kShopName);
    for (const std::string resource : {"orders", "customers", "products"}) {
        const QJsonDocument document = QJsonDocument::fromJson(
            QByteArray::fromStdString(visitor.get("/sandbox/truth", "resource=" + resource).body));
        QVERIFY(document.object().value("records"_L1).toArray().size() > 50);
    }
    const QJsonObject stats =
        QJsonDocument::fromJson(QByteArray::fromStdString(visitor.get("/sandbox/stats").body)).object();
    QCOMPARE(stats.value("orders"_L1).toInt(), 1060);
    QCOMPARE(stats.value("requests"_L1).toObject().value(" shop"_L1).toInt(), 1);
}

void TestSandboxService::soakFaultsAreTheSameForTheSameSeed() {
    const auto run = [] {
        SandboxOptions options = steadyOptions();
        options.faultPercent = 30;
        ShopVisitor visitor(options);
        QList<int> outcomes;
        for (int i = 0; i < 60; ++i) {
            const HttpAnswer answer = visitor.post("/admin/api/2026-10/graphql.json", "{\"query\":\"{shop{name}}\"}");
            outcomes.append(answer.status * 10 + static_cast<int>(answer.delivery));
        }
        return outcomes;
    };
    const QList<int> first = run();
    QCOMPARE(run(), first);
    const auto failed = std::count_if(first.begin(), first.end(), [](int outcome) { return outcome != 2000; });
    QVERIFY(failed > 5 && failed < 40);
}

QTEST_GUILESS_MAIN(TestSandboxService)
#include "tst_sandbox_service.moc"
