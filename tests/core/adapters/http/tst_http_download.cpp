#include "core/adapters/http/http_transport.h"
#include "tests/support/await.h"
#include "tests/support/patience.h"
#include "tests/support/scripted_server.h"

#include <QElapsedTimer>
#include <QThread>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;
using Ending = ScriptedAnswer::Ending;

namespace {

class CollectingSink final : public ByteSink {
public:
    Result<void> accept(QByteArrayView part) override {
        largest = std::max(largest, part.size());
        if (refuseAfter >= 0 && bytes.size() + part.size() > refuseAfter)
            return Error{ErrorKind::Storage, u"disk full"_s, ErrorCause::DiskFull};
        QThread::msleep(std::exchange(workMs, 0));
        bytes += part.toByteArray();
        return {};
    }

    QByteArray bytes;
    qsizetype largest = 0;
    qsizetype refuseAfter = -1;
    unsigned long workMs = 0; // with the first piece
};

HttpRequest requestTo(const QUrl& url) {
    HttpRequest request;
    request.url = url;
    request.policy.loopback = HttpPolicy::Loopback::Allowed;
    request.maxBodyBytes = 0;
    request.timeouts = {20'000, 20'000, 20'000, 0, 0, 0};
    return request;
}

QByteArray content(qsizetype size) {
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        bytes[i] = static_cast<char>('a' + (i * 7 + i / 251) % 26);
    return bytes;
}

// Serves `all` as a server with Range does.
ScriptedAnswer ranged(const ScriptedRequest& request, const QByteArray& all) {
    ScriptedAnswer answer;
    const QByteArray range = request.header("Range");
    if (range.isEmpty()) {
        answer.body = all;
        return answer;
    }
    const qint64 first = range.mid(6).chopped(1).toLongLong();
    const QByteArray total = QByteArray::number(all.size());
    if (first >= all.size()) {
        answer.status = 416;
        answer.headers = {{"Content-Range", "bytes */" + total}};
        return answer;
    }
    answer.status = 206;
    answer.body = all.mid(first);
    answer.headers = {{"Content-Range",
                       "bytes " + QByteArray::number(first) + '-' + QByteArray::number(all.size() - 1) + '/' + total}};
    return answer;
}

} // namespace

class HttpDownloadTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void streamsInBoundedPieces();
    void resumesByRange();
    void resumesFromAServerWithoutRange();
    void knowsThatNothingIsLeft();
    void refusesAnotherRangeThanAsked();
    void refusesAResourceThatShrank();
    void saysWhenTheBodyWasCut();
    void passesTheSinksErrorOn();
    void endsATransferThatIsTooSlow();
    void doesNotBlameTheServerForASlowSink();
    void givesTheSinkNothingOfAnErrorPage_data();
    void givesTheSinkNothingOfAnErrorPage();

private:
    HttpTransport m_transport;
};

void HttpDownloadTest::streamsInBoundedPieces() {
    const QByteArray all = content(8'000'000);
    ScriptedServer server([&](const ScriptedRequest& request) { return ranged(request, all); });
    const auto sink = std::make_shared<CollectingSink>();
    const auto size = await(m_transport.download(requestTo(server.baseUrl()), 0, sink));
    QVERIFY2(size, qPrintable(size ? QString() : size.error().detail));
    QCOMPARE(*size, all.size());
    QVERIFY(sink->bytes == all);
    QVERIFY(sink->largest <= 256 * 1024);
    QCOMPARE(server.requests().first().header("Accept-Encoding"), "identity");
}

void HttpDownloadTest::resumesByRange() {
    const QByteArray all = content(300'000);
    ScriptedServer server([&](const ScriptedRequest& request) { return ranged(request, all); });
    const auto sink = std::make_shared<CollectingSink>();
    const auto size = await(m_transport.download(requestTo(server.baseUrl()), 123'456, sink));
    QVERIFY(size);
    QCOMPARE(*size, all.size());
    QVERIFY(sink->bytes == all.mid(123'456));
}

void HttpDownloadTest::resumesFromAServerWithoutRange() {
    const QByteArray all = content(300'000);
    ScriptedServer server([&](const ScriptedRequest&) {
        ScriptedAnswer answer;
        answer.body = all;
        return answer;
    });
    const auto sink = std::make_shared<CollectingSink>();
    const auto size = await(m_transport.download(requestTo(server.baseUrl()), 123'456, sink));
    QVERIFY(size);
    QCOMPARE(*size, all.size());
    QVERIFY(sink->bytes == all.mid(123'456));
}

void HttpDownloadTest::knowsThatNothingIsLeft() {
    const QByteArray all = content(1000);
    ScriptedServer server([&](const ScriptedRequest& request) { return ranged(request, all); });
    const auto sink = std::make_shared<CollectingSink>();
    const auto size = await(m_transport.download(requestTo(server.baseUrl()), 1000, sink));
    QVERIFY(size);
    QCOMPARE(*size, 1000);
    QVERIFY(sink->bytes.isEmpty());
    const auto beyond = await(m_transport.download(requestTo(server.baseUrl()), 1001, sink));
    QVERIFY(!beyond);
    QCOMPARE(beyond.error().kind, ErrorKind::Invalid);
}

void HttpDownloadTest::refusesAnotherRangeThanAsked() {
    ScriptedServer server([&](const ScriptedRequest&) {
        ScriptedAnswer answer;
        answer.status = 206;
        answer.body = content(500);
        answer.headers = {{"Content-Range", "bytes 0-499/1000"}};
        return answer;
    });
    const auto sink = std::make_shared<CollectingSink>();
    const auto size = await(m_transport.download(requestTo(server.baseUrl()), 500, sink));
    QVERIFY(!size);
    QCOMPARE(size.error().kind, ErrorKind::Invalid);
    QVERIFY(sink->bytes.isEmpty());
}

void HttpDownloadTest::refusesAResourceThatShrank() {
    ScriptedServer server([&](const ScriptedRequest&) {
        ScriptedAnswer answer;
        answer.body = content(400);
        return answer;
    });
    const auto sink = std::make_shared<CollectingSink>();
    const auto size = await(m_transport.download(requestTo(server.baseUrl()), 500, sink));
    QVERIFY(!size);
    QCOMPARE(size.error().kind, ErrorKind::Invalid);
    QVERIFY(sink->bytes.isEmpty());
}

void HttpDownloadTest::saysWhenTheBodyWasCut() {
    const QByteArray all = content(300'000);
    for (const Ending ending : {Ending::Cut, Ending::Reset}) {
        ScriptedServer server([&](const ScriptedRequest& request) {
            ScriptedAnswer answer = ranged(request, all);
            answer.ending = ending;
            answer.sendBytes = 100'000;
            return answer;
        });
        const auto sink = std::make_shared<CollectingSink>();
        const auto size = await(m_transport.download(requestTo(server.baseUrl()), 0, sink));
        QVERIFY(!size);
        QCOMPARE(size.error().cause, ErrorCause::BodyTruncated);
        // What came is usable for a resume.
        QVERIFY(all.startsWith(sink->bytes));
        QVERIFY(ending == Ending::Reset || sink->bytes.size() == 100'000);
    }
}

void HttpDownloadTest::passesTheSinksErrorOn() {
    const QByteArray all = content(2'000'000);
    ScriptedServer server([&](const ScriptedRequest& request) { return ranged(request, all); });
    const auto sink = std::make_shared<CollectingSink>();
    sink->refuseAfter = 500'000;
    const auto size = await(m_transport.download(requestTo(server.baseUrl()), 0, sink));
    QVERIFY(!size);
    QCOMPARE(size.error().kind, ErrorKind::Storage);
    QCOMPARE(size.error().cause, ErrorCause::DiskFull);
}

void HttpDownloadTest::endsATransferThatIsTooSlow() {
    ScriptedServer server([&](const ScriptedRequest&) {
        ScriptedAnswer answer;
        answer.body = content(5000);
        answer.ending = Ending::Trickle;
        answer.trickleMs = 20;
        return answer;
    });
    HttpRequest request = requestTo(server.baseUrl());
    request.timeouts.slowWindowMs = 300;
    request.timeouts.slowWindowBytes = 1'000;
    QElapsedTimer elapsed;
    elapsed.start();
    const auto size = await(m_transport.download(request, 0, std::make_shared<CollectingSink>()));
    QVERIFY(!size);
    QCOMPARE(size.error().kind, ErrorKind::Timeout);
    QVERIFY(elapsed.elapsed() < 15'000); // no other limit ended it
}

void HttpDownloadTest::doesNotBlameTheServerForASlowSink() {
    const QByteArray all = content(600'000);
    ScriptedServer server([&](const ScriptedRequest& request) { return ranged(request, all); });
    const auto sink = std::make_shared<CollectingSink>();
    sink->workMs = 2'000;
    HttpRequest request = requestTo(server.baseUrl());
    request.timeouts.idleMs = 1'500;
    const auto size = await(m_transport.download(request, 0, sink));
    QVERIFY2(size, qPrintable(size ? QString() : size.error().detail));
    QVERIFY(sink->bytes == all);
}

void HttpDownloadTest::givesTheSinkNothingOfAnErrorPage_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("403") << 403 << ErrorKind::Invalid;
    QTest::newRow("404") << 404 << ErrorKind::Invalid;
    QTest::newRow("410") << 410 << ErrorKind::Invalid;
    QTest::newRow("400") << 400 << ErrorKind::Invalid;
    QTest::newRow("500") << 500 << ErrorKind::Network;
    QTest::newRow("503") << 503 << ErrorKind::Network;
}

void HttpDownloadTest::givesTheSinkNothingOfAnErrorPage() {
    QFETCH(int, status);
    QFETCH(ErrorKind, kind);
    ScriptedServer server([&](const ScriptedRequest&) {
        ScriptedAnswer answer;
        answer.status = status;
        answer.body = "<Error>no</Error>";
        return answer;
    });
    const auto sink = std::make_shared<CollectingSink>();
    const auto size = await(m_transport.download(requestTo(server.baseUrl()), 0, sink));
    QVERIFY(!size);
    QCOMPARE(size.error().kind, kind);
    QVERIFY(sink->bytes.isEmpty());
}

QTEST_GUILESS_MAIN(HttpDownloadTest)
#include "tst_http_download.moc"
