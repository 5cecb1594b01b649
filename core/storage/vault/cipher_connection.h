// CipherConnection: a bare SQLite connection through the cipher VFS, for what runs beside Database: making a file,
// checking, copying and re-encrypting it. The file's key must be lent. Used inside core/storage only.
#pragma once

#include "core/base/result.h"

#include <QString>
#include <QStringList>

#include <functional>
#include <memory>

struct sqlite3;

namespace aiva {

class CipherConnection {
public:
    enum class Mode {
        ReadWrite, // folds the log in when it is the last to close
        LookOnly,  // leaves database and log as they are
    };
    static Result<CipherConnection> open(const QString& databasePath, Mode mode);

    sqlite3* handle() const { return m_handle.get(); }
    const QString& path() const { return m_path; }
    void close() { m_handle.reset(); }
    Result<void> execute(const char* sql) const;
    // First column of every row.
    Result<QStringList> column(const QString& sql) const;
    Result<qint64> integer(const char* sql) const;
    // Of a failed call on this connection: what the VFS knows, else what SQLite says.
    Error error(int code) const;

private:
    struct Close {
        void operator()(sqlite3* handle) const noexcept;
    };
    explicit CipherConnection(QString path) : m_path(std::move(path)) {}
    QString m_path;
    std::unique_ptr<sqlite3, Close> m_handle;
};

} // namespace aiva
