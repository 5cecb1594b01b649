// Which secrets a store's deliveries are proved with, and whose they are.
#include "app/common/store_connection.h"
#include "tests/support/table_dump.h"
#include "tests/support/temporary_workspace.h"

#include <QTest>

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
