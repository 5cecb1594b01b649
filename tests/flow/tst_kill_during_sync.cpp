// kill -9 at random moments of bulk syncs (S9): each next run resumes; in the end everything is there exactly once.
#include "tests/flow/shop_control.h"
#include "tests/support/corpora.h"
#include "tests/support/patience.h"
#include "tests/support/programs.h"
#include "tests/support/table_dump.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QJsonArray>
#include <QRandomGenerator>
#include <QTemporaryDir>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int kKills = 100;
constexpr auto kJobs = R"sql(
SELECT status, json_extract(counts, '$.orders.processed'), json_extract(counts, '$.orders.created'),
json_extract(counts, '$.orders.failed') FROM sync_jobs ORDER BY id)sql";

} // namespace

class TestKillDuringSync : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    int m_rounds = 0;
    int m_kills = 0;

    // A connected workspace of its own.
    std::unique_ptr<Ctl> newWorkspace(const Sandbox& sandbox) {
        const QString dir = m_dir.filePath(u"round%1"_s.arg(++m_rounds));
        if (!QDir().mkpath(dir)) return nullptr;
        auto ctl = std::make_unique<Ctl>(dir);
        const bool isMade =
            ctl->begin() && ctl->run(sandbox.connectArguments(), sandbox.connectInput()).exitStatus == 0;
        return isMade ? std::move(ctl) : nullptr;
    }

    // Kills runs of one sync until one ends by itself. Its last line.
    QJsonObject syncUnderFire(const Ctl& ctl, QRandomGenerator& random, int longestMs) {
        for (int attempt = 0; attempt < 200; ++attempt) {
            const auto process = ctl.start({u"sync"_s, u"run"_s, u"--full"_s, u"--transport"_s, u"bulk"_s});
            // The longer it takes (a slow machine, a sanitised build) the more time each run gets.
            const int bound = m_kills >= kKills ? 180'000 : longestMs + attempt * longestMs / 12;
            if (!process->waitForFinished(m_kills >= kKills ? bound : 10 + static_cast<int>(random.bounded(bound)))) {
                process->kill();
                process->waitForFinished(60'000);
                ++m_kills;
                continue;
            }
            Finished finished;
            finished.out = process->readAllStandardOutput();
            if (process->exitCode() != 0) qWarning("%s", process->readAllStandardError().constData());
            return finished.lastLine();
        }
        return {};
    }

private Q_SLOTS:
    void resumesWithNothingLostAndNothingDoubled() {
        QVERIFY2(QFileInfo(binDir() + u"/aivactl"_s).isExecutable(), "AIVA_BIN_DIR has no aivactl");
        const Sandbox sandbox({u"--customers"_s, u"400"_s, u"--orders"_s, u"1200"_s, u"--days"_s, u"80"_s, u"--seed"_s,
                               u"3"_s, u"--restore-rate"_s, u"1000000"_s, u"--bucket"_s, u"10000000"_s,
                               u"--bulk-time"_s, u"20"_s});
        QVERIFY(sandbox.isRunning());
        const QStringList truth = truthOf(sandbox.text("base_url"), sandbox.text("currency"), windowStart());
        QVERIFY(truth.size() > 3'000);
        const auto orderCount = static_cast<int>(std::count_if(
            truth.begin(), truth.end(), [](const QString& line) { return line.startsWith("order|"_L1); }));

        // How long an undisturbed run takes tells how far apart the kills may lie.
        const auto calm = newWorkspace(sandbox);
        QVERIFY(calm);
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(calm->run({u"sync"_s, u"run"_s, u"--full"_s, u"--transport"_s, u"bulk"_s}).exitStatus, 0);
        const int longestMs = std::clamp(static_cast<int>(timer.elapsed()) / 8, 150, 5'000);
        QStringList calmDump;
        {
            const WorkspaceOnDisk workspace(calm->workspaceDir(), calm->keyFile());
            QVERIFY(workspace.database());
            calmDump = dumpOfShopTables(*workspace.database());
        }

        const quint32 seed = qEnvironmentVariableIntValue("AIVA_KILL_SEED") > 0
                                 ? static_cast<quint32>(qEnvironmentVariableIntValue("AIVA_KILL_SEED"))
                                 : QRandomGenerator::global()->generate() % 1'000'000 + 1;
        qInfo("AIVA_KILL_SEED=%u, calm run %lld ms", seed, static_cast<long long>(timer.elapsed()));
        QRandomGenerator random(seed);
        while (m_kills < kKills) {
            const auto ctl = newWorkspace(sandbox);
            QVERIFY(ctl);
            const int before = m_kills;
            const QJsonObject last = syncUnderFire(*ctl, random, longestMs);
            QCOMPARE(last.value(u"status"_s).toString(), u"completed"_s);
            const Finished check = ctl->run({u"workspace"_s, u"check"_s});
            QVERIFY2(check.json().value(u"ok"_s).toBool(), check.out.constData());
            const WorkspaceOnDisk workspace(ctl->workspaceDir(), ctl->keyFile());
            QVERIFY(workspace.database());
            QCOMPARE(difference(truth, cacheLines(*workspace.database())), QString());
            QCOMPARE(difference(calmDump, dumpOfShopTables(*workspace.database())), QString());
            // One job; a further one found nothing to do, when a kill fell behind the end of the first.
            const QStringList jobs = rows(*workspace.database(), kJobs);
            QCOMPARE(jobs.value(0), u"completed|%1|%1|0"_s.arg(orderCount));
            for (const QString& job : jobs.mid(1))
                QCOMPARE(job, u"completed|%1|0|0"_s.arg(orderCount));
            QCOMPARE(QDir(ctl->workspaceDir() + u"/spool"_s).entryList(QDir::Files), QStringList());
            qInfo("round %d: killed %d times", m_rounds - 1, m_kills - before);
        }
        qInfo("%d kills in %lld s", m_kills, static_cast<long long>(timer.elapsed() / 1'000));
    }
};

QTEST_GUILESS_MAIN(TestKillDuringSync)
#include "tst_kill_during_sync.moc"
