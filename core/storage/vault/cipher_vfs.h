// The SQLite VFS "aiva-cipher": database, write-ahead log and temporary files encrypted with AES-256-GCM, over whatever
// VFS is the default. Database opens cipherUri(path); Workspace lends the key. Keys are per file and never in a URI.
//
// On disk, all integers little endian:
//   database  4096-byte pages; the last 28 bytes of each (SQLite's reserved bytes) hold nonce and tag. Bytes 0-15 of
//             page 1 are the file's random salt. File key = HKDF(workspace key, salt, purpose).
//   -wal      32-byte header, 24-byte frame headers and 4096-byte pages, each followed by nothing and preceded by its
//             28 bytes of nonce and tag; logically byte-exact, so SQLite's own checksums hold.
//   -shm      as SQLite writes it: page numbers and checksums, no content.
//   temporary 4096-byte blocks, 28 bytes each in front, under a key that dies with the handle.
// Rollback journals are refused: partial rewrites of a sealed block do not survive a crash. Only WAL (or MEMORY while
// a file is being created); so VACUUM works and VACUUM INTO does not (Workspace::backup copies pages instead).
// Not defended: putting back a whole older file, or an older copy of one page at the same place; dropping the newest
// transactions by damaging the end of the log.
#pragma once

#include "core/base/result.h"
#include "core/base/secret_string.h"

#include <QString>

#include <memory>
#include <optional>

namespace aiva {

// Idempotent, thread-safe. Internal when this SQLite has no default VFS or is too old.
Result<void> registerCipherVfs();

// "file:/abs/x.db?vfs=aiva-cipher", percent-encoded, for SQLITE_OPEN_URI.
QString cipherUri(const QString& databasePath);

// Makes a new, empty, encrypted database in WAL mode at `databasePath` (mode 0600), whose key must be lent already.
// Conflict when the file exists.
Result<void> createCipherDatabase(const QString& databasePath);

// user_version as the first page on disk has it, newer ones in the log not counted; opens nothing through SQLite and
// changes nothing. The key must be lent. WrongKey, DamagedFile.
Result<qint64> schemaVersionOnDisk(const QString& databasePath);

// Lends a key to the VFS for one database file while it lives; connections already open keep theirs. Several leases of
// one file must lend the same key (Conflict).
class CipherKeyLease {
public:
    // How much is known of the key; decides what an unreadable first page means.
    enum class Trust {
        Unproven, // no check value was compared: WrongKey
        Proven,   // the check value matched: DamagedFile
    };
    static Result<CipherKeyLease> take(const QString& databasePath, const SecretString& key, Trust trust);

    CipherKeyLease(CipherKeyLease&& other) noexcept;
    CipherKeyLease& operator=(CipherKeyLease&& other) noexcept;
    ~CipherKeyLease();
    // How many leases of this file there are in the process.
    int count() const;

private:
    explicit CipherKeyLease(std::string file) : m_file(std::move(file)) {}
    void giveBack();
    std::string m_file; // as SQLite spells it; empty after a move
};

// Why the VFS last failed on this database (its log included): WrongKey, DamagedFile …; absent when it did not fail
// since the first lease was taken.
std::optional<Error> cipherFailure(const QString& databasePath);
// The same when `sqliteCode` is one that such a failure leads to.
std::optional<Error> cipherFailure(int sqliteCode, const QString& databasePath);
void clearCipherFailure(const QString& databasePath);

} // namespace aiva
