// aivactl and the sandbox's WooCommerce site: connect, sync, show; what fails says why and leaves nothing behind.
#include "tests/flow/shop_control.h"
#include "tests/support/corpora.h"
#include "tests/support/patience.h"
#include "tests/support/programs.h"

#include <QDirIterator>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class TestWooCommerceFlow : public QObject {
    Q_OBJECT

    // A shop that is only asked, and workspaces just connected to it and just synced with it.
    std::unique_ptr<Sandbox> m_shared;
    QTemporaryDir m_sharedDir;
    const Ctl m_connected{m_sharedDir.filePath(u"connected"_s)};
    const Ctl m_synced{m_sharedDir.filePath(u"synced"_s)};

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Ctl> m_ctl;
    std::unique_ptr<Sandbox> m_own;
    const Sandbox* m_sandbox = nullptr; // the one that is asked

    static std::unique_ptr<Sandbox> newShop() {
        return std::make_unique<Sandbox>(
            QStringList{u"--seed"_s, u"7"_s, u"--customers"_s, u"60"_s, u"--orders"_s, u"150"_s, u"--days"_s, u"60"_s});
    }
    // For those who change something in it.
    bool openOwnShop() {
        m_own = newShop();
        m_sandbox = m_own.get();
        return m_own->isRunning() && m_ctl->begin();
    }

    Finished connectSite(const QByteArray& secret = {}) { return connectSite(*m_ctl, secret); }
    Finished connectSite(const Ctl& ctl, const QByteArray& secret = {}) {
        const QByteArray input = secret.isEmpty() ? m_sandbox->text("woocommerce_secret").toUtf8() : secret;
        return ctl.run({u"store"_s, u"connect"_s, u"woocommerce"_s, u"--url"_s, m_sandbox->text("woocommerce_url"),
                        u"--key"_s, m_sandbox->text("woocommerce_key"), u"--secret-stdin"_s},
                       input + '\n');
    }
    Finished sync(const QStringList& arguments) { return m_ctl->run(QStringList{u"sync"_s, u"run"_s} + arguments); }
    QByteArray ask(const QByteArray& method, const QByteArray& path, const QByteArray& body = {}) {
        return askSandbox(m_sandbox->text("base_url"), method, path, body);
    }
    QJsonArray truth(const QByteArray& resource) {
        return QJsonDocument::fromJson(ask("GET", "/sandbox/truth?resource=" + resource))
            .object()
            .value(u"records"_s)
            .toArray();
    }
    // Orders a first sync asks for, of one customer or of all.
    int ordersInWindow(const QString& customerId = {}) {
        int count = 0;
        for (const QJsonValue& record : truth("orders")) {
            const auto created = UtcTime::parseIso(record[u"createdAt"_s].toString().toStdString());
            const bool isTheirs = customerId.isEmpty() || record[u"customerExternalId"_s].toString() == customerId;
            if (created && *created >= windowStart() && isTheirs) ++count;
        }
        return count;
    }
    QJsonObject customer(const QString& email) { return m_ctl->run({u"customer"_s, u"show"_s, email}).json(); }
    QJsonObject storeNow() {
        return m_ctl->run({u"store"_s, u"list"_s}).json().value(u"stores"_s).toArray().at(0).toObject();
    }
    static int countOf(const Finished& finished, const QString& resource, const QString& which) {
        return finished.lastLine()[u"records"_s][resource][which].toInt(-1);
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(QFileInfo(binDir() + u"/aivactl"_s).isExecutable(), "AIVA_BIN_DIR has no aivactl");
        m_shared = newShop();
        QVERIFY(m_shared->isRunning());
        m_sandbox = m_shared.get();
        QVERIFY(m_connected.begin());
        const Finished connected = connectSite(m_connected);
        QVERIFY2(connected.exitStatus == 0, connected.err.constData());
        QVERIFY(m_synced.copyFrom(m_connected));
        const Finished synced = m_synced.run({u"sync"_s, u"run"_s, u"--full"_s});
        QVERIFY2(synced.exitStatus == 0, synced.err.constData());
    }
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_ctl = std::make_unique<Ctl>(m_dir->path());
        m_sandbox = m_shared.get();
    }
    void cleanup() { m_own.reset(); }

    void connectsSyncsAndShows() {
        QVERIFY(m_ctl->begin());
        const Finished connected = connectSite();
        QVERIFY2(connected.exitStatus == 0, connected.err.constData());
        QCOMPARE(connected.err, QByteArray());
        const QJsonObject store = connected.json();
        QCOMPARE(store.value(u"kind"_s).toString(), u"woocommerce"_s);
        QCOMPARE(store.value(u"name"_s).toString(), u"Acme Outdoor & Friends"_s);
        QCOMPARE(store.value(u"domain"_s).toString(), m_sandbox->text("woocommerce_url").mid(7));
        QCOMPARE(store.value(u"currency"_s).toString(), u"USD"_s);
        QCOMPARE(store.value(u"time_zone"_s).toString(), u"America/Denver"_s);
        QCOMPARE(store.value(u"insecure"_s).toBool(true), false); // this machine is no way

        const Finished synced = sync({u"--full"_s});
        QVERIFY2(synced.exitStatus == 0, synced.err.constData());
        QCOMPARE(synced.lastLine().value(u"status"_s).toString(), u"completed"_s);
        QCOMPARE(countOf(synced, u"customers"_s, u"created"_s), 60);
        QCOMPARE(countOf(synced, u"orders"_s, u"created"_s), ordersInWindow());
        QVERIFY(ordersInWindow() > 140);
        QVERIFY(countOf(synced, u"products"_s, u"created"_s) > 40);
        QCOMPARE(storeNow().value(u"status"_s).toString(), u"connected"_s);

        int shown = 0;
        for (const QJsonValue& record : truth("customers")) {
            const QString email = record[u"email"_s].toString();
            if (email.isEmpty() || record[u"ordersCount"_s].toInt() < 2 || ++shown > 4) continue;
            const QJsonObject person = customer(email);
            QCOMPARE(person.value(u"orders_count"_s).toInt(), record[u"ordersCount"_s].toInt());
            QCOMPARE(person[u"ltv"_s][u"amount"_s].toString(), record[u"amountSpent"_s].toString());
            // WooCommerce keeps a first and a last name, and no word of their order.
            const QString name = record[u"firstName"_s].toString() + u' ' + record[u"lastName"_s].toString();
            QCOMPARE(person.value(u"name"_s).toString(), name.trimmed());
            const QJsonObject order = person.value(u"orders"_s).toArray().at(0).toObject();
            QVERIFY(!order.value(u"items"_s).toArray().isEmpty());
        }
        QVERIFY(shown >= 4);
    }

    void showsGuestsAndParcels() {
        QVERIFY(m_ctl->copyFrom(m_synced));
        int guests = 0;
        int parcels = 0;
        for (const QJsonValue& record : truth("orders")) {
            const bool isGuest = record[u"customerExternalId"_s].toString().isEmpty();
            const QString email = record[u"email"_s].toString();
            if (isGuest && !email.isEmpty() && ++guests <= 2) {
                const QJsonObject person = customer(email);
                const QJsonArray orders = person.value(u"orders"_s).toArray();
                const bool isThere = std::any_of(orders.begin(), orders.end(), [&record](const QJsonValue& order) {
                    return order[u"name"_s] == record[u"name"_s];
                });
                QVERIFY(isThere && person.value(u"orders_count"_s).toInt() >= 1);
                QVERIFY(!person.value(u"name"_s).toString().contains(u'@'));
            }
            const QJsonValue parcel = record[u"fulfillments"_s][0][u"tracking"_s][0];
            if (parcel.isObject() && ++parcels <= 2) {
                const QJsonObject order = m_ctl->run({u"order"_s, u"show"_s, record[u"name"_s].toString()}).json();
                QCOMPARE(order.value(u"tracking"_s).toArray().at(0)[u"number"_s].toString(),
                         parcel[u"number"_s].toString());
                QVERIFY(order.value(u"fulfillment_status"_s).toString().endsWith(u"FULFILLED"_s));
            }
        }
        QVERIFY(guests >= 2 && parcels >= 2);
    }

    void fetchesWhatChanged() {
        QVERIFY(openOwnShop());
        QCOMPARE(connectSite().exitStatus, 0);
        QCOMPARE(sync({u"--full"_s}).exitStatus, 0);
        QVERIFY(ask("POST", "/sandbox/touch", R"({"orders":4})").contains("gid"));
        const Finished changes = sync({u"--incremental"_s});
        QVERIFY2(changes.exitStatus == 0, changes.err.constData());
        // Some lay outside the window until they changed.
        QCOMPARE(countOf(changes, u"orders"_s, u"updated"_s) + countOf(changes, u"orders"_s, u"created"_s), 4);
        QVERIFY(countOf(changes, u"orders"_s, u"processed"_s) < 30);
        QCOMPARE(countOf(changes, u"customers"_s, u"created"_s), 0);
        const Finished again = sync({u"--full"_s});
        for (const QString& resource : {u"customers"_s, u"orders"_s, u"products"_s}) {
            QCOMPARE(countOf(again, resource, u"created"_s), 0);
            QCOMPARE(countOf(again, resource, u"updated"_s), 0);
        }
    }

    void findsWhatWasDeleted() {
        QVERIFY(openOwnShop());
        QCOMPARE(connectSite().exitStatus, 0);
        QCOMPARE(sync({u"--full"_s}).exitStatus, 0);
        const int before = storeNow().value(u"orders"_s).toInt();
        const int productsBefore = storeNow().value(u"products"_s).toInt();
        QVERIFY(
            ask("POST", "/sandbox/delete", "{\"orders\":[\"#1042\"],\"customers\":1,\"products\":2}").contains("gid"));
        QCOMPARE(sync({u"--incremental"_s}).exitStatus, 0);
        QCOMPARE(storeNow().value(u"orders"_s).toInt(), before); // asking for changes does not show it
        const Finished compared = m_ctl->run({u"sync"_s, u"reconcile"_s});
        QVERIFY2(compared.exitStatus == 0, compared.err.constData());
        QCOMPARE(storeNow().value(u"orders"_s).toInt(), before - 1);
        QCOMPARE(storeNow().value(u"customers"_s).toInt(), 59);
        QCOMPARE(storeNow().value(u"products"_s).toInt(), productsBefore - 2);
        QCOMPARE(m_ctl->run({u"order"_s, u"show"_s, u"#1042"_s}).exitStatus, 3);
    }

    void pagesWhereBulkIsAskedFor() {
        QVERIFY(m_ctl->copyFrom(m_connected));
        const Finished synced = sync({u"--full"_s, u"--transport"_s, u"bulk"_s});
        QVERIFY2(synced.exitStatus == 0, synced.err.constData());
        QCOMPARE(synced.lastLine().value(u"status"_s).toString(), u"completed"_s);
        QCOMPARE(storeNow().value(u"orders"_s).toInt(), ordersInWindow());
    }

    void countsOrdersItselfWhereTheShopStatesNothing() {
        QVERIFY(openOwnShop());
        QVERIFY(!ask("POST", "/sandbox/woocommerce", R"({"v2":false})").isEmpty());
        QCOMPARE(connectSite().exitStatus, 0);
        QCOMPARE(sync({u"--full"_s}).exitStatus, 0);
        int shown = 0;
        for (const QJsonValue& record : truth("customers")) {
            const QString email = record[u"email"_s].toString();
            const int orders = ordersInWindow(record[u"externalId"_s].toString());
            if (email.isEmpty() || orders < 2 || ++shown > 2) continue;
            const QJsonObject person = customer(email);
            QCOMPARE(person.value(u"orders_count"_s).toInt(), orders);
            QVERIFY(person.value(u"precedence"_s).toString() != u"PROSPECT"_s);
        }
        QVERIFY(shown >= 2);
    }

    void saysWhyItCannotConnect_data() {
        QTest::addColumn<QByteArray>("change");
        QTest::addColumn<QByteArray>("secret");
        QTest::addColumn<int>("exitStatus");
        QTest::addColumn<QByteArray>("words");
        const auto row = [](const char* name, const char* change, const char* secret, int exitStatus,
                            const char* words) {
            QTest::newRow(name) << QByteArray(change) << QByteArray(secret) << exitStatus << QByteArray(words);
        };
        row("wrong key", "{}", "cs_wrong", 4, "refused the credentials");
        row("no WooCommerce", R"({"woocommerce":false})", "", 6, "does not answer as a WooCommerce shop");
        row("key never arrives", R"({"strip_signature":true})", "", 4, "never reaches the shop");
        row("clock", R"({"clock_skew":5000})", "", 4, "clock");
    }
    void saysWhyItCannotConnect() {
        QFETCH(const QByteArray, change);
        QFETCH(const QByteArray, secret);
        QFETCH(const int, exitStatus);
        QFETCH(const QByteArray, words);
        QVERIFY(openOwnShop());
        QVERIFY(!ask("POST", "/sandbox/woocommerce", change).isEmpty());
        const Finished refused = connectSite(secret);
        QCOMPARE(refused.exitStatus, exitStatus);
        QVERIFY2(refused.err.contains(words), refused.err.constData());
        QCOMPARE(refused.err.count('\n'), 1);
        QVERIFY(!refused.err.contains("cs_"));
        QVERIFY(m_ctl->run({u"store"_s, u"list"_s}).json().value(u"stores"_s).toArray().isEmpty());
    }

    void refusesHalfACommand() {
        QVERIFY(m_ctl->begin());
        QCOMPARE(
            m_ctl->run({u"store"_s, u"connect"_s, u"woocommerce"_s, u"--url"_s, u"https://shop.example"_s}).exitStatus,
            2);
        const Finished swapped =
            m_ctl->run({u"store"_s, u"connect"_s, u"woocommerce"_s, u"--url"_s, m_sandbox->text("woocommerce_url"),
                        u"--key"_s, u"cs_1"_s, u"--secret-stdin"_s},
                       "ck_1\n");
        QCOMPARE(swapped.exitStatus, 1);
        QVERIFY2(swapped.err.contains("swapped"), swapped.err.constData());
    }

    void goesOnAfterAKeyWasMadeAnew() {
        QVERIFY(m_ctl->copyFrom(m_synced));
        QVERIFY(
            !ask("POST", "/sandbox/faults", R"({"next":[{"match":"woo wc/v3","kind":"401","count":1}]})").isEmpty());
        const Finished refused = sync({u"--incremental"_s});
        QCOMPARE(refused.exitStatus, 4);
        QCOMPARE(storeNow().value(u"status"_s).toString(), u"disconnected"_s);
        QCOMPARE(connectSite().exitStatus, 0);
        QCOMPARE(storeNow().value(u"orders"_s).toInt(), ordersInWindow()); // history is kept
        QCOMPARE(sync({u"--incremental"_s}).exitStatus, 0);
        QCOMPARE(storeNow().value(u"status"_s).toString(), u"connected"_s);
    }

    void keepsTheSecretSealed() {
        QVERIFY(m_ctl->begin());
        QCOMPARE(connectSite().exitStatus, 0);
        const QByteArray secret = m_sandbox->text("woocommerce_secret").toUtf8();
        int files = 0;
        QDirIterator it(m_dir->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            QFile file(it.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!file.readAll().contains(secret), qPrintable(file.fileName()));
            ++files;
        }
        QVERIFY(files > 0);
        const int id = storeNow().value(u"id"_s).toInt();
        const Finished gone = m_ctl->run({u"store"_s, u"disconnect"_s, QString::number(id)});
        QVERIFY2(gone.exitStatus == 0, gone.err.constData());
        // Nobody but its owner can take the key back, and nothing is left to say the second time.
        QVERIFY2(gone.err.contains("REST API"), gone.err.constData());
        QCOMPARE(m_ctl->run({u"store"_s, u"disconnect"_s, QString::number(id)}).err, QByteArray());
        QCOMPARE(storeNow().value(u"status"_s).toString(), u"disconnected"_s);
        QCOMPARE(sync({u"--store"_s, QString::number(id)}).exitStatus, 4); // the secret is gone
    }
};

QTEST_GUILESS_MAIN(TestWooCommerceFlow)
#include "tst_woocommerce_flow.moc"
