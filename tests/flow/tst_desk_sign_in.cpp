// The desk as the window uses it, its real adapters and a sandbox shop: signed in in the browser, synced, asleep over
// the token's hour, revoked by the shop, and disconnected.
#include "app/common/adapters.h"
#include "app/common/shopify_grant.h"
#include "app/sandbox/sandbox_server.h"
#include "core/domain/shop/store_access.h"
#include "tests/flow/shop_control.h"
#include "tests/support/await.h"
#include "tests/support/patience.h"
#include "tests/support/plain_browser.h"
#include "tests/support/temporary_workspace.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTcpServer>

#include <atomic>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int kPatience = 60'000;

// The system's, moved at will; read from the core thread.
class SleepClock final : public Clock {
public:
    UtcTime now() const override { return m_system.now().plusMs(m_by.load()); }
    qint64 monotonicMs() const override { return m_system.monotonicMs(); }
    void moveSeconds(qint64 seconds) { m_by.fetch_add(seconds * 1'000); }

private:
    SystemClock m_system;
    std::atomic<qint64> m_by = 0;
};

} // namespace

class DeskSignInTest : public QObject {
    Q_OBJECT

    SleepClock m_clock;
    std::unique_ptr<TemporaryWorkspace> m_workspace;
    std::unique_ptr<SandboxServer> m_shop;
    std::unique_ptr<Desk> m_desk;
    PlainBrowser m_browser;

    bool openDesk() {
        auto desk = Desk::open(m_workspace->workspace(), m_clock, deskAdapters(m_workspace->workspace(), m_clock));
        if (desk) m_desk = *std::move(desk);
        return m_desk != nullptr;
    }
    void control(const QByteArray& wanted) { askSandbox(m_shop->baseUrl(), "POST", "/sandbox/oauth", wanted); }
    int requests(const QString& name) {
        const QByteArray stats = askSandbox(m_shop->baseUrl(), "GET", "/sandbox/stats");
        return QJsonDocument::fromJson(stats).object()[u"requests"_s][name].toInt();
    }
    StoreSignIn keys() const {
        StoreSignIn keys;
        keys.address = m_shop->shopDomain();
        keys.baseUrl = m_shop->baseUrl();
        keys.clientId = m_shop->clientId();
        keys.secret = m_shop->clientSecret();
        return keys;
    }
    StoreRow row() {
        const auto views = m_desk->read().stores->stores().value_or({});
        return views.empty() ? StoreRow() : views.front().store;
    }
    std::optional<ShopifyGrant> kept() {
        const auto reader = m_workspace->workspace().openReader();
        auto secrets = StoreSecrets::open(m_workspace->workspace(), **reader);
        const auto packed = secrets->grant(m_shop->shopDomain());
        if (!packed || !*packed) return std::nullopt;
        const auto grant = shopifyGrantFrom(**packed);
        return grant ? std::optional(*grant) : std::nullopt;
    }
    Result<SecretString> signIn() { return signIn(keys()); }
    Result<SecretString> signIn(const StoreSignIn& wish) {
        QSignalSpy opened(&m_desk->stores(), &StoreDesk::openUrl);
        const auto grant = m_desk->stores().signInStore(wish);
        if (!QTest::qWaitFor([&] { return opened.size() == 1 || grant.isFinished(); }, kPatience))
            return Error{ErrorKind::Internal, u"no page was opened"_s};
        if (opened.size() == 1) m_browser.open(opened.front().front().toUrl());
        return await(grant, kPatience);
    }
    bool sync(SyncKind kind = SyncKind::Incremental) {
        QSignalSpy finished(m_desk.get(), &Desk::syncFinished);
        m_desk->stores().syncStore(row().id, kind);
        return finished.wait(kPatience);
    }

private Q_SLOTS:
    // The app lists one port, and one program at a time can have it. Free now, it has to be free for each test.
    void initTestCase() {
        QTcpServer probe;
        if (!probe.listen(QHostAddress::LocalHost, kStoreRedirectPort))
            QSKIP("aiva-skip: another program has the port of the redirect address");
    }
    void init() {
        m_workspace = std::make_unique<TemporaryWorkspace>();
        m_workspace->releaseWriter();
        SandboxOptions options;
        options.customers = 30;
        options.orders = 50;
        options.days = 60;
        m_shop = *SandboxServer::start(options);
        QVERIFY(openDesk());
    }
    void cleanup() {
        m_desk.reset();
        m_shop.reset();
    }

    void livesWithAGrantFromTheFirstToTheLastDay() {
        const auto grant = signIn();
        QVERIFY2(grant, grant ? "" : qPrintable(grant.error().detail));
        StoreSignIn signedIn = keys();
        signedIn.grant = *grant;
        const auto facts = await(m_desk->stores().testStore(signedIn));
        QVERIFY(facts);
        QVERIFY(!kept()); // a test keeps nothing
        QSignalSpy finished(m_desk.get(), &Desk::syncFinished);
        QVERIFY(await(m_desk->stores().connectStore(signedIn)));
        QVERIFY(finished.wait(kPatience));
        QCOMPARE(row().auth, u"authorization_code"_s);
        QCOMPARE(row().status, StoreStatus::Connected);
        const auto first = kept();
        QVERIFY(first);

        // Asleep over the hour; and once more after a restart.
        m_clock.moveSeconds(7'200);
        control("{\"expire\":true}");
        QVERIFY(sync());
        QCOMPARE(row().status, StoreStatus::Connected);
        const auto second = kept();
        QVERIFY(second && !second->refreshToken.equals(first->refreshToken));
        QVERIFY(second->expiresAt > m_clock.now());
        QCOMPARE(requests(u"unauthorized"_s), 0);
        m_desk.reset();
        QVERIFY(openDesk());
        QVERIFY(sync());
        QCOMPARE(requests(u"refresh"_s), 1);

        // The shop takes it back: one notice, and peace.
        control("{\"revoke\":true}");
        QSignalSpy noticed(&m_desk->stores(), &StoreDesk::noticed);
        QVERIFY(sync());
        QCOMPARE(row().status, StoreStatus::Disconnected);
        QTRY_COMPARE(noticed.size(), 1);
        QCOMPARE(noticed.front().front().value<StoreNotice>().what, StoreNotice::What::Disconnected);
        QCOMPARE(row().lastError, u"Auth/TokenRefused"_s);

        // Reconnected, then given back. The shop's answer has to be of this moment, by our clock too.
        m_clock.moveSeconds(-7'200);
        const auto again = signIn();
        QVERIFY(again);
        signedIn.grant = *again;
        finished.clear();
        QVERIFY(await(m_desk->stores().connectStore(signedIn)));
        QTRY_VERIFY_WITH_TIMEOUT(row().status == StoreStatus::Connected, kPatience);
        const auto revoked = await(m_desk->stores().disconnectStore(row().id));
        QVERIFY(revoked && *revoked);
        QCOMPARE(requests(u"revoke"_s), 1);
        QCOMPARE(row().status, StoreStatus::Disconnected);
        QVERIFY(!kept());
    }

    // One's own rights for a day, and the next day the same again: nobody copies the client secret a second time.
    void livesFromDayToDayWithOnesOwnRights() {
        StoreSignIn own = keys();
        own.access = StoreAccess::Online;
        const auto grant = signIn(own);
        QVERIFY2(grant, grant ? "" : qPrintable(grant.error().detail));
        own.grant = *grant;
        QSignalSpy finished(m_desk.get(), &Desk::syncFinished);
        QVERIFY(await(m_desk->stores().connectStore(own)));
        QVERIFY(finished.wait(kPatience));
        QCOMPARE(row().status, StoreStatus::Connected);
        QCOMPARE(row().scopes, neededStoreScopes());
        const auto until = row().signedInUntil;
        QVERIFY(until && *until > m_clock.now().plusSeconds(23 * 3'600));
        QVERIFY(kept() && kept()->refreshToken.isEmpty());

        m_clock.moveSeconds(86'400);
        QSignalSpy noticed(&m_desk->stores(), &StoreDesk::noticed);
        m_desk->stores().syncStore(row().id, SyncKind::Incremental); // or by itself, whichever is first
        QTRY_VERIFY_WITH_TIMEOUT(row().status == StoreStatus::Disconnected, kPatience);
        QCOMPARE(row().lastError, u"Auth/SignInOver"_s);
        QTRY_VERIFY(!noticed.isEmpty() &&
                    noticed.back().front().value<StoreNotice>().what == StoreNotice::What::Disconnected);
        QCOMPARE(requests(u"unauthorized"_s), 0);
        QCOMPARE(requests(u"refresh"_s), 0);

        // The shop's answer has to be of this moment, by our clock too.
        m_clock.moveSeconds(-86'400);
        StoreSignIn next = own;
        next.secret = {};
        next.grant = {};
        next.clientId = u"another-app"_s; // its secret is not kept
        QCOMPARE(signIn(next).error().cause, ErrorCause::TokenRefused);
        next.clientId = own.clientId;
        const auto again = signIn(next);
        QVERIFY2(again, again ? "" : qPrintable(again.error().detail));
        next.grant = *again;
        QVERIFY(await(m_desk->stores().testStore(next)));
        QVERIFY(await(m_desk->stores().connectStore(next)));
        QTRY_VERIFY_WITH_TIMEOUT(row().status == StoreStatus::Connected, kPatience);
        QVERIFY(row().signedInUntil && *row().signedInUntil > m_clock.now());
    }

    // C1: a token lives a day, in memory; each sync has a connection of its own.
    void usesOneTokenFromSyncToSync() {
        QSignalSpy finished(m_desk.get(), &Desk::syncFinished);
        QVERIFY(await(m_desk->stores().connectStore(keys())));
        QVERIFY(finished.wait(kPatience));
        QCOMPARE(row().auth, u"client_credentials"_s);
        const int asked = requests(u"access_token"_s);
        QVERIFY(sync());
        QVERIFY(sync());
        QCOMPARE(row().status, StoreStatus::Connected);
        QCOMPARE(requests(u"access_token"_s), asked);
    }

    void leavesThePortWhenNobodyWaitsAnyMore() {
        QSignalSpy opened(&m_desk->stores(), &StoreDesk::openUrl);
        const auto first = m_desk->stores().signInStore(keys());
        // Its page is open by then: told later, it would be taken for the next one's.
        QVERIFY(QTest::qWaitFor([&] { return opened.size() == 1 || first.isFinished(); }, kPatience));
        m_desk->stores().cancelSignIn();
        const auto cancelled = await(first, kPatience);
        QVERIFY(!cancelled);
        QCOMPARE(cancelled.error().kind, ErrorKind::Refused);
        QVERIFY(signIn());
        // A second wish takes the place of the first; closing the desk ends the second.
        const auto one = m_desk->stores().signInStore(keys());
        const auto other = m_desk->stores().signInStore(keys());
        QCOMPARE(await(one, kPatience).error().kind, ErrorKind::Refused);
        QVERIFY(!other.isFinished());
        m_desk.reset();
    }
};

QTEST_GUILESS_MAIN(DeskSignInTest)
#include "tst_desk_sign_in.moc"
