// Stores come and go on the desk: connected, reconnected, disconnected whatever the shop or the keychain says, and the
// tokens of a browser's sign-in never in a window.
#include "core/desk/desk.h"
#include "tests/support/await.h"
#include "tests/support/fake_store_port.h"
#include "tests/support/patience.h"
#include "tests/support/table_dump.h"
#include "tests/support/temporary_workspace.h"

#include <QSemaphore>
#include <QSignalSpy>

#include <atomic>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

using Call = FakeStorePort::Call;
using What = StoreNotice::What;

constexpr int kPatience = 60'000;
constexpr qint64 kHour = 3'600'000;

// The system's, moved at will; read from the core thread.
class MovedClock final : public Clock {
public:
    UtcTime now() const override { return m_system.now().plusMs(m_by.load()); }
    qint64 monotonicMs() const override { return m_system.monotonicMs(); }
    void moveMs(qint64 ms) { m_by.fetch_add(ms); }

private:
    SystemClock m_system;
    std::atomic<qint64> m_by = 0;
};

DeskPace tickingPace() {
    DeskPace pace;
    pace.firstTickMs = 1;
    pace.scheduleTickMs = 5;
    pace.sync.retryMs = {};
    return pace;
}

} // namespace

class TestStoreConnections : public QObject {
    Q_OBJECT

    std::unique_ptr<TemporaryWorkspace> m_workspace;
    std::unique_ptr<MovedClock> m_clock;
    std::unique_ptr<Desk> m_desk;
    FakeShop m_shop;
    std::function<void(FakeStorePort&)> m_prepare; // on the core thread, for each port made
    std::atomic<bool> m_isSlow = false;            // the shop
    std::atomic<int> m_asked = 0;                  // ports made
    std::atomic<int> m_revoked = 0;
    std::atomic<int> m_forgotten = 0;
    bool m_isConnectedElsewhere = false; // while the shop took its time to be left
    std::vector<QByteArray> m_keptSecrets;
    QStringList m_grants;          // given to who tries and who keeps
    std::optional<Error> m_locked; // the keychain
    QSemaphore* m_gate = nullptr;  // holds the core in a sign-in

    std::unique_ptr<StorePort> port() {
        auto made = std::make_unique<FakeStorePort>(m_shop);
        if (m_isSlow) made->failNext(Call::Shop, {ErrorKind::Timeout, u"slow"_s}, 100);
        made->onCall = [this](Call call, int) {
            if (call == Call::Revoke) ++m_revoked;
        };
        if (m_prepare) m_prepare(*made);
        ++m_asked; // what it was to answer is settled
        return made;
    }

    DeskAdapters adapters() {
        DeskAdapters adapters;
        adapters.storePort = [this](const StoreRow&) { return Result<std::unique_ptr<StorePort>>(port()); };
        adapters.stores.signIn = [this](const StoreSignIn&, const std::function<void(const QUrl&)>&) {
            if (m_gate) m_gate->acquire();
            return readyFuture<SecretString>(SecretString("shpat_1 shprt_1 5"));
        };
        adapters.stores.tryStore = [this](const StoreSignIn& signIn) {
            m_grants << textOf(signIn.grant);
            return Result<std::unique_ptr<StorePort>>(port());
        };
        adapters.stores.save = [this](Database& writer, const StoreSignIn& signIn,
                                      const ShopFacts& facts) -> Result<StoreId> {
            m_grants << textOf(signIn.grant);
            const std::string_view secret = signIn.secret.reveal();
            m_keptSecrets.emplace_back(secret.data(), static_cast<qsizetype>(secret.size()));
            AIVA_TRY(const auto stores, StoreRepository::create(writer));
            StoreRow row;
            row.domain = signIn.address;
            row.name = facts.name;
            row.externalId = facts.externalId;
            row.currency = facts.currency;
            row.createdAt = m_clock->now();
            return stores->save(row);
        };
        adapters.stores.removeSecrets = [this](Database& writer, const StoreRow& row) -> Result<void> {
            ++m_forgotten;
            if (m_isConnectedElsewhere) {
                AIVA_TRY(const auto stores, StoreRepository::create(writer));
                AIVA_CHECK(stores->setStatus(row.id, StoreStatus::NeverSynced));
                return Error{ErrorKind::Conflict, u"in use again"_s};
            }
            return m_locked ? Result<void>(*m_locked) : Result<void>();
        };
        return adapters;
    }

    static QString textOf(const SecretString& secret) {
        return QString::fromLatin1(secret.reveal().data(), static_cast<qsizetype>(secret.size()));
    }
    bool open(DeskPace pace = tickingPace()) {
        auto desk = Desk::open(m_workspace->workspace(), *m_clock, adapters(), std::move(pace));
        if (desk) m_desk = *std::move(desk);
        return m_desk != nullptr;
    }
    StoreId addStore(const QString& domain, const QString& schedule) {
        auto stores = StoreRepository::create(m_workspace->writer());
        StoreRow row = m_workspace->store(m_workspace->addStore(domain));
        row.schedule = schedule;
        row.createdAt = m_clock->now();
        return (*stores)->save(row).value_or(StoreId());
    }
    std::vector<SyncJobRow> jobs(std::optional<StoreId> store = std::nullopt) {
        return m_desk->read().syncs->jobs(store, 100).value_or({});
    }
    size_t ended() {
        const auto all = jobs();
        return static_cast<size_t>(std::count_if(
            all.begin(), all.end(), [](const SyncJobRow& job) { return job.status != SyncStatus::Running; }));
    }
    StoreRow row(StoreId id) {
        for (const StoreView& view : m_desk->read().stores->stores().value_or({}))
            if (view.store.id == id) return view.store;
        return {};
    }
    static StoreSignIn signIn() {
        StoreSignIn signIn;
        signIn.address = u"acme.myshopify.com"_s;
        signIn.clientId = u"client"_s;
        signIn.secret = SecretString("s3cret");
        return signIn;
    }

private Q_SLOTS:
    void init() {
        m_workspace = std::make_unique<TemporaryWorkspace>();
        m_clock = std::make_unique<MovedClock>();
        m_shop = makeShop(12, 30, 4, m_clock->now());
        m_shop.facts.historyLimited = false;
        m_prepare = {};
        m_isSlow = false;
        m_asked = 0;
        m_revoked = 0;
        m_forgotten = 0;
        m_isConnectedElsewhere = false;
        m_keptSecrets.clear();
        m_grants.clear();
        m_locked.reset();
        m_gate = nullptr;
    }
    void cleanup() { m_desk.reset(); }

    void connectsAStoreAndTellsWhenItsFirstSyncIsDone() {
        m_workspace->releaseWriter();
        QVERIFY(open());
        QSignalSpy noticed(&m_desk->stores(), &StoreDesk::noticed);
        const auto facts = await(m_desk->stores().testStore(signIn()));
        QVERIFY(facts);
        QVERIFY(m_keptSecrets.empty()); // a test keeps nothing
        const auto id = await(m_desk->stores().connectStore(signIn()));
        QVERIFY(id);
        QCOMPARE(m_keptSecrets, std::vector<QByteArray>{"s3cret"});
        QVERIFY(noticed.wait(kPatience));
        const auto notice = noticed.front().front().value<StoreNotice>();
        QCOMPARE(notice.what, What::FirstSyncDone);
        QCOMPARE(notice.outcome.counts[Resource::Orders].processed, 30);
        QCOMPARE(row(*id).status, StoreStatus::Connected);
        QCOMPARE(jobs().size(), size_t(1));
        QCOMPARE(jobs().front().kind, SyncKind::Full);
    }

    void connectsNothingThatDoesNotAnswer() {
        m_workspace->releaseWriter();
        m_isSlow = true;
        QVERIFY(open());
        const auto id = await(m_desk->stores().connectStore(signIn()));
        QVERIFY(!id && id.error().kind == ErrorKind::Timeout);
        QVERIFY(m_keptSecrets.empty());
        QVERIFY(m_desk->read().stores->stores().value_or({}).empty());
    }

    // A window gets a name for it; the tokens themselves go from the browser to the keys without it.
    void keepsTheTokensOfTheBrowserToTheCore() {
        m_workspace->releaseWriter();
        QVERIFY(open());
        const auto grant = await(m_desk->stores().signInStore(signIn()));
        QVERIFY(grant && !grant->isEmpty() && !textOf(*grant).contains("sh"_L1));
        StoreSignIn signedIn = signIn();
        signedIn.grant = *grant;
        QVERIFY(await(m_desk->stores().testStore(signedIn)));
        QVERIFY(await(m_desk->stores().connectStore(signedIn)));
        const QString tokens = u"shpat_1 shprt_1 5"_s;
        QCOMPARE(m_grants, (QStringList{tokens, tokens, tokens})); // tried, tried and kept
        // Once it is kept, or given up, the name is worth nothing.
        QCOMPARE(await(m_desk->stores().testStore(signedIn)).error().cause, ErrorCause::TokenRefused);
        signedIn.grant = *await(m_desk->stores().signInStore(signIn()));
        m_desk->stores().cancelSignIn();
        QCOMPARE(await(m_desk->stores().connectStore(signedIn)).error().cause, ErrorCause::TokenRefused);
    }

    // The browser's answer may be on its way when somebody closes the wizard.
    void keepsNothingOfASignInThatWasGivenUp() {
        m_workspace->releaseWriter();
        QSemaphore gate;
        m_gate = &gate;
        QVERIFY(open());
        const auto grant = m_desk->stores().signInStore(signIn());
        m_desk->stores().cancelSignIn();
        gate.release();
        const auto answer = await(grant);
        QVERIFY(!answer && answer.error().kind == ErrorKind::Refused);
    }

    void keepsNothingOfAConnectionThatWasCancelled() {
        m_workspace->releaseWriter();
        QVERIFY(open());
        QSemaphore gate;
        m_prepare = [&gate](FakeStorePort&) { gate.acquire(); };
        const auto id = m_desk->stores().connectStore(signIn());
        m_desk->stores().cancelConnect();
        gate.release(100);
        const auto answer = await(id);
        QVERIFY(!answer && answer.error().kind == ErrorKind::Refused);
        QVERIFY(m_keptSecrets.empty());
    }

    // What still runs with the keys of before would be refused, and the new ones taken for bad.
    void aReconnectEndsWhatRunsWithTheFormerKeys() {
        const StoreId id = addStore(u"acme.myshopify.com"_s, u"manual"_s);
        m_workspace->releaseWriter();
        QVERIFY(open());
        m_prepare = [](FakeStorePort& port) { port.isSilent = [](Call call, int) { return call == Call::Page; }; };
        m_desk->stores().syncStore(id, SyncKind::Full);
        QTRY_COMPARE(row(id).status, StoreStatus::Syncing);
        m_prepare = {};
        QVERIFY(await(m_desk->stores().connectStore(signIn())));
        QTRY_COMPARE_WITH_TIMEOUT(ended(), size_t(2), kPatience);
        QCOMPARE(jobs().front().status, SyncStatus::Completed);
        QCOMPARE(jobs().back().status, SyncStatus::Cancelled);
        QCOMPARE(row(id).status, StoreStatus::Connected);
    }

    void beginsNothingWhileAShopTakesItsTimeToBeLeft() {
        const StoreId id = addStore(u"acme.myshopify.com"_s, u"realtime"_s);
        m_workspace->releaseWriter();
        m_prepare = [](FakeStorePort& port) { port.isSilent = [](Call call, int) { return call == Call::Revoke; }; };
        QVERIFY(open());
        QTRY_COMPARE(ended(), size_t(1));
        const auto revoked = m_desk->stores().disconnectStore(id);
        QTRY_COMPARE(row(id).status, StoreStatus::Disconnected);
        m_clock->moveMs(48 * kHour);
        QTest::qWait(100);
        QCOMPARE(jobs().size(), size_t(1));
        QVERIFY(!revoked.isFinished());
    }

    void disconnectsEvenWhenTheKeychainIsLocked() {
        const StoreId id = addStore(u"acme.myshopify.com"_s, u"manual"_s);
        m_workspace->releaseWriter();
        m_locked = Error{ErrorKind::Storage, u"locked"_s, ErrorCause::NoSecretService};
        QVERIFY(open());
        const auto revoked = await(m_desk->stores().disconnectStore(id));
        QVERIFY(!revoked && revoked.error().cause == ErrorCause::NoSecretService);
        QCOMPARE(row(id).status, StoreStatus::Disconnected);
        QCOMPARE(row(id).lastError, u"Storage/NoSecretService"_s);
        // Unlocked, the keys can still be forgotten.
        m_locked.reset();
        QVERIFY(await(m_desk->stores().disconnectStore(id)));
        QCOMPARE(m_forgotten.load(), 2);
        QCOMPARE(row(id).lastError, QString());
    }

    void saysThatAnotherProcessConnectedItAgainMeanwhile() {
        const StoreId id = addStore(u"acme.myshopify.com"_s, u"manual"_s);
        m_workspace->releaseWriter();
        m_isConnectedElsewhere = true;
        QVERIFY(open());
        const auto revoked = await(m_desk->stores().disconnectStore(id));
        QVERIFY(!revoked && revoked.error().kind == ErrorKind::Conflict);
        QCOMPARE(row(id).status, StoreStatus::NeverSynced);
        QCOMPARE(row(id).lastError, QString());
    }

    void disconnectsAStoreInTheMiddleOfItsSyncAndKeepsWhatItHas() {
        const StoreId id = addStore(u"acme.myshopify.com"_s, u"manual"_s);
        m_workspace->releaseWriter();
        QVERIFY(open());
        QSignalSpy finished(m_desk.get(), &Desk::syncFinished);
        m_desk->stores().syncStore(id, SyncKind::Full);
        QVERIFY(finished.wait(kPatience));
        m_prepare = [](FakeStorePort& port) {
            port.isSilent = [](Call call, int number) { return call == Call::Page && number > 1; };
        };
        m_desk->stores().syncStore(id, SyncKind::Full);
        QTRY_COMPARE(row(id).status, StoreStatus::Syncing);
        const auto revoked = await(m_desk->stores().disconnectStore(id));
        QVERIFY(revoked && *revoked);
        QCOMPARE(m_revoked.load(), 1);
        QCOMPARE(m_forgotten.load(), 1);
        QCOMPARE(row(id).status, StoreStatus::Disconnected);
        QCOMPARE(rows(*m_desk->read().database, "SELECT count(*) FROM orders").front(), u"30"_s);
        QCOMPARE(jobs().front().status, SyncStatus::Cancelled);
        // Nothing starts by itself any more.
        const int asked = m_asked;
        m_clock->moveMs(48 * kHour);
        QTest::qWait(100);
        QCOMPARE(m_asked.load(), asked);
    }

    void disconnectsEvenWhenTheShopCannotBeTold() {
        const StoreId id = addStore(u"acme.myshopify.com"_s, u"manual"_s);
        m_workspace->releaseWriter();
        m_prepare = [](FakeStorePort& port) {
            port.failNext(Call::Revoke, {ErrorKind::Network, u"away"_s, ErrorCause::HostNotFound});
        };
        QVERIFY(open());
        const auto revoked = await(m_desk->stores().disconnectStore(id));
        QVERIFY(revoked && !*revoked);
        QCOMPARE(m_forgotten.load(), 1);
        QCOMPARE(row(id).status, StoreStatus::Disconnected);
    }
};

QTEST_GUILESS_MAIN(TestStoreConnections)
#include "tst_store_connections.moc"
