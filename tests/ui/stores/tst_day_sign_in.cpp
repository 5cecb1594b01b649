// A sign-in with one's own rights for a day, as a person meets it: chosen in the wizard, told of on the store's card,
// and done again the next day.
#include "tests/ui/support/fake_store_desk.h"
#include "tests/ui/support/shots.h"
#include "ui/stores/connect/browser_step.h"
#include "ui/stores/connect/choice_row.h"
#include "ui/stores/connect/connect_wizard.h"
#include "ui/stores/connect/keys_step.h"
#include "ui/stores/connect/shop_test_step.h"
#include "ui/stores/connect/way_step.h"
#include "ui/stores/store_card.h"
#include "ui/stores/store_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/format.h"
#include "ui/widgets/subtle_button.h"

#include <QApplication>
#include <QLineEdit>

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

const UtcTime kNoon = *UtcTime::parseIso("2026-11-03T12:00:00Z");

ShopFacts acme() {
    ShopFacts facts;
    facts.name = u"Acme Outdoor"_s;
    facts.domain = u"acme.myshopify.com"_s;
    facts.currency = u"USD"_s;
    facts.scopes = neededScopes().split(u',');
    return facts;
}

StoreRow shopOfTheBrowser() {
    StoreRow store;
    store.id = StoreId(3);
    store.name = u"Acme Outdoor"_s;
    store.domain = u"acme.myshopify.com"_s;
    store.auth = u"authorization_code"_s;
    store.clientId = u"client-7"_s;
    store.signedInUntil = kNoon.plusSeconds(4 * 3'600);
    store.status = StoreStatus::Connected;
    store.lastSyncAt = kNoon.plusSeconds(-600);
    store.lastSyncStatus = SyncStatus::Completed;
    return store;
}

StoreRow dayIsOver() {
    StoreRow store = shopOfTheBrowser();
    store.signedInUntil = kNoon.plusSeconds(-1);
    store.status = StoreStatus::Disconnected;
    store.lastError = u"Auth/SignInOver"_s;
    return store;
}

} // namespace

class TestDaySignIn : public QObject {
    Q_OBJECT

    std::unique_ptr<test::FakeStoreDesk> m_desk;
    std::unique_ptr<ConnectWizard> m_wizard;

    void open(std::unique_ptr<ConnectWizard> wizard) {
        m_wizard = std::move(wizard);
        m_wizard->open();
        QVERIFY(QTest::qWaitForWindowActive(m_wizard.get()));
    }
    void reconnect(const StoreRow& store) { open(std::make_unique<ConnectWizard>(*m_desk, store, nullptr)); }
    void toKeys(ConnectWay way) {
        m_wizard->way()->choice(way)->click();
        m_wizard->goOnButton()->click();
        m_wizard->keys()->address()->setText(u"acme.myshopify.com"_s);
        m_wizard->keys()->clientId()->setText(u"client-7"_s);
        m_wizard->keys()->secret()->setText(u"s3cret"_s);
    }
    ChoiceRow* choice(StoreAccess access) const { return m_wizard->keys()->choice(access); }
    bool isShown(const SheetStep* step) const { return m_wizard->current() == step; }
    void shot(QWidget& widget, const QString& name) {
        QVERIFY(test::keepShot(widget, u"day-"_s + name));
        QCOMPARE(test::cutChild(widget), QString());
    }

private Q_SLOTS:
    void initTestCase() {
        QLocale::setDefault(QLocale(u"en_US"_s));
        Theme::apply(*qApp, {Contrast::Normal, Motion::Reduced});
    }
    void init() {
        m_desk = std::make_unique<test::FakeStoreDesk>();
        m_desk->facts.set(acme());
        open(std::make_unique<ConnectWizard>(*m_desk, nullptr));
    }
    void cleanup() { m_wizard.reset(); }

    void staysConnectedUnlessOnesOwnRightsAreChosen() {
        toKeys(ConnectWay::ShopifyBrowser);
        QVERIFY(choice(StoreAccess::Offline)->isChecked());
        m_wizard->goOnButton()->click();
        QTRY_VERIFY(isShown(m_wizard->test()));
        QCOMPARE(m_desk->accesses.front(), StoreAccess::Offline);
        m_wizard->backButton()->click();
        m_wizard->backButton()->click();
        choice(StoreAccess::Offline)->setFocus();
        QTest::keyClick(choice(StoreAccess::Offline), Qt::Key_Down);
        QVERIFY(choice(StoreAccess::Online)->isChecked());
        shot(*m_wizard, u"chosen"_s);
        // What was granted to stay is no grant for a day.
        m_wizard->goOnButton()->click();
        QCOMPARE(m_desk->calls.count(u"signIn acme.myshopify.com client-7"_s), 2);
        QTRY_VERIFY(m_wizard->goOnButton()->isEnabled());
        m_wizard->goOnButton()->click();
        QCOMPARE(m_desk->calls.last(), u"connect acme.myshopify.com client-7"_s);
        QCOMPARE(m_desk->accesses.back(), StoreAccess::Online);
        QCOMPARE(m_desk->grants.back(), QByteArray("grant"));
    }

    void offersItInTheBrowserOnly() {
        toKeys(ConnectWay::ShopifyBrowser);
        QVERIFY(!choice(StoreAccess::Online)->isHidden());
        choice(StoreAccess::Online)->click();
        m_wizard->backButton()->click();
        toKeys(ConnectWay::ShopifyApp);
        QVERIFY(choice(StoreAccess::Online)->isHidden());
        m_wizard->goOnButton()->click();
        QCOMPARE(m_desk->accesses.back(), StoreAccess::Offline);
    }

    // Said like a missing scope, but the app may be right and the person not allowed.
    void saysWhatThePersonMayNotSee() {
        m_desk->grant.set(Error{ErrorKind::Auth, u"the shop did not grant read_orders"_s, ErrorCause::ScopeMissing});
        toKeys(ConnectWay::ShopifyBrowser);
        choice(StoreAccess::Online)->click();
        m_wizard->goOnButton()->click();
        const BrowserStep* step = m_wizard->browser();
        QTRY_VERIFY(step->detail().contains("read_orders, for orders"_L1));
        QVERIFY2(step->detail().contains("ask its owner"_L1), qPrintable(step->detail()));
        shot(*m_wizard, u"may-not-see"_s);
        m_desk->grant.set(SecretString("grant"));
        ShopFacts facts = acme();
        facts.scopes.removeAll(u"read_orders"_s);
        m_desk->facts.set(facts);
        step->againButton()->click();
        QTRY_VERIFY(m_wizard->test()->line(1).contains("ask its owner"_L1));
        QVERIFY(!m_wizard->goOnButton()->isEnabled());
    }

    // One click and the browser is open, with the choice and the keys of before.
    void signsInAgainAtOnce() {
        m_desk->grant.hold();
        reconnect(dayIsOver());
        QVERIFY(isShown(m_wizard->browser()));
        QCOMPARE(m_desk->calls, QStringList{u"signIn acme.myshopify.com client-7"_s});
        QCOMPARE(m_desk->accesses, std::vector<StoreAccess>{StoreAccess::Online});
        QCOMPARE(m_desk->secrets, std::vector<QByteArray>{""}); // the one that is kept
        QVERIFY(m_wizard->browser()->detail().contains("your own account"_L1));
        shot(*m_wizard, u"again"_s);
        // Back to the keys: all is there, and another choice is open.
        m_wizard->backButton()->click();
        QCOMPARE(m_desk->calls.last(), u"cancelSignIn"_s);
        QVERIFY(choice(StoreAccess::Online)->isChecked());
        QVERIFY(m_wizard->goOnButton()->isEnabled());
        m_wizard->keys()->clientId()->setText(u"client-8"_s); // whose secret nobody entered yet
        QVERIFY(!m_wizard->goOnButton()->isEnabled());
        m_wizard->keys()->clientId()->setText(u"client-7"_s);
        m_wizard->goOnButton()->click();
        m_desk->grant.release();
        QTRY_VERIFY(isShown(m_wizard->test()));
        QCOMPARE(m_wizard->goOnButton()->text(), u"Reconnect"_s);
    }

    // From the menu, while it still holds; and by hand disconnected, the secret is gone too.
    void beginsWithTheKeysOtherwise() {
        reconnect(shopOfTheBrowser());
        QVERIFY(isShown(m_wizard->keys()));
        QVERIFY(choice(StoreAccess::Online)->isChecked());
        QVERIFY(m_wizard->goOnButton()->isEnabled());
        StoreRow parted = dayIsOver();
        parted.lastError.clear();
        reconnect(parted);
        QVERIFY(isShown(m_wizard->keys()));
        QVERIFY(choice(StoreAccess::Online)->isChecked());
        QVERIFY(!m_wizard->goOnButton()->isEnabled());
        m_wizard->keys()->secret()->setText(u"new"_s);
        QVERIFY(m_wizard->goOnButton()->isEnabled());
        QVERIFY(m_desk->calls.isEmpty());
    }

    void theCardSaysUntilWhenAndCalmlyThatItIsOver() {
        const ManualClock clock(kNoon);
        StoreCard card(clock);
        StoreState state;
        state.view.store = shopOfTheBrowser();
        card.setState(state);
        card.resize(640, card.sizeHint().height());
        card.show();
        QVERIFY(QTest::qWaitForWindowExposed(&card));
        const QString until = formatTime(*state.view.store.signedInUntil, kNoon, QLocale());
        QVERIFY2(card.face().name.contains(u"signed in until "_s + until), qPrintable(card.face().name));
        shot(card, u"card-holds"_s);
        state.view.store = dayIsOver();
        state.standing.state = SyncStanding::State::Disconnected;
        card.setState(state);
        QVERIFY(!card.face().name.contains("signed in until"_L1));
        QCOMPARE(card.face().description,
                 u"The sign-in of a day has ended; what is cached stays, and news arrives again once you sign in."_s);
        QCOMPARE(card.adviceButton()->text(), u"Reconnect"_s);
        card.resize(640, card.sizeHint().height());
        shot(card, u"card-over"_s);
    }

    void aSignInThatStaysHasNoEnd() {
        StoreState state;
        state.view.store = shopOfTheBrowser();
        QVERIFY(signInText(state, kNoon).startsWith("signed in until "_L1));
        QCOMPARE(signInText(state, *state.view.store.signedInUntil), QString());
        state.view.store.signedInUntil.reset();
        QCOMPARE(signInText(state, kNoon), QString());
    }
};

QTEST_MAIN(TestDaySignIn)
#include "tst_day_sign_in.moc"
