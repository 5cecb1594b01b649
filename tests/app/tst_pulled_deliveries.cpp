// What comes out of Pub/Sub is proved with the keys as they are when it comes: what is acknowledged comes never again.
#include "app/common/store_connection.h"
#include "app/common/webhook_adapters.h"
#include "core/storage/stores/store_repository.h"
#include "tests/support/fake_pubsub.h"
#include "tests/support/patience.h"
#include "tests/support/temporary_workspace.h"

#include <QElapsedTimer>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

class RememberingSink final : public WebhookSink {
public:
    Result<std::vector<WebhookReceipt>> storeAll(const std::vector<WebhookDelivery>& some) override {
        for (const WebhookDelivery& delivery : some)
            ids << delivery.id;
        return std::vector<WebhookReceipt>(some.size(), WebhookReceipt::Stored);
    }
    void noteRefusal(StoreKind, const QString& reason) override { refusals << reason; }

    QStringList ids;
    QStringList refusals;
};

} // namespace

class TestPulledDeliveries : public QObject {
    Q_OBJECT

    SystemClock m_clock;
    std::unique_ptr<TemporaryWorkspace> m_workspace;
    std::unique_ptr<FakePubSub> m_google;
    RememberingSink m_sink;

    // As another process does.
    void connectShop(const QString& domain, const char* clientSecret) {
        QVERIFY(m_workspace->addStore(domain).isValid());
        auto secrets = StoreSecrets::open(m_workspace->workspace(), m_workspace->writer());
        QVERIFY(secrets);
        QVERIFY(secrets->saveClientSecret(domain, SecretString(std::string_view(clientSecret))));
    }
    void publish(const QByteArray& key, const QByteArray& shop, const QByteArray& id) {
        m_google->publishShopify(key, shop, "orders/create", id, "{\"id\":1}");
    }
    Result<std::unique_ptr<WebhookPull>> pull(const WebhookAdapters& adapters) {
        const QByteArray file = m_google->keyFile();
        const SecretString account(std::string_view(file.constData(), static_cast<size_t>(file.size())));
        return adapters.pull({FakePubSub::project, FakePubSub::subscription, m_google->baseUrl().toString()}, account,
                             WebhookAdapters::PullKind::AtOnce, m_sink, {});
    }

private Q_SLOTS:
    void init() {
        m_workspace = std::make_unique<TemporaryWorkspace>();
        m_google = std::make_unique<FakePubSub>();
        m_sink = RememberingSink();
    }

    void aShopConnectedAfterTheKeysWereReadLosesNothing() {
        const WebhookAdapters adapters = webhookAdapters(m_workspace->workspace(), m_clock);
        connectShop(u"first.myshopify.com"_s, "one");
        QVERIFY(adapters.readKeys());
        connectShop(u"second.myshopify.com"_s, "two");
        publish("one", "first.myshopify.com", "a");
        publish("two", "second.myshopify.com", "b");
        publish("guess", "second.myshopify.com", "forged");
        publish("three", "other.myshopify.com", "stranger");
        const auto pulling = pull(adapters);
        QVERIFY(pulling);
        QTRY_COMPARE(m_google->waiting(), 0);
        QCOMPARE(m_sink.ids, (QStringList{u"a"_s, u"b"_s}));
        QCOMPARE(m_sink.refusals, (QStringList{u"wrong_signature"_s, u"unknown_shop"_s}));
    }

    // Two days after it was parted from, a shop asks to have its data dropped.
    void aShopOnePartedFromIsNoStranger() {
        const StoreId store = m_workspace->addStore(u"former.myshopify.com"_s);
        const auto stores = StoreRepository::create(m_workspace->writer());
        QVERIFY(stores && (*stores)->setStatus(store, StoreStatus::Disconnected));
        m_google->publishShopify({}, "former.myshopify.com", "shop/redact", "a",
                                 "{\"shop_domain\":\"former.myshopify.com\"}");
        publish({}, "former.myshopify.com", "still told");
        publish({}, "other.myshopify.com", "stranger");
        const auto pulling = pull(webhookAdapters(m_workspace->workspace(), m_clock));
        QVERIFY(pulling);
        QTRY_COMPARE(m_google->waiting(), 0);
        QCOMPARE(m_sink.ids, QStringList{u"a"_s});
        QCOMPARE(m_sink.refusals, (QStringList{u"unknown_shop"_s, u"unknown_shop"_s}));
    }

    void aKeyThatWasChangedProvesWhatComesNext() {
        const WebhookAdapters adapters = webhookAdapters(m_workspace->workspace(), m_clock);
        connectShop(u"first.myshopify.com"_s, "old");
        QVERIFY(adapters.readKeys());
        const auto pulling = pull(adapters);
        QVERIFY(pulling);
        QTRY_VERIFY(m_google->pulls > 0);
        connectShop(u"first.myshopify.com"_s, "new");
        publish("new", "first.myshopify.com", "a");
        QTRY_COMPARE(m_google->waiting(), 0);
        QCOMPARE(m_sink.ids, QStringList{u"a"_s});
    }

    // Locked for the night, a keychain says of everything that it is not there.
    void keysThatAreNotFoundAnyMoreStayWhileTheStoreIsConnected() {
        const QString shop = u"first.myshopify.com"_s;
        connectShop(shop, "one");
        StoreWebhookKeys keys(m_workspace->workspace());
        QVERIFY(keys.read());
        const auto known = [&] {
            return keys.find(StoreKind::Shopify, shop).value_or(WebhookKeys::Shop()).keys.size();
        };
        QCOMPARE(known(), size_t(1));
        auto secrets = StoreSecrets::open(m_workspace->workspace(), m_workspace->writer());
        QVERIFY(secrets && secrets->remove(shop));
        QVERIFY(keys.read());
        QCOMPARE(known(), size_t(1));
        const auto stores = StoreRepository::create(m_workspace->writer());
        QVERIFY(stores && (*stores)->setStatus((*stores)->all()->front().id, StoreStatus::Disconnected));
        QVERIFY(keys.read());
        QCOMPARE(known(), size_t(0));
    }

    void keysAreNotReadForEachForgery() {
        connectShop(u"first.myshopify.com"_s, "one");
        StoreWebhookKeys unreadable(m_workspace->workspace());
        QVERIFY(m_workspace->writer().execute("ALTER TABLE settings RENAME TO hidden"));
        QVERIFY(!unreadable.readAgain());
        QVERIFY(m_workspace->writer().execute("ALTER TABLE hidden RENAME TO settings"));
        StoreWebhookKeys keys(m_workspace->workspace());
        QVERIFY(!keys.find(StoreKind::Shopify, u"first.myshopify.com"_s));
        QElapsedTimer since;
        since.start();
        QVERIFY(keys.readAgain());
        QVERIFY(keys.find(StoreKind::Shopify, u"first.myshopify.com"_s));
        QVERIFY(!keys.readAgain() || since.elapsed() >= 1'000);
        QTest::qWait(1'100);
        QVERIFY(keys.readAgain());
        QVERIFY(!unreadable.readAgain()); // it may ask the person
        QVERIFY(unreadable.read());
    }
};

QTEST_GUILESS_MAIN(TestPulledDeliveries)
#include "tst_pulled_deliveries.moc"
