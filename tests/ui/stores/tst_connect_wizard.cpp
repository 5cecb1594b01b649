#include "core/domain/shop/store_access.h"
#include "tests/ui/support/fake_store_desk.h"
#include "tests/ui/support/shots.h"
#include "tests/ui/support/spoken.h"
#include "ui/stores/connect/browser_step.h"
#include "ui/stores/connect/choice_row.h"
#include "ui/stores/connect/connect_wizard.h"
#include "ui/stores/connect/keys_step.h"
#include "ui/stores/connect/shop_test_step.h"
#include "ui/stores/connect/way_step.h"
#include "ui/stores/store_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/copy_button.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QScreen>
#include <QSignalSpy>

using namespace aiva;
using namespace Qt::StringLiterals;

class TestConnectWizard : public QObject {
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

    void connectsAShopByKeyboardAlone() {
        QSignalSpy connected(m_wizard.get(), &QDialog::accepted);
        shot(u"1-way"_s);
        QTest::keyClick(m_wizard->goOnButton(), Qt::Key_Return);
        QCOMPARE(m_wizard->current(), static_cast<ConnectStep*>(m_wizard->keys()));
        shot(u"2-app"_s);
        QVERIFY(!m_wizard->goOnButton()->isEnabled());
        QTRY_VERIFY(m_wizard->keys()->address()->hasFocus());
        QTest::keyClicks(QApplication::focusWidget(), u"https://admin.shopify.com/store/acme"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QTest::keyClicks(QApplication::focusWidget(), u"client-7"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QTest::keyClicks(QApplication::focusWidget(), u"s3cret"_s);
        m_desk->facts.hold();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(m_wizard->current(), static_cast<ConnectStep*>(m_wizard->test()));
        shot(u"3-testing"_s);
        QVERIFY(!m_wizard->goOnButton()->isEnabled());
        m_desk->facts.release();
        QTRY_VERIFY(m_wizard->goOnButton()->isEnabled());
        QCOMPARE(m_wizard->test()->line(0), u"Acme Outdoor · acme.myshopify.com · USD · Basic"_s);
        QVERIFY(m_wizard->test()->line(2).contains("60 days"_L1));
        shot(u"3-works"_s);
        QTRY_VERIFY(m_wizard->goOnButton()->hasFocus());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_COMPARE(connected.size(), 1);
        QCOMPARE(m_desk->calls,
                 (QStringList{u"test acme.myshopify.com client-7"_s, u"connect acme.myshopify.com client-7"_s}));
        QCOMPARE(m_desk->secrets, (std::vector<QByteArray>{"s3cret", "s3cret"}));
    }

    void keepsItsFootOnTheScreen() {
        m_wizard->goOnButton()->click();
        // What is typed into is seen, below the steps one reads first.
        const QLineEdit* address = m_wizard->keys()->address();
        QTRY_VERIFY(address->hasFocus());
        QTRY_COMPARE(address->visibleRegion().boundingRect().height(), address->height());
        QVERIFY(m_wizard->height() <= m_wizard->screen()->availableGeometry().height());
        const SubtleButton* button = m_wizard->goOnButton();
        QVERIFY(m_wizard->rect().contains(QRect(button->mapTo(m_wizard.get(), QPoint()), button->size())));
    }

    void copiesExactlyTheScopesThatAreNeeded() {
        m_wizard->goOnButton()->click();
        m_wizard->keys()->copyScopes()->click();
        QCOMPARE(QApplication::clipboard()->text(), u"read_customers,read_orders,read_products,read_inventory"_s);
    }

    void takesATokenThatIsThereAlready() {
        toTest(ConnectWay::ShopifyToken);
        QTRY_VERIFY(m_wizard->goOnButton()->isEnabled());
        QCOMPARE(m_desk->calls, QStringList{u"test acme.myshopify.com"_s});
        QVERIFY(!m_wizard->signIn().token.isEmpty());
        QVERIFY(m_wizard->signIn().secret.isEmpty());
    }

    void asksForTheKeysOfAWooCommerceShop() {
        m_wizard->way()->choice(ConnectWay::WooCommerce)->click();
        m_wizard->goOnButton()->click();
        shot(u"2-woocommerce"_s);
        QCOMPARE(spokenName(m_wizard->keys()->clientId()), u"Consumer key"_s);
        m_wizard->backButton()->click();
        m_desk->facts.set(Error{ErrorKind::Invalid, u"-"_s, ErrorCause::NoRestApi});
        toTest(ConnectWay::WooCommerce);
        QTRY_VERIFY(m_wizard->test()->againButton()->isVisible());
        QCOMPARE(m_wizard->signIn().kind, StoreKind::WooCommerce);
        QCOMPARE(m_wizard->signIn().address, u"https://acme.example"_s);
    }

    void saysWhatIsWrongAndTriesAgain() {
        m_desk->facts.set(Error{ErrorKind::Auth, u"-"_s, ErrorCause::TokenRefused});
        toTest();
        QTRY_VERIFY(m_wizard->test()->againButton()->hasFocus());
        QVERIFY(!m_wizard->goOnButton()->isEnabled());
        QVERIFY(!m_wizard->test()->line(0).isEmpty());
        shot(u"3-refused"_s);
        m_desk->facts.set(acme());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_VERIFY(m_wizard->goOnButton()->isEnabled());
    }

    void refusesAShopThatHidesItsOrders() {
        ShopFacts facts = acme();
        facts.scopes = {u"read_customers"_s, u"read_products"_s, u"read_inventory"_s};
        m_desk->facts.set(facts);
        toTest();
        QTRY_VERIFY(m_wizard->test()->againButton()->isVisible());
        QVERIFY(!m_wizard->goOnButton()->isEnabled());
        QVERIFY(m_wizard->test()->line(1).contains("read_orders"_L1));
        shot(u"3-scopes"_s);
    }

    void doesWithoutStock() {
        ShopFacts facts = acme();
        facts.scopes.removeAll(u"read_inventory"_s);
        facts.scopes << u"read_all_orders"_s;
        facts.historyLimited = false;
        m_desk->facts.set(facts);
        toTest();
        QTRY_VERIFY(m_wizard->goOnButton()->isEnabled());
        QVERIFY(m_wizard->test()->line(1).contains("read_inventory"_L1));
    }

    void correctsAnAddressOnlyOnceItIsLeft() {
        m_wizard->goOnButton()->click();
        QLineEdit* address = m_wizard->keys()->address();
        QTest::keyClicks(address, u"https://acme.com"_s);
        QVERIFY(address->accessibleDescription().isEmpty());
        QTest::keyClick(address, Qt::Key_Tab);
        QVERIFY(address->accessibleDescription().contains(".myshopify.com"_L1));
        shot(u"2-address"_s);
    }

    void goesBackWithoutLosingWhatWasTypedAndDropsLateAnswers() {
        m_desk->facts.hold();
        toTest();
        m_wizard->backButton()->click();
        QCOMPARE(m_wizard->current(), static_cast<ConnectStep*>(m_wizard->keys()));
        QCOMPARE(m_wizard->keys()->address()->text(), u"acme.myshopify.com"_s);
        QVERIFY(m_wizard->goOnButton()->isEnabled()); // the secret is kept, not shown
        QVERIFY(m_wizard->keys()->secret()->text().isEmpty());
        m_desk->facts.release();
        QTest::qWait(20);
        QCOMPARE(m_wizard->current(), static_cast<ConnectStep*>(m_wizard->keys()));
    }

    void wipesTheSecretWhenCancelled() {
        toTest();
        QVERIFY(!m_wizard->signIn().secret.isEmpty());
        m_wizard->reject();
        QVERIFY(m_wizard->signIn().secret.isEmpty());
        QCOMPARE(m_desk->calls.size(), 1); // nothing was connected
    }

    void saysWhenItCouldNotBeKept() {
        m_desk->connected.set(Error{ErrorKind::Storage, u"-"_s, ErrorCause::DiskFull});
        toTest();
        QTRY_VERIFY(m_wizard->goOnButton()->isEnabled());
        m_wizard->goOnButton()->click();
        QTRY_VERIFY(m_wizard->test()->summary().contains("disk"_L1));
        QVERIFY(m_wizard->isVisible());
    }

    void signsInInTheBrowserByKeyboardAlone() {
        QSignalSpy connected(m_wizard.get(), &QDialog::accepted);
        QTest::keyClick(m_wizard->way()->choice(ConnectWay::ShopifyApp), Qt::Key_Down);
        QVERIFY(m_wizard->way()->choice(ConnectWay::ShopifyBrowser)->isChecked());
        shot(u"1-way-browser"_s);
        QTest::keyClick(m_wizard->goOnButton(), Qt::Key_Return);
        QTRY_VERIFY(m_wizard->keys()->address()->hasFocus());
        shot(u"2-browser"_s);
        QTest::keyClicks(QApplication::focusWidget(), u"acme.myshopify.com"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QTest::keyClicks(QApplication::focusWidget(), u"client-7"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QTest::keyClicks(QApplication::focusWidget(), u"s3cret"_s);
        m_desk->grant.hold();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(m_wizard->current(), static_cast<ConnectStep*>(m_wizard->browser()));
        QTRY_VERIFY(m_wizard->browser()->stopButton()->hasFocus());
        QVERIFY(!m_wizard->goOnButton()->isEnabled());
        shot(u"3-browser-waiting"_s);
        m_wizard->browser()->copyButton()->click();
        QVERIFY(QApplication::clipboard()->text().startsWith("https://acme.myshopify.com/admin/oauth/authorize"_L1));
        m_desk->grant.release();
        QTRY_COMPARE(m_wizard->current(), static_cast<ConnectStep*>(m_wizard->test()));
        QTRY_VERIFY(m_wizard->goOnButton()->hasFocus());
        shot(u"4-browser-works"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_COMPARE(connected.size(), 1);
        QCOMPARE(m_desk->calls,
                 (QStringList{u"signIn acme.myshopify.com client-7"_s, u"test acme.myshopify.com client-7"_s,
                              u"connect acme.myshopify.com client-7"_s}));
        QCOMPARE(m_desk->grants, (std::vector<QByteArray>{"", "grant", "grant"}));
    }

    void copiesExactlyTheRedirect() {
        m_wizard->way()->choice(ConnectWay::ShopifyBrowser)->click();
        m_wizard->goOnButton()->click();
        m_wizard->keys()->copyRedirect()->click();
        QCOMPARE(QApplication::clipboard()->text(), u"http://127.0.0.1:13580/auth/callback"_s);
        QCOMPARE(storeRedirect(), QApplication::clipboard()->text());
        m_wizard->backButton()->click();
        m_wizard->way()->choice(ConnectWay::ShopifyApp)->click();
        m_wizard->goOnButton()->click();
        QVERIFY(!m_wizard->keys()->copyRedirect()->isVisible());
    }

    void saysWhatCameOfTheBrowser_data() {
        QTest::addColumn<Error>("error");
        QTest::addColumn<QString>("headline");
        QTest::addColumn<QString>("copied"); // what is offered to copy
        const auto row = [](const char* name, const Error& error, const char* headline, const QString& copied = {}) {
            QTest::newRow(name) << error << QString::fromLatin1(headline) << copied;
        };
        row("port", {ErrorKind::Conflict, u"-"_s}, "Port 13580 is taken");
        row("declined", {ErrorKind::Refused, u"-"_s}, "The app was not allowed");
        row("timeout", {ErrorKind::Timeout, u"-"_s}, "Nobody came back from the browser", storeRedirect());
        row("scopes", {ErrorKind::Auth, u"-"_s, ErrorCause::ScopeMissing}, "The shop granted too little",
            neededScopes());
        row("secret", {ErrorKind::Auth, u"-"_s, ErrorCause::TokenRefused},
            "The shop does not know this client ID or secret");
        row("clock", {ErrorKind::Refused, u"-"_s, ErrorCause::ClockSkew}, "The shop refuses this computer's clock");
        row("offline", {ErrorKind::Network, u"-"_s, ErrorCause::HostNotFound}, "The server was not found");
    }
    void saysWhatCameOfTheBrowser() {
        QFETCH(Error, error);
        QFETCH(QString, headline);
        QFETCH(QString, copied);
        m_desk->grant.set(error);
        toTest(ConnectWay::ShopifyBrowser);
        BrowserStep* step = m_wizard->browser();
        QTRY_COMPARE(step->headline(), headline);
        QVERIFY(!step->detail().isEmpty());
        QVERIFY(!step->stopButton()->isVisible());
        QVERIFY(!m_wizard->goOnButton()->isEnabled());
        QTRY_VERIFY(step->againButton()->hasFocus());
        Q_EMIT m_desk->openUrl(QUrl(u"https://other.myshopify.com"_s)); // of a sign-in nobody waits for
        QCOMPARE(step->copyButton()->isVisible(), !copied.isEmpty());
        shot(u"3-browser-"_s + QLatin1StringView(QTest::currentDataTag()));
        if (!copied.isEmpty()) {
            step->copyButton()->click();
            QCOMPARE(QApplication::clipboard()->text(), copied);
        }
        m_desk->grant.set(SecretString("grant"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_COMPARE(m_wizard->current(), static_cast<ConnectStep*>(m_wizard->test()));
    }

    void stopsWaitingForTheBrowser() {
        m_desk->grant.hold();
        toTest(ConnectWay::ShopifyBrowser);
        BrowserStep* step = m_wizard->browser();
        QTRY_VERIFY(step->stopButton()->hasFocus());
        QTest::keyClick(step->stopButton(), Qt::Key_Space);
        QCOMPARE(m_desk->calls.last(), u"cancelSignIn"_s);
        QTRY_VERIFY(step->againButton()->hasFocus());
        shot(u"3-browser-stopped"_s);
        m_desk->grant.release(); // too late
        QTest::qWait(20);
        QCOMPARE(m_wizard->current(), static_cast<ConnectStep*>(step));
        QVERIFY(!m_wizard->goOnButton()->isEnabled());
        // Leaving ends the waiting too.
        m_desk->grant.hold();
        step->againButton()->click();
        m_wizard->backButton()->click();
        QCOMPARE(m_desk->calls.last(), u"cancelSignIn"_s);
        QCOMPARE(m_wizard->current(), static_cast<ConnectStep*>(m_wizard->keys()));
        m_wizard->goOnButton()->click();
        m_wizard->reject();
        QCOMPARE(m_desk->calls.count(u"cancelSignIn"_s), 3);
        QVERIFY(m_wizard->signIn().secret.isEmpty());
    }

    void keepsAGrantForTheKeysItWasGivenTo() {
        toTest(ConnectWay::ShopifyBrowser);
        QTRY_COMPARE(m_wizard->current(), static_cast<ConnectStep*>(m_wizard->test()));
        m_wizard->backButton()->click();
        QCOMPARE(m_wizard->current(), static_cast<ConnectStep*>(m_wizard->browser()));
        QVERIFY(m_wizard->goOnButton()->isEnabled());
        QCOMPARE(m_desk->calls.count(u"signIn acme.myshopify.com client-7"_s), 1);
        shot(u"3-browser-allowed"_s);
        m_wizard->backButton()->click();
        m_wizard->goOnButton()->click();
        QVERIFY(m_wizard->goOnButton()->isEnabled());
        m_wizard->backButton()->click();
        m_wizard->keys()->clientId()->setText(u"client-8"_s);
        m_wizard->goOnButton()->click();
        QCOMPARE(m_desk->calls.count(u"signIn acme.myshopify.com client-8"_s), 1);
        QTRY_COMPARE(m_wizard->current(), static_cast<ConnectStep*>(m_wizard->test()));
        m_wizard->reject();
        QVERIFY(m_wizard->signIn().grant.isEmpty());
    }

    void reconnectsInTheBrowser() {
        StoreRow store;
        store.id = StoreId(3);
        store.domain = u"acme.myshopify.com"_s;
        store.auth = u"authorization_code"_s;
        store.clientId = u"client-7"_s;
        m_wizard = std::make_unique<ConnectWizard>(*m_desk, store, nullptr);
        m_wizard->open();
        QVERIFY(m_wizard->keys()->copyRedirect()->isVisible());
        m_wizard->keys()->secret()->setText(u"new"_s);
        m_wizard->goOnButton()->click();
        QTRY_COMPARE(m_wizard->goOnButton()->text(), u"Reconnect"_s);
        QCOMPARE(m_desk->calls.front(), u"signIn acme.myshopify.com client-7"_s);
    }

    void reconnectsWithTheKeysAlone() {
        StoreRow store;
        store.id = StoreId(3);
        store.domain = u"acme.myshopify.com"_s;
        store.auth = u"client_credentials"_s;
        store.clientId = u"client-7"_s;
        m_wizard = std::make_unique<ConnectWizard>(*m_desk, store, nullptr);
        m_wizard->open();
        QCOMPARE(m_wizard->current(), static_cast<ConnectStep*>(m_wizard->keys()));
        QVERIFY(!m_wizard->backButton()->isEnabled());
        QVERIFY(m_wizard->keys()->address()->isReadOnly()); // another shop would be another store
        m_wizard->keys()->secret()->setText(u"new"_s);
        m_wizard->goOnButton()->click();
        QTRY_COMPARE(m_wizard->goOnButton()->text(), u"Reconnect"_s);
    }
};

QTEST_MAIN(TestConnectWizard)
#include "tst_connect_wizard.moc"
