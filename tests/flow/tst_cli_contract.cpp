// aivactl as scripts rely on it: the JSON keys and the exit statuses of its contract, against a sandbox shop and mail.
#include "tests/support/patience.h"
#include "tests/support/programs.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using aiva::test::Ctl;
using aiva::test::Finished;
using aiva::test::Sandbox;

class CliContractTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_dir;
    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<Ctl> m_ctl;

    void expectKeys(const QJsonObject& object, const QStringList& keys) {
        for (const QString& key : keys)
            QVERIFY2(object.contains(key), qPrintable(u"missing key "_s + key));
    }
    QJsonObject firstOf(const QJsonObject& document, const char* list) {
        const QJsonArray entries = document.value(QLatin1String(list)).toArray();
        return entries.isEmpty() ? QJsonObject() : entries.first().toObject();
    }

private Q_SLOTS:
    void initTestCase() {
        const QString mail = m_dir.filePath(u"mail"_s);
        m_sandbox = std::make_unique<Sandbox>(QStringList{u"--seed"_s, u"7"_s, u"--customers"_s, u"60"_s, u"--orders"_s,
                                                          u"150"_s, u"--messages"_s, u"40"_s, u"--mail"_s, mail});
        QVERIFY(m_sandbox->isRunning());
        m_ctl = std::make_unique<Ctl>(m_dir.path());

        const Finished init = m_ctl->run({u"workspace"_s, u"init"_s});
        QVERIFY2(init.exitStatus == 0, init.err.constData());
        const Finished connect = m_ctl->run(m_sandbox->connectArguments(), m_sandbox->connectInput());
        QVERIFY2(connect.exitStatus == 0, connect.err.constData());
        expectKeys(connect.json(), {u"id"_s, u"kind"_s, u"name"_s, u"domain"_s, u"status"_s, u"currency"_s,
                                    u"time_zone"_s, u"last_sync_at"_s, u"last_sync_status"_s, u"customers"_s,
                                    u"orders"_s, u"products"_s, u"schedule"_s});
        const Finished sync = m_ctl->run({u"sync"_s, u"run"_s, u"--full"_s});
        QVERIFY2(sync.exitStatus == 0, sync.err.constData());
        QCOMPARE(sync.lastLine().value(u"event"_s).toString(), u"finished"_s);
        expectKeys(sync.lastLine(), {u"event"_s, u"status"_s, u"records"_s, u"duration_ms"_s});
        const QJsonObject orders = sync.lastLine().value(u"records"_s).toObject().value(u"orders"_s).toObject();
        expectKeys(orders, {u"processed"_s, u"created"_s, u"updated"_s, u"failed"_s});
        QVERIFY(orders.value(u"created"_s).toInt() > 0);
        const Finished import =
            m_ctl->run({u"mail"_s, u"import"_s, mail, u"--own"_s, m_sandbox->text("support_address")});
        QVERIFY2(import.exitStatus == 0, import.err.constData());
        QVERIFY(import.lastLine().value(u"messages"_s).toObject().value(u"added"_s).toInt() > 0);
    }

    void cleanupTestCase() { m_sandbox.reset(); }

    void workspaceInfoCountsEveryTable() {
        const QJsonObject info = m_ctl->run({u"workspace"_s, u"info"_s}).json();
        expectKeys(info, {u"path"_s, u"schema_version"_s, u"counts"_s});
        expectKeys(info.value(u"counts"_s).toObject(),
                   {u"stores"_s, u"customers"_s, u"orders"_s, u"order_items"_s, u"products"_s, u"variants"_s,
                    u"conversations"_s, u"messages"_s});
        QVERIFY(info.value(u"counts"_s).toObject().value(u"customers"_s).toInt() > 0);
    }

    void workspaceCheckIsClean() {
        const Finished check = m_ctl->run({u"workspace"_s, u"check"_s});
        QCOMPARE(check.exitStatus, 0);
        QCOMPARE(check.json().value(u"ok"_s).toBool(), true);
        QVERIFY(check.json().value(u"problems"_s).toArray().isEmpty());
    }

    void readyToSendIsAView() {
        const Finished list = m_ctl->run({u"conversation"_s, u"list"_s, u"--view"_s, u"ready-to-send"_s});
        QVERIFY2(list.exitStatus == 0, list.err.constData());
        QVERIFY(list.json().value(u"conversations"_s).toArray().isEmpty());
    }

    void progressNamesResourceAndBatch() {
        const Finished sync =
            m_ctl->run({u"sync"_s, u"run"_s, u"--full"_s, u"--only"_s, u"orders"_s, u"--transport"_s, u"paged"_s});
        QCOMPARE(sync.exitStatus, 0);
        const QJsonObject progress = QJsonDocument::fromJson(sync.out.split('\n').first()).object();
        QCOMPARE(progress.value(u"event"_s).toString(), u"progress"_s);
        expectKeys(progress, {u"resource"_s, u"batch"_s, u"batches"_s, u"done"_s, u"total"_s});
        expectKeys(sync.lastLine(), {u"event"_s, u"status"_s, u"records"_s, u"duration_ms"_s, u"history_limited"_s});
        const QJsonObject orders = sync.lastLine().value(u"records"_s).toObject().value(u"orders"_s).toObject();
        QCOMPARE(orders.value(u"created"_s).toInt(), 0);
        QCOMPARE(orders.value(u"updated"_s).toInt(), 0);
    }

    void historyListsTheRuns() {
        const QJsonObject job = firstOf(m_ctl->run({u"sync"_s, u"history"_s}).json(), "jobs");
        expectKeys(job, {u"id"_s, u"store_id"_s, u"kind"_s, u"trigger"_s, u"status"_s, u"started_at"_s,
                         u"finished_at"_s, u"records"_s, u"errors"_s});
    }

    void conversationsLeadToCustomersAndOrders() {
        const QJsonObject list = m_ctl->run({u"conversation"_s, u"list"_s, u"--limit"_s, u"100"_s}).json();
        const QJsonObject row = firstOf(list, "conversations");
        expectKeys(row, {u"id"_s, u"subject"_s, u"from"_s, u"last_message_at"_s, u"messages"_s, u"unread"_s,
                         u"store_id"_s, u"precedence"_s, u"status"_s});

        const QJsonObject conversation =
            m_ctl->run({u"conversation"_s, u"show"_s, QString::number(row.value(u"id"_s).toInteger())}).json();
        expectKeys(conversation, {u"id"_s, u"subject"_s, u"customer_email"_s, u"messages"_s, u"draft"_s});
        expectKeys(firstOf(conversation, "messages"), {u"id"_s, u"message_id"_s, u"from"_s, u"to"_s, u"date"_s,
                                                       u"text"_s, u"folded"_s, u"has_html"_s, u"attachments"_s});

        int found = 0;
        for (const QJsonValue& entry : list.value(u"conversations"_s).toArray()) {
            const QString email = entry[u"from"_s][u"email"_s].toString();
            const Finished shown = m_ctl->run({u"customer"_s, u"show"_s, email});
            if (shown.exitStatus != 0) continue;
            const QJsonObject customer = shown.json();
            expectKeys(customer,
                       {u"email"_s, u"name"_s, u"emails"_s, u"phone"_s, u"precedence"_s, u"ltv"_s, u"orders_count"_s,
                        u"tags"_s, u"first_order_at"_s, u"last_order_at"_s, u"match"_s, u"stores"_s, u"orders"_s});
            const QJsonObject order = firstOf(customer, "orders");
            if (order.isEmpty()) continue;
            expectKeys(order, {u"name"_s, u"external_id"_s, u"store_id"_s, u"email"_s, u"created_at"_s, u"updated_at"_s,
                               u"cancelled_at"_s, u"currency"_s, u"total"_s, u"subtotal"_s, u"tax"_s, u"discounts"_s,
                               u"refunded"_s, u"financial_status"_s, u"fulfillment_status"_s, u"items"_s, u"tracking"_s,
                               u"customer_email"_s});
            const QJsonObject byName = m_ctl->run({u"order"_s, u"show"_s, order.value(u"name"_s).toString()}).json();
            QCOMPARE(byName.value(u"external_id"_s), order.value(u"external_id"_s));
            if (++found == 3) break;
        }
        QVERIFY(found > 0);
    }

    void contextsAreOfTheSenderTheConversationNames() {
        int known = 0;
        const QJsonObject list = m_ctl->run({u"conversation"_s, u"list"_s, u"--limit"_s, u"10"_s}).json();
        for (const QJsonValue& entry : list.value(u"conversations"_s).toArray()) {
            const QString id = QString::number(entry[u"id"_s].toInteger());
            const Finished shown = m_ctl->run({u"answer"_s, u"context"_s, u"--conversation"_s, id});
            QCOMPARE(shown.exitStatus, 0);
            expectKeys(shown.json(), {u"context"_s, u"facts"_s});
            const QString context = shown.json().value(u"context"_s).toString();
            QVERIFY(context.startsWith(u"# SHOPIFY CUSTOMER CONTEXT\nCustomer Identity: "_s));
            if (context.contains(u"\nOrder: #"_s)) ++known;
        }
        QVERIFY(known > 0);
        const QJsonObject nobody =
            m_ctl->run({u"answer"_s, u"context"_s, u"--email"_s, u"nobody@nowhere.example"_s, u"--order"_s, u"1042"_s})
                .json();
        QVERIFY(nobody.value(u"context"_s).toString().contains(u"\nNo orders found for this sender.\n"_s));
    }

    void searchFindsAnOrderByName() {
        const QJsonObject hits = m_ctl->run({u"search"_s, u"#1042"_s}).json();
        expectKeys(firstOf(hits, "hits"), {u"kind"_s, u"id"_s, u"title"_s, u"snippet"_s});
        QCOMPARE(firstOf(hits, "hits").value(u"kind"_s).toString(), u"order"_s);
    }

    void exitStatusesFollowTheContract_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("status");
        QTest::newRow("unknown command") << QStringList{u"frobnicate"_s} << 2;
        QTest::newRow("unknown option") << QStringList{u"store"_s, u"list"_s, u"--frobnicate"_s} << 2;
        QTest::newRow("missing argument") << QStringList{u"customer"_s, u"show"_s} << 2;
        QTest::newRow("no such customer") << QStringList{u"customer"_s, u"show"_s, u"nobody@nowhere.example"_s} << 3;
        QTest::newRow("no such order") << QStringList{u"order"_s, u"show"_s, u"#999999"_s} << 3;
        QTest::newRow("no such conversation") << QStringList{u"conversation"_s, u"show"_s, u"999999"_s} << 3;
        QTest::newRow("context of nothing") << QStringList{u"answer"_s, u"context"_s} << 2;
        QTest::newRow("context of no such conversation")
            << QStringList{u"answer"_s, u"context"_s, u"--conversation"_s, u"999999"_s} << 3;
        QTest::newRow("history of products")
            << QStringList{u"sync"_s, u"run"_s, u"--history"_s, u"--only"_s, u"products"_s} << 2;
        QTest::newRow("no such store") << QStringList{u"sync"_s, u"run"_s, u"--store"_s, u"99"_s} << 3;
        QTest::newRow("no such mail") << QStringList{u"mail"_s, u"import"_s, u"/nowhere/at/all"_s} << 3;
    }
    void exitStatusesFollowTheContract() {
        QFETCH(QStringList, arguments);
        QFETCH(int, status);
        const Finished finished = m_ctl->run(arguments);
        QCOMPARE(finished.exitStatus, status);
        QCOMPARE(finished.err.trimmed().count('\n'), 0); // one line
        QVERIFY(finished.err.startsWith("aivactl: "));
        QVERIFY(finished.out.isEmpty());
    }

    void refusedCredentialsExitWithFour() {
        const Finished refused = m_ctl->run(m_sandbox->connectArguments(), "not-the-secret\n");
        QCOMPARE(refused.exitStatus, 4);
        QVERIFY(!refused.err.contains("not-the-secret"));
    }

    void unreachableShopExitsWithSix() {
        QStringList arguments = m_sandbox->connectArguments();
        arguments[arguments.indexOf(u"--base-url"_s) + 1] = u"http://127.0.0.1:1"_s;
        QCOMPARE(m_ctl->run(arguments, "secret\n").exitStatus, 6);
    }

    void anotherKeyExitsWithFive() {
        QFile other(m_dir.filePath(u"other-key"_s));
        QVERIFY(other.open(QIODevice::WriteOnly));
        other.write(QByteArray(32, 'k'));
        other.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        other.close();
        const Finished wrong = m_ctl->run({u"--key-file"_s, other.fileName(), u"workspace"_s, u"info"_s});
        QCOMPARE(wrong.exitStatus, 5);
        QVERIFY(wrong.err.contains("key"));
    }

    void disconnectKeepsTheDataAndSaysSo() {
        const QJsonObject store = m_ctl->run({u"store"_s, u"disconnect"_s, u"1"_s}).json();
        QCOMPARE(store.value(u"status"_s).toString(), u"disconnected"_s);
        QVERIFY(store.value(u"customers"_s).toInt() > 0);
        const Finished again = m_ctl->run(m_sandbox->connectArguments(), m_sandbox->connectInput());
        QCOMPARE(again.exitStatus, 0);
        QCOMPARE(again.json().value(u"id"_s).toInt(), 1);
    }
};

QTEST_GUILESS_MAIN(CliContractTest)
#include "tst_cli_contract.moc"
