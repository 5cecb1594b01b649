#include "core/adapters/http/http_transport.h"
#include "tests/support/await.h"
#include "tests/support/patience.h"
#include "tests/support/scripted_server.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;
using Ending = ScriptedAnswer::Ending;

namespace {

class Ear final : public HttpListener {
public:
    Result<void> begin(const HttpResponse& head) override {
        status = head.status;
        type = head.header("Content-Type");
        return {};
    }
    Result<void> accept(QByteArrayView part) override {
        bytes += part;
        if (refuse) return Error{ErrorKind::Refused, u"enough"_s};
        return {};
    }

    int status = 0;
    QByteArray type;
    QByteArray bytes;
    bool refuse = false;
};

HttpRequest requestTo(const QUrl& url) {
    HttpRequest request;
    request.method = HttpRequest::Method::Post;
    request.url = url;
    request.headers = {{"Content-Type", "application/json"}};
    request.body = "{}";
    request.policy.loopback = HttpPolicy::Loopback::Allowed;
    request.timeouts = {20'000, 20'000, 20'000, 30'000, 0, 0};
    return request;
}

} // namespace

class HttpStreamTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void handsPiecesOverWhileTheAnswerIsStillOpen();
    void keepsNothingOfWhatItHandedOver();
    void answersAnErrorPageWhole();
    void endsWithTheListenersError();
    void timesOutWhenTheStreamFallsSilent();
    void saysWhenTheStreamWasCut();
    void hearsNothingAfterAnAbort();
    void refusesThisMachineUnlessItWasConfigured();

private:
    HttpTransport m_transport;
    ScriptedAnswer m_answer;
    ScriptedServer m_server{[this](const ScriptedRequest&) { return m_answer; }};
    std::shared_ptr<Ear> m_ear;
};

void HttpStreamTest::init() {
    m_ear = std::make_shared<Ear>();
    m_answer = {};
    m_answer.headers = {{"Content-Type", "text/event-stream"}};
    m_answer.body = "data: one\n\ndata: two\n\n";
}

void HttpStreamTest::handsPiecesOverWhileTheAnswerIsStillOpen() {
    m_answer.ending = Ending::Silence;
    m_answer.sendBytes = 11;
    const auto future = m_transport.stream(requestTo(m_server.baseUrl()), m_ear);
    QTRY_COMPARE(m_ear->bytes, "data: one\n\n");
    QCOMPARE(m_ear->status, 200);
    QCOMPARE(m_ear->type, "text/event-stream");
    QVERIFY(!future.isFinished());
    QCOMPARE(m_server.requests().last().header("Accept-Encoding"), "identity");
}

void HttpStreamTest::keepsNothingOfWhatItHandedOver() {
    const auto response = await(m_transport.stream(requestTo(m_server.baseUrl()), m_ear));
    QVERIFY(response);
    QCOMPARE(response->status, 200);
    QVERIFY(response->body.isEmpty());
    QCOMPARE(m_ear->bytes, m_answer.body);
}

void HttpStreamTest::answersAnErrorPageWhole() {
    m_answer.status = 429;
    m_answer.headers = {{"retry-after", "7"}};
    const auto response = await(m_transport.stream(requestTo(m_server.baseUrl()), m_ear));
    QVERIFY(response);
    QCOMPARE(response->status, 429);
    QCOMPARE(response->header("Retry-After"), "7");
    QCOMPARE(response->body, m_answer.body);
    QCOMPARE(m_ear->status, 0);
    QVERIFY(m_ear->bytes.isEmpty());
}

void HttpStreamTest::endsWithTheListenersError() {
    m_ear->refuse = true;
    const auto response = await(m_transport.stream(requestTo(m_server.baseUrl()), m_ear));
    QVERIFY(!response);
    QCOMPARE(response.error().detail, u"enough"_s);
}

void HttpStreamTest::timesOutWhenTheStreamFallsSilent() {
    m_answer.ending = Ending::Silence;
    m_answer.sendBytes = 11;
    HttpRequest request = requestTo(m_server.baseUrl());
    request.timeouts.idleMs = 1'000;
    const auto response = await(m_transport.stream(std::move(request), m_ear));
    QVERIFY(!response);
    QCOMPARE(response.error().kind, ErrorKind::Timeout);
    QCOMPARE(m_ear->bytes, "data: one\n\n");
}

void HttpStreamTest::saysWhenTheStreamWasCut() {
    m_answer.ending = Ending::Cut;
    m_answer.sendBytes = 11;
    const auto response = await(m_transport.stream(requestTo(m_server.baseUrl()), m_ear));
    QVERIFY(!response);
    QCOMPARE(response.error().cause, ErrorCause::BodyTruncated);
}

void HttpStreamTest::hearsNothingAfterAnAbort() {
    m_answer.isHeld = true;
    HttpRequest request = requestTo(m_server.baseUrl());
    request.group = m_transport.newGroup();
    const HttpGroup group = request.group;
    const auto before = m_server.requests().size();
    const auto future = m_transport.stream(std::move(request), m_ear);
    QTRY_COMPARE(m_server.requests().size(), before + 1);
    m_transport.abort(group);
    const auto response = await(future);
    QVERIFY(!response);
    QCOMPARE(response.error().kind, ErrorKind::Refused);
    m_server.sendHeld();
    m_answer.isHeld = false;
    const auto next = std::make_shared<Ear>();
    QVERIFY(await(m_transport.stream(requestTo(m_server.baseUrl()), next))); // whatever comes has come by now
    QVERIFY(m_ear->bytes.isEmpty());
}

void HttpStreamTest::refusesThisMachineUnlessItWasConfigured() {
    HttpRequest request = requestTo(m_server.baseUrl());
    request.policy.loopback = HttpPolicy::Loopback::Refused;
    const auto response = await(m_transport.stream(std::move(request), m_ear));
    QVERIFY(!response);
    QCOMPARE(response.error().cause, ErrorCause::HostNotAllowed);
}

QTEST_GUILESS_MAIN(HttpStreamTest)
#include "tst_http_stream.moc"
