// Which secrets a store's deliveries are proved with, and whose they are.
#include "app/common/secrets_claim.h"
#include "app/common/shopify_grant.h"
#include "app/common/store_connection.h"
#include "app/common/webhook_adapters.h"
#include "app/common/woocommerce_connection.h"
#include "core/storage/database/database.h"
#include "core/storage/stores/store_remover.h"
#include "tests/support/patience.h"
#include "tests/support/shared_keychain.h"
#include "tests/support/table_dump.h"
#include "tests/support/temporary_workspace.h"

#include <QThread>

#include <atomic>
#include <thread>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class TestStoreSecrets : public QObject {
    Q_OBJECT

    SystemClock m_clock;
    std::unique_ptr<TemporaryWorkspace> m_workspace;

    StoreSecrets secrets() { return *StoreSecrets::open(m_workspace->workspace(), m_workspace->writer()); }
    static StoreRow site() {
        StoreRow row;
        row.kind = StoreKind::WooCommerce;
        row.domain = u"laden.example"_s;
        row.auth = u"consumer_key"_s;
        return row;
    }
    static QStringList revealed(const Result<std::vector<SecretString>>& keys) {
        if (!keys) return {keys.error().detail};
        QStringList texts;
        for (const SecretString& key : *keys)
            texts << QString::fromUtf8(key.reveal().data(), static_cast<qsizetype>(key.size()));
        return texts;
    }
    QStringList names() { return rows(m_workspace->writer(), "SELECT name FROM sealed_secrets ORDER BY name"); }
    Result<StoreRow> connectShopify(const ShopifyCredentials& credentials) {
        auto kept = secrets();
        ShopFacts facts;
        facts.currency = u"EUR"_s;
        return saveShopify(m_workspace->writer(), kept, m_clock, credentials, facts);
    }

private Q_SLOTS:
    void init() { m_workspace = std::make_unique<TemporaryWorkspace>(); }

    void anotherAppsClientSecretProvesNothing() {
        ShopifyCredentials byClient;
        byClient.shop = u"licht.myshopify.com"_s;
        byClient.clientId = u"app-a"_s;
        byClient.clientSecret = SecretString("secret of app A");
        const auto first = connectShopify(byClient);
        QVERIFY(first);
        QCOMPARE(revealed(secrets().webhookKeys(*first)), QStringList{u"secret of app A"_s});
        ShopifyCredentials byToken;
        byToken.shop = byClient.shop;
        byToken.token = SecretString("shpat_of_app_b");
        const auto second = connectShopify(byToken);
        QVERIFY(second);
        QCOMPARE(revealed(secrets().webhookKeys(*second)), QStringList());
        QVERIFY(secrets().saveWebhookKey(*second, SecretString("secret of app B")));
        QCOMPARE(revealed(secrets().webhookKeys(*second)), QStringList{u"secret of app B"_s});
    }

    void aWebhookKeyIsOfItsWorkspaceAlone() {
        QVERIFY(secrets().saveWebhookKey(site(), SecretString("mine")));
        const auto id = Workspace::keyId(m_workspace->dir());
        QVERIFY(id);
        QCOMPARE(names(), QStringList{u"webhook-key/woocommerce/laden.example/"_s + *id});
        QVERIFY(secrets().remove(site().domain));
        QCOMPARE(names(), QStringList());
    }

    void saysWhichPermissionIsMissingAndWhatItIsFor() {
        QVERIFY(checkShopScopes(neededStoreScopes()));
        QVERIFY(checkShopScopes({u"write_customers"_s, u"write_orders"_s, u"read_products"_s})); // stock is not shown
        const auto missing = checkShopScopes({u"read_customers"_s, u"read_inventory"_s});
        QVERIFY(!missing && missing.error().kind == ErrorKind::Auth);
        QCOMPARE(missing.error().cause, ErrorCause::ScopeMissing);
        QVERIFY(missing.error().detail.contains(u"read_orders for orders"_s));
        QVERIFY(missing.error().detail.contains(u"read_products"_s));
        QVERIFY(!missing.error().detail.contains(u"read_customers"_s));
    }

    // A renewal may end after the store was signed in to anew, or disconnected: neither is undone by it.
    void aRenewalTakesThePlaceOfWhatItRenewedOnly() {
        StoreRow shop;
        shop.domain = u"licht.myshopify.com"_s;
        auto kept = secrets();
        const ShopifyGrant first{SecretString("shpat_1"), SecretString("shprt_1"), UtcTime(1'000)};
        QVERIFY(kept.saveClientSecret(shop.domain, SecretString("secret")));
        QVERIFY(kept.saveGrant(shop.domain, packedShopifyGrant(first)));
        const auto grant = openShopifyGrant(m_workspace->workspace(), kept, shop);
        QVERIFY(grant);
        const auto refreshToken = [&] {
            const auto packed = kept.grant(shop.domain);
            return packed && *packed ? shopifyGrantFrom(**packed)->refreshToken : SecretString();
        };
        const ShopifyTokens second{SecretString("shpat_2"), SecretString("shprt_2"), {}, 3'600};
        const ShopifyTokens third{SecretString("shpat_3"), SecretString("shprt_3"), {}, 3'600};
        QVERIFY(grant->keep(second, UtcTime(2'000), first.refreshToken));
        QVERIFY(refreshToken().equals(second.refreshToken));
        QCOMPARE(grant->keep(third, UtcTime(3'000), first.refreshToken).error().kind, ErrorKind::Conflict);
        QVERIFY(refreshToken().equals(second.refreshToken));
        QVERIFY(kept.removeTokens(shop.domain));
        QCOMPARE(grant->keep(third, UtcTime(3'000), second.refreshToken).error().cause, ErrorCause::TokenRefused);
        QVERIFY(refreshToken().isEmpty());
    }

    // Its end is in the store's row, for people to see; connected in another way, there is none.
    void keepsASignInOfADay() {
        ShopifyGrant day{SecretString("shpua_1"), {}, UtcTime(86'399'000)};
        day.userScopes = QStringList{u"read_customers"_s, u"read_orders"_s};
        const auto unpacked = shopifyGrantFrom(packedShopifyGrant(day));
        QVERIFY(unpacked && unpacked->accessToken.equals(day.accessToken) && unpacked->refreshToken.isEmpty());
        QCOMPARE(unpacked->expiresAt, day.expiresAt);
        QCOMPARE(unpacked->userScopes, day.userScopes);
        const ShopifyGrant lasting{SecretString("shpat_1"), SecretString("shprt_1"), UtcTime(1'000)};
        QVERIFY(!shopifyGrantFrom(packedShopifyGrant(lasting))->userScopes);
        for (const char* broken :
             {"", "shpat_1", "shpat_1 shprt_1", " shprt_1 1", "shpat_1 shprt_1 x", "a b x read_orders"})
            QVERIFY2(!shopifyGrantFrom(SecretString(broken)), broken);

        ShopifyCredentials credentials;
        credentials.shop = u"licht.myshopify.com"_s;
        credentials.clientId = u"app-a"_s;
        credentials.clientSecret = SecretString("secret of app A");
        credentials.grant = packedShopifyGrant(day);
        const auto row = connectShopify(credentials);
        QVERIFY(row);
        QCOMPARE(row->auth, u"authorization_code"_s);
        QCOMPARE(row->signedInUntil, std::optional(day.expiresAt));
        auto kept = secrets();
        const auto online = openOnlineGrant(kept, *row);
        QVERIFY(online && online->accessToken.equals(day.accessToken));
        QCOMPARE(online->expiresAt, day.expiresAt);
        QCOMPARE(online->userScopes, *day.userScopes);
        credentials.grant = packedShopifyGrant(lasting);
        const auto again = connectShopify(credentials);
        QVERIFY(again);
        QCOMPARE(again->id, row->id);
        QCOMPARE(again->signedInUntil, std::nullopt);
    }

    // Two programs never renew the same pair; and a shop that does not answer keeps no other one waiting.
    void oneAtATimeRenewsAShopsGrant() {
        auto kept = secrets();
        const auto opened = [&](qint64 id, const QString& domain) {
            StoreRow shop;
            shop.id = StoreId(id);
            shop.domain = domain;
            const ShopifyGrant grant{SecretString("shpat_1"), SecretString("shprt_1"), UtcTime(1'000)};
            if (!kept.saveClientSecret(domain, SecretString("secret")) ||
                !kept.saveGrant(domain, packedShopifyGrant(grant)))
                return Result<ShopifyOfflineGrant>(Error{ErrorKind::Storage, u"not kept"_s});
            return openShopifyGrant(m_workspace->workspace(), kept, shop);
        };
        const auto slow = opened(1, u"licht.myshopify.com"_s);
        const auto other = opened(2, u"laden.myshopify.com"_s);
        QVERIFY(slow && other);
        auto held = slow->claim();
        QVERIFY(held && *held);
        const auto again = slow->claim();
        QVERIFY(again && !*again);
        const auto beside = other->claim();
        QVERIFY(beside && *beside);
        held->reset();
        const auto after = slow->claim();
        QVERIFY(after && *after);
    }

    // The same shop in two workspaces, perhaps by two apps: neither reads, replaces or forgets the other's secret.
    void aSecretInTheKeychainIsOfItsWorkspaceAlone() {
        const auto keychain = std::make_shared<SharedKeychain>();
        TemporaryWorkspace other;
        auto here = *StoreSecrets::open(m_workspace->workspace(), m_workspace->writer(), keychain);
        auto there = *StoreSecrets::open(other.workspace(), other.writer(), keychain);
        const QString shop = u"licht.myshopify.com"_s;
        const QString site = u"laden.example"_s;
        QVERIFY(here.saveClientSecret(shop, SecretString("of app A")));
        QVERIFY(there.saveClientSecret(shop, SecretString("of app B")));
        QVERIFY(there.saveConsumerSecret(site, SecretString("cs_b")));
        QVERIFY(here.clientSecret(shop)->equals(SecretString("of app A")));
        QCOMPARE(here.consumerSecret(site).error().cause, ErrorCause::TokenRefused);
        QVERIFY(here.remove(shop) && here.remove(site));
        QCOMPARE(here.clientSecret(shop).error().cause, ErrorCause::TokenRefused);
        QVERIFY(there.clientSecret(shop)->equals(SecretString("of app B")));
        QVERIFY(there.consumerSecret(site)->equals(SecretString("cs_b")));
        QVERIFY(there.remove(shop) && there.remove(site));
        QVERIFY(keychain->kept.isEmpty());
    }

    void aSecretUnderItsFormerNameIsFound() {
        const auto keychain = std::make_shared<SharedKeychain>();
        keychain->kept[u"shopify-client-secret/licht.myshopify.com"_s] = "old";
        auto secrets = *StoreSecrets::open(m_workspace->workspace(), m_workspace->writer(), keychain);
        QVERIFY(secrets.clientSecret(u"licht.myshopify.com"_s)->equals(SecretString("old")));
        QCOMPARE(keychain->kept.size(), 2);
        QVERIFY(secrets.remove(u"licht.myshopify.com"_s));
        QVERIFY(keychain->kept.isEmpty());
    }

    // The former name is read when there is none under the new one; another process may write that in between.
    void aNewSecretIsNotOverwrittenByItsFormerOne() {
        class BusyKeychain final : public SecretStore {
        public:
            SharedKeychain shared;
            QString here;

            Result<void> probe() override { return shared.probe(); }
            Result<std::optional<SecretString>> read(const QString& name) override {
                auto secret = shared.read(name);
                if (name != here && secret && *secret) shared.kept[here] = "new";
                return secret;
            }
            Result<void> write(const QString& name, const SecretString& secret) override {
                return shared.write(name, secret);
            }
            Result<void> remove(const QString& name) override { return shared.remove(name); }
        };
        const auto keychain = std::make_shared<BusyKeychain>();
        const QString former = u"shopify-client-secret/licht.myshopify.com"_s;
        const auto id = Workspace::keyId(m_workspace->dir());
        QVERIFY(id);
        keychain->here = former + u'/' + *id;
        keychain->shared.kept[former] = "old";
        auto secrets = *StoreSecrets::open(m_workspace->workspace(), m_workspace->writer(), keychain);
        QVERIFY(secrets.clientSecret(u"licht.myshopify.com"_s)->equals(SecretString("new")));
        QCOMPARE(keychain->shared.kept.value(keychain->here), "new");
    }

    // Nobody has to connect a store again because the keychain was locked for the night.
    void aLockedKeychainIsNoSecretGone() {
        const auto keychain = std::make_shared<SharedKeychain>();
        auto secrets = *StoreSecrets::open(m_workspace->workspace(), m_workspace->writer(), keychain);
        QVERIFY(secrets.saveClientSecret(u"licht.myshopify.com"_s, SecretString("kept")));
        keychain->isLocked = true;
        QCOMPARE(secrets.clientSecret(u"licht.myshopify.com"_s).error().cause, ErrorCause::NoSecretService);
        keychain->isLocked = false;
        QVERIFY(secrets.clientSecret(u"licht.myshopify.com"_s));
    }

    // The shop took its time to be left, and another process connected it again meanwhile, with the same app: nothing
    // tells its secret from the one that was to be forgotten.
    void aStoreConnectedAgainMeanwhileKeepsItsKeys() {
        ShopifyCredentials byClient;
        byClient.shop = u"licht.myshopify.com"_s;
        byClient.clientId = u"app-a"_s;
        byClient.clientSecret = SecretString("secret of app A");
        const auto first = connectShopify(byClient);
        QVERIFY(first);
        const auto stores = StoreRepository::create(m_workspace->writer());
        QVERIFY(stores && (*stores)->setStatus(first->id, StoreStatus::Disconnected));
        QVERIFY(connectShopify(byClient));
        auto kept = secrets();
        QCOMPARE(forgetStore(m_workspace->writer(), kept, *first).error().kind, ErrorKind::Conflict);
        QVERIFY(kept.clientSecret(first->domain));
        QVERIFY((*stores)->setStatus(first->id, StoreStatus::Disconnected));
        QVERIFY(forgetStore(m_workspace->writer(), kept, *first));
        QCOMPARE(names(), QStringList());
    }

    void aStoreThatIsDroppedKeepsNoKeys() {
        const auto shop = connectShopify({u"licht.myshopify.com"_s, {}, u"app-a"_s, SecretString("secret"), {}, {}});
        QVERIFY(shop);
        const auto transaction = Transaction::begin(m_workspace->writer());
        QVERIFY(transaction && removeStore(m_workspace->writer(), shop->id) && (*transaction)->commit());
        auto kept = secrets();
        QVERIFY(forgetStore(m_workspace->writer(), kept, *shop));
        QCOMPARE(names(), QStringList());
    }

    // A site is connected with its key and its row, or neither is seen by whoever forgets.
    void whoConnectsWaitsForWhoForgets() {
        auto kept = secrets();
        auto held = claimSecrets(m_workspace->workspace());
        QVERIFY(held);
        std::atomic<bool> isGivenBack = false;
        std::thread done([&] {
            QThread::msleep(300);
            isGivenBack = true;
            held->reset();
        });
        ShopFacts facts;
        facts.currency = u"EUR"_s;
        const WooCredentials credentials{u"https://laden.example"_s, u"ck_1"_s, SecretString("cs_1")};
        const auto row = saveWooCommerce(m_workspace->writer(), kept, m_clock, credentials, facts);
        const bool hasWaited = isGivenBack;
        done.join();
        QVERIFY(row && hasWaited);
        QVERIFY(kept.consumerSecret(row->domain));
        QVERIFY(claimSecrets(m_workspace->workspace())); // given back
    }

    // Two processes subscribe at once: a shop signs with the key of whoever came first.
    void aWebhookKeyIsMadeOnce() {
        ShopFacts facts;
        facts.currency = u"EUR"_s;
        auto kept = secrets();
        const WooCredentials credentials{u"https://laden.example"_s, u"ck_1"_s, SecretString("cs_1")};
        const auto row = saveWooCommerce(m_workspace->writer(), kept, m_clock, credentials, facts);
        QVERIFY(row);
        const WebhookAdapters adapters = webhookAdapters(m_workspace->workspace(), m_clock);
        auto held = claimSecrets(m_workspace->workspace());
        QVERIFY(held);
        std::thread other([&] {
            QThread::msleep(300);
            const auto writer = m_workspace->workspace().openWriter();
            auto theirs = StoreSecrets::open(m_workspace->workspace(), **writer);
            if (theirs) static_cast<void>(theirs->saveWebhookKey(*row, SecretString("theirs")));
            held->reset();
        });
        const auto key = adapters.key(m_workspace->writer(), *row);
        other.join();
        QVERIFY(key && !key->isNew);
        QVERIFY(key->own.equals(SecretString("theirs")));
    }

    void forgetsTheRestWhenOneCannotBeForgotten() {
        const auto keychain = std::make_shared<SharedKeychain>();
        auto secrets = *StoreSecrets::open(m_workspace->workspace(), m_workspace->writer(), keychain);
        const QString shop = u"licht.myshopify.com"_s;
        QVERIFY(secrets.saveConsumerSecret(shop, SecretString("cs")));
        QVERIFY(secrets.saveClientSecret(shop, SecretString("secret")));
        for (auto it = keychain->kept.begin(); it != keychain->kept.end(); ++it)
            if (it.key().startsWith("woocommerce"_L1)) keychain->stubborn = it.key();
        QCOMPARE(secrets.remove(shop).error().cause, ErrorCause::NoSecretService);
        QCOMPARE(keychain->kept.keys(), QStringList{keychain->stubborn});
    }

    void aKeyUnderItsFormerNameIsFoundAndMoves() {
        const auto settings = SettingsRepository::create(m_workspace->writer());
        QVERIFY(settings);
        const QString former = u"webhook-key/woocommerce/laden.example"_s;
        QVERIFY((*settings)->setSecret(m_workspace->workspace(), former, SecretString("old")));
        QCOMPARE(revealed(secrets().webhookKeys(site())), QStringList{u"old"_s});
        QVERIFY(secrets().saveWebhookKey(site(), SecretString("new")));
        QVERIFY(!names().contains(former));
        QCOMPARE(revealed(secrets().webhookKeys(site())), QStringList{u"new"_s});
        QVERIFY((*settings)->setSecret(m_workspace->workspace(), former, SecretString("old")));
        QVERIFY(secrets().remove(site().domain));
        QCOMPARE(names(), QStringList());
    }
};

QTEST_GUILESS_MAIN(TestStoreSecrets)
#include "tst_store_secrets.moc"
