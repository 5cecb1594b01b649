#include "core/storage/database/database.h"

#include "core/base/log.h"
#include "core/storage/database/migrations.h"
#include "core/storage/database/sqlite_error.h"
#include "core/storage/vault/cipher_vfs.h"

#include <QAtomicInteger>
#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlDriver>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

#include <sqlite3.h>

#include <string>
#include <vector>

namespace aiva {

using namespace Qt::StringLiterals;

class Database::Private {
public:
    QString name;
    sqlite3* handle = nullptr;
    std::vector<CommitListener*> listeners;

    ~Private() {
        handle = nullptr;
        // The QSqlDatabase value must be gone before its name is removed.
        QSqlDatabase::removeDatabase(name);
    }
};

static QString freshConnectionName() {
    static QAtomicInteger<quint64> counter;
    return u"aiva-%1"_s.arg(counter.fetchAndAddRelaxed(1));
}

// The cipher VFS registers with the SQLite this program links. A Qt that bundles its own copy would never see it, and
// its handles would be foreign to our C calls: find out before the first real connection.
static Result<void> verifySharedSqlite() {
    const QString name = freshConnectionName();
    QString theirs;
    {
        QSqlDatabase probe = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
        probe.setDatabaseName(u":memory:"_s);
        if (probe.open()) {
            QSqlQuery query(probe);
            if (query.exec(u"SELECT sqlite_source_id()"_s) && query.next()) theirs = query.value(0).toString();
        }
    }
    QSqlDatabase::removeDatabase(name);
    if (theirs == QString::fromLatin1(sqlite3_sourceid())) return {};
    return Error{
        ErrorKind::Internal,
        theirs.isEmpty()
            ? u"Qt's QSQLITE driver is not installed"_s
            : u"Qt's QSQLITE driver carries an SQLite of its own (%1); build Qt with the system's"_s.arg(theirs)};
}

static Error openError(const QSqlDatabase& database, const QString& databasePath) {
    if (auto failure = cipherFailure(databasePath)) return *failure;
    const int code = database.lastError().nativeErrorCode().toInt();
    return storageError(code ? code : SQLITE_CANTOPEN,
                        u"cannot open the workspace database: "_s + database.lastError().databaseText());
}

static Result<std::string> textOf(Database& database, std::string_view sql) {
    AIVA_TRY(Statement statement, database.prepare(sql));
    AIVA_TRY(const bool found, statement.step());
    return found ? std::string(statement.view(0)) : std::string();
}

// A file whose creation was cut short is not in WAL mode yet; the cipher VFS takes no other journal but one in memory.
static Result<void> enterWal(Database& database) {
    AIVA_TRY(std::string mode, textOf(database, "PRAGMA journal_mode"));
    if (mode == "wal") return {};
    AIVA_CHECK(database.execute("PRAGMA page_size=4096; PRAGMA journal_mode=MEMORY"));
    AIVA_TRY(mode, textOf(database, "PRAGMA journal_mode=WAL"));
    if (mode == "wal") return {};
    return Error{ErrorKind::Storage, u"write-ahead logging is not possible here"_s, ErrorCause::ReadOnlyDisk};
}

static Result<void> prepareWriter(Database& database) {
    if (sqlite3_db_readonly(database.handle(), "main") == 1)
        return Error{ErrorKind::Storage, u"the workspace database cannot be written"_s, ErrorCause::ReadOnlyDisk};
    AIVA_TRY(const std::vector<Migration> migrations, builtInMigrations());
    AIVA_CHECK(checkSchema(database, migrations));
    AIVA_CHECK(enterWal(database));
    // trusted_schema stays on here: off, FTS5 refuses to be written by triggers. The schema cannot be forged, its pages
    // are authenticated.
    // 64 MiB of pages: below that the cipher's cost doubles a bulk load (every spilled page is sealed again).
    // The log may grow to the same 64 MiB before it is folded in: pages that each transaction of a first sync touches
    // again are then sealed into the database once, not once a transaction.
    AIVA_CHECK(database.execute("PRAGMA synchronous=NORMAL;"
                                "PRAGMA cache_size=-65536;"
                                "PRAGMA temp_store=MEMORY;"
                                "PRAGMA foreign_keys=ON;"
                                "PRAGMA wal_autocheckpoint=16384;"
                                "PRAGMA journal_size_limit=33554432"));
    return migrate(database, migrations);
}

static Result<void> prepareReader(Database& database) {
    AIVA_CHECK(database.execute("PRAGMA query_only=ON;"
                                "PRAGMA cache_size=-16384;"
                                "PRAGMA temp_store=MEMORY;"
                                "PRAGMA trusted_schema=OFF"));
    AIVA_TRY(const std::vector<Migration> migrations, builtInMigrations());
    AIVA_CHECK(checkSchema(database, migrations));
    AIVA_TRY(const int version, schemaVersion(database));
    if (version == static_cast<int>(migrations.size())) return {};
    return Error{ErrorKind::Internal, u"a reader was opened before the writer migrated the file"_s};
}

Database::Database(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

Database::~Database() = default;

Result<std::unique_ptr<Database>> Database::open(const QString& databasePath, Access access) {
    AIVA_CHECK(registerCipherVfs());
    static const Result<void> shared = verifySharedSqlite();
    AIVA_CHECK(Result<void>(shared));
    if (!QFileInfo::exists(databasePath)) {
        if (access == Access::QueryOnly)
            return Error{ErrorKind::Storage, u"there is no workspace database"_s, ErrorCause::WorkspaceAbsent};
        AIVA_CHECK(createCipherDatabase(databasePath));
    }

    auto priv = std::make_unique<Private>();
    priv->name = freshConnectionName();
    {
        QSqlDatabase connection = QSqlDatabase::addDatabase(u"QSQLITE"_s, priv->name);
        connection.setConnectOptions(u"QSQLITE_OPEN_URI;QSQLITE_BUSY_TIMEOUT=5000"_s);
        connection.setDatabaseName(cipherUri(databasePath));
        if (!connection.open()) return openError(connection, databasePath);
        const QVariant handle = connection.driver()->handle();
        if (qstrcmp(handle.typeName(), "sqlite3*") != 0)
            return Error{ErrorKind::Internal, u"Qt's QSQLITE driver hands out no connection handle"_s};
        priv->handle = *static_cast<sqlite3* const*>(handle.data());
    }
    sqlite3_extended_result_codes(priv->handle, 1);
    std::unique_ptr<Database> database(new Database(std::move(priv)));
    const auto prepared = access == Access::ReadWrite ? prepareWriter(*database) : prepareReader(*database);
    if (!prepared) {
        // A refused file stays as it is: not even its log is folded in when the connection closes.
        sqlite3_db_config(database->handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
        return prepared.error();
    }
    return database;
}

Result<Statement> Database::prepare(std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(d->handle, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                        &statement, nullptr);
    if (code != SQLITE_OK) return storageError(d->handle);
    if (!statement) return Error{ErrorKind::Internal, u"empty SQL"_s};
    return Statement(statement);
}

Result<void> Database::execute(std::string_view sql) {
    const std::string terminated(sql);
    if (sqlite3_exec(d->handle, terminated.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        return storageError(d->handle);
    return {};
}

sqlite3* Database::handle() const {
    return d->handle;
}

QString Database::connectionName() const {
    return d->name;
}

void Database::interrupt() {
    sqlite3_interrupt(d->handle);
}

Error Database::lastError() const {
    return storageError(d->handle);
}

qint64 Database::lastInsertId() const {
    return sqlite3_last_insert_rowid(d->handle);
}

int Database::changes() const {
    return sqlite3_changes(d->handle);
}

bool Database::isInTransaction() const {
    return sqlite3_get_autocommit(d->handle) == 0;
}

void Database::addListener(CommitListener& listener) {
    d->listeners.push_back(&listener);
}

void Database::removeListener(CommitListener& listener) {
    std::erase(d->listeners, &listener);
}

Result<std::unique_ptr<Transaction>> Transaction::begin(Database& database) {
    AIVA_CHECK(database.execute("BEGIN IMMEDIATE"));
    return std::unique_ptr<Transaction>(new Transaction(database));
}

Transaction::~Transaction() {
    if (!m_open) return;
    // A full disk makes SQLite roll back by itself.
    if (m_database.isInTransaction())
        if (const auto rolledBack = m_database.execute("ROLLBACK"); !rolledBack)
            qCWarning(logStorage) << "rollback failed:" << rolledBack.error().detail;
    for (CommitListener* listener : m_database.d->listeners)
        listener->afterRollback();
}

Result<void> Transaction::commit() {
    for (CommitListener* listener : m_database.d->listeners)
        AIVA_CHECK(listener->beforeCommit());
    AIVA_CHECK(m_database.execute("COMMIT"));
    m_open = false;
    return {};
}

} // namespace aiva
