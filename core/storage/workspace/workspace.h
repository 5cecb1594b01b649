// Workspace: a folder with one encrypted database, its key check and its spool. Created or opened once by app; hands
// out connections. Holds the only copy of the workspace key outside the secret store.
//
// `dir` is a folder (aiva.db, key.json, spool/) or the file of a backup (FILE with FILE.key.json beside it), which can
// be opened in place or restored by copying the two to DIR/aiva.db and DIR/key.json.
#pragma once

#include "core/base/result.h"
#include "core/base/secret_string.h"
#include "core/storage/database/database.h"

#include <QMap>
#include <QString>
#include <QStringList>

#include <functional>
#include <memory>

namespace aiva {

// How the workspace key is come by; stored beside the database in key.json together with the key check value.
enum class KeySource { Keychain, Passphrase, KeyFile };

struct WorkspaceInfo {
    QString path;
    int schemaVersion = 0;
    // stores customers orders order_items products variants conversations messages
    QMap<QString, qint64> counts;
};

class Workspace {
public:
    // Makes folder, key.json and database. Conflict when one is already there. `key`: 32 random bytes (newKey()).
    static Result<std::unique_ptr<Workspace>> create(const QString& dir, SecretString key, KeySource source);
    // WorkspaceAbsent, WrongKey, DamagedFile, NewerSchema, ReadOnlyDisk: told apart, and the files left as they were.
    static Result<std::unique_ptr<Workspace>> open(const QString& dir, SecretString key);
    // Without the key: is there one, and how is its key come by?
    static bool exists(const QString& dir);
    static Result<KeySource> keySource(const QString& dir);
    // Random id of the workspace, the name its key has in a keychain.
    static Result<QString> keyId(const QString& dir);
    // Passphrase workspaces: scrypt (N=2^17, r=8, p=1) over the salt in key.json unwraps the workspace key.
    static Result<SecretString> unwrapWithPassphrase(const QString& dir, const SecretString& passphrase);
    static Result<std::unique_ptr<Workspace>> createWithPassphrase(const QString& dir, const SecretString& passphrase);
    // 32 random bytes.
    static SecretString newKey();

    ~Workspace();

    QString dir() const;
    QString databasePath() const;
    QString spoolDir() const;

    // The one write connection (migrated) and as many query-only ones as there are reading threads.
    Result<std::unique_ptr<Database>> openWriter() const;
    Result<std::unique_ptr<Database>> openReader() const;

    // AES-256-GCM under a subkey of the workspace key (HKDF info = purpose); `context` is authenticated.
    Result<QByteArray> seal(const QByteArray& plain, const QString& purpose, const QString& context) const;
    Result<QByteArray> unseal(const QByteArray& sealed, const QString& purpose, const QString& context) const;

    Result<WorkspaceInfo> info() const;
    // Integrity of pages, references and full-text indexes; each problem a sentence. Empty: clean.
    Result<QStringList> check() const;
    // An encrypted copy under the same key, with FILE.key.json beside it; Conflict when either exists. Writers go on.
    Result<void> backup(const QString& file) const;
    // Re-encrypts every page and sealed secret under a new key; no connection may be open (Conflict here, WorkspaceBusy
    // elsewhere). Killed at any instruction, the workspace opens with the old key or the new one: keep both until this
    // answers (in a keychain: write the new one under "<name>/next" first, and try it when the old one is WrongKey).
    // Refused for passphrase workspaces.
    Result<void> rekey(SecretString newKey);
    // The same with a new random key behind a new passphrase.
    Result<void> rekeyWithPassphrase(const SecretString& passphrase);
    // 32 bytes for one file of storage's own: HKDF of the workspace key. Never leaves core/storage.
    Result<class KeyBytes> deriveKey(const QByteArray& purpose, const QByteArray& salt) const;

private:
    class Private;
    explicit Workspace(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
