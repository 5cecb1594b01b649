// The real programs against the invented shop: what its staff deletes and merges is found by aivactl sync reconcile,
// and a shop that answers badly loses nothing here.
#include "tests/flow/shop_control.h"
#include "tests/support/patience.h"
#include "tests/support/programs.h"
#include "tests/support/table_dump.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class TestReconcileFlow : public QObject {
    Q_OBJECT

    // One shop, synced once: each function leaves it and what is here equal again.
    QTemporaryDir m_dir;
    std::unique_ptr<Ctl> m_ctl;
    std::unique_ptr<Sandbox> m_shop;

    QByteArray ask(const QByteArray& path, const QJsonObject& body = {}) {
        const QByteArray json = QJsonDocument(body).toJson(QJsonDocument::Compact);
        return askSandbox(m_shop->text("base_url"), body.isEmpty() ? "GET" : "POST", path,
                          body.isEmpty() ? QByteArray() : json);
    }
    QJsonObject reconcile(int expectedStatus = 0) {
        const Finished finished = m_ctl->run({u"--json"_s, u"sync"_s, u"reconcile"_s});
        if (finished.exitStatus != expectedStatus) qWarning("%s%s", finished.out.constData(), finished.err.constData());
        return finished.exitStatus == expectedStatus ? finished.json().value(u"stores"_s).toArray().at(0).toObject()
                                                     : QJsonObject();
    }
    static QJsonObject resource(const QJsonObject& report, const QString& name) {
        return report.value(u"resources"_s).toObject().value(name).toObject();
    }
    QString difference() {
        const WorkspaceOnDisk disk(m_ctl->workspaceDir(), m_ctl->keyFile());
        if (!disk.database()) return u"the workspace could not be opened"_s;
        const QStringList truth = truthOf(m_shop->text("base_url"), m_shop->text("currency"), windowStart());
        return aiva::test::difference(truth, cacheLines(*disk.database()));
    }
    // Customers with several orders and an address, as the shop holds them.
    QJsonArray buyers() {
        QJsonArray found;
        const QJsonObject all = QJsonDocument::fromJson(ask("/sandbox/truth?resource=customers")).object();
        for (const QJsonValue& value : all.value(u"records"_s).toArray()) {
            const QJsonObject customer = value.toObject();
            if (customer.value(u"ordersCount"_s).toInt() > 2 && !customer.value(u"email"_s).toString().isEmpty())
                found.append(customer);
        }
        return found;
    }
    QJsonArray someOrders() {
        const QJsonObject all = QJsonDocument::fromJson(ask("/sandbox/truth?resource=orders")).object();
        const QJsonArray orders = all.value(u"records"_s).toArray();
        return {idOf(orders, 300), idOf(orders, 500), idOf(orders, 700)};
    }
    // One that is here, that is: of the window.
    QString orderHere() {
        const WorkspaceOnDisk disk(m_ctl->workspaceDir(), m_ctl->keyFile());
        if (!disk.database()) return {};
        return rows(*disk.database(), "SELECT external_id FROM orders ORDER BY id LIMIT 1").value(0);
    }
    static QString idOf(const QJsonArray& list, int index) {
        return list.at(index).toObject().value(u"externalId"_s).toString();
    }

private Q_SLOTS:
    void initTestCase() {
        m_ctl = std::make_unique<Ctl>(m_dir.path());
        m_shop = std::make_unique<Sandbox>(QStringList{u"--restore-rate"_s, u"1000000"_s, u"--bucket"_s, u"10000000"_s,
                                                       u"--customers"_s, u"300"_s, u"--orders"_s, u"900"_s, u"--days"_s,
                                                       u"80"_s, u"--seed"_s, u"5"_s});
        QVERIFY(m_shop->isRunning());
        QCOMPARE(m_ctl->run({u"workspace"_s, u"init"_s}).exitStatus, 0);
        QCOMPARE(m_ctl->run(m_shop->connectArguments(), m_shop->connectInput()).exitStatus, 0);
        QCOMPARE(m_ctl->run({u"sync"_s, u"run"_s, u"--full"_s}).exitStatus, 0);
    }

    void findsWhatPollingCannotSee() {
        QCOMPARE(reconcile().value(u"complete"_s).toBool(), true);
        const QJsonArray people = buyers();
        QVERIFY(people.size() > 4);
        const QString from = idOf(people, 1);
        const QString into = idOf(people, 2);
        ask("/sandbox/merge", {{u"from"_s, from}, {u"into"_s, into}});
        ask("/sandbox/delete",
            {{u"customers"_s, QJsonArray{idOf(people, 3)}}, {u"orders"_s, someOrders()}, {u"products"_s, 2}});
        QCOMPARE(m_ctl->run({u"sync"_s, u"run"_s}).exitStatus, 0);
        QVERIFY(!difference().isEmpty()); // polling did not see it

        const QJsonObject report = reconcile();
        QCOMPARE(report.value(u"complete"_s).toBool(), true);
        QCOMPARE(resource(report, u"orders"_s).value(u"removed"_s).toInt(), 3);
        QCOMPARE(resource(report, u"products"_s).value(u"removed"_s).toInt(), 2);
        QCOMPARE(resource(report, u"customers"_s).value(u"removed"_s).toInt(), 2);
        QCOMPARE(report.value(u"merged"_s).toArray(), (QJsonArray{QJsonObject{{u"from"_s, from}, {u"into"_s, into}}}));
        const QJsonObject references = report.value(u"references"_s).toObject();
        QVERIFY(references.value(u"broken"_s).toInt() > 0);
        QCOMPARE(references.value(u"repaired"_s), references.value(u"broken"_s));
        QCOMPARE(difference(), QString());
        // The address of the merged customer leads to the one that stayed.
        const QString email = people.at(1).toObject().value(u"email"_s).toString();
        const QJsonObject person = m_ctl->run({u"--json"_s, u"customer"_s, u"show"_s, email}).json();
        QCOMPARE(person.value(u"match"_s).toObject().value(u"by"_s).toString(), u"alias"_s);
        QCOMPARE(m_ctl->run({u"workspace"_s, u"check"_s}).exitStatus, 0);
        const QJsonObject again = reconcile();
        QCOMPARE(resource(again, u"orders"_s).value(u"removed"_s).toInt(), 0);
        QCOMPARE(resource(again, u"orders"_s).value(u"here"_s), resource(again, u"orders"_s).value(u"source"_s));
    }

    void aShopThatAnswersBadlyLosesNothing_data() {
        QTest::addColumn<QString>("kind");
        for (const char* kind : {"500", "403", "truncate", "html", "reset"})
            QTest::newRow(kind) << QString::fromLatin1(kind);
    }
    void aShopThatAnswersBadlyLosesNothing() {
        QFETCH(const QString, kind);
        const QJsonObject fault{{u"match"_s, u"OrdersMarks"_s}, {u"kind"_s, kind}, {u"count"_s, 1}, {u"after"_s, 1}};
        const QString gone = orderHere();
        QVERIFY(!gone.isEmpty());
        ask("/sandbox/delete", {{u"orders"_s, QJsonArray{gone}}});
        const QByteArray pending = ask("/sandbox/faults", {{u"next"_s, QJsonArray{fault}}});
        QCOMPARE(QJsonDocument::fromJson(pending).object().value(u"pending"_s).toInt(), 1);
        const Finished finished = m_ctl->run({u"--json"_s, u"sync"_s, u"reconcile"_s});
        // What passes is waited out; what does not ends without an order less than the shop has.
        const bool mayPass = kind != "403"_L1;
        QCOMPARE(finished.exitStatus == 0, mayPass);
        QCOMPARE(difference().isEmpty(), mayPass);
        const QJsonObject orders = resource(reconcile(), u"orders"_s);
        QCOMPARE(orders.value(u"removed"_s).toInt(), mayPass ? 0 : 1);
        QCOMPARE(difference(), QString());
    }
};

QTEST_GUILESS_MAIN(TestReconcileFlow)
#include "tst_reconcile_flow.moc"
