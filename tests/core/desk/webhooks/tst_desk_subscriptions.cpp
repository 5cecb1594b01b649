// Webhooks as the window sets them up: a door opened, the shop asked, both taken back when nobody needs them.
#include "core/desk/desk.h"
#include "core/storage/workspace/settings_repository.h"
#include "tests/support/await.h"
#include "tests/support/fake_mail_files.h"
#include "tests/support/fake_store_port.h"
#include "tests/support/fake_webhooks.h"
#include "tests/support/patience.h"
#include "tests/support/table_dump.h"
#include "tests/support/temporary_workspace.h"

#include <QSignalSpy>

#include <atomic>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

// A shop that can be asked to tell.
class TellingStorePort final : public FakeStorePort {
public:
    TellingStorePort(FakeShop shop, FakeWebhooks& hooks) : FakeStorePort(std::move(shop)), m_hooks(hooks) {}
    WebhookSubscriptionPort* webhooks() override { return &m_hooks; }

private:
    FakeWebhooks& m_hooks;
};

// Doors that are only counted.
struct Doors {
    std::atomic<int> port = 0; // listened on
    std::atomic<int> pulls = 0;
    std::atomic<int> keysRead = 0;
    std::atomic<bool> isPullRefused = false;
    std::atomic<bool> isPullSilent = false;
    std::atomic<bool> isPortTaken = false;
};

class CountedListener final : public WebhookListener {
public:
    CountedListener(Doors& doors, quint16 port) : m_doors(doors), m_port(port) { m_doors.port = port; }
    ~CountedListener() override { m_doors.port = 0; }
    quint16 port() const override { return m_port; }
    bool isListening() const override { return true; }

private:
    Doors& m_doors;
    quint16 m_port;
};

class CountedPull final : public QObject, public WebhookPull {
public:
    CountedPull(Doors& doors, PullEvents events) : m_doors(doors), m_events(std::move(events)) {
        ++m_doors.pulls;
        QMetaObject::invokeMethod(
            this, [this] { answer(); }, Qt::QueuedConnection);
    }
    ~CountedPull() override { --m_doors.pulls; }
    PullState state() const override { return m_state; }

private:
    void answer() {
        if (m_doors.isPullSilent) return;
        if (m_doors.isPullRefused) {
            m_state.error = Error{ErrorKind::Auth, u"403"_s, ErrorCause::QueueRoleMissing};
            return m_events.changed(m_state);
        }
        m_state.answeredAt = UtcTime(1'800'000'000'000);
        m_events.changed(m_state);
        if (m_events.drained) m_events.drained();
    }

    Doors& m_doors;
    PullEvents m_events;
    PullState m_state;
};

} // namespace

class TestDeskSubscriptions : public QObject {
    Q_OBJECT

    std::unique_ptr<TemporaryWorkspace> m_workspace;
    SystemClock m_clock;
    StoreId m_store;
    Doors m_doors;
    FakeWebhooks m_hooks; // touched on the core thread, looked at when it is idle
    std::atomic<bool> m_hasAccount = false;
    std::atomic<int> m_accountsRead = 0;
    std::unique_ptr<Desk> m_desk;

    DeskAdapters adapters() {
        DeskAdapters adapters;
        adapters.storePort = [this](const StoreRow&) -> Result<std::unique_ptr<StorePort>> {
            FakeShop shop = makeShop(1, 1, 1, m_clock.now());
            shop.facts.scopes = {u"read_customers"_s, u"read_orders"_s, u"read_products"_s};
            return std::unique_ptr<StorePort>(std::make_unique<TellingStorePort>(std::move(shop), m_hooks));
        };
        adapters.mailFiles = [] { return std::make_unique<FakeMailFilePort>(); };
        WebhookAdapters& webhooks = adapters.webhooks;
        webhooks.decoder = [](StoreKind) -> const WebhookDecoder* { return nullptr; };
        webhooks.readKeys = [this] {
            ++m_doors.keysRead;
            return Result<void>();
        };
        webhooks.listen = [this](quint16 port, WebhookInbox&) -> Result<std::unique_ptr<WebhookListener>> {
            if (m_doors.isPortTaken) return Error{ErrorKind::Network, u"taken"_s};
            return std::unique_ptr<WebhookListener>(std::make_unique<CountedListener>(m_doors, port));
        };
        webhooks.mark = u"aiva-1a2b3c4d"_s;
        webhooks.key = [](Database&, const StoreRow&) -> Result<WebhookKey> { return WebhookKey{{}, false, true}; };
        webhooks.pull = [this](const PullPlace& place, const SecretString&, WebhookAdapters::PullKind, WebhookSink&,
                               PullEvents events) -> Result<std::unique_ptr<WebhookPull>> {
            if (place.project.contains(u' ')) return Error{ErrorKind::Invalid, u"no project"_s};
            return std::unique_ptr<WebhookPull>(std::make_unique<CountedPull>(m_doors, std::move(events)));
        };
        webhooks.readAccount = [](const SecretString& file) -> Result<SecretString> { return file; };
        webhooks.account = [this](Database&) -> Result<std::optional<SecretString>> {
            ++m_accountsRead;
            return m_hasAccount ? std::optional(SecretString("kept")) : std::nullopt;
        };
        webhooks.keepAccount = [this](Database&, const SecretString&) {
            m_hasAccount = true;
            return Result<void>();
        };
        return adapters;
    }
    void open() {
        m_workspace->releaseWriter();
        DeskPace pace;
        pace.firstTickMs = 1'000'000;
        auto desk = Desk::open(m_workspace->workspace(), m_clock, adapters(), pace);
        QVERIFY(desk);
        m_desk = *std::move(desk);
    }
    WebhookDesk& webhooks() const { return m_desk->webhooks(); }
    WebhookStatus status() const { return await(webhooks().webhookStatus(m_store)).value_or(WebhookStatus()); }
    static WebhookChoice tunnel() {
        WebhookChoice choice;
        choice.way = WebhookWay::Tunnel;
        choice.port = 8787;
        choice.address = u"https://tunnel.example"_s;
        return choice;
    }
    static WebhookChoice pubSub() {
        WebhookChoice choice;
        choice.way = WebhookWay::PubSub;
        choice.place = {u"acme-project"_s, u"aiva-desk"_s, {}};
        choice.topic = u"shop-events"_s;
        choice.account = SecretString("key file");
        return choice;
    }
    size_t subscribed(const QString& address) const {
        return static_cast<size_t>(std::count_if(m_hooks.known.begin(), m_hooks.known.end(),
                                                 [&](const auto& one) { return one.address == address; }));
    }

private Q_SLOTS:
    void init() {
        m_workspace = std::make_unique<TemporaryWorkspace>();
        m_store = m_workspace->addStore();
        m_doors.isPullRefused = m_doors.isPullSilent = m_doors.isPortTaken = false;
        m_hasAccount = false;
        m_hooks.known.clear();
        m_hooks.refusals.clear();
        m_hooks.removeError.reset();
    }
    void cleanup() {
        m_desk.reset();
        QCOMPARE(m_doors.port.load(), 0);
        QCOMPARE(m_doors.pulls.load(), 0);
    }

    void opensTheDoorAsksTheShopAndClosesBoth() {
        open();
        QCOMPARE(status().way, WebhookWay::Off);
        QVERIFY(await(webhooks().openWebhooks(m_store, tunnel())).value_or(false));
        QCOMPARE(m_doors.port.load(), 8787);
        const int keysRead = m_doors.keysRead;
        const auto report = await(webhooks().subscribeWebhooks(m_store, u"https://tunnel.example"_s));
        QVERIFY(report && report->isComplete());
        QVERIFY(m_doors.keysRead > keysRead); // a store's own key may be new
        QVERIFY(subscribed(u"https://tunnel.example/webhooks/shopify"_s) > 15);
        QCOMPARE(status().way, WebhookWay::Tunnel);
        QCOMPARE(int(status().port), 8787);
        const auto looked = await(webhooks().lookAtWebhooks(m_store));
        QVERIFY(looked && looked->isComplete());
        QCOMPARE(looked->count(SubscriptionStep::Do::Create), 0);
        QVERIFY(await(webhooks().stopWebhooks(m_store)));
        QVERIFY(m_hooks.known.empty());
        QCOMPARE(m_doors.port.load(), 0);
        QCOMPARE(status().way, WebhookWay::Off);
    }

    void movesFromTheTunnelToPubSubAndComesBackAfterARestart() {
        open();
        QVERIFY(await(webhooks().openWebhooks(m_store, tunnel())));
        QVERIFY(await(webhooks().subscribeWebhooks(m_store, tunnel().deliveryAddress())));
        QVERIFY(await(webhooks().openWebhooks(m_store, pubSub())));
        QTRY_COMPARE(m_doors.pulls.load(), 1); // the trial is over
        const auto moved = await(webhooks().subscribeWebhooks(m_store, pubSub().deliveryAddress()));
        QVERIFY(moved && moved->isComplete());
        QCOMPARE(subscribed(u"pubsub://acme-project:shop-events"_s), m_hooks.known.size());
        QCOMPARE(m_doors.port.load(), 0); // no store needs it any more
        QTRY_VERIFY(status().pull && status().pull->answeredAt);
        QVERIFY(status().hasAccount);
        m_desk.reset();
        QCOMPARE(m_doors.pulls.load(), 0);
        open();
        QTRY_COMPARE(m_doors.pulls.load(), 1);
        QCOMPARE(status().place.subscription, u"aiva-desk"_s);
        QVERIFY(await(webhooks().stopWebhooks(m_store)));
        QCOMPARE(m_doors.pulls.load(), 0);
    }

    void whatCannotBeFetchedIsNotKept() {
        open();
        m_doors.isPullRefused = true;
        const auto opened = await(webhooks().openWebhooks(m_store, pubSub()));
        QCOMPARE(opened.error().cause, ErrorCause::QueueRoleMissing);
        QVERIFY(!m_hasAccount);
        QTRY_COMPARE(m_doors.pulls.load(), 0);
        QVERIFY(!status().pull);
    }

    // The sheet looks each second while something comes in.
    void whetherAKeyFileIsKeptIsReadOnce() {
        open();
        const int before = m_accountsRead;
        QVERIFY(!status().hasAccount);
        QVERIFY(!status().hasAccount);
        QCOMPARE(m_accountsRead.load(), before + 1);
        QVERIFY(await(webhooks().openWebhooks(m_store, pubSub())));
        QVERIFY(status().hasAccount);
        QCOMPARE(m_accountsRead.load(), before + 1);
    }

    void aPlaceThatIsNoneLeavesTheOneFetchedFrom() {
        open();
        QVERIFY(await(webhooks().openWebhooks(m_store, pubSub())));
        QTRY_COMPARE(m_doors.pulls.load(), 1);
        WebhookChoice mistyped = pubSub();
        mistyped.place.project = u"Acme Project"_s;
        QCOMPARE(await(webhooks().openWebhooks(m_store, mistyped)).error().kind, ErrorKind::Invalid);
        QCOMPARE(m_doors.pulls.load(), 1);
        QVERIFY(status().pull && !status().pullError);
        QCOMPARE(status().place.project, u"acme-project"_s);
    }

    void noStoreIsMadeSilentByAnothersTopic() {
        const StoreId other = m_workspace->addStore(u"zweite.myshopify.com"_s);
        open();
        QVERIFY(await(webhooks().openWebhooks(m_store, pubSub())));
        QVERIFY(await(webhooks().subscribeWebhooks(m_store, pubSub().deliveryAddress())));
        QTRY_COMPARE(m_doors.pulls.load(), 1);
        QVERIFY(await(webhooks().openWebhooks(other, pubSub()))); // the same topic serves both
        WebhookChoice own = pubSub();
        own.topic = u"second-shop"_s;
        own.place.subscription = u"second-desk"_s;
        QCOMPARE(await(webhooks().openWebhooks(other, own)).error().kind, ErrorKind::Refused);
        QCOMPARE(status().place.subscription, u"aiva-desk"_s);
        QVERIFY(await(webhooks().openWebhooks(m_store, own))); // its own may change
        QVERIFY(await(webhooks().stopWebhooks(m_store)));
        QVERIFY(await(webhooks().openWebhooks(other, own)));
    }

    void onePlaceIsTriedAtATimeAndEachIsAnswered() {
        open();
        m_doors.isPullSilent = true;
        const auto first = webhooks().openWebhooks(m_store, pubSub());
        QCOMPARE(await(webhooks().openWebhooks(m_store, pubSub())).error().kind, ErrorKind::Conflict);
        QVERIFY(!first.isFinished());
        QCOMPARE(m_doors.pulls.load(), 1);
        // Nobody wants it any more.
        QVERIFY(await(webhooks().subscribeWebhooks(m_store, pubSub().deliveryAddress())));
        QVERIFY(await(webhooks().stopWebhooks(m_store)));
        QCOMPARE(await(first).error().kind, ErrorKind::Refused);
        m_doors.isPullSilent = false;
        QVERIFY(await(webhooks().openWebhooks(m_store, pubSub())).value_or(false));
    }

    void saysThatAPortIsTakenUntilItIsFree() {
        open();
        QVERIFY(await(webhooks().openWebhooks(m_store, tunnel())));
        WebhookChoice other = tunnel();
        other.port = 8788;
        m_doors.isPortTaken = true;
        QCOMPARE(await(webhooks().openWebhooks(m_store, other)).error().kind, ErrorKind::Network);
        QVERIFY(status().listenError); // taken in the meantime as well
        m_doors.isPortTaken = false;
        QVERIFY(await(webhooks().openWebhooks(m_store, tunnel())));
        QCOMPARE(int(status().port), 8787);
        QVERIFY(!status().listenError);
    }

    void aDisconnectedStoreIsToldToBeQuiet() {
        open();
        QVERIFY(await(webhooks().openWebhooks(m_store, tunnel())));
        QVERIFY(await(webhooks().subscribeWebhooks(m_store, tunnel().deliveryAddress())));
        m_hooks.known.push_back({u"1"_s, u"orders/paid"_s, u"https://erp.example"_s, u"erp"_s, true, true});
        const int keysRead = m_doors.keysRead;
        QVERIFY(await(m_desk->stores().disconnectStore(m_store)));
        QCOMPARE(m_hooks.known.size(), size_t(1)); // theirs
        QTRY_VERIFY(m_doors.keysRead > keysRead);
        QCOMPARE(status().address, QString());
    }

    void whatStaysAtTheShopOfADisconnectedStoreIsRemembered() {
        open();
        QVERIFY(await(webhooks().openWebhooks(m_store, tunnel())));
        QVERIFY(await(webhooks().subscribeWebhooks(m_store, tunnel().deliveryAddress())));
        m_hooks.removeError = Error{ErrorKind::Auth, u"no"_s, ErrorCause::ScopeMissing};
        QVERIFY(await(m_desk->stores().disconnectStore(m_store)));
        QVERIFY(!m_hooks.known.empty());
        QCOMPARE(status().address, u"https://tunnel.example/webhooks/shopify"_s);
        m_hooks.removeError.reset();
        QVERIFY(await(m_desk->stores().disconnectStore(m_store))); // once more
        QVERIFY(m_hooks.known.empty());
        QCOMPARE(status().address, QString());
    }

    void aStoreThatWasPartedFromKeepsNoDoorOpen() {
        const StoreId other = m_workspace->addStore(u"zweite.myshopify.com"_s);
        open();
        QVERIFY(await(webhooks().openWebhooks(m_store, tunnel())));
        for (const StoreId store : {m_store, other})
            QVERIFY(await(webhooks().subscribeWebhooks(store, tunnel().deliveryAddress())));
        m_hooks.removeError = Error{ErrorKind::Auth, u"no"_s, ErrorCause::ScopeMissing};
        QVERIFY(await(m_desk->stores().disconnectStore(m_store)));
        QVERIFY(await(webhooks().stopWebhooks(other)));
        QCOMPARE(m_doors.port.load(), 8787); // its deliveries still come
        m_hooks.removeError.reset();
        QVERIFY(await(webhooks().stopWebhooks(other)));
        QCOMPARE(m_doors.port.load(), 0);
    }

    void listeningForWebhooksNobodySubscribedToGoesOn() {
        open();
        QVERIFY(await(m_desk->listenForWebhooks(quint16(9000))));
        QVERIFY(await(webhooks().openWebhooks(m_store, pubSub())));
        QVERIFY(await(webhooks().subscribeWebhooks(m_store, pubSub().deliveryAddress())));
        QCOMPARE(m_doors.port.load(), 9000); // made by hand at the shop
        QVERIFY(await(webhooks().stopWebhooks(m_store)));
        QCOMPARE(m_doors.port.load(), 9000);
    }
};

QTEST_GUILESS_MAIN(TestDeskSubscriptions)
#include "tst_desk_subscriptions.moc"
