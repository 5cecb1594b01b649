// Both shops asked to tell by themselves, by aivactl; what they then send comes through the real listener into the
// cache; and what was asked is taken back.
#include "tests/flow/shop_control.h"
#include "tests/support/corpora.h"
#include "tests/support/patience.h"
#include "tests/support/programs.h"
#include "tests/support/table_dump.h"
#include "tests/support/webhook_client.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>

#include <algorithm>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class TestWebhookSubscriptions : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<Ctl> m_ctl;
    std::unique_ptr<QProcess> m_listener;
    int m_port = 0;

    QJsonObject ask(const QByteArray& method, const QByteArray& path, const QByteArray& body = {}) const {
        return QJsonDocument::fromJson(askSandbox(m_sandbox->text("base_url"), method, path, body)).object();
    }
    QJsonArray hooks(const char* which) const {
        return ask("GET", "/sandbox/webhooks").value(QLatin1StringView(which)).toArray();
    }
    Finished webhook(const QStringList& arguments, const QByteArray& input = {}) const {
        return m_ctl->run(QStringList{u"webhook"_s} + arguments, input);
    }
    Finished subscribe(const QString& address) const {
        return webhook({u"subscribe"_s, u"--store"_s, u"1"_s, u"--address"_s, address});
    }
    QString local() const { return u"http://127.0.0.1:%1"_s.arg(m_port); }
    bool connectWoo() const {
        return m_ctl
                   ->run({u"store"_s, u"connect"_s, u"woocommerce"_s, u"--url"_s, m_sandbox->text("woocommerce_url"),
                          u"--key"_s, m_sandbox->text("woocommerce_key"), u"--secret-stdin"_s},
                         m_sandbox->text("woocommerce_secret").toUtf8() + '\n')
                   .exitStatus == 0;
    }
    bool connectShopify() const {
        return m_ctl->run(m_sandbox->connectArguments(), m_sandbox->connectInput()).exitStatus == 0;
    }
    bool startListening() {
        m_listener = m_ctl->start({u"webhook"_s, u"listen"_s, u"--port"_s, u"0"_s});
        m_port = nextLine(*m_listener).value(u"port"_s).toInt();
        return m_port > 0;
    }
    bool stopListening() {
        m_listener->terminate();
        return m_listener->waitForFinished(60'000) && m_listener->exitCode() == 0;
    }
    static QStringList values(const QJsonArray& rows, const char* name) {
        QStringList found;
        for (const QJsonValue& row : rows)
            found << row.toObject().value(QLatin1StringView(name)).toVariant().toString();
        return found;
    }
    static qsizetype count(const Finished& finished, const QString& result) {
        return values(finished.json().value(u"topics"_s).toArray(), "result").count(result);
    }
    QStringList rowsOf(const QByteArray& sql) const {
        const WorkspaceOnDisk workspace(m_ctl->workspaceDir(), m_ctl->keyFile());
        return workspace.database() ? rows(*workspace.database(), sql) : QStringList{u"no workspace"_s};
    }
    void cacheIsTheShop() const {
        QTRY_COMPARE_WITH_TIMEOUT(rowsOf("SELECT count(*) FROM record_rereads"), QStringList{u"0"_s}, 60'000);
    }

private Q_SLOTS:
    void init() {
        QVERIFY2(QFileInfo(binDir() + u"/aivactl"_s).isExecutable(), "AIVA_BIN_DIR has no aivactl");
        m_dir = std::make_unique<QTemporaryDir>();
        m_ctl = std::make_unique<Ctl>(m_dir->path());
        m_sandbox = std::make_unique<Sandbox>(
            QStringList{u"--customers"_s, u"20"_s, u"--orders"_s, u"40"_s, u"--days"_s, u"50"_s});
        QVERIFY(m_sandbox->isRunning());
        QVERIFY(m_ctl->begin());
        m_port = 0;
    }
    void cleanup() {
        if (m_listener && m_listener->state() != QProcess::NotRunning) stopListening();
        m_listener.reset();
        m_sandbox.reset();
    }

    void aShopifyShopTellsWhatItWasAskedTo() {
        QVERIFY(connectShopify());
        QCOMPARE(m_ctl->run({u"sync"_s, u"run"_s, u"--full"_s}).exitStatus, 0);
        QVERIFY(startListening());
        const Finished made = subscribe(local());
        QVERIFY2(made.exitStatus == 0, made.err.constData());
        QVERIFY(made.json().value(u"complete"_s).toBool());
        QCOMPARE(made.json().value(u"address"_s).toString(), local() + u"/webhooks/shopify"_s);
        QVERIFY2(made.err.contains("compliance"), made.err.constData());
        QVERIFY(count(made, u"created"_s) > 20);
        QVERIFY(count(made, u"skipped"_s) >= 3); // customers/merge, fulfillments: not granted, and not needed
        QCOMPARE(hooks("shopify").size(), count(made, u"created"_s));
        QCOMPARE(count(subscribe(local()), u"kept"_s), count(made, u"created"_s)); // nothing is made twice

        const QJsonArray sent =
            ask("POST", "/sandbox/webhooks", "{\"orders\":3,\"products\":2}").value(u"sent"_s).toArray();
        QCOMPARE(values(sent, "status"), (QStringList{u"200"_s, u"200"_s, u"200"_s, u"200"_s, u"200"_s}));
        QCOMPARE(ask("POST", "/sandbox/webhooks", "{\"orders\":1,\"topic\":\"draft_orders/update\"}")
                     .value(u"sent"_s)
                     .toArray()
                     .size(),
                 0); // nobody asked for those
        for (int i = 0; i < 5; ++i)
            QCOMPARE(nextLine(*m_listener).value(u"status"_s).toString(), u"done"_s);
        cacheIsTheShop();
        // What a sync would have brought is there already.
        const QJsonObject orders = m_ctl->run({u"sync"_s, u"run"_s, u"--incremental"_s})
                                       .lastLine()
                                       .value(u"records"_s)
                                       .toObject()
                                       .value(u"orders"_s)
                                       .toObject();
        QVERIFY(orders.value(u"processed"_s).toInt() >= 3);
        QCOMPARE(orders.value(u"created"_s).toInt() + orders.value(u"updated"_s).toInt(), 0);
    }

    void mendsWhatLeadsElsewhereAndTakesItBack() {
        QVERIFY(connectShopify());
        const QString first = u"https://one.example"_s;
        const Finished made = subscribe(first);
        QVERIFY2(made.exitStatus == 0, made.err.constData());
        QVERIFY(hooks("shopify").at(0)[u"name"_s].toString().startsWith(u"aiva-"_s));
        const Finished moved = subscribe(u"pubsub://acme-project:orders-topic"_s);
        QCOMPARE(count(moved, u"repaired"_s), count(made, u"created"_s));
        for (const QString& uri : values(hooks("shopify"), "uri"))
            QCOMPARE(uri, u"pubsub://acme-project:orders-topic"_s);
        const Finished listed = webhook({u"list"_s, u"--store"_s, u"1"_s});
        QCOMPARE(listed.exitStatus, 0);
        QCOMPARE(count(listed, u"subscribed"_s), count(made, u"created"_s));
        QVERIFY(listed.json().value(u"subscriptions"_s).toArray().at(0)[u"ours"_s].toBool());
        const Finished gone = webhook({u"unsubscribe"_s, u"--store"_s, u"1"_s});
        QCOMPARE(gone.exitStatus, 0);
        QCOMPARE(count(gone, u"removed"_s), count(made, u"created"_s));
        QCOMPARE(hooks("shopify").size(), 0);
        QVERIFY(webhook({u"list"_s, u"--store"_s, u"1"_s}).json().value(u"address"_s).isNull());
    }

    void aDroppedStoreIsToldToBeQuiet() {
        QVERIFY(connectShopify());
        QCOMPARE(subscribe(u"https://one.example"_s).exitStatus, 0);
        QVERIFY(!hooks("shopify").isEmpty());
        const Finished dropped = m_ctl->run({u"privacy"_s, u"drop-store"_s, u"1"_s});
        QVERIFY2(dropped.exitStatus == 0, dropped.err.constData());
        QCOMPARE(hooks("shopify").size(), 0);
    }

    // A refusal of its shop disconnected it, and told nobody there.
    void aDroppedStoreThatFailedIsToldToBeQuiet() {
        QVERIFY(connectShopify());
        QCOMPARE(subscribe(u"https://one.example"_s).exitStatus, 0);
        ask("POST", "/sandbox/faults", "{\"next\":[{\"match\":\"ProductsPage\",\"kind\":\"403\"}]}");
        QCOMPARE(
            m_ctl->run({u"sync"_s, u"run"_s, u"--full"_s, u"--only"_s, u"products"_s, u"--transport"_s, u"paged"_s})
                .exitStatus,
            4);
        QCOMPARE(rowsOf("SELECT status FROM stores"), QStringList{u"disconnected"_s});
        QVERIFY(!hooks("shopify").isEmpty());
        const Finished dropped = m_ctl->run({u"privacy"_s, u"drop-store"_s, u"1"_s});
        QVERIFY2(dropped.exitStatus == 0, dropped.err.constData());
        QCOMPARE(hooks("shopify").size(), 0);
    }

    void saysWhichAddressesNoShopTakes() {
        QVERIFY(connectShopify());
        for (const QString& address : {u"ftp://one.example"_s, u"http://one.example"_s, u"https://a:b@one.example"_s,
                                       u"https://one.example/?x=1"_s, u"pubsub://x:y"_s, u"tunnel"_s}) {
            const Finished refused = subscribe(address);
            QCOMPARE(refused.exitStatus, 1);
            QVERIFY2(refused.err.count('\n') == 1, refused.err.constData());
        }
        // The shop itself does not take this one.
        const Finished refused = subscribe(u"https://acme.shopify.com/hooks"_s);
        QCOMPARE(refused.exitStatus, 1);
        QVERIFY2(refused.err.contains("does not take this address"), refused.err.constData());
        QCOMPARE(hooks("shopify").size(), 0);
        QCOMPARE(webhook({u"subscribe"_s, u"--store"_s, u"9"_s, u"--address"_s, u"https://a.example"_s}).exitStatus, 3);
        QCOMPARE(webhook({u"subscribe"_s, u"--store"_s, u"1"_s}).exitStatus, 2);
    }

    void aStoreConnectedByItsTokenNeedsTheClientSecretOnce() {
        QCOMPARE(m_ctl
                     ->run({u"store"_s, u"connect"_s, u"shopify"_s, u"--shop"_s, m_sandbox->text("shop"),
                            u"--base-url"_s, m_sandbox->text("base_url"), u"--token-stdin"_s},
                           m_sandbox->text("token").toUtf8() + '\n')
                     .exitStatus,
                 0);
        QCOMPARE(m_ctl->run({u"sync"_s, u"run"_s, u"--full"_s}).exitStatus, 0);
        const Finished refused = subscribe(u"https://one.example"_s);
        QCOMPARE(refused.exitStatus, 1);
        QVERIFY2(refused.err.contains("client secret"), refused.err.constData());
        QCOMPARE(subscribe(u"pubsub://acme-project:orders-topic"_s).exitStatus, 0); // proved by Google's door keeper
        QVERIFY(startListening());
        const QByteArray url = local().toUtf8() + "/webhooks/shopify";
        const QByteArray asked = "{\"orders\":1,\"url\":\"" + url + "\"}";
        QCOMPARE(values(ask("POST", "/sandbox/webhooks", asked).value(u"sent"_s).toArray(), "status"),
                 QStringList{u"401"_s});
        QCOMPARE(webhook({u"key"_s, u"--store"_s, u"1"_s, u"--secret-stdin"_s},
                         m_sandbox->text("client_secret").toUtf8() + '\n')
                     .exitStatus,
                 0);
        QCOMPARE(subscribe(local()).exitStatus, 0);
        // Who listens looks for another key once a second.
        QTRY_COMPARE(values(ask("POST", "/sandbox/webhooks", "{\"orders\":1}").value(u"sent"_s).toArray(), "status"),
                     QStringList{u"200"_s});
    }

    void aWooCommerceShopTellsWhatItWasAskedTo() {
        QVERIFY(connectWoo());
        QCOMPARE(m_ctl->run({u"sync"_s, u"run"_s, u"--full"_s}).exitStatus, 0);
        // The key is made when it subscribes, which another process does than the one that listens.
        QVERIFY(startListening());
        const Finished made = subscribe(local());
        QVERIFY2(made.exitStatus == 0, made.err.constData());
        QCOMPARE(count(made, u"created"_s), 11);
        const QJsonArray listed = hooks("woocommerce");
        QCOMPARE(listed.size(), 11);
        QVERIFY(!values(listed, "has_secret").contains(u"false"_s));

        // Three orders within one second share a delivery id, and none of them is taken for another.
        QStringList sent;
        for (const char* one :
             {"{\"source\":\"woocommerce\",\"orders\":3}", "{\"source\":\"woocommerce\",\"customers\":2}",
              "{\"source\":\"woocommerce\",\"products\":2}",
              "{\"source\":\"woocommerce\",\"orders\":1,\"topic\":\"order.created\"}"})
            sent += values(ask("POST", "/sandbox/webhooks", one).value(u"sent"_s).toArray(), "status");
        QCOMPARE(sent, QStringList(8, u"200"_s));
        for (int i = 0; i < 8; ++i)
            QCOMPARE(nextLine(*m_listener).value(u"result"_s).toString(), u"asked"_s);
        cacheIsTheShop();
        const QString order = rowsOf("SELECT external_id FROM orders ORDER BY created_at DESC LIMIT 1").value(0);
        const QString name = rowsOf("SELECT name FROM orders ORDER BY created_at DESC LIMIT 1").value(0);
        QVERIFY(!order.isEmpty());
        ask("POST", "/sandbox/delete", "{\"orders\":[\"" + name.toUtf8() + "\"]}");
        const QByteArray deleted = "{\"source\":\"woocommerce\",\"orders\":1,\"touch\":false,\"topic\":"
                                   "\"order.deleted\",\"body\":\"{\\\"id\\\":" +
                                   order.toUtf8() + "}\"}";
        QCOMPARE(values(ask("POST", "/sandbox/webhooks", deleted).value(u"sent"_s).toArray(), "status"),
                 QStringList{u"200"_s});
        QCOMPARE(nextLine(*m_listener).value(u"topic"_s).toString(), u"order.deleted"_s);
        QTRY_COMPARE_WITH_TIMEOUT(rowsOf("SELECT count(*) FROM orders WHERE external_id = '" + order.toUtf8() + "'"),
                                  QStringList{u"0"_s}, 60'000);

        // C7: the shop is left as it was found, but for what is not ours.
        QVERIFY(stopListening());
        const Finished gone = m_ctl->run({u"store"_s, u"disconnect"_s, u"1"_s});
        QVERIFY2(gone.exitStatus == 0, gone.err.constData());
        QCOMPARE(hooks("woocommerce").size(), 0);
    }

    void aWooCommerceWebhookWithoutASecretIsSignedWithTheKeysOwn() {
        QVERIFY(connectWoo());
        QCOMPARE(m_ctl->run({u"sync"_s, u"run"_s, u"--full"_s}).exitStatus, 0);
        QVERIFY(startListening());
        const QByteArray url = local().toUtf8() + "/webhooks/woocommerce";
        const auto send = [&](const QByteArray& more) {
            return values(ask("POST", "/sandbox/webhooks",
                              "{\"source\":\"woocommerce\",\"orders\":1,\"url\":\"" + url + "\"" + more + "}")
                              .value(u"sent"_s)
                              .toArray(),
                          "status");
        };
        QCOMPARE(send({}), QStringList{u"200"_s});
        QCOMPARE(send(",\"secret\":\"guessed\""), QStringList{u"401"_s});
        WebhookClient client(m_port);
        SentWebhook ping;
        ping.path = "/webhooks/woocommerce";
        ping.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
        ping.body = "webhook_id=7";
        QCOMPARE(client.send(ping), 200);
        QVERIFY(stopListening());
        QCOMPARE(rowsOf("SELECT count(*) FROM webhook_deliveries"), QStringList{u"1"_s});
    }

    void aKeyThatOnlyReadsIsToldSo() {
        QVERIFY(connectWoo());
        ask("POST", "/sandbox/woocommerce", "{\"may_write\":false}");
        const Finished refused = subscribe(u"https://one.example"_s);
        QCOMPARE(refused.exitStatus, 4);
        QVERIFY2(refused.err.contains("Read/Write") && !refused.err.contains("read access"), refused.err.constData());
        QCOMPARE(hooks("woocommerce").size(), 0);
    }

    void aWebhookTheShopGaveUpIsBroughtBack() {
        QVERIFY(connectWoo());
        QVERIFY(subscribe(u"http://127.0.0.1:9"_s).exitStatus == 0); // nobody is there
        for (int i = 0; i < 6; ++i)
            ask("POST", "/sandbox/webhooks", "{\"source\":\"woocommerce\",\"orders\":1}");
        QCOMPARE(values(hooks("woocommerce"), "status").count(u"disabled"_s), 1);
        const Finished listed = webhook({u"list"_s, u"--store"_s, u"1"_s});
        QCOMPARE(count(listed, u"wrong"_s), 1);
        QCOMPARE(count(subscribe(u"http://127.0.0.1:9"_s), u"repaired"_s), 1);
        QCOMPARE(values(hooks("woocommerce"), "status").count(u"disabled"_s), 0);
    }
};

QTEST_GUILESS_MAIN(TestWebhookSubscriptions)
#include "tst_webhook_subscriptions.moc"
