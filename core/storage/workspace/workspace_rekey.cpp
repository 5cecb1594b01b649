// Workspace's change of key: who may, and the order of the steps of workspace_copy.
#include "core/storage/workspace/workspace_copy.h"
#include "core/storage/workspace/workspace_private.h"

#include <QFile>

#include <sqlite3.h>

namespace aiva {

using namespace Qt::StringLiterals;

// A connection nobody else, in this process or another, can stand beside while it lives; the log is empty.
static Result<CipherConnection> openAlone(const QString& databasePath) {
    AIVA_TRY(auto connection, CipherConnection::open(databasePath, CipherConnection::Mode::ReadWrite));
    sqlite3_busy_timeout(connection.handle(), 300);
    AIVA_CHECK(connection.execute("PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT"));
    AIVA_CHECK(connection.execute("PRAGMA wal_checkpoint(TRUNCATE)"));
    // Its log's name will soon belong to another database: leave it alone when closing.
    sqlite3_db_config(connection.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    return connection;
}

static Result<void> runSteps(const WorkspaceFiles& files, KeyRecord& record, const KeyEntry& next,
                             const KeyBytes& oldKey, const KeyBytes& newKey) {
    AIVA_TRY(auto alone, openAlone(files.database));
    AIVA_CHECK(writeRekeyedCopy(files, alone, oldKey, newKey));
    auto changed = announceRekey(files, record, next);
#ifdef Q_OS_WIN
    alone.close(); // an open file cannot be replaced there
#endif
    if (changed) changed = swapRekeyed(files);
    if (changed) return settleRekey(files, record);
    // Should this fail as well, the next open() does it.
    if (const auto undone = undoRekey(files, record); !undone) return undone;
    return changed;
}

Result<void> Workspace::Private::changeKey(KeyBytes newKey, const KeyEntry& next) {
    if (newKey.equals(key)) return Error{ErrorKind::Invalid, u"this is the key already"_s};
    if (lease->count() > 1) return Error{ErrorKind::Conflict, u"the workspace is open twice in this program"_s};
    AIVA_CHECK(checkWritable(files));
    const auto changed = runSteps(files, record, next, key, newKey);
    // Past the swap the new key is the key, even when key.json still names both.
    const bool isSwapped = !record.next || !QFile::exists(files.rekeyed);
    if (!changed && !(record.next && isSwapped)) return changed;
    lease.reset();
    key = std::move(newKey);
    AIVA_TRY(lease, CipherKeyLease::take(files.database, key.toSecret(), CipherKeyLease::Trust::Proven));
    return changed;
}

Result<void> Workspace::rekey(SecretString newKey) {
    if (d->record.current.source == KeySource::Passphrase)
        return Error{ErrorKind::Refused, u"a passphrase workspace changes its key with its passphrase"_s};
    AIVA_TRY(KeyBytes key, KeyBytes::fromSecret(newKey));
    AIVA_TRY(const KeyEntry next, makeKeyEntry(d->record.id, key, d->record.current.source));
    return d->changeKey(std::move(key), next);
}

Result<void> Workspace::rekeyWithPassphrase(const SecretString& passphrase) {
    AIVA_TRY(KeyBytes key, KeyBytes::random());
    AIVA_TRY(const KeyEntry next, makePassphraseEntry(d->record.id, key, passphrase));
    return d->changeKey(std::move(key), next);
}

} // namespace aiva
