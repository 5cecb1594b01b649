#include "core/storage/workspace/workspace_copy.h"

#include "core/storage/vault/cipher_connection.h"
#include "core/storage/vault/cipher_vfs.h"
#include "core/storage/vault/sealed_blob.h"
#include "core/storage/vault/spool_copy.h"

#include <QDir>
#include <QFile>

#include <sqlite3.h>

namespace aiva {

using namespace Qt::StringLiterals;

static Result<void> copyPages(const CipherConnection& source, const QString& to) {
    AIVA_TRY(const auto target, CipherConnection::open(to, CipherConnection::Mode::ReadWrite));
    AIVA_CHECK(target.execute("PRAGMA journal_mode=MEMORY"));
    sqlite3_backup* copy = sqlite3_backup_init(target.handle(), "main", source.handle(), "main");
    if (!copy) return target.error(sqlite3_extended_errcode(target.handle()));
    // All at once: a read transaction in WAL mode holds up nobody.
    const int stepped = sqlite3_backup_step(copy, -1);
    const int finished = sqlite3_backup_finish(copy);
    if (stepped == SQLITE_DONE && finished == SQLITE_OK) return {};
    // A damaged source is the cause that matters; the target can only be full or unwritable.
    if (auto failure = cipherFailure(source.path())) return *failure;
    return target.error(finished == SQLITE_OK ? stepped : finished);
}

static Result<void> makeEmpty(const QString& path) {
    QFile file(path);
    constexpr auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
    if (file.open(QIODevice::WriteOnly | QIODevice::NewOnly) && file.setPermissions(ownerOnly)) return {};
    return Error{ErrorKind::Storage, u"cannot create %1: %2"_s.arg(path, file.errorString()), ErrorCause::ReadOnlyDisk};
}

Result<void> copyDatabase(const CipherConnection& from, const QString& to) {
    if (QFile::exists(to)) return Error{ErrorKind::Conflict, u"there is a file already: "_s + to};
    AIVA_CHECK(makeEmpty(to));
    auto copied = copyPages(from, to);
    if (!copied) removeDatabase(to);
    return copied;
}

static Result<void> resealSecrets(const CipherConnection& connection, const KeyBytes& oldKey, const KeyBytes& newKey) {
    AIVA_TRY(const qint64 known, connection.integer("SELECT count(*) FROM sqlite_schema WHERE name='sealed_secrets'"));
    if (known == 0) return {};
    AIVA_TRY(const QStringList rows,
             connection.column(u"SELECT hex(name) || ':' || hex(sealed) FROM sealed_secrets"_s));
    AIVA_CHECK(connection.execute("BEGIN IMMEDIATE"));
    for (const QString& row : rows) {
        const qsizetype colon = row.indexOf(u':');
        AIVA_TRY(const QByteArray sealed,
                 resealBlob(oldKey, newKey, QByteArray::fromHex(QStringView(row).mid(colon + 1).toLatin1())));
        const QByteArray sql = "UPDATE sealed_secrets SET sealed = x'" + sealed.toHex() + "' WHERE name = CAST(x'" +
                               row.left(colon).toLatin1() + "' AS TEXT)";
        AIVA_CHECK(connection.execute(sql.constData()));
    }
    return connection.execute("COMMIT");
}

static Result<void> copyAndReseal(const WorkspaceFiles& files, const CipherConnection& database, const KeyBytes& oldKey,
                                  const KeyBytes& newKey) {
    AIVA_TRY(const auto lease, CipherKeyLease::take(files.rekeyed, newKey.toSecret(), CipherKeyLease::Trust::Proven));
    AIVA_CHECK(copyDatabase(database, files.rekeyed));
    AIVA_TRY(const auto copy, CipherConnection::open(files.rekeyed, CipherConnection::Mode::ReadWrite));
    // Both SQLite's commit and its closing checkpoint must be on the disk before key.json speaks of this file.
    AIVA_CHECK(copy.execute("PRAGMA synchronous=FULL"));
    AIVA_CHECK(resealSecrets(copy, oldKey, newKey));
    AIVA_CHECK(copy.execute("PRAGMA wal_checkpoint(TRUNCATE)"));
    return resealSpools(files.spool, files.rekeyedSpool, oldKey, newKey);
}

static void removeRekeyed(const WorkspaceFiles& files) {
    QDir(files.rekeyedSpool).removeRecursively();
    removeDatabase(files.rekeyed);
}

Result<void> writeRekeyedCopy(const WorkspaceFiles& files, const CipherConnection& database, const KeyBytes& oldKey,
                              const KeyBytes& newKey) {
    removeRekeyed(files);
    auto written = copyAndReseal(files, database, oldKey, newKey);
    if (!written) {
        removeRekeyed(files);
        return written;
    }
    syncFolderOf(files.rekeyed);
    return {};
}

Result<void> announceRekey(const WorkspaceFiles& files, KeyRecord& record, const KeyEntry& next) {
    KeyRecord announced = record;
    announced.next = next;
    AIVA_CHECK(writeKeyRecord(files.keyRecord, announced));
    record = announced;
    return {};
}

Result<void> swapRekeyed(const WorkspaceFiles& files) {
    AIVA_CHECK(renameOver(files.rekeyed, files.database));
    syncFolderOf(files.database);
    return {};
}

Result<void> settleRekey(const WorkspaceFiles& files, KeyRecord& record) {
    if (!record.next) return Error{ErrorKind::Internal, u"no change of key is under way"_s};
    // Before key.json forgets: a spool under the old key would look damaged afterwards.
    if (QDir(files.rekeyedSpool).exists()) {
        QDir(files.spool).removeRecursively();
        AIVA_CHECK(renameOver(files.rekeyedSpool, files.spool));
        syncFolderOf(files.spool);
    }
    KeyRecord settled = record;
    settled.current = *record.next;
    settled.next.reset();
    AIVA_CHECK(writeKeyRecord(files.keyRecord, settled));
    record = settled;
    return {};
}

Result<void> undoRekey(const WorkspaceFiles& files, KeyRecord& record) {
    // In this order: with "next" still there, an absent copy means it took the database's place.
    if (record.next) {
        KeyRecord undone = record;
        undone.next.reset();
        AIVA_CHECK(writeKeyRecord(files.keyRecord, undone));
        record = undone;
    }
    removeRekeyed(files);
    return {};
}

Result<void> recoverRekey(const WorkspaceFiles& files, KeyRecord& record, const KeyBytes& key) {
    const bool isOld = isKeyOf(record.current, record.id, key);
    const bool isNew = record.next && isKeyOf(*record.next, record.id, key);
    const bool isSwapped = record.next && !QFile::exists(files.rekeyed);
    if (isNew) {
        AIVA_CHECK(checkWritable(files));
        if (!isSwapped) AIVA_CHECK(swapRekeyed(files));
        return settleRekey(files, record);
    }
    if (isOld && isSwapped)
        return Error{ErrorKind::Storage, u"the key of this workspace was changed"_s, ErrorCause::WrongKey};
    if (!isOld) return Error{ErrorKind::Storage, u"the key is not this workspace's"_s, ErrorCause::WrongKey};
    if (!record.next && !QFile::exists(files.rekeyed) && !QDir(files.rekeyedSpool).exists()) return {};
    AIVA_CHECK(checkWritable(files));
    return undoRekey(files, record);
}

} // namespace aiva
