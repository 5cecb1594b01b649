// Processes that die at any instruction, and processes that work at the same time.
#include "tests/core/storage/vault/vault_fixture.h"

#include "core/storage/workspace/workspace_copy.h"

#include <QDir>
#include <QElapsedTimer>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>

#include <atomic>
#include <thread>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class VaultKillTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_root;
    QString dir() const { return m_root->filePath(u"w"_s); }

    static std::unique_ptr<QProcess> start(const QStringList& arguments) {
        auto process = std::make_unique<QProcess>();
        process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process->start(QDir(QCoreApplication::applicationDirPath()).filePath(u"vault_actor"_s), arguments);
        return process;
    }
    // It has said what it found and committed at least once: two writers wait for each other.
    static bool hasWritten(QProcess& process) {
        QElapsedTimer timer;
        timer.start();
        const auto lines = [&] { return process.peek(4'096).count('\n'); };
        while (lines() < 2 && !timer.hasExpired(30'000) && process.state() != QProcess::NotRunning)
            process.waitForReadyRead(50);
        return lines() >= 2;
    }
    // Lets it live for `microseconds`, then kill -9. Its complete lines.
    static QStringList killAfter(QProcess& process, int microseconds) {
        QElapsedTimer timer;
        timer.start();
        while (timer.nsecsElapsed() < qint64(microseconds) * 1000 && process.state() != QProcess::NotRunning)
            process.waitForReadyRead(1);
        process.kill();
        process.waitForFinished(30'000);
        const QString said = QString::fromUtf8(process.readAllStandardOutput());
        return said.left(said.lastIndexOf(u'\n') + 1).split(u'\n', Qt::SkipEmptyParts);
    }

private Q_SLOTS:
    void init() { m_root = std::make_unique<QTemporaryDir>(); }

    void losesNoAcknowledgedTransactionWhenKilled() {
        VERIFY_OK(Workspace::create(dir(), keyOf('k'), KeySource::KeyFile));
        QRandomGenerator random(1);
        const int runs = qEnvironmentVariableIntValue("AIVA_RUNS");
        const int kills = runs > 0 ? runs : 40;
        qint64 acknowledged = 0;
        int beforeFirstWrite = 0;
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < kills; ++i) {
            const auto process = start({u"write"_s, dir(), u"1"_s});
            QVERIFY(process->waitForStarted());
            // Mostly in the middle of writing, sometimes while it opens and recovers.
            if (i % 8 != 0) process->waitForReadyRead(30'000);
            const QStringList said = killAfter(*process, random.bounded(40'000));
            for (const QString& line : said)
                QVERIFY2(line.toLongLong() > 0 || line == u"0"_s, qPrintable(line));
            if (said.isEmpty()) {
                ++beforeFirstWrite;
                continue;
            }
            const qint64 found = said.first().toLongLong();
            QVERIFY2(found >= acknowledged && found % 7 == 0,
                     qPrintable(u"kill %1: %2 acknowledged, %3 found"_s.arg(i).arg(acknowledged).arg(found)));
            acknowledged = said.last().toLongLong();
            if (i % 10 == 9) QCOMPARE(*openOrDie(dir())->check(), QStringList());
        }
        const auto workspace = openOrDie(dir());
        QCOMPARE(*workspace->check(), QStringList());
        const auto reader = workspace->openReader();
        VERIFY_OK(reader);
        auto select = (*reader)->prepare("SELECT max(id), count(*) FROM written");
        QVERIFY(*select->step());
        QVERIFY(select->integer(0) >= acknowledged);
        QCOMPARE(select->integer(1), select->integer(0));
        QVERIFY(beforeFirstWrite < kills / 2);
        qInfo("%d kills in %.1f s, %lld rows, 0 lost", kills, static_cast<double>(timer.elapsed()) / 1000,
              static_cast<long long>(select->integer(1)));
    }

    void twoProcessesWriteAtTheSameTimeAndAreKilled() {
        VERIFY_OK(Workspace::create(dir(), keyOf('k'), KeySource::KeyFile));
        qint64 acknowledged[2] = {0, 0};
        for (int round = 0; round < 2; ++round) {
            const auto first = start({u"write"_s, dir(), u"1"_s});
            const auto second = start({u"write"_s, dir(), u"2"_s});
            QVERIFY(hasWritten(*first) && hasWritten(*second));
            const QStringList saidFirst = killAfter(*first, 250'000);
            const QStringList saidSecond = killAfter(*second, 50'000);
            QVERIFY(saidFirst.size() > 1 && saidSecond.size() > 1);
            acknowledged[0] = saidFirst.last().toLongLong();
            acknowledged[1] = saidSecond.last().toLongLong();
        }
        const auto workspace = openOrDie(dir());
        QCOMPARE(*workspace->check(), QStringList());
        const auto reader = workspace->openReader();
        auto select = (*reader)->prepare("SELECT max(id), count(*) FROM written GROUP BY writer ORDER BY writer");
        for (const qint64 last : acknowledged) {
            QVERIFY(*select->step());
            QVERIFY(select->integer(0) >= last && last > 0);
            QCOMPARE(select->integer(1), select->integer(0));
        }
    }

    // A reader sees whole transactions while a writer commits and checkpoints under it.
    void readersSeeWholeTransactionsWhileAWriterWrites() {
        auto made = Workspace::create(dir(), keyOf('k'), KeySource::KeyFile);
        VERIFY_OK(made);
        const auto& workspace = *made;
        const auto writer = workspace->openWriter();
        VERIFY_OK(writer);
        VERIFY_OK((*writer)->execute("CREATE TABLE account (id INTEGER PRIMARY KEY, amount INTEGER, filler TEXT);"
                                     "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<400) "
                                     "INSERT INTO account SELECT i, 100, hex(randomblob(300)) FROM n;"
                                     "PRAGMA wal_autocheckpoint=10"));
        std::atomic<bool> isOver = false;
        std::atomic<int> wrong = 0;
        std::atomic<int> readings = 0;
        std::vector<std::thread> readers;
        for (int i = 0; i < 2; ++i)
            readers.emplace_back([&] {
                const auto reader = workspace->openReader();
                if (!reader) {
                    ++wrong;
                    return;
                }
                auto sum = (*reader)->prepare("SELECT sum(amount), sum(length(filler)) FROM account");
                while (!isOver) {
                    const auto row = sum->step();
                    if (!row || !*row || sum->integer(0) != 40'000 || sum->integer(1) != 400 * 600) ++wrong;
                    sum->reset();
                    ++readings;
                }
            });
        QRandomGenerator random(2);
        auto move =
            (*writer)->prepare("UPDATE account SET amount = amount + ?1, filler = hex(randomblob(300)) WHERE id = ?2");
        QElapsedTimer timer;
        timer.start();
        int transactions = 0;
        const auto isEnough = [&] { return readings > 20 && transactions > 20; };
        while (timer.elapsed() < 1'200 || (!isEnough() && timer.elapsed() < 60'000)) {
            const auto transaction = Transaction::begin(**writer);
            VERIFY_OK(transaction);
            const int amount = random.bounded(50);
            VERIFY_OK(move->bind(1, amount).bind(2, 1 + random.bounded(400)).run());
            VERIFY_OK(move->bind(1, -amount).bind(2, 1 + random.bounded(400)).run());
            VERIFY_OK((*transaction)->commit());
            ++transactions;
        }
        isOver = true;
        for (auto& reader : readers)
            reader.join();
        QCOMPARE(wrong.load(), 0);
        QVERIFY(isEnough());
    }

    // Dying between any two steps of a change of key: one of the two keys opens everything, the other says WrongKey.
    void opensWithOneOfTheKeysWhereverAChangeOfKeyStopped_data() {
        QTest::addColumn<int>("steps");
        QTest::addColumn<char>("opener");
        QTest::addColumn<bool>("opens");
        for (const char opener : {'k', 'n'})
            for (int steps = 0; steps <= 4; ++steps)
                QTest::addRow("%d steps, %s key", steps, opener == 'k' ? "old" : "new")
                    << steps << opener << (opener == 'k' ? steps <= 2 : steps >= 2);
    }
    void opensWithOneOfTheKeysWhereverAChangeOfKeyStopped() {
        QFETCH(int, steps);
        QFETCH(char, opener);
        QFETCH(bool, opens);
        filledWorkspace(dir(), 60, Log::FoldedIn);
        const WorkspaceFiles files = WorkspaceFiles::at(dir());
        const auto oldKey = KeyBytes::fromSecret(keyOf('k'));
        const auto newKey = KeyBytes::fromSecret(keyOf('n'));
        auto record = readKeyRecord(files.keyRecord);
        VERIFY_OK(record);
        const auto next = makeKeyEntry(record->id, *newKey, KeySource::KeyFile);
        {
            const auto workspace = openOrDie(dir());
            const auto source = CipherConnection::open(files.database, CipherConnection::Mode::LookOnly);
            VERIFY_OK(source);
            if (steps >= 1) VERIFY_OK(writeRekeyedCopy(files, *source, *oldKey, *newKey));
        }
        if (steps >= 2) VERIFY_OK(announceRekey(files, *record, *next));
        if (steps >= 3) VERIFY_OK(swapRekeyed(files));
        if (steps >= 4) VERIFY_OK(settleRekey(files, *record));

        const Snapshot before = snapshotOf(dir());
        if (!opens) {
            VERIFY_CAUSE(Workspace::open(dir(), keyOf(opener)), ErrorCause::WrongKey);
            QCOMPARE(snapshotOf(dir()), before);
            return;
        }
        {
            const auto workspace = openOrDie(dir(), opener);
            QCOMPARE(*rowsOf(*workspace), expectedRows(60));
            QCOMPARE(*workspace->check(), QStringList());
        }
        // Settled: nothing of the change is left, and the other key is out.
        QVERIFY(!QFile::exists(files.rekeyed));
        QVERIFY(!readKeyRecord(files.keyRecord)->next);
        VERIFY_CAUSE(Workspace::open(dir(), keyOf(opener == 'k' ? 'n' : 'k')), ErrorCause::WrongKey);
    }

    void survivesKillsAnywhereInAChangeOfKey() {
        filledWorkspace(dir(), 400, Log::FoldedIn);
        // Kills fall anywhere in the time one change takes on this machine.
        QElapsedTimer timer;
        timer.start();
        QVERIFY(start({u"rekey"_s, dir(), u"k"_s, u"n"_s})->waitForFinished(60'000));
        QVERIFY(start({u"rekey"_s, dir(), u"n"_s, u"k"_s})->waitForFinished(60'000));
        const auto once = static_cast<int>(timer.nsecsElapsed() / 2000);
        QRandomGenerator random(3);
        QChar current = u'k';
        QChar other = u'n';
        int changed = 0;
        constexpr int kills = 30;
        for (int i = 0; i < kills; ++i) {
            const auto process = start({u"rekey"_s, dir(), current, other});
            QVERIFY(process->waitForStarted());
            killAfter(*process, random.bounded(once * 6 / 5));
            auto opened = Workspace::open(dir(), keyOf(current.toLatin1()));
            if (!opened) {
                QCOMPARE(opened.error().cause, ErrorCause::WrongKey);
                opened = Workspace::open(dir(), keyOf(other.toLatin1()));
                std::swap(current, other);
                ++changed;
            }
            VERIFY_OK(opened);
            QCOMPARE(*rowsOf(**opened), expectedRows(400));
            if (i % 6 == 0) QCOMPARE(*(*opened)->check(), QStringList());
        }
        qInfo("%d kills, %d of them after the new key was in force", kills, changed);
    }

    void survivesKillsWhileAWorkspaceOrABackupIsMade() {
        QRandomGenerator random(4);
        const QString source = m_root->filePath(u"source"_s);
        filledWorkspace(source, 200, Log::FoldedIn);
        for (int i = 0; i < 20; ++i) {
            const QString fresh = m_root->filePath(u"fresh%1"_s.arg(i));
            killAfter(*start({u"create"_s, fresh}), random.bounded(70'000));
            // Either it is there and opens, or it can be made now.
            if (!Workspace::open(fresh, keyOf('k')))
                VERIFY_OK(Workspace::create(fresh, keyOf('k'), KeySource::KeyFile));
            QCOMPARE(*openOrDie(fresh)->check(), QStringList());

            const QString file = m_root->filePath(u"backup%1"_s.arg(i));
            killAfter(*start({u"backup"_s, source, file}), random.bounded(70'000));
            // A file of that name is a whole backup.
            if (QFile::exists(file)) QCOMPARE(*rowsOf(*openOrDie(file)), expectedRows(200));
        }
        QCOMPARE(*rowsOf(*openOrDie(source)), expectedRows(200));
    }
};

QTEST_GUILESS_MAIN(VaultKillTest)
#include "tst_vault_kill.moc"
