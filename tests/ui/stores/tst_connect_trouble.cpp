// The wizard when something is not as it should be: which key is wrong, what was not granted and what it is for, whose
// site is read in clear, and what becomes of it all when somebody leaves.
#include "tests/ui/support/fake_store_desk.h"
#include "tests/ui/support/shots.h"
#include "ui/stores/connect/browser_step.h"
#include "ui/stores/connect/choice_row.h"
#include "ui/stores/connect/connect_wizard.h"
#include "ui/stores/connect/keys_step.h"
#include "ui/stores/connect/shop_test_step.h"
#include "ui/stores/connect/way_step.h"
#include "ui/stores/store_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/subtle_button.h"

#include <QApplication>
#include <QLineEdit>
#include <QTranslator>

using namespace aiva;
using namespace Qt::StringLiterals;

class TestConnectTrouble : public QObject {
    Q_OBJECT

    std::unique_ptr<test::FakeStoreDesk> m_desk;
    std::unique_ptr<ConnectWizard> m_wizard;

    static ShopFacts acme() {
        ShopFacts facts;
        facts.name = u"Acme Outdoor"_s;
        facts.domain = u"acme.myshopify.com"_s;
        facts.currency = u"USD"_s;
        facts.plan = u"Basic"_s;
        facts.scopes = neededScopes().split(u',');
        return facts;
    }
    void shot(const QString& name) {
        QVERIFY(test::keepShot(*m_wizard, u"connect-"_s + name));
        QCOMPARE(test::cutChild(*m_wizard), QString());
    }
    void toTest(ConnectWay way = ConnectWay::ShopifyApp) {
        m_wizard->way()->choice(way)->click();
        m_wizard->goOnButton()->click();
        m_wizard->keys()->address()->setText(way == ConnectWay::WooCommerce ? u"https://acme.example"_s
                                                                            : u"acme.myshopify.com"_s);
        if (way != ConnectWay::ShopifyToken) m_wizard->keys()->clientId()->setText(u"client-7"_s);
        m_wizard->keys()->secret()->setText(u"s3cret"_s);
        m_wizard->goOnButton()->click();
    }

private Q_SLOTS:
    void initTestCase() {
        QLocale::setDefault(QLocale(u"en_US"_s));
        Theme::apply(*qApp, {Contrast::Normal, Motion::Reduced});
    }
    void init() {
        m_desk = std::make_unique<test::FakeStoreDesk>();
        m_desk->facts.set(acme());
        m_wizard = std::make_unique<ConnectWizard>(*m_desk, nullptr);
        m_wizard->open();
        QVERIFY(QTest::qWaitForWindowActive(m_wizard.get()));
    }
    void cleanup() { m_wizard.reset(); }

    // What is read in the browser is translated here: core knows no language.
    void speaksInTheBrowserAsInTheWindow() {
        class Shouting final : public QTranslator {
        public:
            QString translate(const char* context, const char* text, const char*, int) const override {
                return qstrcmp(context, "aiva::SignInPages") == 0 ? QString::fromLatin1(text).toUpper() : QString();
            }
            bool isEmpty() const override { return false; }
        };
        Shouting shouting;
        QVERIFY(QCoreApplication::installTranslator(&shouting));
        m_desk->grant.hold();
        toTest(ConnectWay::ShopifyBrowser);
        QCoreApplication::removeTranslator(&shouting);
        QVERIFY(m_desk->pages.done.startsWith("YOU ARE SIGNED IN"_L1));
        QVERIFY(m_desk->pages.failed.startsWith("THE SIGN-IN DID NOT WORK"_L1));
    }

    void saysWhatWasNotGrantedInTheBrowserAndWhatItIsFor() {
        m_desk->grant.set(
            Error{ErrorKind::Auth, u"the shop did not grant read_orders, read_products"_s, ErrorCause::ScopeMissing});
        toTest(ConnectWay::ShopifyBrowser);
        BrowserStep* step = m_wizard->browser();
        QTRY_VERIFY(step->detail().contains("read_orders, for orders"_L1));
        QVERIFY(step->detail().contains("read_products"_L1) && !step->detail().contains("read_customers"_L1));
        m_desk->grant.set(Error{ErrorKind::Refused, u"-"_s, ErrorCause::ShopNotFound});
        step->againButton()->click();
        QTRY_COMPARE(step->headline(), u"Another shop has answered"_s);
    }

    // A fresh key was never let in: the words for a store that lost its access would send people the wrong way.
    void saysWhichKeyIsWrong_data() {
        QTest::addColumn<ConnectWay>("way");
        QTest::addColumn<Error>("error");
        QTest::addColumn<QString>("said");
        const Error refused{ErrorKind::Auth, u"-"_s, ErrorCause::TokenRefused};
        const Error scope{ErrorKind::Auth, u"-"_s, ErrorCause::ScopeMissing};
        QTest::newRow("app") << ConnectWay::ShopifyApp << refused << u"installed on this very shop"_s;
        QTest::newRow("token") << ConnectWay::ShopifyToken << refused << u"begins with shpat_"_s;
        QTest::newRow("woocommerce") << ConnectWay::WooCommerce << refused << u"does not know this key"_s;
        QTest::newRow("woocommerce, another user") << ConnectWay::WooCommerce << scope << u"who manages the shop"_s;
        QTest::newRow("offline") << ConnectWay::ShopifyApp << Error{ErrorKind::Network, u"-"_s}
                                 << u"Try again in a moment"_s;
    }

    void saysWhichKeyIsWrong() {
        QFETCH(ConnectWay, way);
        QFETCH(Error, error);
        QFETCH(QString, said);
        m_desk->facts.set(error);
        toTest(way);
        QTRY_VERIFY(m_wizard->test()->againButton()->isVisible());
        QVERIFY2(m_wizard->test()->line(0).contains(said), qPrintable(m_wizard->test()->line(0)));
        QVERIFY(!m_wizard->test()->line(0).contains("Reconnect"_L1) &&
                !m_wizard->test()->line(0).contains("by itself"_L1));
    }

    // Also where the test went well and the shop thinks otherwise a moment later.
    void saysWhichKeyIsWrongWhileItConnects_data() { saysWhichKeyIsWrong_data(); }
    void saysWhichKeyIsWrongWhileItConnects() {
        QFETCH(ConnectWay, way);
        QFETCH(Error, error);
        QFETCH(QString, said);
        m_desk->connected.set(error);
        toTest(way);
        QTRY_VERIFY(m_wizard->goOnButton()->isEnabled());
        m_wizard->goOnButton()->click();
        const auto told = [this] { return m_wizard->test()->summary(); };
        QTRY_VERIFY2(told().contains(said), qPrintable(told()));
        QVERIFY2(!told().contains("Reconnect"_L1) && !told().contains("by itself"_L1), qPrintable(told()));
    }

    void saysThatASiteIsReadInClear() {
        m_wizard->way()->choice(ConnectWay::WooCommerce)->click();
        m_wizard->goOnButton()->click();
        m_wizard->keys()->address()->setText(u"http://laden.example"_s);
        m_wizard->keys()->clientId()->setText(u"ck_7"_s);
        m_wizard->keys()->secret()->setText(u"cs_7"_s);
        m_wizard->goOnButton()->click();
        QTRY_VERIFY(m_wizard->goOnButton()->isEnabled());
        QVERIFY(m_wizard->test()->summary().contains("plain http"_L1));
        shot(u"3-in-clear"_s);
    }

    void saysWhenTheWrongThingWasPasted_data() {
        QTest::addColumn<ConnectWay>("way");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("secret");
        QTest::addColumn<QString>("said");
        QTest::newRow("swapped") << ConnectWay::WooCommerce << u"cs_1"_s << u"ck_1"_s << u"swapped"_s;
        QTest::newRow("the key twice") << ConnectWay::WooCommerce << u"ck_1"_s << u"ck_1"_s << u"swapped"_s;
        QTest::newRow("secret as token") << ConnectWay::ShopifyToken << QString() << u"shpss_1"_s << u"shpat_"_s;
        QTest::newRow("token as secret") << ConnectWay::ShopifyApp << u"client"_s << u"shpat_1"_s << u"access token"_s;
    }
    void saysWhenTheWrongThingWasPasted() {
        QFETCH(ConnectWay, way);
        QFETCH(QString, key);
        QFETCH(QString, secret);
        QFETCH(QString, said);
        m_wizard->way()->choice(way)->click();
        m_wizard->goOnButton()->click();
        KeysStep* keys = m_wizard->keys();
        keys->address()->setText(way == ConnectWay::WooCommerce ? u"https://acme.example"_s : u"acme.myshopify.com"_s);
        keys->clientId()->setText(key);
        keys->secret()->setText(secret);
        QVERIFY(!m_wizard->goOnButton()->isEnabled());
        QVERIFY(keys->secret()->accessibleDescription().contains(said));
        keys->clientId()->setText(way == ConnectWay::WooCommerce ? u"ck_1"_s : key);
        keys->secret()->setText(way == ConnectWay::ShopifyToken ? u"shpat_1"_s : u"cs_1"_s);
        QVERIFY(m_wizard->goOnButton()->isEnabled());
        QVERIFY(keys->secret()->accessibleDescription().isEmpty());
    }

    // Continue stays switched off, and the reason stays in sight.
    void anAddressThatIsNoneIsSaidUntilItIsPutRight() {
        m_wizard->goOnButton()->click();
        KeysStep* keys = m_wizard->keys();
        keys->address()->setText(u"acme.com"_s);
        Q_EMIT keys->address()->editingFinished();
        QVERIFY(keys->address()->accessibleDescription().contains(".myshopify.com"_L1));
        keys->clientId()->setText(u"client-7"_s);
        keys->secret()->setText(u"s3cret"_s);
        QVERIFY(!m_wizard->goOnButton()->isEnabled());
        QVERIFY(keys->address()->accessibleDescription().contains(".myshopify.com"_L1));
        keys->address()->setText(u"acme.myshopify.com"_s);
        QVERIFY(keys->address()->accessibleDescription().isEmpty());
        QVERIFY(m_wizard->goOnButton()->isEnabled());
    }

    void blanksAreNoSecret() {
        m_wizard->goOnButton()->click();
        m_wizard->keys()->address()->setText(u"acme.myshopify.com"_s);
        m_wizard->keys()->clientId()->setText(u"client-7"_s);
        m_wizard->keys()->secret()->setText(u"   "_s);
        QVERIFY(!m_wizard->goOnButton()->isEnabled());
        m_wizard->keys()->secret()->setText(u" s3cret\t"_s);
        QVERIFY(m_wizard->goOnButton()->isEnabled());
    }

    // A site is reached by its address, not by its domain; and it is the same one, by http or by https.
    void reconnectsAWooCommerceSiteAtItsAddress() {
        StoreRow store;
        store.id = StoreId(3);
        store.kind = StoreKind::WooCommerce;
        store.domain = u"laden.example/de"_s;
        store.baseUrl = u"http://laden.example/de"_s;
        store.auth = u"consumer_key"_s;
        store.clientId = u"ck_7"_s;
        m_wizard = std::make_unique<ConnectWizard>(*m_desk, store, nullptr);
        m_wizard->open();
        KeysStep* keys = m_wizard->keys();
        QCOMPARE(keys->address()->text(), store.baseUrl);
        keys->secret()->setText(u"cs_7"_s);
        QVERIFY(m_wizard->goOnButton()->isEnabled());
        for (const char* another :
             {"https://laden.example", "https://other.example/de", "https://laden.example:81/de"}) {
            keys->address()->setText(QString::fromLatin1(another));
            QVERIFY2(!m_wizard->goOnButton()->isEnabled(), another);
        }
        Q_EMIT keys->address()->editingFinished();
        QVERIFY(keys->address()->accessibleDescription().contains(store.baseUrl));
        keys->address()->setText(u"https://laden.example/de/"_s);
        QVERIFY(m_wizard->goOnButton()->isEnabled());
        m_wizard->goOnButton()->click();
        QTRY_COMPARE(m_wizard->goOnButton()->text(), u"Reconnect"_s);
        QCOMPARE(m_desk->calls, QStringList{u"test https://laden.example/de/ ck_7"_s});
    }

    // The shop may take its time: whoever leaves meanwhile wants no store.
    void leavingWhileItConnectsCallsItOff() {
        m_desk->connected.hold();
        toTest();
        QTRY_VERIFY(m_wizard->goOnButton()->isEnabled());
        m_wizard->goOnButton()->click();
        m_wizard->reject();
        QCOMPARE(m_desk->calls.last(), u"cancelConnect"_s);
    }

    void leavingAfterTheBrowserGivesItsGrantUp() {
        toTest(ConnectWay::ShopifyBrowser);
        QTRY_COMPARE(m_wizard->current(), static_cast<ConnectStep*>(m_wizard->test()));
        m_wizard->reject();
        QCOMPARE(m_desk->calls.last(), u"cancelSignIn"_s);
    }
};

QTEST_MAIN(TestConnectTrouble)
#include "tst_connect_trouble.moc"
