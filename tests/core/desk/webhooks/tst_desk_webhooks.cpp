// A shop's webhook on the desk: listened for while the settings say so, in the cache and announced within moments.
#include "core/adapters/store/shopify/webhook_decoder.h"
#include "core/adapters/webhook/webhook_listener.h"
#include "core/desk/desk.h"
#include "core/storage/workspace/settings_repository.h"
#include "tests/support/await.h"
#include "tests/support/fake_mail_files.h"
#include "tests/support/fake_store_port.h"
#include "tests/support/patience.h"
#include "tests/support/table_dump.h"
#include "tests/support/temporary_workspace.h"
#include "tests/support/time_allowance.h"
#include "tests/support/webhook_client.h"

#include <QElapsedTimer>
#include <QSignalSpy>

#include <algorithm>
#include <limits>
#include <thread>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kKey = "hush";
constexpr auto kShop = "licht.myshopify.com";
constexpr int kDeliveries = 300;

class OneShop final : public WebhookKeys {
public:
    std::optional<Shop> find(StoreKind, const QString& name) const override {
        if (name != QLatin1StringView(kShop)) return std::nullopt;
        return Shop{name, {SecretString(std::string_view(kKey))}};
    }
};

QByteArray orderBody(int number, int change) {
    const QByteArray at = UtcTime(1'800'000'000'000 + change * 1'000LL).isoText().toLatin1();
    return "{\"id\":" + QByteArray::number(number) + ",\"name\":\"#" + QByteArray::number(number) +
           "\",\"currency\":\"EUR\",\"note\":\"" + QByteArray::number(change) +
           "\",\"email\":\"kim@example.com\",\"created_at\":\"2026-01-01T00:00:00Z\",\"updated_at\":\"" + at +
           "\",\"current_total_price\":\"10.00\",\"line_items\":[{\"id\":1,\"title\":\"Lamp\",\"quantity\":1,\"price\":"
           "\"10.00\"}]}";
}

} // namespace

class TestDeskWebhooks : public QObject {
    Q_OBJECT

    std::unique_ptr<TemporaryWorkspace> m_workspace;
    SystemClock m_clock;
    StoreId m_store;
    OneShop m_keys;
    std::unique_ptr<WebhookDecoder> m_decoder = makeShopifyWebhookDecoder();
    std::atomic<int> m_keysRead = 0;
    std::atomic<int> m_port = 0; // the last one listened on
    std::optional<Error> m_shopError;

    DeskAdapters adapters() {
        DeskAdapters adapters;
        adapters.storePort = [this](const StoreRow&) -> Result<std::unique_ptr<StorePort>> {
            auto port = std::make_unique<FakeStorePort>(makeShop(1, 1, 1, m_clock.now()));
            port->failNext(FakeStorePort::Call::Lookup, Error{ErrorKind::Timeout, u"slow"_s}, 1'000'000);
            if (m_shopError) port->failNext(FakeStorePort::Call::Shop, *m_shopError, 100);
            return std::unique_ptr<StorePort>(std::move(port));
        };
        adapters.mailFiles = [] { return std::make_unique<FakeMailFilePort>(); };
        adapters.webhooks.decoder = [this](StoreKind) { return m_decoder.get(); };
        adapters.webhooks.readKeys = [this] {
            ++m_keysRead;
            return Result<void>();
        };
        adapters.webhooks.listen = [this](quint16 port, WebhookInbox& inbox) {
            auto listener = listenForWebhooks(port, inbox, m_keys);
            if (listener) m_port = (*listener)->port();
            return listener;
        };
        return adapters;
    }
    std::unique_ptr<Desk> openDesk() {
        DeskPace pace;
        pace.firstTickMs = 1'000'000;
        auto desk = Desk::open(m_workspace->workspace(), m_clock, adapters(), pace);
        return desk ? *std::move(desk) : nullptr;
    }
    static SentWebhook order(int number, int change) {
        return SentWebhook::shopify(kKey, kShop, "orders/updated", "c" + QByteArray::number(change),
                                    orderBody(number, change));
    }

    // Hundred a second for a while, each timed from the first byte sent to the notice that finds its row: what 99 of
    // 100 take at most. `before` changes were told of already.
    qint64 latencyAt100PerSecond(Desk& desk, int port, int before) {
        std::vector<std::atomic<qint64>> sentAt(kDeliveries + 1);
        std::vector<qint64> latencies;
        QElapsedTimer timer;
        timer.start();
        int seen = 0;
        const QObject ear;
        connect(&desk, &Desk::changed, &ear, [&](DeskChanges changes) {
            if (!changes.testFlag(DeskChange::Customers)) return;
            const int now = rows(*desk.read().database, "SELECT note FROM orders").value(0).toInt() - before;
            for (; seen < now; ++seen)
                latencies.push_back(timer.elapsed() - sentAt[static_cast<size_t>(seen) + 1]);
        });
        std::thread sender([&] {
            WebhookClient client(port);
            for (int i = 1; i <= kDeliveries; ++i) {
                const auto due = std::chrono::milliseconds(i * 10 - timer.elapsed());
                if (due.count() > 0) std::this_thread::sleep_for(due);
                sentAt[static_cast<size_t>(i)] = timer.elapsed();
                client.send(order(1, before + i));
            }
        });
        const bool areSeen = QTest::qWaitFor([&] { return seen == kDeliveries; }, 60'000);
        sender.join();
        if (!areSeen) return std::numeric_limits<qint64>::max();
        std::sort(latencies.begin(), latencies.end());
        qInfo("%d deliveries at 100/s: p50 %lld ms, p99 %lld ms, longest %lld ms", kDeliveries,
              static_cast<long long>(latencies[kDeliveries / 2]),
              static_cast<long long>(latencies[kDeliveries * 99 / 100]), static_cast<long long>(latencies.back()));
        return latencies[kDeliveries * 99 / 100];
    }

private Q_SLOTS:
    void init() {
        m_workspace = std::make_unique<TemporaryWorkspace>();
        m_store = m_workspace->addStore(QString::fromLatin1(kShop));
        m_port = m_keysRead = 0;
        m_shopError.reset();
    }

    void listensOnlyWhenToldToAndRemembersIt() {
        m_workspace->releaseWriter();
        {
            const auto desk = openDesk();
            QVERIFY(desk);
            QCOMPARE(m_port.load(), 0);
            const auto port = await(desk->listenForWebhooks(quint16(0)));
            QVERIFY(port && *port > 0);
            QCOMPARE(WebhookClient(*port).send(order(1, 1)), 200);
        }
        QVERIFY(!WebhookClient(m_port).isOpen());
        m_port = 0;
        const auto desk = openDesk();
        QVERIFY(desk);
        QTRY_VERIFY(m_port > 0);
        QCOMPARE(WebhookClient(m_port).send(order(1, 2)), 200);
        QTRY_COMPARE(rows(*desk->read().database, "SELECT note FROM orders"), QStringList{u"2"_s});
        const auto none = await(desk->listenForWebhooks(std::nullopt));
        QVERIFY(none);
        QCOMPARE(*none, quint16(0));
        QVERIFY(!WebhookClient(m_port).isOpen());
    }

    void aPortThatIsTakenDoesNotKeepTheDeskClosed() {
        OneShop keys;
        class Deaf final : public WebhookInbox {
            WebhookReceipt accept(const WebhookDelivery&) override { return WebhookReceipt::Unavailable; }
            void noteRefusal(StoreKind, const QString&) override {}
        } inbox;
        const auto holder = listenForWebhooks(0, inbox, keys);
        QVERIFY(holder);
        auto settings = SettingsRepository::create(m_workspace->writer());
        QVERIFY((*settings)->setValue(u"webhook.listen"_s, u"on"_s));
        QVERIFY((*settings)->setValue(u"webhook.port"_s, QString::number((*holder)->port())));
        settings->reset();
        m_workspace->releaseWriter();
        const auto desk = openDesk();
        QVERIFY(desk);
        QSignalSpy failed(desk.get(), &Desk::commandFailed);
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(failed.front().front().toString(), u"webhooks"_s);
    }

    // A keychain may ask the person each time, and keep the core waiting.
    void aSyncReadsNoKeys() {
        m_workspace->releaseWriter();
        const auto desk = openDesk();
        QVERIFY(desk);
        QVERIFY(await(desk->listenForWebhooks(quint16(0))));
        const int keysRead = m_keysRead;
        QSignalSpy finished(desk.get(), &Desk::syncFinished);
        desk->syncStore(m_store, SyncKind::Incremental);
        QTRY_COMPARE(finished.size(), 1);
        QVERIFY(await(desk->webhooks().webhookStatus(m_store))); // the core is through with it
        QCOMPARE(m_keysRead.load(), keysRead);
    }

    void tellsOfAShopThatUninstalledUs() {
        m_shopError = Error{ErrorKind::Auth, u"gone"_s, ErrorCause::TokenRefused};
        m_workspace->releaseWriter();
        const auto desk = openDesk();
        QVERIFY(desk);
        QSignalSpy noticed(&desk->stores(), &StoreDesk::noticed);
        const auto port = await(desk->listenForWebhooks(quint16(0)));
        QVERIFY(port);
        const QByteArray body = "{\"id\":1,\"myshopify_domain\":\"" + QByteArray(kShop) + "\"}";
        QCOMPARE(WebhookClient(*port).send(SentWebhook::shopify(kKey, kShop, "app/uninstalled", "gone", body)), 200);
        QTRY_COMPARE(noticed.size(), 1);
        const auto notice = noticed.front().front().value<StoreNotice>();
        QCOMPARE(notice.what, StoreNotice::What::Disconnected);
        QCOMPARE(notice.store, m_store);
        QCOMPARE(notice.name, u"Licht"_s);
        QCOMPARE(rows(*desk->read().database, "SELECT status FROM stores"), QStringList{u"disconnected"_s});
    }

    void aRowIsAnnouncedWithinMoments() {
        m_workspace->releaseWriter();
        const auto desk = openDesk();
        QVERIFY(desk);
        const auto port = await(desk->listenForWebhooks(quint16(0)));
        QVERIFY(port);
        // The target of 50 ms is the bench build's; a sanitised build on a busy machine gets more, and where the
        // machine itself stood still, another try.
        qint64 p99 = latencyAt100PerSecond(*desk, *port, 0);
        for (int attempt = 1; attempt < 3 && p99 >= test::allowed(200); ++attempt)
            p99 = latencyAt100PerSecond(*desk, *port, attempt * kDeliveries);
        QVERIFY2(p99 < test::allowed(200), qPrintable(QString::number(p99)));
    }

    void closesWhileDeliveriesComeIn() {
        m_workspace->releaseWriter();
        auto desk = openDesk();
        QVERIFY(desk);
        const auto port = await(desk->listenForWebhooks(quint16(0)));
        QVERIFY(port);
        std::atomic<bool> stops = false;
        std::atomic<int> stored = 0;
        std::vector<std::thread> senders;
        for (int t = 0; t < 6; ++t)
            senders.emplace_back([&, t] {
                WebhookClient client(*port);
                for (int i = 0; !stops; ++i) {
                    if (client.send(order(1 + t, 1 + t * 100'000 + i)) != 200) return;
                    ++stored;
                }
            });
        const bool areComing = QTest::qWaitFor([&stored] { return stored >= 60; }, 30'000);
        QElapsedTimer timer;
        timer.start();
        desk.reset();
        const qint64 tookMs = timer.elapsed();
        stops = true;
        for (std::thread& sender : senders)
            sender.join();
        QVERIFY(areComing);
        QVERIFY2(tookMs < test::allowed(5'000), qPrintable(QString::number(tookMs)));
        QVERIFY(m_workspace->reopenWriter());
        const int kept = rows(m_workspace->writer(), "SELECT count(*) FROM webhook_deliveries").value(0).toInt();
        QVERIFY2(kept >= stored, qPrintable(u"%1 kept, %2 acknowledged"_s.arg(kept).arg(stored.load())));
    }
};

QTEST_GUILESS_MAIN(TestDeskWebhooks)
#include "tst_desk_webhooks.moc"
