#include "core/storage/vault/cipher_connection.h"

#include "core/storage/database/sqlite_error.h"
#include "core/storage/vault/cipher_vfs.h"

#include <QFile>
#include <QFileInfo>

#include <sqlite3.h>

namespace aiva {

using namespace Qt::StringLiterals;

void CipherConnection::Close::operator()(sqlite3* handle) const noexcept {
    sqlite3_close_v2(handle);
}

Error CipherConnection::error(int code) const {
    if (auto failure = cipherFailure(code, m_path)) return *failure;
    const bool isLast = m_handle && sqlite3_extended_errcode(m_handle.get()) == code;
    return storageError(code, QString::fromUtf8(isLast ? sqlite3_errmsg(m_handle.get()) : sqlite3_errstr(code)));
}

Result<CipherConnection> CipherConnection::open(const QString& databasePath, Mode mode) {
    AIVA_CHECK(registerCipherVfs());
    CipherConnection connection(databasePath);
    sqlite3* handle = nullptr;
    constexpr int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    const int code = sqlite3_open_v2(cipherUri(databasePath).toUtf8().constData(), &handle, flags, nullptr);
    connection.m_handle.reset(handle);
    if (code != SQLITE_OK) return connection.error(code);
    sqlite3_busy_timeout(handle, 5000);
    if (mode == Mode::LookOnly) {
        sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
        AIVA_CHECK(connection.execute("PRAGMA query_only=ON"));
    }
    return connection;
}

Result<void> CipherConnection::execute(const char* sql) const {
    const int code = sqlite3_exec(m_handle.get(), sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return error(code);
    return {};
}

Result<QStringList> CipherConnection::column(const QString& sql) const {
    QStringList values;
    const auto collect = [](void* list, int count, char** texts, char**) {
        if (count > 0) static_cast<QStringList*>(list)->append(QString::fromUtf8(texts[0]));
        return 0;
    };
    const int code = sqlite3_exec(m_handle.get(), sql.toUtf8().constData(), collect, &values, nullptr);
    if (code != SQLITE_OK) return error(code);
    return values;
}

Result<qint64> CipherConnection::integer(const char* sql) const {
    AIVA_TRY(const QStringList values, column(QString::fromLatin1(sql)));
    return values.isEmpty() ? 0 : values.first().toLongLong();
}

static Result<void> enterWal(const QString& databasePath) {
    AIVA_TRY(const auto connection, CipherConnection::open(databasePath, CipherConnection::Mode::ReadWrite));
    // The VFS refuses rollback journals, so the one write before WAL is journaled in memory.
    AIVA_CHECK(connection.execute("PRAGMA page_size=4096; PRAGMA journal_mode=MEMORY"));
    AIVA_TRY(const QStringList mode, connection.column(u"PRAGMA journal_mode=WAL"_s));
    if (mode == QStringList{u"wal"_s}) return {};
    return Error{ErrorKind::Storage, u"write-ahead logging is not possible here"_s, ErrorCause::ReadOnlyDisk};
}

Result<void> createCipherDatabase(const QString& databasePath) {
    QFile file(databasePath);
    if (file.exists()) return Error{ErrorKind::Conflict, u"there is a file already: "_s + databasePath};
    constexpr auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
    // The log and its index inherit the mode.
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly) || !file.setPermissions(ownerOnly))
        return Error{ErrorKind::Storage, u"cannot create the database: "_s + file.errorString(),
                     ErrorCause::ReadOnlyDisk};
    file.close();
    auto entered = enterWal(databasePath);
    if (!entered) file.remove();
    return entered;
}

} // namespace aiva
