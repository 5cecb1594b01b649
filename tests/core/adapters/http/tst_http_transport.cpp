#include "core/adapters/http/http_errors.h"
#include "core/adapters/http/http_transport.h"
#include "tests/support/await.h"
#include "tests/support/patience.h"
#include "tests/support/scripted_server.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTcpServer>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;
using Ending = ScriptedAnswer::Ending;

namespace {

HttpRequest requestTo(const QUrl& url) {
    HttpRequest request;
    request.url = url;
    request.policy.loopback = HttpPolicy::Loopback::Allowed;
    request.timeouts = {20'000, 20'000, 20'000, 20'000, 0, 0};
    return request;
}

// What an answer that never comes, stops or never ends runs into; whoever answers may take a busy machine's time.
HttpTimeouts shortest(Ending ending) {
    if (ending == Ending::Silence) return {20'000, 400, 400, 20'000, 0, 0};
    if (ending == Ending::Trickle) return {20'000, 20'000, 20'000, 1'500, 0, 0};
    return {20'000, 20'000, 20'000, 20'000, 0, 0};
}

// gzip of "hello hello hello\n" by the tool.
const QByteArray kGzip = QByteArray::fromHex("1f8b0800000000000003cb48cdc9c957c840905c003b7c8adf12000000");

} // namespace

class HttpTransportTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_transport = std::make_unique<HttpTransport>(); }
    void answersAnyStatusWithItsBody_data();
    void answersAnyStatusWithItsBody();
    void sendsMethodHeadersAndBody();
    void namesWhatWentWrong_data();
    void namesWhatWentWrong();
    void tellsANetworkThatIsAwayFromAServerThatFails();
    void refusesWhereItMayNotGo();
    void followsARedirectOnTheSameOriginOnly();
    void refusesToRepeatAPostAfterARedirect();
    void stopsALoopOfRedirects();
    void capsTheDecodedSizeOfACompressedBody();
    void refusesACertificateNobodySigned();
    void refusesACertificateForAnotherName();
    void acceptsACertificateOfAnExtraAuthority();
    void keepsNoCookies();
    void abortsOneGroupAndNoOther();
    void answersRefusedWhenItDies();
    void keepsTheRequestIdOnlyWhenItLooksLikeOne();

private:
    std::unique_ptr<HttpTransport> m_transport;
};

void HttpTransportTest::answersAnyStatusWithItsBody_data() {
    QTest::addColumn<int>("status");
    for (const int status : {200, 201, 204, 400, 401, 402, 403, 404, 423, 429, 430, 500, 502, 503, 504, 783})
        QTest::addRow("%d", status) << status;
}

void HttpTransportTest::answersAnyStatusWithItsBody() {
    QFETCH(int, status);
    ScriptedServer server([&](const ScriptedRequest&) {
        ScriptedAnswer answer;
        answer.status = status;
        if (status != 204) answer.body = R"({"errors":"x"})";
        return answer;
    });
    const auto response = await(m_transport->send(requestTo(server.baseUrl())));
    QVERIFY2(response, qPrintable(response ? QString() : response.error().detail));
    QCOMPARE(response->status, status);
    QCOMPARE(response->body, status == 204 ? QByteArray() : QByteArray(R"({"errors":"x"})"));
}

void HttpTransportTest::sendsMethodHeadersAndBody() {
    ScriptedServer server([](const ScriptedRequest&) { return ScriptedAnswer(); });
    HttpRequest request = requestTo(server.baseUrl().resolved(QUrl(u"/a/b?c=d"_s)));
    request.method = HttpRequest::Method::Post;
    request.headers = {{"X-Test", "yes"}, {"Content-Type", "application/json"}};
    request.body = "{\"a\":1}";
    QVERIFY(await(m_transport->send(request)));
    const ScriptedRequest seen = server.requests().first();
    QCOMPARE(seen.method, "POST");
    QCOMPARE(seen.target, "/a/b?c=d");
    QCOMPARE(seen.header("X-Test"), "yes");
    QCOMPARE(seen.body, "{\"a\":1}");
    QVERIFY(seen.header("User-Agent").startsWith("Aiva/"));
    QVERIFY(seen.header("Accept-Encoding").contains("gzip"));

    request.method = HttpRequest::Method::Delete;
    QVERIFY(await(m_transport->send(request)));
    QCOMPARE(server.requests().last().method, "DELETE");
}

void HttpTransportTest::namesWhatWentWrong_data() {
    QTest::addColumn<ScriptedAnswer>("answer");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<ErrorCause>("cause");
    const auto scripted = [](Ending ending, qint64 sendBytes) {
        ScriptedAnswer answer;
        answer.body = QByteArray(2000, 'x');
        answer.ending = ending;
        answer.sendBytes = sendBytes;
        return answer;
    };
    QTest::newRow("reset before the answer")
        << scripted(Ending::Reset, -1) << ErrorKind::Network << ErrorCause::ConnectionReset;
    QTest::newRow("reset inside the body")
        << scripted(Ending::Reset, 100) << ErrorKind::Network << ErrorCause::BodyTruncated;
    QTest::newRow("closed inside the body")
        << scripted(Ending::Cut, 100) << ErrorKind::Network << ErrorCause::BodyTruncated;
    QTest::newRow("silent before the answer")
        << scripted(Ending::Silence, -1) << ErrorKind::Timeout << ErrorCause::None;
    QTest::newRow("silent inside the body") << scripted(Ending::Silence, 100) << ErrorKind::Timeout << ErrorCause::None;
    QTest::newRow("slow trickle") << scripted(Ending::Trickle, 0) << ErrorKind::Timeout << ErrorCause::None;
    ScriptedAnswer huge = scripted(Ending::Normal, 0);
    huge.body = QByteArray(200'000, 'x');
    QTest::newRow("too large, announced") << huge << ErrorKind::Network << ErrorCause::BodyTooLarge;
    huge.chunked = true;
    QTest::newRow("too large, not announced") << huge << ErrorKind::Network << ErrorCause::BodyTooLarge;
}

void HttpTransportTest::namesWhatWentWrong() {
    QFETCH(ScriptedAnswer, answer);
    QFETCH(ErrorKind, kind);
    QFETCH(ErrorCause, cause);
    ScriptedServer server([&](const ScriptedRequest&) { return answer; });
    HttpRequest request = requestTo(server.baseUrl());
    request.maxBodyBytes = 100'000;
    request.timeouts = shortest(answer.ending);
    QElapsedTimer elapsed;
    elapsed.start();
    const auto response = await(m_transport->send(request));
    QVERIFY(!response);
    QCOMPARE(response.error().kind, kind);
    QCOMPARE(response.error().cause, cause);
    QVERIFY2(elapsed.elapsed() < 15'000, "every fault ends within its own limit, before the others");
}

// A train's Wi-Fi that leads nowhere does not answer at all; a sync then waits for the network and uses up no tries.
void HttpTransportTest::tellsANetworkThatIsAwayFromAServerThatFails() {
    for (const auto error : {QNetworkReply::HostNotFoundError, QNetworkReply::UnknownNetworkError,
                             QNetworkReply::TemporaryNetworkFailureError, QNetworkReply::TimeoutError}) {
        const Error away = transportError(error, false);
        QCOMPARE(away.kind, ErrorKind::Network);
        QCOMPARE(away.cause, ErrorCause::HostNotFound);
    }
    QCOMPARE(transportError(QNetworkReply::UnknownNetworkError, true).cause, ErrorCause::BodyTruncated);
    QCOMPARE(transportError(QNetworkReply::TimeoutError, true).kind, ErrorKind::Timeout);
    // Somebody takes the call and never says a word of TLS: the request stays here.
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    HttpRequest request = requestTo(QUrl(u"https://127.0.0.1:%1/"_s.arg(silent.serverPort())));
    request.timeouts.connectMs = 200;
    const auto response = await(m_transport->send(request));
    QVERIFY(!response);
    QCOMPARE(response.error().kind, ErrorKind::Network);
    QCOMPARE(response.error().cause, ErrorCause::HostNotFound);
}

void HttpTransportTest::refusesWhereItMayNotGo() {
    ScriptedServer server([](const ScriptedRequest&) { return ScriptedAnswer(); });
    HttpRequest request = requestTo(server.baseUrl());
    request.policy = {};
    const auto response = await(m_transport->send(request));
    QVERIFY(!response);
    QCOMPARE(response.error().cause, ErrorCause::HostNotAllowed);
    QVERIFY(server.requests().isEmpty());

    request.policy.hosts = {u"no-such-host.invalid"_s};
    request.url = QUrl(u"https://no-such-host.invalid/"_s);
    const auto absent = await(m_transport->send(request));
    QVERIFY(!absent);
    QCOMPARE(absent.error().kind, ErrorKind::Network);
    QCOMPARE(absent.error().cause, ErrorCause::HostNotFound);
}

void HttpTransportTest::followsARedirectOnTheSameOriginOnly() {
    ScriptedServer other([](const ScriptedRequest&) { return ScriptedAnswer(); });
    QByteArray location = "/new?x=1";
    ScriptedServer server([&](const ScriptedRequest& request) {
        ScriptedAnswer answer;
        answer.body = "done";
        if (request.path() == "/old") {
            answer.status = 302;
            answer.headers = {{"Location", location}};
        }
        return answer;
    });
    const HttpRequest request = requestTo(server.baseUrl().resolved(QUrl(u"/old"_s)));
    const auto followed = await(m_transport->send(request));
    QVERIFY(followed);
    QCOMPARE(followed->body, "done");
    QCOMPARE(server.requests().last().target, "/new?x=1");

    // The same machine, but another port, another name, another scheme.
    const QByteArray port = QByteArray::number(server.serverPort());
    for (const QByteArray& target :
         {other.baseUrl().toEncoded(), "http://localhost:" + port + "/new", "https://127.0.0.1:" + port + "/new",
          QByteArray("//evil.invalid/"), QByteArray("file:///etc/passwd")}) {
        location = target;
        const auto refused = await(m_transport->send(request));
        QVERIFY2(!refused, target.constData());
        QCOMPARE(refused.error().cause, ErrorCause::RedirectRefused);
    }
    QVERIFY(other.requests().isEmpty());
}

void HttpTransportTest::refusesToRepeatAPostAfterARedirect() {
    ScriptedServer server([&](const ScriptedRequest&) {
        ScriptedAnswer answer;
        answer.status = 307;
        answer.headers = {{"Location", "/new"}};
        return answer;
    });
    HttpRequest request = requestTo(server.baseUrl());
    request.method = HttpRequest::Method::Post;
    const auto response = await(m_transport->send(request));
    QVERIFY(!response);
    QCOMPARE(response.error().cause, ErrorCause::RedirectRefused);
    QCOMPARE(server.requests().size(), 1);
}

void HttpTransportTest::stopsALoopOfRedirects() {
    ScriptedServer server([&](const ScriptedRequest&) {
        ScriptedAnswer answer;
        answer.status = 301;
        answer.headers = {{"Location", "/again"}};
        return answer;
    });
    const auto response = await(m_transport->send(requestTo(server.baseUrl())));
    QVERIFY(!response);
    QCOMPARE(response.error().cause, ErrorCause::RedirectRefused);
    QCOMPARE(server.requests().size(), 4);
}

void HttpTransportTest::capsTheDecodedSizeOfACompressedBody() {
    ScriptedServer server([&](const ScriptedRequest&) {
        ScriptedAnswer answer;
        answer.body = kGzip;
        answer.headers = {{"Content-Encoding", "gzip"}};
        return answer;
    });
    HttpRequest request = requestTo(server.baseUrl());
    const auto response = await(m_transport->send(request));
    QVERIFY2(response, qPrintable(response ? QString() : response.error().detail));
    QCOMPARE(response->body, "hello hello hello\n");
    request.maxBodyBytes = 10;
    QVERIFY(!await(m_transport->send(request)));
}

void HttpTransportTest::refusesACertificateNobodySigned() {
    ScriptedServer server([](const ScriptedRequest&) { return ScriptedAnswer(); }, selfSignedIdentity());
    const auto response = await(m_transport->send(requestTo(server.baseUrl())));
    QVERIFY(!response);
    QCOMPARE(response.error().kind, ErrorKind::Network);
    QCOMPARE(response.error().cause, ErrorCause::CertificateInvalid);
    QVERIFY(server.requests().isEmpty());
}

void HttpTransportTest::refusesACertificateForAnotherName() {
    const ServerIdentity identity = selfSignedIdentity("elsewhere.example");
    ScriptedServer server([](const ScriptedRequest&) { return ScriptedAnswer(); }, identity);
    HttpTransport transport({identity.certificate});
    const auto response = await(transport.send(requestTo(server.baseUrl())));
    QVERIFY(!response);
    QCOMPARE(response.error().cause, ErrorCause::CertificateForAnother);
}

void HttpTransportTest::acceptsACertificateOfAnExtraAuthority() {
    const ServerIdentity identity = selfSignedIdentity();
    ScriptedServer server([](const ScriptedRequest&) { return ScriptedAnswer(); }, identity);
    HttpTransport transport({identity.certificate});
    const auto response = await(transport.send(requestTo(server.baseUrl())));
    QVERIFY2(response, qPrintable(response ? QString() : response.error().detail));
    QCOMPARE(response->status, 200);
}

void HttpTransportTest::keepsNoCookies() {
    ScriptedServer server([](const ScriptedRequest&) {
        ScriptedAnswer answer;
        answer.headers = {{"Set-Cookie", "id=1; Path=/"}};
        return answer;
    });
    QVERIFY(await(m_transport->send(requestTo(server.baseUrl()))));
    QVERIFY(await(m_transport->send(requestTo(server.baseUrl()))));
    QCOMPARE(server.requests().last().header("Cookie"), "");
}

void HttpTransportTest::abortsOneGroupAndNoOther() {
    ScriptedServer server([](const ScriptedRequest&) {
        ScriptedAnswer answer;
        answer.isHeld = true;
        return answer;
    });
    HttpRequest first = requestTo(server.baseUrl());
    HttpRequest second = first;
    first.group = m_transport->newGroup();
    second.group = m_transport->newGroup();
    const auto aborted = m_transport->send(first);
    const auto kept = m_transport->send(second);
    QTRY_COMPARE(server.requests().size(), 2);
    m_transport->abort(first.group);
    const auto refused = await(aborted);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Refused);
    QVERIFY(!kept.isFinished());
    server.sendHeld();
    QVERIFY(await(kept));
}

void HttpTransportTest::answersRefusedWhenItDies() {
    ScriptedServer server([](const ScriptedRequest&) {
        ScriptedAnswer answer;
        answer.isHeld = true;
        return answer;
    });
    const auto future = m_transport->send(requestTo(server.baseUrl()));
    m_transport.reset();
    const auto result = await(future);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Refused);
}

void HttpTransportTest::keepsTheRequestIdOnlyWhenItLooksLikeOne() {
    QByteArray id = "3f2a-77";
    ScriptedServer server([&](const ScriptedRequest&) {
        ScriptedAnswer answer;
        answer.headers = {{"x-request-id", id}};
        return answer;
    });
    QCOMPARE(await(m_transport->send(requestTo(server.baseUrl())))->requestId, u"3f2a-77"_s);
    id = "shpat_secret jane@example.com";
    QCOMPARE(await(m_transport->send(requestTo(server.baseUrl())))->requestId, QString());
}

QTEST_GUILESS_MAIN(HttpTransportTest)
#include "tst_http_transport.moc"
