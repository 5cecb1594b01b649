#include "core/adapters/store/shopify/shopify_connection.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace Qt::StringLiterals;

class ShopDomainTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsWhatPeoplePaste_data();
    void readsWhatPeoplePaste();
};

void ShopDomainTest::readsWhatPeoplePaste_data() {
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("domain"); // empty: refused
    const auto row = [](const char* name, const QString& typed, const QString& domain = {}) {
        QTest::newRow(name) << typed << domain;
    };
    const QString acme = u"acme.myshopify.com"_s;
    row("plain", acme, acme);
    row("upper case", u"ACME.MyShopify.com"_s, acme);
    row("blanks around", u"  acme.myshopify.com \n"_s, acme);
    row("https", u"https://acme.myshopify.com"_s, acme);
    row("https with slash", u"https://acme.myshopify.com/"_s, acme);
    row("plain with slash", u"acme.myshopify.com/"_s, acme);
    row("admin of the shop", u"https://acme.myshopify.com/admin/orders?x=1#y"_s, acme);
    row("central admin", u"https://admin.shopify.com/store/acme"_s, acme);
    row("central admin, page", u"https://admin.shopify.com/store/acme/settings/apps?tab=a"_s, acme);
    row("digits and dashes", u"1-a-2.myshopify.com"_s, u"1-a-2.myshopify.com"_s);
    row("something behind", u"acme.myshopify.com.nope"_s);
    row("something behind, in a URL", u"https://acme.myshopify.com.nope/admin"_s);
    row("newline inside", u"acme.myshopify.com\nevil.net"_s);
    row("another host in front", u"https://evil.net/acme.myshopify.com"_s);
    row("user info", u"https://acme.myshopify.com@evil.net/"_s);
    row("user info in front", u"https://evil.net:x@acme.myshopify.com/"_s);
    row("port", u"https://acme.myshopify.com:8443/"_s);
    row("http", u"http://acme.myshopify.com"_s);
    row("other scheme", u"ftp://acme.myshopify.com"_s);
    row("subdomain", u"a.b.myshopify.com"_s);
    row("no name", u".myshopify.com"_s);
    row("leading dash", u"-a.myshopify.com"_s);
    row("underscore", u"a_b.myshopify.com"_s);
    row("look-alike letter", QString(QChar(0x0430)) + u"cme.myshopify.com"_s);
    row("own domain", u"acme.com"_s);
    row("the platform itself", u"myshopify.com"_s);
    row("central admin without a shop", u"https://admin.shopify.com/store/"_s);
    row("central admin look-alike", u"https://admin.shopify.com.evil.net/store/acme"_s);
    row("name too long", QString(64, u'a') + u".myshopify.com"_s);
    row("longest name", QString(63, u'a') + u".myshopify.com"_s, QString(63, u'a') + u".myshopify.com"_s);
    row("empty", u""_s);
}

void ShopDomainTest::readsWhatPeoplePaste() {
    QFETCH(QString, typed);
    QFETCH(QString, domain);
    const auto result = normalizedShopDomain(typed);
    QCOMPARE(result.has_value(), !domain.isEmpty());
    if (result)
        QCOMPARE(*result, domain);
    else
        QCOMPARE(result.error().kind, ErrorKind::Invalid);
}

QTEST_GUILESS_MAIN(ShopDomainTest)
#include "tst_shop_domain.moc"
