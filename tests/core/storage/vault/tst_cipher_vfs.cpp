#include "core/storage/vault/cipher_vfs.h"
#include "tests/core/storage/vault/vault_fixture.h"

#include <QDir>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>

#include <sqlite3.h>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;
using Mode = CipherConnection::Mode;
using Trust = CipherKeyLease::Trust;

static CipherKeyLease lend(const QString& path, char byte = 'k', Trust trust = Trust::Proven) {
    auto lease = CipherKeyLease::take(path, keyOf(byte), trust);
    if (!lease) qFatal("no lease: %s", qPrintable(lease.error().detail));
    return std::move(*lease);
}

static CipherConnection connectionTo(const QString& path, Mode mode = Mode::ReadWrite) {
    auto connection = CipherConnection::open(path, mode);
    if (!connection) qFatal("cannot open: %s", qPrintable(connection.error().detail));
    return std::move(*connection);
}

static constexpr char kFill[] = "CREATE TABLE t(id INTEGER PRIMARY KEY, s TEXT);"
                                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<2000)"
                                "INSERT INTO t SELECT i, 'PLAINMARK' || i || hex(randomblob(50)) FROM n";

class CipherVfsTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    int m_files = 0;
    QString freshPath() { return m_dir.filePath(u"database %1 é#?&%25.db"_s.arg(++m_files)); }

    // Contents of the deleted files this process holds open: SQLite's temporary ones.
    static QList<QByteArray> deletedOpenFiles() {
        QList<QByteArray> contents;
        const QDir descriptors(u"/proc/self/fd"_s);
        for (const QFileInfo& entry : descriptors.entryInfoList(QDir::Files | QDir::System)) {
            const QString target = QFile::symLinkTarget(entry.filePath());
            if (target.endsWith(u"(deleted)"_s) && !target.contains(u"memfd"_s))
                contents.append(contentOf(entry.filePath()));
        }
        return contents;
    }

private Q_SLOTS:
    void readsBackWhatWasWrittenAfterReopening() {
        const QString path = freshPath();
        const auto lease = lend(path);
        VERIFY_OK(createCipherDatabase(path));
        VERIFY_OK(connectionTo(path).execute(kFill));
        const auto connection = connectionTo(path);
        QCOMPARE(*connection.integer("SELECT count(*) FROM t WHERE s LIKE 'PLAINMARK%'"), 2000);
        QCOMPARE(*connection.column(u"PRAGMA integrity_check"_s), QStringList{u"ok"_s});
        QCOMPARE(*connection.column(u"PRAGMA journal_mode"_s), QStringList{u"wal"_s});
        QCOMPARE(*connection.integer("PRAGMA secure_delete"), 1);
        QCOMPARE(contentOf(path).indexOf("PLAINMARK"), -1);
        QCOMPARE(contentOf(path).indexOf("SQLite format"), -1);
        QCOMPARE(QFile::permissions(path) & QFileDevice::Permissions(0x0077), QFileDevice::Permissions());
    }

    void opensThroughQtSql() {
        const QString path = freshPath();
        const auto lease = lend(path);
        VERIFY_OK(createCipherDatabase(path));
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"cipher"_s);
            database.setConnectOptions(u"QSQLITE_OPEN_URI;QSQLITE_BUSY_TIMEOUT=5000"_s);
            database.setDatabaseName(cipherUri(path));
            QVERIFY2(database.open(), qPrintable(database.lastError().text()));
            QSqlQuery query(database);
            QVERIFY(query.exec(u"CREATE TABLE t(s TEXT)"_s));
            QVERIFY(query.exec(u"INSERT INTO t VALUES('x')"_s));
        }
        QSqlDatabase::removeDatabase(u"cipher"_s);
        QCOMPARE(contentOf(path).indexOf("CREATE TABLE"), -1);
    }

    void neverPutsTheKeyInTheUri() {
        const QString uri = cipherUri(u"/a b/ü?vfs=unix#%.db"_s);
        QCOMPARE(uri, u"file:/a%20b/%C3%BC%3Fvfs%3Dunix%23%25.db?vfs=aiva-cipher"_s);
    }

    void keepsTemporaryFilesUnreadable() {
#ifdef Q_OS_LINUX
        const QString path = freshPath();
        const auto lease = lend(path);
        VERIFY_OK(createCipherDatabase(path));
        const auto connection = connectionTo(path);
        VERIFY_OK(connection.execute(kFill));
        VERIFY_OK(connection.execute("PRAGMA temp_store=FILE; PRAGMA cache_size=10; PRAGMA cache_spill=1;"
                                     "CREATE TEMP TABLE big AS SELECT s FROM t; INSERT INTO big SELECT s FROM big;"
                                     "INSERT INTO big SELECT s FROM big"));
        // A sort too big for memory, alive while we look.
        sqlite3_stmt* sort = nullptr;
        QCOMPARE(sqlite3_prepare_v2(connection.handle(),
                                    "SELECT a.s || b.s AS x FROM big a, (SELECT s FROM big LIMIT 12) b ORDER BY x DESC",
                                    -1, &sort, nullptr),
                 SQLITE_OK);
        QCOMPARE(sqlite3_step(sort), SQLITE_ROW);
        QVERIFY(QByteArray(reinterpret_cast<const char*>(sqlite3_column_text(sort, 0))).startsWith("PLAINMARK"));
        const QList<QByteArray> files = deletedOpenFiles();
        qint64 bytes = 0;
        for (const QByteArray& content : files) {
            bytes += content.size();
            QCOMPARE(content.indexOf("PLAINMARK"), -1);
            QCOMPARE(content.indexOf("SQLite format"), -1);
        }
        sqlite3_finalize(sort);
        QVERIFY2(files.size() >= 2 && bytes > 2'000'000,
                 qPrintable(u"%1 files, %2 bytes"_s.arg(files.size()).arg(bytes)));
        QCOMPARE(contentOf(path + u"-wal"_s).indexOf("PLAINMARK"), -1);
        QCOMPARE(contentOf(path + u"-shm"_s).indexOf("PLAINMARK"), -1);
#else
        QSKIP("aiva-skip: looks into /proc");
#endif
    }

    void tellsAWrongKeyFromADamagedFirstPage() {
        const QString path = freshPath();
        {
            const auto lease = lend(path);
            VERIFY_OK(createCipherDatabase(path));
        }
        const QByteArray before = contentOf(path);
        {
            const auto lease = lend(path, 'w', Trust::Unproven);
            VERIFY_CAUSE(CipherConnection::open(path, Mode::LookOnly), ErrorCause::WrongKey);
            VERIFY_CAUSE(schemaVersionOnDisk(path), ErrorCause::WrongKey);
        }
        QCOMPARE(contentOf(path), before);
        QVERIFY(overwrite(path, withBitFlipped(before, 16'000)));
        const auto lease = lend(path, 'k', Trust::Proven);
        VERIFY_CAUSE(CipherConnection::open(path, Mode::LookOnly), ErrorCause::DamagedFile);
        VERIFY_CAUSE(schemaVersionOnDisk(path), ErrorCause::DamagedFile);
        // Once mended and asked anew it is fine.
        QVERIFY(overwrite(path, before));
        clearCipherFailure(path);
        VERIFY_OK(CipherConnection::open(path, Mode::LookOnly));
        QVERIFY(!cipherFailure(path));
    }

    void refusesADatabaseWithoutALentKey() {
        const QString path = freshPath();
        VERIFY_CAUSE(createCipherDatabase(path), ErrorCause::WrongKey);
        QVERIFY(!QFile::exists(path));
        {
            const auto lease = lend(path);
            VERIFY_OK(createCipherDatabase(path));
        }
        VERIFY_CAUSE(CipherConnection::open(path, Mode::ReadWrite), ErrorCause::WrongKey);
    }

    void keepsOpenConnectionsAliveAfterTheLease() {
        const QString path = freshPath();
        std::optional<CipherKeyLease> lease = lend(path);
        VERIFY_OK(createCipherDatabase(path));
        const auto connection = connectionTo(path);
        lease.reset();
        VERIFY_OK(connection.execute(kFill));
        QCOMPARE(*connection.integer("SELECT count(*) FROM t"), 2000);
    }

    void knowsAFileByAnyOfItsNames() {
        QVERIFY(QDir(m_dir.path()).mkpath(u"folder"_s));
        const QString path = m_dir.filePath(u"folder/x.db"_s);
        QVERIFY(QFile::link(m_dir.filePath(u"folder"_s), m_dir.filePath(u"link"_s)));
        const auto lease = lend(m_dir.filePath(u"link/x.db"_s));
        VERIFY_OK(createCipherDatabase(path));
        VERIFY_OK(connectionTo(m_dir.filePath(u"folder/../link/x.db"_s)).execute(kFill));
        QCOMPARE(lend(path).count(), 2);
    }

    void refusesASecondKeyForTheSameFile() {
        const QString path = freshPath();
        const auto first = lend(path, 'a');
        const auto other = CipherKeyLease::take(path, keyOf('b'), Trust::Unproven);
        QVERIFY(!other);
        QCOMPARE(other.error().kind, ErrorKind::Conflict);
    }

    void refusesRollbackJournalsAndStaysWhole() {
        const QString path = freshPath();
        const auto lease = lend(path);
        VERIFY_OK(createCipherDatabase(path));
        {
            const auto connection = connectionTo(path);
            VERIFY_OK(connection.execute(kFill));
            QVERIFY(!connection.execute("PRAGMA journal_mode=DELETE; INSERT INTO t(s) VALUES('x')"));
            QVERIFY(!QFile::exists(path + u"-journal"_s));
        }
        const auto connection = connectionTo(path);
        VERIFY_OK(connection.column(u"PRAGMA journal_mode=WAL"_s));
        VERIFY_OK(connection.execute("INSERT INTO t(s) VALUES('y')"));
        QCOMPARE(*connection.integer("SELECT count(*) FROM t"), 2001);
        QCOMPARE(*connection.column(u"PRAGMA integrity_check"_s), QStringList{u"ok"_s});
    }

    void takesNoJournalThatSomebodyPutBeside() {
        const QString path = freshPath();
        const auto lease = lend(path);
        VERIFY_OK(createCipherDatabase(path));
        VERIFY_OK(connectionTo(path).execute(kFill));
        const QByteArray before = contentOf(path);
        QVERIFY(overwrite(path + u"-journal"_s, QByteArray::fromHex("d9d505f920a163d7") + QByteArray(8192, '\1')));
        const auto connection = connectionTo(path, Mode::LookOnly);
        const auto count = connection.integer("SELECT count(*) FROM t");
        QVERIFY(!count || *count == 2000);
        QCOMPARE(contentOf(path), before);
    }

    void mapsNoMemory() {
        const QString path = freshPath();
        const auto lease = lend(path);
        VERIFY_OK(createCipherDatabase(path));
        const auto connection = connectionTo(path);
        const auto size = connection.column(u"PRAGMA mmap_size=1000000000"_s);
        VERIFY_OK(size);
        QVERIFY(size->isEmpty() || size->first() == u"0"_s);
        VERIFY_OK(connection.execute(kFill));
        QCOMPARE(*connection.integer("SELECT count(*) FROM t"), 2000);
    }

    void attachesDatabasesUnderTheirOwnKeys() {
        const QString path = freshPath();
        const QString other = freshPath();
        const auto lease = lend(path);
        VERIFY_OK(createCipherDatabase(path));
        {
            const auto otherLease = lend(other, 'o');
            VERIFY_OK(createCipherDatabase(other));
            const auto connection = connectionTo(path);
            const QByteArray attach = "ATTACH '" + cipherUri(other).toUtf8() + "' AS other";
            VERIFY_OK(connection.execute(attach.constData()));
            VERIFY_OK(connection.execute("CREATE TABLE a(x); CREATE TABLE other.b(x);"
                                         "BEGIN; INSERT INTO a VALUES(1); INSERT INTO b VALUES(2); COMMIT"));
            QCOMPARE(*connection.integer("SELECT a.x + b.x FROM a, b"), 3);
        }
        const auto connection = connectionTo(path);
        const QByteArray attach = "ATTACH '" + cipherUri(other).toUtf8() + "' AS other";
        QVERIFY(!connection.execute(attach.constData())); // its key is no longer lent
        // A new file cannot be made by attaching: the pages would have no room for their tags.
        const QString fresh = freshPath();
        const auto freshLease = lend(fresh);
        const QByteArray attachFresh = "ATTACH '" + cipherUri(fresh).toUtf8() + "' AS fresh";
        QVERIFY(!connection.execute((attachFresh + "; CREATE TABLE fresh.t(x)").constData()));
        QVERIFY(!contentOf(fresh).contains("CREATE"));
        QCOMPARE(*connection.column(u"PRAGMA main.integrity_check"_s), QStringList{u"ok"_s});
    }

    void vacuumsInPlaceAndRefusesToVacuumElsewhere() {
        const QString path = freshPath();
        const QString into = freshPath();
        const auto lease = lend(path);
        VERIFY_OK(createCipherDatabase(path));
        const auto connection = connectionTo(path);
        VERIFY_OK(connection.execute(kFill));
        VERIFY_OK(connection.execute("DELETE FROM t WHERE id > 100; VACUUM; PRAGMA wal_checkpoint(TRUNCATE)"));
        QVERIFY(contentOf(path).size() < 60'000);
        QCOMPARE(*connection.integer("SELECT count(*) FROM t"), 100);
        const auto intoLease = lend(into, 'i');
        // Its output would need a rollback journal.
        QVERIFY(!connection.execute(("VACUUM INTO '" + cipherUri(into).toUtf8() + "'").constData()));
        QVERIFY(!contentOf(into).contains("PLAINMARK"));
        QCOMPARE(*connection.column(u"PRAGMA integrity_check"_s), QStringList{u"ok"_s});
    }
};

QTEST_GUILESS_MAIN(CipherVfsTest)
#include "tst_cipher_vfs.moc"
