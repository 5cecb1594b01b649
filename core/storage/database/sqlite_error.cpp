#include "core/storage/database/sqlite_error.h"

#include "core/storage/vault/cipher_vfs.h"

#include <sqlite3.h>

namespace aiva {

static ErrorKind kindOf(int primary) {
    switch (primary) {
    case SQLITE_CONSTRAINT:
        return ErrorKind::Conflict;
    case SQLITE_INTERRUPT:
        return ErrorKind::Refused;
    case SQLITE_ERROR:
    case SQLITE_MISUSE:
    case SQLITE_RANGE:
    case SQLITE_MISMATCH:
    case SQLITE_SCHEMA:
        return ErrorKind::Internal;
    default:
        return ErrorKind::Storage;
    }
}

static ErrorCause causeOf(int extendedCode) {
    switch (extendedCode & 0xff) {
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
        return ErrorCause::DamagedFile;
    case SQLITE_FULL:
        return ErrorCause::DiskFull;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ErrorCause::WorkspaceBusy;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
        return ErrorCause::ReadOnlyDisk;
    case SQLITE_IOERR:
        // The cipher VFS answers IOERR_DATA when the authentication of a page fails.
        return extendedCode == SQLITE_IOERR_DATA || extendedCode == SQLITE_IOERR_CORRUPTFS ? ErrorCause::DamagedFile
                                                                                           : ErrorCause::None;
    default:
        return ErrorCause::None;
    }
}

Error storageError(int extendedCode, const QString& what) {
    return {kindOf(extendedCode & 0xff), QStringLiteral("%1 (SQLite %2)").arg(what).arg(extendedCode),
            causeOf(extendedCode)};
}

Error storageError(sqlite3* connection) {
    const int code = sqlite3_extended_errcode(connection);
    const bool isFileTrouble =
        causeOf(code) == ErrorCause::DamagedFile || (code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_CANTOPEN;
    const char* file = isFileTrouble ? sqlite3_db_filename(connection, "main") : nullptr;
    if (file)
        if (auto failure = cipherFailure(QString::fromUtf8(file))) return *failure;
    // SQLite's messages name tables, columns and SQL tokens of ours; bound values never appear in them.
    return storageError(code, QString::fromUtf8(sqlite3_errmsg(connection)));
}

} // namespace aiva
