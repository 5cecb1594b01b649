// The disk as an adversary: flipped bits, moved, zeroed and missing pages, damaged logs and key records, wrong keys,
// full and read-only disks. Whatever happens, reading says what was written or says that it cannot.
#include "core/storage/vault/cipher_vfs.h"
#include "tests/core/storage/vault/vault_fixture.h"

#include <QDir>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>

#include <sqlite3.h>

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
#include <unistd.h>
#endif

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

static constexpr int kRows = 120;
static constexpr int kPage = 4096;
static constexpr auto kDatabase = "aiva.db"_L1;
static constexpr auto kLog = "aiva.db-wal"_L1;

class VaultFaultsTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_root;
    QString m_dir = m_root.filePath(u"w"_s);
    Snapshot m_folded; // a cleanly closed workspace
    Snapshot m_logged; // the same with everything in the log

    // Opens whatever lies in m_dir and reads it all: the rows' summary or the first error.
    Result<QString> readAll() const {
        AIVA_TRY(const auto workspace, Workspace::open(m_dir, keyOf('k')));
        return rowsOf(*workspace);
    }
    // Empty when the damage is reported: open() refuses as DamagedFile, or check() has something to say.
    QString undetected() const {
        const auto workspace = Workspace::open(m_dir, keyOf('k'));
        if (!workspace) {
            const Error error = workspace.error();
            return error.cause == ErrorCause::DamagedFile ? QString() : u"wrong cause: "_s + error.detail;
        }
        const auto problems = (*workspace)->check();
        if (!problems) return problems.error().cause == ErrorCause::DamagedFile ? QString() : problems.error().detail;
        return problems->isEmpty() ? u"no problem found"_s : QString();
    }
    Snapshot with(const Snapshot& files, QLatin1StringView name, const QByteArray& content) const {
        Snapshot changed = files;
        changed.insert(name, content);
        return changed;
    }

private Q_SLOTS:
    void initTestCase() {
        m_folded = filledWorkspace(m_dir, kRows, Log::FoldedIn);
        QVERIFY(QDir(m_dir).removeRecursively());
        m_logged = filledWorkspace(m_dir, kRows, Log::Kept);
        QCOMPARE(m_folded.value(kLog).size(), 0);
        QVERIFY(m_logged.value(kLog).size() > 100'000);
    }

    void readsWhatWasWrittenWhenNothingIsWrong() {
        for (const Snapshot& files : {m_folded, m_logged}) {
            QVERIFY(restore(m_dir, files));
            QCOMPARE(undetected(), u"no problem found"_s);
            QVERIFY(restore(m_dir, files));
            const auto rows = readAll();
            VERIFY_OK(rows);
            QCOMPARE(*rows, expectedRows(kRows));
        }
    }

    void showsNoPlainTextInAnyFile() {
        for (const Snapshot& files : {m_folded, m_logged})
            for (const QByteArray& content : files)
                for (const char* mark : {"PLAINMARK", "SQLite format", "CREATE TABLE", "settings", "aaaaaaaa"})
                    QVERIFY2(!content.contains(mark), mark);
    }

    void reportsEveryFlippedBitOfTheDatabase() {
        const QByteArray whole = m_folded.value(kDatabase);
        QRandomGenerator random(1);
        constexpr int flips = 200;
        int refused = 0;
        for (int i = 0; i < flips; ++i) {
            const qint64 bit = i < 8 ? i * 37 : random.bounded(whole.size() * 8);
            QVERIFY(restore(m_dir, with(m_folded, kDatabase, withBitFlipped(whole, bit))));
            const auto rows = readAll();
            if (!rows) {
                QCOMPARE(rows.error().cause, ErrorCause::DamagedFile);
                ++refused;
            } else {
                QCOMPARE(*rows, expectedRows(kRows));
            }
            const QString missed = undetected();
            QVERIFY2(missed.isEmpty(), qPrintable(u"bit %1: %2"_s.arg(bit).arg(missed)));
        }
        qInfo("%d bit flips in %lld pages, all reported (%d already when the rows were read)", flips,
              static_cast<long long>(whole.size() / kPage), refused);
    }

    void reportsPagesThatMovedVanishedOrCameFromElsewhere() {
        const QByteArray whole = m_folded.value(kDatabase);
        const auto pages = whole.size() / kPage;
        QRandomGenerator random(2);
        const QString elsewhere = m_root.filePath(u"elsewhere"_s);
        const QByteArray foreign = filledWorkspace(elsewhere, kRows, Log::FoldedIn).value(kDatabase);
        for (int i = 0; i < 40; ++i) {
            const auto first = random.bounded(pages) * kPage;
            const auto second = (first / kPage + 1 + random.bounded(pages - 1)) % pages * kPage;
            QByteArray changed = whole;
            switch (i % 4) {
            case 0: // swapped
                changed.replace(first, kPage, whole.mid(second, kPage)).replace(second, kPage, whole.mid(first, kPage));
                break;
            case 1: // zeroed, as disks do
                changed.replace(first, kPage, QByteArray(kPage, '\0'));
                break;
            case 2: // of another workspace under the same key
                changed.replace(first, kPage, foreign.mid(first, kPage));
                break;
            default: // copied over another
                changed.replace(first, kPage, whole.mid(second, kPage));
            }
            QVERIFY(restore(m_dir, with(m_folded, kDatabase, changed)));
            const QString missed = undetected();
            QVERIFY2(missed.isEmpty(), qPrintable(u"case %1 at %2: %3"_s.arg(i % 4).arg(first).arg(missed)));
        }
    }

    void reportsADatabaseThatWasCutOff() {
        const QByteArray whole = m_folded.value(kDatabase);
        QRandomGenerator random(3);
        for (int i = 0; i < 40; ++i) {
            const qint64 length = i < 4 ? i * 1500 : i % 2 ? random.bounded(whole.size()) : whole.size() - i * kPage;
            QVERIFY(restore(m_dir, with(m_folded, kDatabase, whole.left(length))));
            const auto rows = readAll();
            QVERIFY(!rows || *rows == expectedRows(kRows));
            const QString missed = undetected();
            QVERIFY2(missed.isEmpty(), qPrintable(u"%1 bytes: %2"_s.arg(length).arg(missed)));
        }
    }

    // With a log beside, SQLite takes the page count from there and no longer notices a short file by itself.
    void neverInventsRowsWhenTheDatabaseUnderALogWasCutOff() {
        // Rows in the database, and one small transaction in the log.
        QVERIFY(restore(m_dir, m_folded));
        Snapshot files;
        {
            const auto workspace = openOrDie(m_dir);
            const auto writer = workspace->openWriter();
            VERIFY_OK(writer);
            VERIFY_OK((*writer)->execute("PRAGMA wal_autocheckpoint=0; BEGIN; INSERT INTO settings VALUES ('zz', 'x');"
                                         "DELETE FROM settings WHERE name = 'zz'; COMMIT"));
            files = snapshotOf(m_dir);
        }
        const QByteArray whole = files.value(kDatabase);
        QVERIFY(files.value(kLog).size() > kPage);
        int refused = 0;
        for (qint64 pages = 1; pages < whole.size() / kPage; pages += 2) {
            QVERIFY(restore(m_dir, with(files, kDatabase, whole.left(pages * kPage))));
            const auto rows = readAll();
            QVERIFY(!rows || *rows == expectedRows(kRows));
            if (!rows) QCOMPARE(rows.error().cause, ErrorCause::DamagedFile);
            refused += !rows;
        }
        QVERIFY(refused > 10);
    }

    void neverReadsWrongDataFromADamagedLog() {
        const QByteArray whole = m_logged.value(kLog);
        QRandomGenerator random(4);
        constexpr int flips = 200;
        int shortened = 0;
        for (int i = 0; i < flips; ++i) {
            const qint64 bit = i < 10 ? i * 61 : random.bounded(whole.size() * 8);
            const QByteArray changed = i % 10 == 9 ? whole.left(bit / 8) : withBitFlipped(whole, bit);
            QVERIFY(restore(m_dir, with(m_logged, kLog, changed)));
            const auto rows = readAll();
            // As with a torn log, whole transactions from the front remain.
            VERIFY_OK(rows);
            const int count = rows->section(u' ', 0, 0).toInt();
            QVERIFY(count % 20 == 0);
            QCOMPARE(*rows, expectedRows(count));
            shortened += count < kRows;
            if (i % 20 == 0) QCOMPARE(*openOrDie(m_dir)->check(), QStringList());
        }
        QCOMPARE(shortened, flips);
        qInfo("%d damaged logs, each read as whole transactions", flips);
    }

    // Here the index still says what the log holds, so there is no excuse for silence.
    void refusesAPageOfTheLiveLogThatChanged() {
        QVERIFY(restore(m_dir, m_logged));
        const auto workspace = openOrDie(m_dir);
        const auto writer = workspace->openWriter();
        VERIFY_OK(writer);
        VERIFY_OK((*writer)->execute("PRAGMA wal_autocheckpoint=0; UPDATE settings SET value = value || ''"));
        const QString path = QDir(m_dir).filePath(kLog);
        QByteArray log = contentOf(path);
        for (qint64 at = 3000; at < log.size(); at += 4096)
            log[at] = static_cast<char>(log[at] ^ 0x10);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite) && file.write(log) == log.size());
        file.close();
        VERIFY_CAUSE(rowsOf(*workspace), ErrorCause::DamagedFile);
    }

    // A power failure in the middle of copying page 1 back from the log.
    void survivesATornFirstPageThatTheLogStillHolds() {
        QByteArray torn = m_logged.value(kDatabase);
        for (const int from : {512, 2048, 3584}) {
            torn.replace(from, kPage - from, QByteArray(kPage - from, 'x'));
            QVERIFY(restore(m_dir, with(m_logged, kDatabase, torn)));
            const auto rows = readAll();
            VERIFY_OK(rows);
            QCOMPARE(*rows, expectedRows(kRows));
            QCOMPARE(*openOrDie(m_dir)->check(), QStringList());
        }
        // Without the log it is just damage.
        Snapshot alone = with(m_logged, kDatabase, torn);
        alone.remove(kLog);
        QVERIFY(restore(m_dir, alone));
        VERIFY_CAUSE(readAll(), ErrorCause::DamagedFile);
    }

    void tellsAWrongKeyApartAndTouchesNothing() {
        for (const Snapshot& files : {m_folded, m_logged}) {
            QVERIFY(restore(m_dir, files));
            VERIFY_CAUSE(Workspace::open(m_dir, keyOf('w')), ErrorCause::WrongKey);
            QVERIFY(!Workspace::open(m_dir, SecretString("short")));
            QCOMPARE(snapshotOf(m_dir), files);
        }
    }

    void tellsANewerSchemaApartAndTouchesNothing() {
        for (const Log log : {Log::FoldedIn, Log::Kept}) {
            QVERIFY(restore(m_dir, m_folded));
            Snapshot files;
            {
                const auto workspace = openOrDie(m_dir);
                auto writer = workspace->openWriter();
                VERIFY_OK(writer);
                VERIFY_OK((*writer)->execute("PRAGMA user_version=999"));
                if (log == Log::FoldedIn) writer->reset();
                files = snapshotOf(m_dir);
            }
            QVERIFY(restore(m_dir, files));
            VERIFY_CAUSE(Workspace::open(m_dir, keyOf('k')), ErrorCause::NewerSchema);
            QCOMPARE(snapshotOf(m_dir), files);
        }
    }

    void tellsADamagedFirstPageApartAndTouchesNothing() {
        const Snapshot files = with(m_folded, kDatabase, withBitFlipped(m_folded.value(kDatabase), 8 * 100));
        QVERIFY(restore(m_dir, files));
        VERIFY_CAUSE(Workspace::open(m_dir, keyOf('k')), ErrorCause::DamagedFile);
        QCOMPARE(snapshotOf(m_dir), files);
        const Snapshot plain = with(m_folded, kDatabase, "SQLite format 3" + QByteArray(8177, '\0'));
        QVERIFY(restore(m_dir, plain));
        const auto refused = Workspace::open(m_dir, keyOf('k'));
        QVERIFY(!refused && refused.error().detail.contains(u"not encrypted"_s));
    }

    void saysWhenTheKeyRecordIsDamagedNewerOrMissing() {
        const auto name = "key.json"_L1;
        const QByteArray record = m_folded.value(name);
        QRandomGenerator random(5);
        int same = 0;
        for (int i = 0; i < 300; ++i) {
            const QByteArray changed = i % 3 == 2 ? record.left(random.bounded(record.size()))
                                                  : withBitFlipped(record, random.bounded(record.size() * 8));
            QVERIFY(restore(m_dir, with(m_folded, name, changed)));
            const auto opened = Workspace::open(m_dir, keyOf('k'));
            // White space carries nothing.
            if (opened) {
                ++same;
                continue;
            }
            const ErrorCause cause = opened.error().cause;
            QVERIFY2(cause == ErrorCause::DamagedFile || cause == ErrorCause::NewerSchema, changed.constData());
            QVERIFY(opened.error().detail.contains(u"key.json"_s));
        }
        QVERIFY(same < 60);
        QVERIFY(restore(m_dir, with(m_folded, name, "{\"format\": 2, \"new\": 1}")));
        VERIFY_CAUSE(Workspace::open(m_dir, keyOf('k')), ErrorCause::NewerSchema);
        Snapshot without = m_folded;
        without.remove(name);
        QVERIFY(restore(m_dir, without));
        VERIFY_CAUSE(Workspace::open(m_dir, keyOf('k')), ErrorCause::DamagedFile);
        QCOMPARE(Workspace::create(m_dir, keyOf('k'), KeySource::KeyFile).error().kind, ErrorKind::Conflict);
        QCOMPARE(snapshotOf(m_dir), without);
        Snapshot alone;
        alone.insert(name, record);
        QVERIFY(restore(m_dir, alone));
        VERIFY_CAUSE(Workspace::open(m_dir, keyOf('k')), ErrorCause::DamagedFile);
        VERIFY_CAUSE(Workspace::open(m_root.filePath(u"nowhere"_s), keyOf('k')), ErrorCause::WorkspaceAbsent);
    }

    void saysWhenTheDiskIsFullAndLosesNothing() {
#ifdef Q_OS_UNIX
        QVERIFY(restore(m_dir, m_folded));
        const auto workspace = openOrDie(m_dir);
        const auto writer = workspace->openWriter();
        VERIFY_OK(writer);
        rlimit old{};
        QCOMPARE(getrlimit(RLIMIT_FSIZE, &old), 0);
        const auto oldAction = std::signal(SIGXFSZ, SIG_IGN);
        rlimit tight = old;
        tight.rlim_cur = 200 * 1024;
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &tight), 0);
        const auto full =
            (*writer)->execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<2000) "
                               "INSERT INTO settings SELECT 'x' || i, hex(randomblob(500)) FROM n");
        const auto copied = workspace->backup(m_root.filePath(u"full.backup"_s));
        setrlimit(RLIMIT_FSIZE, &old);
        std::signal(SIGXFSZ, oldAction);
        VERIFY_CAUSE(full, ErrorCause::DiskFull);
        VERIFY_CAUSE(copied, ErrorCause::DiskFull);
        QVERIFY(QDir(m_root.path()).entryList({u"full.backup*"_s}).isEmpty());
        const auto rows = rowsOf(*workspace);
        VERIFY_OK(rows);
        QCOMPARE(*rows, expectedRows(kRows));
        VERIFY_OK((*writer)->execute("INSERT INTO settings VALUES ('after', 'x')"));
        QCOMPARE(*workspace->check(), QStringList());
#else
        QSKIP("aiva-skip: file size limits are POSIX");
#endif
    }

    void saysWhenTheDiskIsReadOnlyAndTouchesNothing() {
#ifdef Q_OS_UNIX
        QVERIFY(restore(m_dir, m_folded));
        const QString actor = QDir(QCoreApplication::applicationDirPath()).filePath(u"vault_actor"_s);
        constexpr auto readable = QFileDevice::ReadOwner | QFileDevice::ExeOwner;
        // Modes do not bind root: then an actor without privileges looks on.
        const bool isRoot = geteuid() == 0;
        constexpr uid_t nobody = 65534;
        for (const QString& name : QDir(m_dir).entryList(QDir::Files)) {
            const QString path = QDir(m_dir).filePath(name);
            QVERIFY(QFile::setPermissions(path, QFileDevice::ReadOwner));
            if (isRoot) QCOMPARE(chown(qPrintable(path), nobody, nobody), 0);
        }
        QVERIFY(QFile::setPermissions(m_dir, readable));
        if (isRoot)
            QVERIFY(chown(qPrintable(m_dir), nobody, nobody) == 0 &&
                    chown(qPrintable(m_root.path()), nobody, nobody) == 0);
        QProcess process;
        process.setWorkingDirectory(u"/"_s);
        process.setChildProcessModifier([isRoot] {
            if (isRoot && setuid(nobody) != 0) _exit(77);
        });
        process.start(actor, {u"open"_s, m_dir});
        const bool isRun = process.waitForFinished(60'000) && process.exitStatus() == QProcess::NormalExit;
        const QString said = QString::fromUtf8(process.readAllStandardOutput()).trimmed();
        QVERIFY(QFile::setPermissions(m_dir, readable | QFileDevice::WriteOwner));
        if (!isRun || process.exitCode() == 77) QSKIP("aiva-skip: cannot run the actor without privileges");
        QCOMPARE(said.section(u' ', 0, 0), u"ReadOnlyDisk"_s);
        QCOMPARE(snapshotOf(m_dir), m_folded);
#else
        QSKIP("aiva-skip: needs POSIX modes");
#endif
    }
};

QTEST_GUILESS_MAIN(VaultFaultsTest)
#include "tst_vault_faults.moc"
