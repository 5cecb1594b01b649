// Pictures from the network: where may be knocked at, and what goes out.
#include "core/adapters/pictures/web_pictures.h"
#include "tests/support/await.h"
#include "tests/support/patience.h"
#include "tests/support/scripted_server.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

ScriptedAnswer served(const QByteArray& type, const QByteArray& body, int status = 200) {
    ScriptedAnswer answer;
    answer.status = status;
    answer.headers = {{"Content-Type", type}, {"Set-Cookie", "reader=42"}};
    answer.body = body;
    return answer;
}

QUrl at(const ScriptedServer& server) {
    QUrl url = server.baseUrl();
    url.setPath(u"/logo.png"_s);
    return url;
}

} // namespace

class TestWebPictures : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void knocksOnlyAtPublicHosts_data();
    void knocksOnlyAtPublicHosts();
    void fetchesNothingFromThisMachine();
    void sendsNothingButTheAddress();
    void takesPicturesOnly_data();
    void takesPicturesOnly();
};

void TestWebPictures::knocksOnlyAtPublicHosts_data() {
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("asked"); // empty: refused
    const auto row = [](const char* address, const char* asked) {
        QTest::newRow(address) << QString::fromLatin1(address) << QString::fromLatin1(asked);
    };
    row("https://cdn.shop.example/a.png?x=1", "https://cdn.shop.example/a.png?x=1");
    row("http://cdn.shop.example/a.png", "https://cdn.shop.example/a.png");
    row("http://cdn.shop.example:80/a.png#top", "https://cdn.shop.example/a.png");
    row("https://cdn.shop.example:8443/a.png", "");
    row("https://192.168.1.1/a.png", "");
    row("https://127.1/a.png", "");
    row("https://2130706433/a.png", "");
    row("https://[fe80::1]/a.png", "");
    row("https://localhost/a.png", "");
    row("https://printer/a.png", "");
    row("https://nas.local/a.png", "");
    row("https://NAS.Lan/a.png", "");
    row("https://metadata.google.internal/a.png", "");
    row("https://router.home.arpa/a.png", "");
    row("https://localhost./a.png", "");
    row("https://me:secret@cdn.shop.example/a.png", "");
    row("ftp://cdn.shop.example/a.png", "");
    row("file:///etc/passwd", "");
    row("cid:logo", "");
    row("", "");
}

void TestWebPictures::knocksOnlyAtPublicHosts() {
    QFETCH(QString, address);
    QFETCH(QString, asked);
    const auto url = publicPictureAddress(QUrl(address));
    QCOMPARE(bool(url), !asked.isEmpty());
    if (url)
        QCOMPARE(url->toString(), asked);
    else
        QCOMPARE(url.error().cause, ErrorCause::HostNotAllowed);
}

void TestWebPictures::fetchesNothingFromThisMachine() {
    ScriptedServer server([](const ScriptedRequest&) { return served("image/png", "x"); });
    WebPictures pictures;
    const auto content = await(pictures.fetch(at(server)));
    QVERIFY(!content);
    QCOMPARE(content.error().cause, ErrorCause::HostNotAllowed);
    QCOMPARE(server.requests().size(), 0);
}

void TestWebPictures::sendsNothingButTheAddress() {
    ScriptedServer server([](const ScriptedRequest&) { return served("image/png", "bytes"); });
    WebPictures pictures(HttpPolicy::Loopback::Allowed);
    for (int i = 0; i < 2; ++i) {
        const auto content = await(pictures.fetch(at(server)));
        QVERIFY(content);
        QCOMPARE(*content, QByteArray("bytes"));
    }
    QCOMPARE(server.requests().size(), 2);
    for (const ScriptedRequest& request : server.requests()) {
        QCOMPARE(request.method, QByteArray("GET"));
        for (const char* name : {"Cookie", "Referer", "Authorization", "From"})
            QVERIFY2(request.header(name).isEmpty(), name);
    }
}

void TestWebPictures::takesPicturesOnly_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("page") << 200 << QByteArray("text/html") << ErrorKind::Invalid;
    QTest::newRow("untyped") << 200 << QByteArray("application/octet-stream") << ErrorKind::Invalid;
    QTest::newRow("gone") << 404 << QByteArray("image/png") << ErrorKind::NotFound;
    QTest::newRow("broken") << 500 << QByteArray("image/png") << ErrorKind::Network;
}

void TestWebPictures::takesPicturesOnly() {
    QFETCH(int, status);
    QFETCH(QByteArray, type);
    QFETCH(ErrorKind, kind);
    ScriptedServer server([&](const ScriptedRequest&) { return served(type, "x", status); });
    WebPictures pictures(HttpPolicy::Loopback::Allowed);
    const auto content = await(pictures.fetch(at(server)));
    QVERIFY(!content);
    QCOMPARE(content.error().kind, kind);
}

QTEST_GUILESS_MAIN(TestWebPictures)
#include "tst_web_pictures.moc"
