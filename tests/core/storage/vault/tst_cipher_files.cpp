// The cipher VFS's files against a model in memory: random reads, writes and truncations at random places must behave
// like a plain file's, and the whole engine on top must behave like SQLite on a plain file.
#include "core/storage/vault/cipher_vfs.h"
#include "tests/core/storage/vault/vault_fixture.h"

#include <QRandomGenerator>
#include <QTemporaryDir>

#include <sqlite3.h>

#include <algorithm>
#include <cstring>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

// A file opened straight through the VFS, and closed with it.
class RawFile {
public:
    RawFile(const char* name, int flags) : m_memory(static_cast<size_t>(vfs()->szOsFile)) {
        m_code = vfs()->xOpen(vfs(), name, file(), flags | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
    }
    ~RawFile() {
        if (m_code == SQLITE_OK) file()->pMethods->xClose(file());
    }
    bool isOpen() const { return m_code == SQLITE_OK; }
    int read(QByteArray& out, qint64 offset) {
        return file()->pMethods->xRead(file(), out.data(), static_cast<int>(out.size()), offset);
    }
    int write(const QByteArray& in, qint64 offset) {
        return file()->pMethods->xWrite(file(), in.constData(), static_cast<int>(in.size()), offset);
    }
    int truncate(qint64 size) { return file()->pMethods->xTruncate(file(), size); }
    qint64 size() {
        sqlite3_int64 size = -1;
        return file()->pMethods->xFileSize(file(), &size) == SQLITE_OK ? size : -1;
    }
    static sqlite3_vfs* vfs() { return sqlite3_vfs_find("aiva-cipher"); }

private:
    sqlite3_file* file() { return reinterpret_cast<sqlite3_file*>(m_memory.data()); }
    std::vector<char> m_memory;
    int m_code = SQLITE_ERROR;
};

// What a plain file would do.
struct Model {
    QByteArray bytes;

    void write(const QByteArray& in, qint64 offset) {
        if (bytes.size() < offset + in.size()) bytes.resize(offset + in.size(), '\0');
        bytes.replace(offset, in.size(), in);
    }
    void truncate(qint64 size) { bytes.resize(size, '\0'); }
    QByteArray read(qint64 offset, qint64 amount) const {
        QByteArray out = bytes.mid(offset, amount);
        out.resize(amount, '\0');
        return out;
    }
};

enum class Gaps { Allowed, Never };

QByteArray randomBytesOf(QRandomGenerator& random, qint64 size) {
    QByteArray bytes(size, Qt::Uninitialized);
    for (char& byte : bytes)
        byte = static_cast<char>(random.bounded(256));
    return bytes;
}

// Favours what SQLite does (headers, pages, boundaries) and mixes anything in.
qint64 someSize(QRandomGenerator& random) {
    static constexpr int usual[] = {1, 4, 24, 28, 32, 4095, 4096, 4097, 4120, 8192};
    return random.bounded(2) ? usual[random.bounded(10)] : 1 + random.bounded(12'000);
}

} // namespace

class CipherFilesTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;

    static bool agree(RawFile& file, Model& model, QRandomGenerator& random, Gaps gaps, QString* why) {
        const qint64 end = model.bytes.size();
        const qint64 most = gaps == Gaps::Allowed ? end + 20'000 : end;
        switch (random.bounded(10)) {
        case 0:
            model.truncate(random.bounded(end + 1));
            if (file.truncate(model.bytes.size()) != SQLITE_OK) *why = u"truncate failed"_s;
            break;
        case 1:
        case 2:
        case 3:
        case 4: {
            const QByteArray bytes = randomBytesOf(random, someSize(random));
            const qint64 offset = random.bounded(3) ? random.bounded(most + 1) : end;
            model.write(bytes, offset);
            if (file.write(bytes, offset) != SQLITE_OK)
                *why = u"write of %1 at %2 failed"_s.arg(bytes.size()).arg(offset);
            break;
        }
        default: {
            QByteArray got(someSize(random), 'x');
            const qint64 offset = random.bounded(end + 5000);
            const int expected = offset + got.size() <= end ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
            const int code = file.read(got, offset);
            if (code != expected || got != model.read(offset, got.size()))
                *why = u"read of %1 at %2 of %3: code %4"_s.arg(got.size()).arg(offset).arg(end).arg(code);
        }
        }
        if (file.size() != model.bytes.size()) *why = u"size %1 not %2"_s.arg(file.size()).arg(model.bytes.size());
        return why->isEmpty();
    }

private Q_SLOTS:
    void initTestCase() { VERIFY_OK(registerCipherVfs()); }

    void temporaryFilesBehaveLikePlainOnes_data() {
        QTest::addColumn<int>("flags");
        QTest::addRow("temporary database") << int(SQLITE_OPEN_TEMP_DB);
        QTest::addRow("sorter") << int(SQLITE_OPEN_TEMP_JOURNAL);
        QTest::addRow("transient database") << int(SQLITE_OPEN_TRANSIENT_DB);
        QTest::addRow("statement journal") << int(SQLITE_OPEN_SUBJOURNAL);
    }
    void temporaryFilesBehaveLikePlainOnes() {
        QFETCH(int, flags);
        int operations = 0;
        for (quint32 seed = 1; seed <= 12; ++seed) {
            QRandomGenerator random(seed);
            RawFile file(nullptr, flags | SQLITE_OPEN_EXCLUSIVE | SQLITE_OPEN_DELETEONCLOSE);
            QVERIFY(file.isOpen());
            Model model;
            for (int i = 0; i < 150; ++i, ++operations) {
                QString why;
                QVERIFY2(agree(file, model, random, Gaps::Allowed, &why),
                         qPrintable(u"seed %1, operation %2: %3"_s.arg(seed).arg(i).arg(why)));
            }
        }
        qInfo("%d operations agree", operations);
    }

    // SQLite appends to a log or writes inside it; it leaves no gaps.
    void logsBehaveLikePlainFiles() {
        int operations = 0;
        for (quint32 seed = 1; seed <= 25; ++seed) {
            const QString path = m_dir.filePath(u"log%1.db"_s.arg(seed));
            const auto lease = CipherKeyLease::take(path, keyOf('k'), CipherKeyLease::Trust::Proven);
            VERIFY_OK(createCipherDatabase(path));
            const auto owner = CipherConnection::open(path, CipherConnection::Mode::ReadWrite);
            VERIFY_OK(owner);
            const char* name = sqlite3_filename_wal(sqlite3_db_filename(owner->handle(), "main"));
            QRandomGenerator random(seed);
            Model model;
            auto file = std::make_unique<RawFile>(name, SQLITE_OPEN_WAL);
            for (int i = 0; i < 150; ++i, ++operations) {
                QVERIFY(file->isOpen());
                QString why;
                QVERIFY2(agree(*file, model, random, Gaps::Never, &why),
                         qPrintable(u"seed %1, operation %2: %3"_s.arg(seed).arg(i).arg(why)));
                // Another process finds the same.
                if (i % 30 == 29) file = std::make_unique<RawFile>(name, SQLITE_OPEN_WAL);
            }
            file->truncate(0);
        }
        qInfo("%d operations agree", operations);
    }

    // The same statements on an encrypted file with a cache too small for anything, and on a plain one in memory.
    void theEngineAnswersAsOnAPlainFile() {
        const QString path = m_dir.filePath(u"engine.db"_s);
        const auto lease = CipherKeyLease::take(path, keyOf('k'), CipherKeyLease::Trust::Proven);
        VERIFY_OK(createCipherDatabase(path));
        auto cipher = CipherConnection::open(path, CipherConnection::Mode::ReadWrite);
        VERIFY_OK(cipher);
        VERIFY_OK(cipher->execute("PRAGMA cache_size=5; PRAGMA temp_store=FILE; PRAGMA wal_autocheckpoint=7"));
        sqlite3* opened = nullptr;
        QCOMPARE(sqlite3_open(":memory:", &opened), SQLITE_OK);
        const std::unique_ptr<sqlite3, decltype(&sqlite3_close)> plain(opened, &sqlite3_close);
        QRandomGenerator random(7);
        const auto both = [&](const QByteArray& sql) {
            const int code = sqlite3_exec(plain.get(), sql.constData(), nullptr, nullptr, nullptr);
            const auto result = cipher->execute(sql.constData());
            if (result.has_value() != (code == SQLITE_OK) && !result) qWarning() << result.error().detail << sql;
            return result.has_value() == (code == SQLITE_OK);
        };
        QVERIFY(both("CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, b TEXT); CREATE INDEX ta ON t (a);"
                     "CREATE INDEX tb ON t (b)"));
        int statements = 0;
        for (int round = 0; round < 160; ++round, ++statements) {
            const QByteArray one = QByteArray::number(random.bounded(300));
            const QByteArray length =
                QByteArray::number(random.bounded(10) ? random.bounded(600) : random.bounded(20'000));
            const QByteArray text = "printf('%." + length + "c', char(97 + " + one + " % 26))";
            switch (random.bounded(9)) {
            case 0:
                QVERIFY(both("DELETE FROM t WHERE a BETWEEN " + one + " AND " + one + " + 40"));
                break;
            case 1:
                QVERIFY(both("UPDATE t SET b = " + text + " WHERE a % 17 = " + one + " % 17"));
                break;
            case 2:
                QVERIFY(both("BEGIN; SAVEPOINT s; UPDATE t SET a = a + 1; DELETE FROM t WHERE id % 2; ROLLBACK TO s;"
                             "INSERT INTO t (a, b) VALUES (" +
                             one + ", " + text + "); COMMIT"));
                break;
            case 3:
                QVERIFY(both("BEGIN; INSERT INTO t (a, b) SELECT a + 1, b FROM t LIMIT 60; DELETE FROM t; ROLLBACK"));
                break;
            case 4:
                if (round % 5 == 0) QVERIFY(both("VACUUM"));
                break;
            case 5: // allocated and freed in one transaction
                QVERIFY(
                    both("BEGIN; CREATE TABLE u AS SELECT * FROM t LIMIT 80; CREATE INDEX ub ON u (b); DROP TABLE u;"
                         "INSERT INTO t (a, b) VALUES (" +
                         one + ", 'x'); COMMIT"));
                break;
            default:
                QVERIFY(
                    both("INSERT INTO t (a, b) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE "
                         "i < 12) SELECT " +
                         one + " + i, " + text + " || i FROM n"));
            }
            if (round % 20 != 19) continue;
            const char* query = "SELECT group_concat(id || ':' || a || ':' || length(b) || substr(b, 1, 3), ',') FROM "
                                "(SELECT * FROM t ORDER BY b, a DESC, id)";
            sqlite3_stmt* select = nullptr;
            QCOMPARE(sqlite3_prepare_v2(plain.get(), query, -1, &select, nullptr), SQLITE_OK);
            QCOMPARE(sqlite3_step(select), SQLITE_ROW);
            const QString expected = QString::fromUtf8(reinterpret_cast<const char*>(sqlite3_column_text(select, 0)));
            sqlite3_finalize(select);
            QCOMPARE(*cipher->column(QString::fromLatin1(query)), QStringList{expected});
        }
        QCOMPARE(*cipher->column(u"PRAGMA integrity_check"_s), QStringList{u"ok"_s});
        cipher->close();
        // No page was left a hole: zeros on disk would be damage.
        const QByteArray content = contentOf(path);
        QCOMPARE(content.size() % 4096, 0);
        for (qsizetype at = 0; at < content.size(); at += 4096)
            QVERIFY2(content.mid(at, 4096) != QByteArray(4096, '\0'),
                     qPrintable(u"page %1 is zeros"_s.arg(at / 4096 + 1)));
        qInfo("%d rounds, %lld pages at the end", statements, static_cast<long long>(content.size() / 4096));
    }
};

QTEST_GUILESS_MAIN(CipherFilesTest)
#include "tst_cipher_files.moc"
