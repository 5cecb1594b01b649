#include "core/storage/database/database.h"
#include "core/storage/database/migrations.h"
#include "core/storage/vault/cipher_vfs.h"
#include "tests/support/patience.h"

#include <QCryptographicHash>
#include <QFile>
#include <QTemporaryDir>

#include <sqlite3.h>

#include <atomic>
#include <thread>

using namespace aiva;
using namespace Qt::StringLiterals;

class DatabaseTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    std::optional<CipherKeyLease> m_key;

    QString path() const { return m_dir->filePath(u"aiva ü#%20.db"_s); }
    std::unique_ptr<Database> open(Database::Access access = Database::Access::ReadWrite) const {
        auto database = Database::open(path(), access);
        if (!database) qWarning() << database.error().detail;
        return database ? *std::move(database) : nullptr;
    }
    static qint64 integer(Database& database, std::string_view sql) {
        auto statement = database.prepare(sql);
        if (!statement) return -1;
        const auto row = statement->step();
        return row && *row ? statement->integer(0) : -1;
    }
    static QString text(Database& database, std::string_view sql) {
        auto statement = database.prepare(sql);
        if (!statement) return {};
        const auto row = statement->step();
        return row && *row ? statement->text(0) : QString();
    }
    QByteArray digest() const {
        QFile file(path());
        if (!file.open(QIODevice::ReadOnly)) return {};
        QCryptographicHash hash(QCryptographicHash::Sha256);
        hash.addData(&file);
        return hash.result();
    }

private Q_SLOTS:
    void init() {
        m_key.reset();
        m_dir = std::make_unique<QTemporaryDir>();
        auto key = CipherKeyLease::take(path(), SecretString(std::string(32, 'k')), CipherKeyLease::Trust::Proven);
        QVERIFY(key);
        m_key = *std::move(key);
    }

    void createsTheSchemaInWriteAheadMode() {
        const auto database = open();
        QVERIFY(database);
        QCOMPARE(text(*database, "PRAGMA journal_mode"), u"wal"_s);
        QCOMPARE(integer(*database, "PRAGMA page_size"), 4096);
        QCOMPARE(integer(*database, "PRAGMA foreign_keys"), 1);
        QCOMPARE(integer(*database, "PRAGMA application_id"), 0x41697661);
        const auto known = builtInMigrations();
        QVERIFY(known);
        QCOMPARE(integer(*database, "PRAGMA user_version"), static_cast<qint64>(known->size()));
        QCOMPARE(integer(*database, "SELECT count(*) FROM orders"), 0);
        QFile file(path());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("CREATE TABLE"));
        QCOMPARE(text(*database, "PRAGMA integrity_check"), u"ok"_s);
    }

    void reopensWithoutMigratingAgain() {
        QVERIFY(open()->execute("INSERT INTO settings VALUES ('theme', 'dark')"));
        const auto database = open();
        QVERIFY(database);
        QCOMPARE(text(*database, "SELECT value FROM settings WHERE name = 'theme'"), u"dark"_s);
    }

    void readersSeeCommitsAndCannotWrite() {
        const auto writer = open();
        const auto reader = open(Database::Access::QueryOnly);
        QVERIFY(writer && reader);
        {
            auto transaction = Transaction::begin(*writer);
            QVERIFY(transaction);
            QVERIFY(writer->execute("INSERT INTO settings VALUES ('a', 'b')"));
            QCOMPARE(integer(*reader, "SELECT count(*) FROM settings"), 0);
            QVERIFY((*transaction)->commit());
        }
        QCOMPARE(integer(*reader, "SELECT count(*) FROM settings"), 1);
        const auto refused = reader->execute("DELETE FROM settings");
        QVERIFY(!refused);
        QCOMPARE(integer(*writer, "SELECT count(*) FROM settings"), 1);
    }

    void rollsBackWhatWasNotCommitted() {
        const auto database = open();
        {
            auto transaction = Transaction::begin(*database);
            QVERIFY(transaction);
            QVERIFY(database->execute("INSERT INTO settings VALUES ('a', 'b')"));
        }
        QCOMPARE(integer(*database, "SELECT count(*) FROM settings"), 0);
        QVERIFY(sqlite3_get_autocommit(database->handle()));
    }

    void refusesANewerSchemaAndLeavesTheFileUntouched() {
        QVERIFY(open()->execute("PRAGMA user_version=999"));
        const QByteArray before = digest();
        for (const auto access : {Database::Access::ReadWrite, Database::Access::QueryOnly}) {
            const auto refused = Database::open(path(), access);
            QVERIFY(!refused);
            QCOMPARE(refused.error().kind, ErrorKind::Storage);
            QCOMPARE(refused.error().cause, ErrorCause::NewerSchema);
        }
        QCOMPARE(digest(), before);
    }

    void refusesAFileThatIsNotOurs() {
        QVERIFY(open());
        QVERIFY(open()->execute("PRAGMA application_id=7"));
        const auto foreign = Database::open(path(), Database::Access::ReadWrite);
        QVERIFY(!foreign);
        QCOMPARE(foreign.error().cause, ErrorCause::DamagedFile);
    }

    void refusesRubbishAsDamaged() {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(8192, 'x'));
        file.close();
        const QByteArray before = digest();
        const auto refused = Database::open(path(), Database::Access::ReadWrite);
        QVERIFY(!refused);
        QCOMPARE(refused.error().cause, ErrorCause::DamagedFile);
        QCOMPARE(digest(), before);
    }

    void refusesToOpenWithoutTheKey() {
        QVERIFY(open());
        m_key.reset();
        const auto refused = Database::open(path(), Database::Access::ReadWrite);
        QVERIFY(!refused);
        QCOMPARE(refused.error().cause, ErrorCause::WrongKey);
    }

    void saysWhenThereIsNothingToRead() {
        const auto absent = Database::open(path(), Database::Access::QueryOnly);
        QVERIFY(!absent);
        QCOMPARE(absent.error().cause, ErrorCause::WorkspaceAbsent);
        QVERIFY(!QFile::exists(path()));
    }

    void appliesEachMigrationOnceAndWholly() {
        const auto database = open();
        const auto base = static_cast<int>(builtInMigrations()->size());
        std::vector<Migration> list = *builtInMigrations();
        list.push_back({base + 1, u"one"_s, "CREATE TABLE one (a INTEGER) STRICT; INSERT INTO one VALUES (1);"});
        QVERIFY(migrate(*database, list));
        QVERIFY(migrate(*database, list));
        QCOMPARE(integer(*database, "SELECT count(*) FROM one"), 1);
        QCOMPARE(integer(*database, "PRAGMA user_version"), base + 1);

        list.push_back({base + 2, u"broken"_s, "CREATE TABLE two (a INTEGER) STRICT; INSERT INTO nowhere VALUES (1);"});
        const auto broken = migrate(*database, list);
        QVERIFY(!broken);
        QVERIFY(broken.error().detail.contains(u"broken"_s));
        QCOMPARE(integer(*database, "PRAGMA user_version"), base + 1);
        QCOMPARE(integer(*database, "SELECT count(*) FROM sqlite_schema WHERE name = 'two'"), 0);
        QVERIFY(sqlite3_get_autocommit(database->handle()));
    }

    void bindsAndReadsEveryType() {
        const auto database = open();
        QVERIFY(database->execute("CREATE TABLE t (i INTEGER, s TEXT, v TEXT, b BLOB, n INTEGER, u INTEGER)"));
        auto insert = database->prepare("INSERT INTO t VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
        QVERIFY(insert);
        const QByteArray blob("\0\x01\xff", 3);
        insert->bind(1, qint64(1) << 60).bind(2, u"Grüße \U0001F600"_s).bindView(3, {}).bind(4, blob);
        insert->bind(5, std::optional<qint64>()).bind(6, UtcTime(1234));
        QVERIFY(insert->run());
        QCOMPARE(database->changes(), 1);
        auto select = database->prepare("SELECT i, s, v, b, n, u FROM t");
        QVERIFY(select && *select->step());
        QCOMPARE(select->integer(0), qint64(1) << 60);
        QCOMPARE(select->text(1), u"Grüße \U0001F600"_s);
        QVERIFY(!select->isNull(2) && select->text(2).isEmpty());
        QCOMPARE(select->blob(3), blob);
        QVERIFY(select->isNull(4) && !select->optionalTime(4));
        QCOMPARE(select->time(5), UtcTime(1234));
        QVERIFY(!*select->step());
        QVERIFY(*select->step()); // reset by the end: usable again
    }

    void tellsConstraintsApart() {
        const auto database = open();
        auto insert = database->prepare("INSERT INTO settings VALUES ('a', 'b')");
        QVERIFY(insert->run());
        const auto again = insert->run();
        QVERIFY(!again);
        QCOMPARE(again.error().kind, ErrorKind::Conflict);
    }

    void saysBusyWhenAnotherWriterHoldsTheLock() {
        const auto first = open();
        const auto second = open();
        sqlite3_busy_timeout(second->handle(), 20);
        const auto transaction = Transaction::begin(*first);
        QVERIFY(transaction);
        const auto refused = Transaction::begin(*second);
        QVERIFY(!refused);
        QCOMPARE(refused.error().cause, ErrorCause::WorkspaceBusy);
    }

    void interruptStopsARunningQuery() {
        const auto database = open();
        auto endless = database->prepare("WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) "
                                         "SELECT count(*) FROM c");
        QVERIFY(endless);
        std::atomic<bool> isStopped = false;
        std::thread stopper([&] { // again and again: nothing is interrupted before it runs
            while (!isStopped) {
                std::this_thread::sleep_for(std::chrono::milliseconds(30));
                database->interrupt();
            }
        });
        const auto stopped = endless->step();
        isStopped = true;
        stopper.join();
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().kind, ErrorKind::Refused);
        QCOMPARE(integer(*database, "SELECT 1"), 1);
    }
};

QTEST_GUILESS_MAIN(DatabaseTest)
#include "tst_database.moc"
