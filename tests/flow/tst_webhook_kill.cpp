// kill -9 of the listener in the middle of a burst: whatever it acknowledged is there, applied once, in the end.
#include "tests/flow/shop_control.h"
#include "tests/support/corpora.h"
#include "tests/support/patience.h"
#include "tests/support/programs.h"
#include "tests/support/table_dump.h"
#include "tests/support/webhook_client.h"

#include <QFileInfo>
#include <QRandomGenerator>
#include <QTemporaryDir>

#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <thread>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int kSenders = 8;
constexpr int kOrders = 40;

// The port of the line the listener prints when it is ready; 0 when it never does.
int portOf(QProcess& listener) {
    return nextLine(listener).value(u"port"_s).toInt();
}

QByteArray orderBody(int order, int change, const QByteArray& shop) {
    const QString at = UtcTime(1'800'000'000'000 + change * 1'000LL).isoText();
    return "{\"id\":" + QByteArray::number(order) + ",\"name\":\"#" + QByteArray::number(order) + "\",\"shop\":\"" +
           shop + "\",\"currency\":\"USD\",\"note\":\"" + QByteArray::number(change) +
           "\",\"created_at\":\"2026-01-01T00:00:00Z\",\"updated_at\":\"" + at.toLatin1() +
           "\",\"current_total_price\":\"10.00\",\"line_items\":[{\"id\":" + QByteArray::number(order * 10) +
           ",\"title\":\"Lamp\",\"quantity\":1,\"price\":\"10.00\"}]}";
}

// What the shop knows was acknowledged.
class Acknowledged {
public:
    void order(int number, int change) {
        const std::lock_guard lock(m_mutex);
        int& newest = m_orders[number];
        newest = std::max(newest, change);
        ++m_count;
    }
    void request(const QByteArray& id) {
        const std::lock_guard lock(m_mutex);
        m_requests.insert(id);
        ++m_count;
    }
    std::map<int, int> orders() const { return m_orders; }
    std::set<QByteArray> requests() const { return m_requests; }
    int count() const {
        const std::lock_guard lock(m_mutex);
        return m_count;
    }

private:
    mutable std::mutex m_mutex;
    std::map<int, int> m_orders;
    std::set<QByteArray> m_requests;
    int m_count = 0;
};

} // namespace

class TestWebhookKill : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    QByteArray m_secret;
    QByteArray m_shop;
    Acknowledged m_acknowledged;
    std::atomic<int> m_next = 0;

    // Changes of orders, each with a duplicate now and then, and data requests, which are applied by adding a row.
    void sendUntilDead(int port, const std::atomic<bool>& isDead) {
        WebhookClient client(port);
        while (client.isOpen() && !isDead) {
            const int number = m_next++;
            const QByteArray id = "d" + QByteArray::number(number);
            const bool isRequest = number % 5 == 0;
            const int order = 1 + number % kOrders;
            const QByteArray body = isRequest ? "{\"shop_domain\":\"" + m_shop +
                                                    "\",\"customer\":{\"id\":" + QByteArray::number(number + 1) + "}}"
                                              : orderBody(order, number, m_shop);
            const auto webhook = SentWebhook::shopify(
                m_secret, m_shop, isRequest ? "customers/data_request" : "orders/updated", id, body);
            if (client.send(webhook) != 200) return;
            if (number % 7 == 0) client.send(webhook);
            if (isRequest)
                m_acknowledged.request(id);
            else
                m_acknowledged.order(order, number);
        }
    }

    void burstAndKill(const Ctl& ctl, int afterMs) {
        const auto listener = ctl.start({u"webhook"_s, u"listen"_s, u"--port"_s, u"0"_s});
        const int port = portOf(*listener);
        QVERIFY2(port > 0, listener->readAllStandardError().constData());
        const int before = m_acknowledged.count();
        std::atomic<bool> isDead = false;
        std::vector<std::thread> senders;
        for (int i = 0; i < kSenders; ++i)
            senders.emplace_back([&] { sendUntilDead(port, isDead); });
        QTest::qWait(afterMs);
        // A slow machine acknowledges nothing that soon, and then nothing could be lost.
        [[maybe_unused]] const bool hasBegun = QTest::qWaitFor([&] { return m_acknowledged.count() > before; }, 15'000);
        listener->kill();
        listener->waitForFinished(60'000);
        isDead = true;
        for (std::thread& sender : senders)
            sender.join();
        QCOMPARE(listener->exitStatus(), QProcess::CrashExit);
    }

private Q_SLOTS:
    void whatWasAcknowledgedIsAppliedOnce() {
        QVERIFY2(QFileInfo(binDir() + u"/aivactl"_s).isExecutable(), "AIVA_BIN_DIR has no aivactl");
        const int runs =
            std::max(1, qEnvironmentVariableIsSet("AIVA_RUNS") ? qEnvironmentVariableIntValue("AIVA_RUNS") : 10);
        const Sandbox sandbox({u"--customers"_s, u"5"_s, u"--orders"_s, u"5"_s});
        QVERIFY(sandbox.isRunning());
        m_secret = sandbox.text("client_secret").toUtf8();
        m_shop = sandbox.text("shop").toUtf8();
        const Ctl ctl(m_dir.path());
        QCOMPARE(ctl.run({u"workspace"_s, u"init"_s}).exitStatus, 0);
        QCOMPARE(ctl.run(sandbox.connectArguments(), sandbox.connectInput()).exitStatus, 0);
        // Orders these tell of are none of the sandbox's: a shop that cannot be asked must not take them away again.
        QCOMPARE(askSandbox(sandbox.text("base_url"), "POST", "/sandbox/faults",
                            R"({"next":[{"match":"OrdersById","kind":"503","count":1000000}]})")
                     .isEmpty(),
                 false);

        const quint32 seed = qEnvironmentVariableIntValue("AIVA_SEED") > 0
                                 ? static_cast<quint32>(qEnvironmentVariableIntValue("AIVA_SEED"))
                                 : QRandomGenerator::global()->generate() % 1'000'000 + 1;
        QRandomGenerator random(seed);
        qInfo("AIVA_SEED=%u", seed);
        for (int run = 0; run < runs; ++run) {
            burstAndKill(ctl, 30 + static_cast<int>(random.bounded(600)));
            if (QTest::currentTestFailed()) return;
        }
        QVERIFY(m_acknowledged.count() > runs);

        // A last run finds what was left.
        const auto last = ctl.start({u"webhook"_s, u"listen"_s, u"--port"_s, u"0"_s});
        QVERIFY(portOf(*last) > 0);
        const WorkspaceOnDisk workspace(ctl.workspaceDir(), ctl.keyFile());
        QVERIFY(workspace.database());
        QTRY_COMPARE_WITH_TIMEOUT(
            rows(*workspace.database(), "SELECT count(*) FROM webhook_deliveries WHERE state = 'queued'"),
            QStringList{u"0"_s}, 120'000);
        last->terminate();
        QVERIFY(last->waitForFinished(60'000));
        QCOMPARE(last->exitCode(), 0);

        QStringList lost;
        for (const auto& [order, change] : m_acknowledged.orders()) {
            const QStringList note =
                rows(*workspace.database(), "SELECT note FROM orders WHERE external_id = 'gid://shopify/Order/" +
                                                QByteArray::number(order) + "'");
            // A change that was stored, and whose answer the kill cut off, may be newer.
            if (note.size() != 1 || note.front().toInt() < change)
                lost << u"order %1: %2 instead of %3"_s.arg(order).arg(note.value(0)).arg(change);
        }
        std::map<QString, int> tasks;
        for (const QString& id : rows(*workspace.database(), "SELECT d.delivery_id FROM privacy_tasks t "
                                                             "JOIN webhook_deliveries d ON d.id = t.delivery"))
            ++tasks[id];
        for (const QByteArray& id : m_acknowledged.requests())
            if (tasks[QString::fromLatin1(id)] != 1) lost << u"request "_s + QString::fromLatin1(id);
        for (const auto& [id, count] : tasks)
            if (count > 1) lost << u"request %1 was applied %2 times"_s.arg(id).arg(count);
        QCOMPARE(lost, QStringList());
        QCOMPARE(rows(*workspace.database(), "SELECT count(*) FROM webhook_deliveries WHERE state = 'failed'"),
                 QStringList{u"0"_s});
        QCOMPARE(rows(*workspace.database(), "SELECT count(*) FROM webhook_bodies"), QStringList{u"0"_s});
        QCOMPARE(rows(*workspace.database(), "SELECT count(*) FROM orders"),
                 rows(*workspace.database(), "SELECT orders FROM store_counts"));
        const Finished check = ctl.run({u"workspace"_s, u"check"_s});
        QVERIFY2(check.json().value(u"ok"_s).toBool(), check.out.constData());
        qInfo("%d kills, %d deliveries acknowledged and applied", runs, m_acknowledged.count());
    }
};

QTEST_GUILESS_MAIN(TestWebhookKill)
#include "tst_webhook_kill.moc"
