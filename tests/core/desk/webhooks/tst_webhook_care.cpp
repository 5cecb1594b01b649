// What nobody looks at: shops that gave our address up, and doors that could not be opened.
#include "core/desk/webhooks/webhook_core.h"
#include "tests/support/await.h"
#include "tests/support/fake_store_port.h"
#include "tests/support/fake_webhooks.h"
#include "tests/support/patience.h"
#include "tests/support/temporary_workspace.h"

#include <QSignalSpy>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

class CaringStorePort final : public FakeStorePort {
public:
    CaringStorePort(FakeShop shop, FakeWebhooks& hooks) : FakeStorePort(std::move(shop)), m_hooks(hooks) {}
    WebhookSubscriptionPort* webhooks() override { return &m_hooks; }

private:
    FakeWebhooks& m_hooks;
};

class OpenDoor final : public WebhookListener {
public:
    OpenDoor(quint16 port, const bool& isShut) : m_port(port), m_isShut(isShut) {}
    quint16 port() const override { return m_port; }
    bool isListening() const override { return !m_isShut; }

private:
    quint16 m_port;
    const bool& m_isShut;
};

class QuietPull final : public WebhookPull {
public:
    PullState state() const override { return {}; }
};

} // namespace

class TestWebhookCare : public QObject {
    Q_OBJECT

    ManualClock m_clock{UtcTime(1'796'000'000'000)};
    std::unique_ptr<TemporaryWorkspace> m_workspace;
    StoreId m_store;
    FakeWebhooks m_hooks;
    WebhookAdapters m_adapters;
    bool m_isPortTaken = false;
    bool m_isPortShut = false; // under the listener
    std::optional<Error> m_keysError;
    std::unique_ptr<WebhookCore> m_core;

    void makeAdapters() {
        m_adapters.decoder = [](StoreKind) -> const WebhookDecoder* { return nullptr; };
        m_adapters.readKeys = [this] { return m_keysError ? Result<void>(*m_keysError) : Result<void>(); };
        m_adapters.listen = [this](quint16 port, WebhookInbox&) -> Result<std::unique_ptr<WebhookListener>> {
            if (m_isPortTaken) return Error{ErrorKind::Network, u"taken"_s};
            m_isPortShut = false;
            return std::unique_ptr<WebhookListener>(std::make_unique<OpenDoor>(port, m_isPortShut));
        };
        m_adapters.mark = u"aiva-1a2b3c4d"_s;
        m_adapters.key = [](Database&, const StoreRow&) -> Result<WebhookKey> { return WebhookKey{{}, false, true}; };
        m_adapters.pull = [](const PullPlace&, const SecretString&, WebhookAdapters::PullKind, WebhookSink&,
                             PullEvents) -> Result<std::unique_ptr<WebhookPull>> {
            return std::unique_ptr<WebhookPull>(std::make_unique<QuietPull>());
        };
        m_adapters.account = [](Database&) -> Result<std::optional<SecretString>> {
            return std::optional(SecretString("kept"));
        };
    }
    void openCore() {
        const auto makePort = [this](const StoreRow&) -> Result<std::unique_ptr<StorePort>> {
            FakeShop shop = makeShop(1, 1, 1, m_clock.now());
            shop.facts.scopes = {u"read_customers"_s, u"read_orders"_s, u"read_products"_s};
            return std::unique_ptr<StorePort>(std::make_unique<CaringStorePort>(std::move(shop), m_hooks));
        };
        m_core = std::make_unique<WebhookCore>(m_workspace->writer(), m_clock, m_adapters, makePort,
                                               std::make_shared<std::atomic<int>>(0));
        QVERIFY(m_core->open());
        m_core->start();
    }
    void subscribed() {
        QVERIFY(m_core->listen(quint16(8787)));
        const auto report = await(m_core->subscribe(m_store, u"https://tunnel.example"_s));
        QVERIFY(report && report->isComplete());
        m_hooks.calls.clear();
    }
    void set(const QString& name, const QString& value) {
        const auto settings = SettingsRepository::create(m_workspace->writer());
        QVERIFY((*settings)->setValue(name, value));
    }

private Q_SLOTS:
    void init() {
        m_workspace = std::make_unique<TemporaryWorkspace>();
        m_store = m_workspace->addStore();
        m_hooks.known.clear();
        m_hooks.calls.clear();
        m_isPortTaken = m_isPortShut = false;
        m_keysError.reset();
        makeAdapters();
        openCore();
    }
    void cleanup() {
        m_core.reset();
        m_workspace.reset();
    }

    void asksAgainWhereAShopGaveUsUp() {
        subscribed();
        const size_t all = m_hooks.known.size();
        QVERIFY(all > 15);
        QSignalSpy changed(m_core.get(), &WebhookCore::stateChanged);
        QTRY_VERIFY(!changed.isEmpty()); // of the subscribing; what follows is told apart from it
        changed.clear();
        m_hooks.known.resize(4); // it did not reach us for four hours
        m_core->care();
        QTRY_COMPARE(m_hooks.known.size(), all);
        QTRY_VERIFY(!changed.isEmpty());
        // Not every few minutes, but after a night.
        m_hooks.known.resize(4);
        m_core->care();
        QTest::qWait(50);
        QCOMPARE(m_hooks.known.size(), size_t(4));
        // One that is under way comes to its end first.
        const auto isWholeAgain = [&] {
            m_core->care();
            return m_hooks.known.size() == all;
        };
        m_core->lookSoon(); // or once a store was connected again
        QTRY_VERIFY(isWholeAgain());
        QTest::qWait(50);
        m_hooks.known.resize(4);
        m_clock.advanceMs(8 * 3'600'000);
        QTRY_VERIFY(isWholeAgain());
    }

    void asksNoShopWhoseDeliveriesCouldNotComeIn() {
        subscribed();
        QVERIFY(m_core->listen(std::nullopt));
        m_hooks.known.clear();
        m_core->care();
        QTest::qWait(50);
        QCOMPARE(m_hooks.calls, QStringList());
    }

    void whatIsTakenBackMeanwhileIsNotMadeAgain() {
        subscribed();
        m_hooks.known.clear();
        m_core->care(); // and before it is through
        const auto stopped = await(m_core->stop(m_store));
        QVERIFY(stopped);
        QTest::qWait(50);
        QVERIFY2(m_hooks.known.empty(), qPrintable(m_hooks.calls.join(u'|')));
        QCOMPARE(m_core->status(m_store)->way, WebhookWay::Off);
    }

    void whatIsBeingTakenBackIsNotMended() {
        subscribed();
        const auto stopping = m_core->stop(m_store);
        m_core->care(); // before it is through
        QVERIFY(await(stopping));
        QTest::qWait(50);
        QVERIFY2(m_hooks.known.empty(), qPrintable(m_hooks.calls.join(u'|')));
    }

    void opensADoorThatCouldNotBeOpened() {
        m_core.reset();
        set(u"webhook.listen"_s, u"on"_s);
        set(u"webhook.port"_s, u"8787"_s);
        m_isPortTaken = true;
        openCore();
        QCOMPARE(int(m_core->port()), 0);
        m_core->care();
        QCOMPARE(int(m_core->port()), 0);
        QVERIFY(m_core->status(m_store)->listenError);
        m_isPortTaken = false;
        m_core->care();
        QCOMPARE(int(m_core->port()), 8787);
        QVERIFY(!m_core->status(m_store)->listenError);
    }

    void opensADoorAgainThatTheMachineClosed() {
        QVERIFY(m_core->listen(quint16(8787)));
        m_isPortShut = true;
        QCOMPARE(int(m_core->status(m_store)->port), 0);
        m_isPortTaken = true;
        m_core->care();
        QVERIFY(m_core->status(m_store)->listenError);
        m_isPortTaken = false;
        m_core->care();
        QCOMPARE(int(m_core->status(m_store)->port), 8787);
        QVERIFY(!m_core->status(m_store)->listenError);
    }

    // Shops give up within hours, and care() comes by every few minutes only.
    void triesALostDoorAgainAndAgain() {
        QVERIFY(m_core->listen(quint16(8787)));
        m_isPortShut = true;
        m_isPortTaken = true;
        m_core->care();
        QVERIFY(m_core->status(m_store)->listenError);
        m_isPortTaken = false;
        QTRY_COMPARE(int(m_core->status(m_store)->port), 8787);
        QVERIFY(!m_core->status(m_store)->listenError);
        // One that a person closed is not lost.
        m_isPortShut = true;
        m_isPortTaken = true;
        m_core->care();
        QVERIFY(m_core->listen(std::nullopt));
        m_isPortTaken = false;
        m_core->care();
        QCOMPARE(int(m_core->status(m_store)->port), 0);
    }

    void fetchesOnceTheKeychainIsOpen() {
        m_core.reset();
        set(u"webhook.pull"_s, u"on"_s);
        set(u"webhook.pull.project"_s, u"acme-project"_s);
        set(u"webhook.pull.subscription"_s, u"aiva-desk"_s);
        m_keysError = Error{ErrorKind::Refused, u"locked"_s, ErrorCause::NoSecretService};
        openCore();
        QVERIFY(!m_core->status(m_store)->pull);
        m_keysError.reset();
        m_core->care();
        QVERIFY(m_core->status(m_store)->pull);
        QVERIFY(!m_core->status(m_store)->pullError);
    }
};

QTEST_GUILESS_MAIN(TestWebhookCare)
#include "tst_webhook_care.moc"
