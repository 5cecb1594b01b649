#include "core/storage/workspace/workspace.h"

#include "core/storage/database/migrations.h"
#include "core/storage/vault/cipher_connection.h"
#include "core/storage/vault/cipher_vfs.h"
#include "core/storage/vault/sealed_blob.h"
#include "core/storage/workspace/workspace_check.h"
#include "core/storage/workspace/workspace_copy.h"
#include "core/storage/workspace/workspace_private.h"

#include <QFile>
#include <QFileInfo>

#include <array>

namespace aiva {

using namespace Qt::StringLiterals;

Workspace::Workspace(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

Workspace::~Workspace() = default;

SecretString Workspace::newKey() {
    const auto key = KeyBytes::random();
    return key ? key->toSecret() : SecretString();
}

bool Workspace::exists(const QString& dir) {
    const WorkspaceFiles files = WorkspaceFiles::at(dir);
    return QFile::exists(files.database) || QFile::exists(files.keyRecord);
}

// A missing key.json beside a database is damage; both missing is an empty place.
static Result<KeyRecord> recordOf(const WorkspaceFiles& files) {
    auto record = readKeyRecord(files.keyRecord);
    if (!record && record.error().cause == ErrorCause::WorkspaceAbsent) {
        if (QFile::exists(files.database))
            return Error{ErrorKind::Storage, u"key.json is missing beside the database"_s, ErrorCause::DamagedFile};
        return Error{ErrorKind::NotFound, u"there is no workspace in %1"_s.arg(files.dir), ErrorCause::WorkspaceAbsent};
    }
    return record;
}

Result<KeySource> Workspace::keySource(const QString& dir) {
    AIVA_TRY(const KeyRecord record, recordOf(WorkspaceFiles::at(dir)));
    return record.current.source;
}

Result<QString> Workspace::keyId(const QString& dir) {
    AIVA_TRY(const KeyRecord record, recordOf(WorkspaceFiles::at(dir)));
    return record.id;
}

Result<SecretString> Workspace::unwrapWithPassphrase(const QString& dir, const SecretString& passphrase) {
    AIVA_TRY(const KeyRecord record, recordOf(WorkspaceFiles::at(dir)));
    auto key = unwrapKey(record.current, record.id, passphrase);
    if (!key && record.next && key.error().cause == ErrorCause::WrongKey)
        key = unwrapKey(*record.next, record.id, passphrase);
    if (!key) return key.error();
    return key->toSecret();
}

// Nothing that could be somebody's data is in the way; leftovers of a creation that never ended are cleared.
static Result<void> clearForCreation(const WorkspaceFiles& files) {
    if (QFile::exists(files.database) || (QFile::exists(files.keyRecord) && !QFile::exists(files.creating)))
        return Error{ErrorKind::Conflict, u"there is a workspace already in "_s + files.dir};
    if (QFile::exists(files.keyRecord) && !QFile::remove(files.keyRecord))
        return Error{ErrorKind::Storage, u"cannot write in "_s + files.dir, ErrorCause::ReadOnlyDisk};
    removeDatabase(files.creating);
    return {};
}

static Result<void> makeMigratedDatabase(const QString& path, const KeyBytes& key) {
    AIVA_TRY(const auto lease, CipherKeyLease::take(path, key.toSecret(), CipherKeyLease::Trust::Proven));
    AIVA_CHECK(createCipherDatabase(path));
    AIVA_TRY(const auto writer, Database::open(path, Database::Access::ReadWrite));
    return writer->execute("PRAGMA synchronous=FULL; PRAGMA wal_checkpoint(TRUNCATE)");
}

// The database is complete and durable before key.json names it, and takes its place last: killed anywhere, either
// open() finishes or create() starts over.
static Result<void> makeFiles(const WorkspaceFiles& files, const KeyRecord& record, const KeyBytes& key) {
    AIVA_CHECK(makePrivateFolder(files.dir));
    AIVA_CHECK(clearForCreation(files));
    auto made = makeMigratedDatabase(files.creating, key);
    if (made) made = writeKeyRecord(files.keyRecord, record);
    if (made) made = renameOver(files.creating, files.database);
    if (!made) {
        QFile::remove(files.keyRecord);
        removeDatabase(files.creating);
        return made;
    }
    syncFolderOf(files.database);
    return {};
}

Result<std::unique_ptr<Workspace>> Workspace::create(const QString& dir, SecretString key, KeySource source) {
    if (source == KeySource::Passphrase)
        return Error{ErrorKind::Invalid, u"a passphrase workspace needs its passphrase"_s};
    AIVA_TRY(const KeyBytes bytes, KeyBytes::fromSecret(key));
    KeyRecord record;
    record.id = newWorkspaceId();
    AIVA_TRY(record.current, makeKeyEntry(record.id, bytes, source));
    AIVA_CHECK(makeFiles(WorkspaceFiles::at(dir), record, bytes));
    return open(dir, std::move(key));
}

Result<std::unique_ptr<Workspace>> Workspace::createWithPassphrase(const QString& dir, const SecretString& passphrase) {
    AIVA_TRY(const KeyBytes key, KeyBytes::random());
    KeyRecord record;
    record.id = newWorkspaceId();
    AIVA_TRY(record.current, makePassphraseEntry(record.id, key, passphrase));
    AIVA_CHECK(makeFiles(WorkspaceFiles::at(dir), record, key));
    return open(dir, key.toSecret());
}

// NewerSchema and DamagedFile before any connection of ours could touch the file. With a log beside it the newest
// first page may be in there, so SQLite looks, and folds nothing in.
static Result<void> inspect(const WorkspaceFiles& files) {
    AIVA_TRY(const auto migrations, builtInMigrations());
    qint64 version = 0;
    if (QFileInfo(files.database + u"-wal"_s).size() > 0) {
        AIVA_TRY(const auto connection, CipherConnection::open(files.database, CipherConnection::Mode::LookOnly));
        AIVA_TRY(version, connection.integer("PRAGMA user_version"));
    } else {
        AIVA_TRY(version, schemaVersionOnDisk(files.database));
    }
    if (version <= static_cast<qint64>(migrations.size())) return {};
    return Error{ErrorKind::Storage,
                 u"the file has schema %1, this Aiva knows up to %2"_s.arg(version).arg(migrations.size()),
                 ErrorCause::NewerSchema};
}

Result<std::unique_ptr<Workspace>> Workspace::open(const QString& dir, SecretString key) {
    const WorkspaceFiles files = WorkspaceFiles::at(dir);
    AIVA_TRY(KeyRecord record, recordOf(files));
    AIVA_TRY(KeyBytes bytes, KeyBytes::fromSecret(key));
    key.wipe();
    AIVA_CHECK(recoverRekey(files, record, bytes));
    AIVA_CHECK(checkWritable(files));
    if (!QFile::exists(files.database)) {
        if (!QFile::exists(files.creating))
            return Error{ErrorKind::Storage, u"the database is missing beside key.json"_s, ErrorCause::DamagedFile};
        AIVA_CHECK(renameOver(files.creating, files.database));
        syncFolderOf(files.database);
    }
    AIVA_TRY(auto lease, CipherKeyLease::take(files.database, bytes.toSecret(), CipherKeyLease::Trust::Proven));
    AIVA_CHECK(inspect(files));
    return std::unique_ptr<Workspace>(new Workspace(
        std::unique_ptr<Private>(new Private{files, std::move(record), std::move(bytes), std::move(lease)})));
}

QString Workspace::dir() const {
    return d->files.dir;
}

QString Workspace::databasePath() const {
    return d->files.database;
}

QString Workspace::spoolDir() const {
    return d->files.spool;
}

Result<std::unique_ptr<Database>> Workspace::openWriter() const {
    return Database::open(d->files.database, Database::Access::ReadWrite);
}

Result<std::unique_ptr<Database>> Workspace::openReader() const {
    return Database::open(d->files.database, Database::Access::QueryOnly);
}

Result<QByteArray> Workspace::seal(const QByteArray& plain, const QString& purpose, const QString& context) const {
    return sealBlob(d->key, plain, purpose, context);
}

Result<QByteArray> Workspace::unseal(const QByteArray& sealed, const QString& purpose, const QString& context) const {
    return unsealBlob(d->key, sealed, purpose, context);
}

Result<KeyBytes> Workspace::deriveKey(const QByteArray& purpose, const QByteArray& salt) const {
    return d->key.derive(purpose, salt);
}

Result<WorkspaceInfo> Workspace::info() const {
    AIVA_TRY(const auto connection, CipherConnection::open(d->files.database, CipherConnection::Mode::ReadWrite));
    WorkspaceInfo info;
    info.path = d->files.dir;
    AIVA_TRY(const qint64 version, connection.integer("PRAGMA user_version"));
    info.schemaVersion = static_cast<int>(version);
    static constexpr std::array<std::pair<const char*, const char*>, 8> counts = {{
        {"stores", "SELECT count(*) FROM stores"},
        {"customers", "SELECT count(*) FROM customers"},
        {"orders", "SELECT count(*) FROM orders"},
        {"order_items", "SELECT count(*) FROM order_items"},
        {"products", "SELECT count(*) FROM products"},
        {"variants", "SELECT count(*) FROM variants"},
        {"conversations", "SELECT count(*) FROM conversations"},
        {"messages", "SELECT count(*) FROM messages"},
    }};
    for (const auto& [name, sql] : counts) {
        AIVA_TRY(info.counts[QString::fromLatin1(name)], connection.integer(sql));
    }
    return info;
}

Result<QStringList> Workspace::check() const {
    return checkDatabase(d->files.database, d->key);
}

Result<void> Workspace::backup(const QString& file) const {
    const WorkspaceFiles copy = WorkspaceFiles::ofBackup(file);
    for (const QString& path : {copy.database, copy.keyRecord})
        if (QFile::exists(path)) return Error{ErrorKind::Conflict, u"there is a file already: "_s + path};
    removeDatabase(copy.creating); // of a backup that was killed
    AIVA_TRY(const auto lease, CipherKeyLease::take(copy.creating, d->key.toSecret(), CipherKeyLease::Trust::Proven));
    AIVA_TRY(const auto source, CipherConnection::open(d->files.database, CipherConnection::Mode::LookOnly));
    AIVA_CHECK(copyDatabase(source, copy.creating));
    auto done = writeKeyRecord(copy.keyRecord, d->record);
    if (done) done = renameOver(copy.creating, copy.database);
    if (!done) {
        removeDatabase(copy.creating);
        QFile::remove(copy.keyRecord);
        return done;
    }
    syncFolderOf(copy.database);
    return {};
}

} // namespace aiva
