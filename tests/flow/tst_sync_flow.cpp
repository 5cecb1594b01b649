// The real programs against the invented shop: aivactl syncs what aiva-sandbox holds, over HTTP, into a file on disk.
#include "tests/flow/shop_control.h"
#include "tests/support/corpora.h"
#include "tests/support/patience.h"
#include "tests/support/programs.h"
#include "tests/support/table_dump.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

const QStringList kUnlimited{u"--restore-rate"_s, u"1000000"_s,     u"--bucket"_s,
                             u"10000000"_s,       u"--bulk-time"_s, u"20"_s};

QStringList shopOf(const QString& currency) {
    return kUnlimited + QStringList{u"--customers"_s, u"300"_s,    u"--orders"_s, u"900"_s,        u"--days"_s,
                                    u"80"_s,          u"--seed"_s, u"5"_s,        u"--currency"_s, currency};
}

QJsonObject counts(const Finished& finished, const QString& resource) {
    return finished.lastLine().value(u"records"_s).toObject().value(resource).toObject();
}

} // namespace

class TestSyncFlow : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Ctl> m_ctl;
    // A shop that is only asked, and a workspace that was just connected to it.
    std::unique_ptr<Sandbox> m_small;
    QTemporaryDir m_smallDir;
    const Ctl m_atSmall{m_smallDir.path()};

    static bool connectTo(const Sandbox& sandbox, const Ctl& ctl) {
        if (!ctl.begin()) return false;
        const Finished connected = ctl.run(sandbox.connectArguments(), sandbox.connectInput());
        if (connected.exitStatus != 0) qWarning("%s", connected.err.constData());
        return connected.exitStatus == 0;
    }
    bool connectTo(const Sandbox& sandbox) const { return connectTo(sandbox, *m_ctl); }
    static QByteArray orderFaults(const Sandbox& sandbox, const QByteArray& faults) {
        return askSandbox(sandbox.text("base_url"), "POST", "/sandbox/faults", faults);
    }
    bool beginAtSmall() {
        if (!m_small) {
            m_small =
                std::make_unique<Sandbox>(kUnlimited + QStringList{u"--customers"_s, u"30"_s, u"--orders"_s, u"90"_s});
            if (!m_small->isRunning() || !connectTo(*m_small, m_atSmall)) return false;
        }
        return orderFaults(*m_small, R"({"next":[]})").contains("pending") && m_ctl->copyFrom(m_atSmall);
    }
    Finished sync(const QStringList& arguments) { return m_ctl->run(QStringList{u"sync"_s, u"run"_s} + arguments); }
    QString storeStatus() {
        const QJsonArray stores = m_ctl->run({u"store"_s, u"list"_s}).json().value(u"stores"_s).toArray();
        return stores.first().toObject().value(u"status"_s).toString();
    }
    QString differenceToTruth(const Sandbox& sandbox, const QString& currency) {
        const WorkspaceOnDisk workspace(m_ctl->workspaceDir(), m_ctl->keyFile());
        if (!workspace.database()) return u"the workspace does not open"_s;
        const QStringList truth = truthOf(sandbox.text("base_url"), currency, windowStart());
        if (truth.size() < 2'000) return u"the shop says nothing"_s;
        return difference(truth, cacheLines(*workspace.database()));
    }
    // Synced, the cache holds what the shop holds; synced again, nothing changes.
    void syncAndSyncAgain(const Sandbox& sandbox, const QString& currency, const QString& transport) {
        const Finished first = sync({u"--full"_s, u"--transport"_s, transport});
        QVERIFY2(first.exitStatus == 0, first.err.constData());
        QCOMPARE(first.lastLine().value(u"status"_s).toString(), u"completed"_s);
        QVERIFY(counts(first, u"orders"_s).value(u"processed"_s).toInt() > 890); // a handful is older than the window
        QCOMPARE(differenceToTruth(sandbox, currency), QString());

        const Finished second = sync({u"--full"_s, u"--transport"_s, transport});
        QCOMPARE(second.exitStatus, 0);
        for (const auto& resource : {u"customers"_s, u"orders"_s, u"products"_s}) {
            QCOMPARE(counts(second, resource).value(u"created"_s).toInt(), 0);
            QCOMPARE(counts(second, resource).value(u"updated"_s).toInt(), 0);
        }
        QCOMPARE(m_ctl->run({u"workspace"_s, u"check"_s}).json().value(u"ok"_s).toBool(), true);
    }

private Q_SLOTS:
    void init() {
        QVERIFY2(QFileInfo(binDir() + u"/aivactl"_s).isExecutable(), "AIVA_BIN_DIR has no aivactl");
        m_dir = std::make_unique<QTemporaryDir>();
        m_ctl = std::make_unique<Ctl>(m_dir->path());
    }

    void cacheEqualsTheShop_data() {
        QTest::addColumn<QString>("currency");
        QTest::addColumn<bool>("shuffled");
        QTest::newRow("USD, bulk") << u"USD"_s << false;
        QTest::newRow("BHD, bulk with its lines in any order") << u"BHD"_s << true;
    }
    void cacheEqualsTheShop() {
        QFETCH(const QString, currency);
        QFETCH(const bool, shuffled);
        const Sandbox sandbox(shopOf(currency) + (shuffled ? QStringList{u"--shuffle-bulk"_s} : QStringList{}));
        QVERIFY(sandbox.isRunning());
        QVERIFY(connectTo(sandbox));
        syncAndSyncAgain(sandbox, currency, u"bulk"_s);
    }

    void pagedAndBulkLeaveTheSameCache() {
        const Sandbox sandbox(shopOf(u"JPY"_s));
        QVERIFY(sandbox.isRunning());
        QVERIFY(connectTo(sandbox));
        const Ctl other(m_dir->filePath(u"other"_s));
        QVERIFY(other.copyFrom(*m_ctl));
        syncAndSyncAgain(sandbox, u"JPY"_s, u"paged"_s);
        if (QTest::currentTestFailed()) return;
        QCOMPARE(other.run({u"sync"_s, u"run"_s, u"--full"_s, u"--transport"_s, u"bulk"_s}).exitStatus, 0);
        const WorkspaceOnDisk paged(m_ctl->workspaceDir(), m_ctl->keyFile());
        const WorkspaceOnDisk bulk(other.workspaceDir(), other.keyFile());
        QVERIFY(paged.database() && bulk.database());
        QCOMPARE(difference(dumpOfShopTables(*paged.database()), dumpOfShopTables(*bulk.database())), QString());
    }

    // What `store list` says of the interface is what was asked of it.
    void countsWhatTheShopWasAsked() {
        QVERIFY(beginAtSmall());
        const auto api = [this] {
            const QJsonArray stores = m_ctl->run({u"store"_s, u"list"_s}).json().value(u"stores"_s).toArray();
            return stores.first().toObject().value(u"api"_s).toObject();
        };
        QCOMPARE(api().value(u"requests"_s).toInt(), 0);
        QVERIFY(api().value(u"answered_at"_s).isNull());
        orderFaults(*m_small, R"({"next":[{"match":"orders","kind":"429","count":1,"after":0}]})");
        QCOMPARE(sync({u"--full"_s, u"--transport"_s, u"paged"_s}).exitStatus, 0);
        const QJsonObject first = api();
        const int answered = first.value(u"answered"_s).toInt();
        QVERIFY(answered > 3);
        QCOMPARE(first.value(u"limited"_s).toInt(), 1);
        QVERIFY(first.value(u"held_back_ms"_s).toInt() > 0);
        QCOMPARE(first.value(u"requests"_s).toInt(), answered + 1);
        QVERIFY(first.value(u"failed_at"_s).isNull());
        orderFaults(*m_small, R"({"next":[{"match":"","kind":"402","count":99,"after":0}]})");
        QVERIFY(sync({u"--incremental"_s}).exitStatus != 0);
        QCOMPARE(api().value(u"answered"_s).toInt(), answered);
        QVERIFY(api().value(u"refused"_s).toInt() > 0);
        QCOMPARE(api().value(u"error"_s).toString(), u"Refused/ShopFrozen"_s);
    }

    void incrementalFetchesOnlyWhatChanged() {
        const Sandbox sandbox(shopOf(u"USD"_s));
        QVERIFY(sandbox.isRunning());
        QVERIFY(connectTo(sandbox));
        QCOMPARE(sync({u"--full"_s}).exitStatus, 0);
        const QByteArray touched =
            askSandbox(sandbox.text("base_url"), "POST", "/sandbox/touch",
                       "{\"orders\":[\"#0400\",\"#0410\",\"#0420\",\"#0430\",\"#0440\"],\"customers\":3}");
        QVERIFY(touched.contains("gid://"));
        const Finished changes = sync({u"--incremental"_s});
        QCOMPARE(changes.exitStatus, 0);
        QCOMPARE(counts(changes, u"orders"_s).value(u"updated"_s).toInt(), 5);
        QCOMPARE(counts(changes, u"customers"_s).value(u"updated"_s).toInt(), 3);
        QVERIFY(counts(changes, u"orders"_s).value(u"processed"_s).toInt() < 30);
        QCOMPARE(differenceToTruth(sandbox, u"USD"_s), QString());
    }

    void faultHasItsOutcome_data() {
        QTest::addColumn<QByteArray>("fault");
        QTest::addColumn<int>("exitStatus");
        QTest::addColumn<QString>("status");
        const auto row = [](const char* name, const char* fault, int exitStatus, const QString& status) {
            QTest::newRow(name) << QByteArray(fault) << exitStatus << status;
        };
        row("one 503", R"({"next":[{"match":"orders","kind":"503","count":1,"after":1}]})", 0, u"connected"_s);
        row("one reset", R"({"next":[{"match":"orders","kind":"reset","count":1,"after":1}]})", 0, u"connected"_s);
        row("token refused for good", R"({"next":[{"match":"","kind":"401","count":99,"after":5}]})", 4,
            u"disconnected"_s);
        row("shop gone", R"({"next":[{"match":"orders","kind":"404","count":99,"after":1}]})", 6, u"disconnected"_s);
        row("shop frozen", R"({"next":[{"match":"orders","kind":"402","count":99,"after":1}]})", 1, u"error"_s);
        row("shop locked", R"({"next":[{"match":"orders","kind":"423","count":99,"after":1}]})", 1, u"error"_s);
        row("turned away", R"({"next":[{"match":"orders","kind":"430","count":99,"after":1}]})", 1, u"error"_s);
    }
    void faultHasItsOutcome() {
        QFETCH(const QByteArray, fault);
        QFETCH(const int, exitStatus);
        QFETCH(const QString, status);
        QVERIFY(beginAtSmall());
        QVERIFY(orderFaults(*m_small, fault).contains("pending"));
        const Finished finished = sync({u"--full"_s, u"--transport"_s, u"paged"_s});
        QVERIFY2(finished.exitStatus == exitStatus,
                 (QByteArray::number(finished.exitStatus) + finished.err).constData());
        QCOMPARE(storeStatus(), status);
        QVERIFY(!finished.err.contains(m_small->text("token").toUtf8()));
        QVERIFY(!finished.err.contains(m_small->text("client_secret").toUtf8()));
        QCOMPARE(finished.err.isEmpty(), exitStatus == 0);
        QVERIFY(finished.err.count('\n') <= 1); // one line, and a whole one
        const QByteArray doctor = m_ctl->run({u"doctor"_s}).out;
        QVERIFY2(doctor.contains("requests in 24 h"), doctor.constData());
        QVERIFY2(exitStatus == 0 || doctor.contains("went wrong"), doctor.constData());
        // It passes: what was cached is still there, and the rest comes.
        QVERIFY(orderFaults(*m_small, R"({"next":[]})").contains("pending"));
        if (status == u"disconnected"_s)
            QCOMPARE(m_ctl->run(m_small->connectArguments(), m_small->connectInput()).exitStatus, 0);
        const Finished after = sync({u"--full"_s});
        QVERIFY2(after.exitStatus == 0, after.err.constData());
        QCOMPARE(storeStatus(), u"connected"_s);
        QCOMPARE(counts(after, u"orders"_s).value(u"failed"_s).toInt(), 0);
        QCOMPARE(m_ctl->run({u"workspace"_s, u"check"_s}).json().value(u"ok"_s).toBool(), true);
    }

    void anInterfaceThatMovedOnIsSaidOnce() {
        const Sandbox sandbox(kUnlimited + QStringList{u"--customers"_s, u"30"_s, u"--orders"_s, u"90"_s,
                                                       u"--api-version"_s, u"2027-04"_s});
        QVERIFY(sandbox.isRunning());
        QVERIFY(connectTo(sandbox));
        const Finished finished = sync({u"--full"_s});
        QVERIFY2(finished.exitStatus == 0, finished.err.constData());
        QCOMPARE(storeStatus(), u"connected"_s); // what was read is right
        const Finished doctor = m_ctl->run({u"doctor"_s});
        QCOMPARE(doctor.out.count("2027-04"), 1);
        QVERIFY(doctor.out.contains("update Aiva"));
    }
};

QTEST_GUILESS_MAIN(TestSyncFlow)
#include "tst_sync_flow.moc"
