// What is signed, and how; the vectors are known answers of WooCommerce's documented algorithm.
#include "core/adapters/store/woocommerce/html_text.h"
#include "core/adapters/store/woocommerce/oauth_signature.h"
#include "core/adapters/store/woocommerce/site_url.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace Qt::StringLiterals;

class TestWooSignatures : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void writesTheBaseStringOfTheDocumentation() {
        const QByteArray base =
            signatureBase("GET", "http://www.example.com/wp-json/wc/v3/orders",
                          {{"oauth_signature_method", "HMAC-SHA1"}, {"oauth_consumer_key", "abc123"}});
        QCOMPARE(base, QByteArray("GET&http%3A%2F%2Fwww.example.com%2Fwp-json%2Fwc%2Fv3%2Forders&"
                                  "oauth_consumer_key%3Dabc123%26oauth_signature_method%3DHMAC-SHA1"));
    }

    void signsWithSha256() {
        const RestParameters parameters =
            signedParameters("GET", "http://shop.example/wp-json/wc/v3/orders", {{"per_page", "100"}, {"page", "2"}},
                             "ck_test", SecretString("cs_test"), {1'700'000'000, "0123456789abcdef0123456789abcdef"});
        QCOMPARE(parameters.last().first, QByteArray("oauth_signature"));
        QCOMPARE(parameters.last().second, QByteArray("ZavLgYpzifufnMk/xMAx3yokguHJwv0UljPcBmdjZT4="));
        for (const auto& [name, value] : parameters)
            QVERIFY(!value.contains("cs_test"));
    }

    void signsWhateverOrderTheParametersComeIn() {
        const QByteArray one = signatureBase("GET", "http://a.example/", {{"b", "2"}, {"a", "1"}, {"_fields", "id,x"}});
        const QByteArray two = signatureBase("GET", "http://a.example/", {{"_fields", "id,x"}, {"a", "1"}, {"b", "2"}});
        QCOMPARE(one, two);
        QCOMPARE(one, QByteArray("GET&http%3A%2F%2Fa.example%2F&_fields%3Did%252Cx%26a%3D1%26b%3D2"));
    }

    void encodesWhatIsNotUnreserved() {
        QCOMPARE(encodedQuery({{"modified_after", "2026-01-02T03:04:05"}, {"q", "a b+~ü"}}),
                 QByteArray("modified_after=2026-01-02T03%3A04%3A05&q=a%20b%2B~%C3%BC"));
    }

    void decodesEntities_data() {
        QTest::addColumn<QString>("html");
        QTest::addColumn<QString>("text");
        QTest::newRow("none") << u"Tee"_s << u"Tee"_s;
        QTest::newRow("named") << u"Tom &amp; Jerry &quot;x&quot;"_s << u"Tom & Jerry \"x\""_s;
        QTest::newRow("numbered") << u"It&#8217;s &#x1F600;"_s << u"It’s 😀"_s;
        QTest::newRow("only once") << u"&amp;lt;"_s << u"&lt;"_s;
        QTest::newRow("not one") << u"R&D; a & b &nosuch; &#; &#xZZ; &"_s << u"R&D; a & b &nosuch; &#; &#xZZ; &"_s;
        QTest::newRow("no character") << u"&#0;&#xD800;&#1114112;"_s << u"&#0;&#xD800;&#1114112;"_s;
    }
    void decodesEntities() {
        QFETCH(const QString, html);
        QFETCH(const QString, text);
        QCOMPARE(QString::fromStdString(decodedEntities(html.toStdString())), text);
    }

    void dropsMarkup() {
        QCOMPARE(QString::fromStdString(plainText("<p>Large &amp; <b>red</b></p>\n")), u"Large & red"_s);
        QCOMPARE(QString::fromStdString(plainText("3 < 5")), u"3 < 5"_s);
    }

    void readsTheAddressPeoplePaste_data() {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("site"); // empty: refused
        QTest::addColumn<QString>("domain");
        const auto row = [](const char* name, const QString& typed, const QString& site, const QString& domain) {
            QTest::newRow(name) << typed << site << domain;
        };
        row("bare", u" Shop.Example "_s, u"https://shop.example"_s, u"shop.example"_s);
        row("slash", u"https://shop.example/"_s, u"https://shop.example"_s, u"shop.example"_s);
        row("folder", u"https://shop.example/de/"_s, u"https://shop.example/de"_s, u"shop.example/de"_s);
        row("admin", u"https://shop.example/de/wp-admin/admin.php?page=wc-settings#x"_s, u"https://shop.example/de"_s,
            u"shop.example/de"_s);
        row("api", u"https://shop.example/wp-json/wc/v3/"_s, u"https://shop.example"_s, u"shop.example"_s);
        row("http stays http", u"http://shop.example"_s, u"http://shop.example"_s, u"shop.example"_s);
        row("default port", u"https://shop.example:443/"_s, u"https://shop.example"_s, u"shop.example"_s);
        row("port", u"http://127.0.0.1:8080"_s, u"http://127.0.0.1:8080"_s, u"127.0.0.1:8080"_s);
        row("v6", u"http://[::1]:81/a"_s, u"http://[::1]:81/a"_s, u"[::1]:81/a"_s);
        row("user", u"https://ck_1:cs_2@shop.example"_s, {}, {});
        row("ftp", u"ftp://shop.example"_s, {}, {});
        row("no domain", u"shop"_s, {}, {});
        row("nothing", u" "_s, {}, {});
        row("no host", u"https:///x"_s, {}, {});
    }
    void readsTheAddressPeoplePaste() {
        QFETCH(const QString, typed);
        QFETCH(const QString, site);
        QFETCH(const QString, domain);
        const auto url = normalizedSiteUrl(typed);
        QCOMPARE(url.has_value(), !site.isEmpty());
        if (!url) {
            QCOMPARE(url.error().kind, ErrorKind::Invalid);
            QVERIFY(!url.error().detail.contains(u"cs_2"_s));
            return;
        }
        QCOMPARE(url->toString(QUrl::FullyEncoded), site);
        QCOMPARE(siteDomain(*url), domain);
    }

    void saysWhichSitesAreReadInTheClear() {
        QVERIFY(isInsecureSite(QUrl(u"http://shop.example"_s)));
        QVERIFY(!isInsecureSite(QUrl(u"https://shop.example"_s)));
        QVERIFY(!isInsecureSite(QUrl(u"http://127.0.0.1:9"_s)));
        QVERIFY(!isInsecureSite(QUrl(u"http://localhost"_s)));
    }
};

QTEST_GUILESS_MAIN(TestWooSignatures)
#include "tst_woo_signatures.moc"
