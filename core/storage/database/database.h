// Database: one connection to a workspace's encrypted SQLite file, opened through Qt Sql. The writer migrates and
// writes; readers have query_only set. A connection lives on the thread that opened it.
#pragma once

#include "core/base/result.h"
#include "core/storage/database/statement.h"

#include <QString>

#include <functional>
#include <memory>

struct sqlite3;

namespace aiva {

// Keeps something in memory during a transaction and writes it once, just before the commit.
class CommitListener {
public:
    virtual ~CommitListener() = default;
    virtual Result<void> beforeCommit() = 0;
    virtual void afterRollback() = 0;
};

class Database {
public:
    enum class Access { ReadWrite, QueryOnly };

    // `databasePath` of a workspace whose key is lent to the cipher VFS (Workspace does both). ReadWrite makes a new
    // file when there is none, and migrates.
    static Result<std::unique_ptr<Database>> open(const QString& databasePath, Access access);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    // `sql` must stay one statement. Prepared with SQLITE_PREPARE_PERSISTENT.
    Result<Statement> prepare(std::string_view sql);
    // One or several statements without parameters or rows (pragmas, migrations).
    Result<void> execute(std::string_view sql);
    // The connection's C handle, for the bulk writer, hooks and the backup API.
    sqlite3* handle() const;
    // Stops what this connection is running; that call answers Refused. The one member other threads may call, while
    // the database lives.
    void interrupt();
    // Name under which QSqlDatabase knows this connection.
    QString connectionName() const;
    // Error of the last failed call, with the cause told apart (WrongKey, DamagedFile, DiskFull, ReadOnlyDisk, …).
    Error lastError() const;
    qint64 lastInsertId() const;
    int changes() const;
    bool isInTransaction() const;

    // Told by Transaction; removed before they die.
    void addListener(CommitListener& listener);
    void removeListener(CommitListener& listener);

private:
    friend class Transaction;
    class Private;
    explicit Database(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

// BEGIN IMMEDIATE … COMMIT; rolls back unless commit() succeeded.
class Transaction {
public:
    static Result<std::unique_ptr<Transaction>> begin(Database& database);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    Result<void> commit();

private:
    explicit Transaction(Database& database) : m_database(database) {}
    Database& m_database;
    bool m_open = true;
};

} // namespace aiva
