// Who has a store tell by itself: when keys are read, who is given which, and what is remembered for taking it back.
#include "core/webhook/webhook_subscriber.h"
#include "tests/support/await.h"
#include "tests/support/fake_store_port.h"
#include "tests/support/fake_webhooks.h"
#include "tests/support/patience.h"
#include "tests/support/temporary_workspace.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

const QString kTunnel = u"https://tunnel.example"_s;

// A site that can be asked to tell.
class TellingSite final : public FakeStorePort {
public:
    TellingSite(FakeShop shop, FakeWebhooks& hooks) : FakeStorePort(std::move(shop)), m_hooks(hooks) {}
    WebhookSubscriptionPort* webhooks() override { return &m_hooks; }

private:
    FakeWebhooks& m_hooks;
};

} // namespace

class TestWebhookSubscriber : public QObject {
    Q_OBJECT

    SystemClock m_clock;
    std::unique_ptr<TemporaryWorkspace> m_workspace;
    StoreId m_store;
    FakeWebhooks m_hooks;
    WebhookAdapters m_adapters;
    std::unique_ptr<WebhookSubscriber> m_subscriber;
    QByteArray m_key;                 // kept for the site
    QList<qsizetype> m_callsWhenRead; // how often the site had been asked for something

    static SecretString secretOf(const QByteArray& text) {
        return SecretString(std::string_view(text.constData(), static_cast<size_t>(text.size())));
    }
    StoreId addSite() {
        auto stores = StoreRepository::create(m_workspace->writer());
        StoreRow row;
        row.kind = StoreKind::WooCommerce;
        row.domain = u"laden.example"_s;
        row.name = u"Laden"_s;
        row.currency = u"EUR"_s;
        return (*stores)->save(row).value_or(StoreId());
    }
    qsizetype asked(const QString& what) const {
        return std::count_if(m_hooks.calls.begin(), m_hooks.calls.end(),
                             [&](const QString& call) { return call.startsWith(what); });
    }

private Q_SLOTS:
    void init() {
        m_workspace = std::make_unique<TemporaryWorkspace>();
        m_store = addSite();
        QVERIFY(m_store.isValid());
        m_hooks = FakeWebhooks();
        m_key.clear();
        m_callsWhenRead.clear();
        m_adapters = WebhookAdapters();
        m_adapters.mark = u"aiva-1a2b3c4d"_s;
        m_adapters.readKeys = [this]() -> Result<void> {
            m_callsWhenRead << m_hooks.calls.size();
            return {};
        };
        m_adapters.key = [this](Database&, const StoreRow&) -> Result<WebhookKey> {
            const bool isNew = m_key.isEmpty();
            if (isNew) m_key = "fresh";
            return WebhookKey{secretOf(m_key), isNew, true};
        };
        m_adapters.keepKey = [this](Database&, const StoreRow&, const SecretString& key) -> Result<void> {
            m_key = QByteArray(key.reveal().data(), static_cast<qsizetype>(key.size()));
            return {};
        };
        auto made = WebhookSubscriber::create(m_workspace->writer(), m_adapters, [this](const StoreRow&) {
            return Result<std::unique_ptr<StorePort>>(
                std::make_unique<TellingSite>(makeShop(1, 1, 1, m_clock.now()), m_hooks));
        });
        QVERIFY(made);
        m_subscriber = *std::move(made);
    }
    void cleanup() { m_subscriber.reset(); }

    void aFreshKeyIsKnownBeforeTheShopSignsWithIt() {
        m_hooks.refusals[u"order.updated"_s] = {ErrorKind::Network, u"gone"_s}; // it ends halfway
        QVERIFY(!await(m_subscriber->subscribe(m_store, kTunnel)));
        QVERIFY(asked(u"subscribe"_s) > 0);
        QCOMPARE(m_callsWhenRead, QList<qsizetype>{0});
        m_hooks.refusals.clear();
        const qsizetype before = m_hooks.calls.size();
        QVERIFY(await(m_subscriber->subscribe(m_store, kTunnel)));
        QCOMPARE(m_callsWhenRead, (QList<qsizetype>{0, before}));
        QVERIFY(await(m_subscriber->subscribe(m_store, kTunnel)));
        QCOMPARE(m_callsWhenRead.size(), 2); // all of them have it
    }

    void aKeyGivenByHandIsHandedToOursAtTheNextTime() {
        QVERIFY(await(m_subscriber->subscribe(m_store, kTunnel)));
        QCOMPARE(m_hooks.key, QByteArray("fresh"));
        const qsizetype made = asked(u"subscribe"_s);
        QVERIFY(await(m_subscriber->subscribe(m_store, kTunnel)));
        QCOMPARE(asked(u"resubscribe"_s), 0);
        QVERIFY(m_subscriber->keepKey(m_store, SecretString("by hand")));
        QCOMPARE(m_callsWhenRead.size(), 2); // known at once
        QVERIFY(await(m_subscriber->subscribe(m_store, kTunnel)));
        QCOMPARE(asked(u"resubscribe"_s), made);
        QCOMPARE(m_hooks.key, QByteArray("by hand"));
    }

    void whatStaysAtTheShopIsRemembered() {
        QVERIFY(await(m_subscriber->subscribe(m_store, kTunnel)));
        m_hooks.removeError = Error{ErrorKind::Auth, u"no"_s, ErrorCause::ScopeMissing};
        const auto refused = await(m_subscriber->unsubscribe(m_store));
        QVERIFY(refused && refused->firstError());
        QCOMPARE(m_subscriber->keptAddress(m_store).value_or(QString()), kTunnel + u"/webhooks/woocommerce"_s);
        m_hooks.removeError.reset();
        QVERIFY(await(m_subscriber->unsubscribe(m_store)));
        QCOMPARE(m_subscriber->keptAddress(m_store).value_or(u"unread"_s), QString());
        QVERIFY(m_hooks.known.empty());
    }
};

QTEST_GUILESS_MAIN(TestWebhookSubscriber)
#include "tst_webhook_subscriber.moc"
