#include "core/adapters/http/http_policy.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace Qt::StringLiterals;

class HttpPolicyTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void decidesWhereAnAdapterMayConnect_data();
    void decidesWhereAnAdapterMayConnect();
    void neverQuotesPathOrQueryInItsRefusal();
};

void HttpPolicyTest::decidesWhereAnAdapterMayConnect_data() {
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("loopback");
    QTest::addColumn<bool>("allowed");
    QTest::newRow("exact host") << u"https://acme.myshopify.com/admin"_s << false << true;
    QTest::newRow("exact host, other case") << u"https://ACME.myshopify.com/"_s << false << true;
    QTest::newRow("host below a suffix") << u"https://a.b.example.org/x"_s << false << true;
    QTest::newRow("the suffix itself") << u"https://example.org/x"_s << false << false;
    QTest::newRow("suffix without its dot") << u"https://evilexample.org/x"_s << false << false;
    QTest::newRow("allowed name as a prefix") << u"https://acme.myshopify.com.evil.net/"_s << false << false;
    QTest::newRow("plain http") << u"http://acme.myshopify.com/"_s << false << false;
    QTest::newRow("user info") << u"https://acme.myshopify.com@evil.net/"_s << false << false;
    QTest::newRow("user info on an allowed host") << u"https://x:y@acme.myshopify.com/"_s << false << false;
    QTest::newRow("file") << u"file:///etc/passwd"_s << false << false;
    QTest::newRow("ftp") << u"ftp://acme.myshopify.com/"_s << false << false;
    QTest::newRow("empty") << u""_s << false << false;
    QTest::newRow("loopback not configured") << u"http://127.0.0.1:8080/"_s << false << false;
    QTest::newRow("loopback https not configured") << u"https://localhost/"_s << false << false;
    QTest::newRow("loopback") << u"http://127.0.0.1:8080/"_s << true << true;
    QTest::newRow("loopback by name") << u"http://localhost:8080/"_s << true << true;
    QTest::newRow("loopback v6") << u"http://[::1]:8080/"_s << true << true;
    QTest::newRow("private net is not loopback") << u"http://192.168.0.1/"_s << true << false;
    QTest::newRow("any address is not loopback") << u"http://0.0.0.0/"_s << true << false;
    QTest::newRow("name that begins like loopback") << u"http://127.0.0.1.evil.net/"_s << true << false;
    QTest::newRow("http elsewhere with loopback") << u"http://acme.myshopify.com/"_s << true << false;
}

void HttpPolicyTest::decidesWhereAnAdapterMayConnect() {
    QFETCH(QString, url);
    QFETCH(bool, loopback);
    QFETCH(bool, allowed);
    HttpPolicy policy;
    policy.hosts = {u"acme.myshopify.com"_s, u".example.org"_s};
    policy.loopback = loopback ? HttpPolicy::Loopback::Allowed : HttpPolicy::Loopback::Refused;
    const auto result = policy.check(QUrl(url));
    QCOMPARE(result.has_value(), allowed);
    if (!allowed) QCOMPARE(result.error().cause, ErrorCause::HostNotAllowed);
}

void HttpPolicyTest::neverQuotesPathOrQueryInItsRefusal() {
    const auto result = HttpPolicy().check(QUrl(u"https://u:pw@bucket.net/secret-path?Signature=abc"_s));
    QVERIFY(!result);
    for (const auto& part : {u"secret-path"_s, u"Signature"_s, u"abc"_s, u"pw"_s})
        QVERIFY(!result.error().detail.contains(part));
}

QTEST_GUILESS_MAIN(HttpPolicyTest)
#include "tst_http_policy.moc"
