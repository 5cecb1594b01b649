#include "core/storage/cipher_connection.h"
#include "core/storage/cipher_vfs.h"
#include "core/storage/key_bytes.h"

#include <QDir>
#include <QFile>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>

using namespace aiva;
using namespace Qt::StringLiterals;
using Mode = CipherConnection::Mode;
using Trust = CipherKeyLease::Trust;

static SecretString keyOf(char byte) {
    return SecretString(std::string(32, byte));
}

static QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

static CipherKeyLease lend(const QString& path, char byte = 'k', Trust trust = Trust::Proven) {
    auto lease = CipherKeyLease::take(path, keyOf(byte), trust);
    if (!lease) qFatal("no lease: %s", qPrintable(lease.error().detail));
    return std::move(*lease);
}

static CipherConnection openOrDie(const QString& path, Mode mode = Mode::ReadWrite) {
    auto connection = CipherConnection::open(path, mode);
    if (!connection) qFatal("cannot open: %s", qPrintable(connection.error().detail));
    return std::move(*connection);
}

#define VERIFY_OK(expression)                                                                                          \
    do {                                                                                                               \
        const auto& checked = (expression);                                                                            \
        QVERIFY2(checked, checked ? "" : qPrintable(checked.error().detail));                                          \
    } while (false)

class CipherVfsTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_dir;
    int m_files = 0;
    QString freshPath() { return m_dir.filePath(u"database %1 é#?.db"_s.arg(++m_files)); }

private Q_SLOTS:
    void readsBackWhatWasWrittenAfterReopening() {
        const QString path = freshPath();
        const auto lease = lend(path);
        VERIFY_OK(createCipherDatabase(path));
        {
            const auto connection = openOrDie(path);
            VERIFY_OK(connection.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, s TEXT);"
                                         "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<2000)"
                                         "INSERT INTO t SELECT i, 'PLAINMARK' || i || hex(randomblob(50)) FROM n"));
        }
        const auto connection = openOrDie(path);
        QCOMPARE(*connection.integer("SELECT count(*) FROM t WHERE s LIKE 'PLAINMARK%'"), 2000);
        QCOMPARE(*connection.column(u"PRAGMA integrity_check"_s), QStringList{u"ok"_s});
        QCOMPARE(*connection.column(u"PRAGMA journal_mode"_s), QStringList{u"wal"_s});
        QCOMPARE(contentOf(path).size() % 4096, 0);
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

    void tellsAWrongKeyFromADamagedFirstPage() {
        const QString path = freshPath();
        {
            const auto lease = lend(path);
            VERIFY_OK(createCipherDatabase(path));
        }
        const QByteArray before = contentOf(path);
        {
            const auto lease = lend(path, 'w', Trust::Unproven);
            const auto connection = CipherConnection::open(path, Mode::LookOnly);
            QVERIFY(!connection);
            QCOMPARE(connection.error().cause, ErrorCause::WrongKey);
        }
        QCOMPARE(contentOf(path), before);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(2000) && file.putChar(before[2000] ^ 1));
        file.close();
        const auto lease = lend(path, 'k', Trust::Proven);
        const auto connection = CipherConnection::open(path, Mode::LookOnly);
        QVERIFY(!connection);
        QCOMPARE(connection.error().cause, ErrorCause::DamagedFile);
    }

    void refusesADatabaseWithoutALentKey() {
        const QString path = freshPath();
        {
            const auto lease = lend(path);
            VERIFY_OK(createCipherDatabase(path));
        }
        const auto connection = CipherConnection::open(path, Mode::ReadWrite);
        QVERIFY(!connection);
        QCOMPARE(connection.error().cause, ErrorCause::WrongKey);
    }

    void refusesASecondKeyForTheSameFile() {
        const QString path = freshPath();
        const auto first = lend(path, 'a');
        const auto same = lend(path, 'a');
        QCOMPARE(same.count(), 2);
        const auto other = CipherKeyLease::take(path, keyOf('b'), Trust::Unproven);
        QVERIFY(!other);
        QCOMPARE(other.error().kind, ErrorKind::Conflict);
    }
};

QTEST_GUILESS_MAIN(CipherVfsTest)
#include "tst_cipher_vfs.moc"
