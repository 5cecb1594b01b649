// Two programs at one workspace: while one syncs a store another leaves it alone and says so; one that was killed holds
// nothing.
#include "tests/support/corpora.h"
#include "tests/support/patience.h"
#include "tests/support/programs.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QTemporaryDir>

using namespace aiva::test;
using namespace Qt::StringLiterals;

class TestSyncTwice : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    const Ctl m_ctl{m_dir.path()};

    // As a person would: without --json.
    Finished inWords(const QStringList& arguments) const {
        QStringList global = m_ctl.globalArguments();
        global.removeAll(u"--json"_s);
        QProcess process;
        process.start(binDir() + u"/aivactl"_s, global + arguments);
        process.waitForFinished(180'000);
        Finished finished;
        if (process.exitStatus() == QProcess::NormalExit) finished.exitStatus = process.exitCode();
        finished.out = process.readAllStandardOutput();
        finished.err = process.readAllStandardError();
        return finished;
    }
    QJsonArray jobs() const { return m_ctl.run({u"sync"_s, u"history"_s}).json().value(u"jobs"_s).toArray(); }

private Q_SLOTS:
    void secondLeavesTheStoreToTheFirst() {
        QVERIFY2(QFileInfo(binDir() + u"/aivactl"_s).isExecutable(), "AIVA_BIN_DIR has no aivactl");
        // Its bulk operations last longer than the test.
        const Sandbox sandbox(
            {u"--customers"_s, u"20"_s, u"--orders"_s, u"40"_s, u"--days"_s, u"50"_s, u"--bulk-time"_s, u"600000"_s});
        QVERIFY(sandbox.isRunning());
        QVERIFY(m_ctl.begin());
        QCOMPARE(m_ctl.run(sandbox.connectArguments(), sandbox.connectInput()).exitStatus, 0);
        const auto first = m_ctl.start({u"sync"_s, u"run"_s, u"--full"_s, u"--transport"_s, u"bulk"_s});
        QCOMPARE(nextLine(*first).value(u"event"_s).toString(), u"progress"_s);

        for (const QStringList& second :
             {QStringList{u"sync"_s, u"run"_s}, QStringList{u"sync"_s, u"run"_s, u"--history"_s},
              QStringList{u"sync"_s, u"reconcile"_s}}) {
            const Finished refused = inWords(second);
            QCOMPARE(refused.exitStatus, 1);
            QCOMPARE(refused.out, QByteArray());
            QCOMPARE(refused.err.count('\n'), 1); // one calm sentence
            QVERIFY2(refused.err.contains("syncing store 1"), refused.err.constData());
        }
        const Finished told = m_ctl.run({u"sync"_s, u"run"_s});
        QCOMPARE(told.exitStatus, 1);
        QCOMPARE(told.lastLine().value(u"event"_s).toString(), u"finished"_s);
        QCOMPARE(told.lastLine().value(u"status"_s).toString(), u"failed"_s);
        // None of them left a job, or touched the first one's.
        QCOMPARE(jobs().size(), 1);
        QCOMPARE(jobs().at(0)[u"status"_s].toString(), u"running"_s);
        QCOMPARE(first->state(), QProcess::Running);

        first->kill();
        QVERIFY(first->waitForFinished(60'000));
        const Finished after =
            m_ctl.run({u"sync"_s, u"run"_s, u"--only"_s, u"customers"_s, u"--transport"_s, u"paged"_s});
        QVERIFY2(after.exitStatus == 0, after.err.constData());
        QCOMPARE(jobs().size(), 2);
        const Finished compared = m_ctl.run({u"sync"_s, u"reconcile"_s});
        QVERIFY2(compared.exitStatus == 0, compared.err.constData());
        const QDir workspace(m_ctl.workspaceDir());
        QCOMPARE(workspace.entryList({u"*.sync-*"_s}, QDir::Files), QStringList());
        QCOMPARE(QDir(workspace.filePath(u"spool"_s)).entryList(QDir::Files), QStringList());
    }
};

QTEST_GUILESS_MAIN(TestSyncTwice)
#include "tst_sync_twice.moc"
