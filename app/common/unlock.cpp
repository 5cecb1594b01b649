#include "app/common/unlock.h"

#include "core/adapters/secrets/key_file.h"
#include "core/adapters/secrets/keychain_secret_store.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <filesystem>

namespace aiva {
namespace {

QString dirOf(const UnlockOptions& options) {
    return options.workspaceDir.isEmpty() ? defaultWorkspaceDir() : QDir(options.workspaceDir).absolutePath();
}

QString keychainName(const QString& keyId) {
    return QStringLiteral("workspace-key/") + keyId;
}

Result<std::unique_ptr<Workspace>> initWithKeychain(const QString& dir) {
    KeychainSecretStore keychain;
    AIVA_CHECK(keychain.probe());
    const SecretString key = Workspace::newKey();
    AIVA_TRY(auto workspace, Workspace::create(dir, key, KeySource::Keychain));
    AIVA_TRY(const QString id, Workspace::keyId(dir));
    AIVA_CHECK(keychain.write(keychainName(id), key));
    return workspace;
}

QString nextName(const QString& name) {
    return name + QStringLiteral("/next");
}

// The file a new key waits in until the workspace has it.
QString nextFile(const QString& keyFile) {
    return keyFile + QStringLiteral(".next");
}

// Atomic: a key file is never missing and never half written.
Result<void> replaceKeyFile(const QString& from, const QString& to) {
    std::error_code failed;
    std::filesystem::rename(from.toStdString(), to.toStdString(), failed);
    if (failed)
        return Error{ErrorKind::Storage, QStringLiteral("the new key file could not take the old one's place"),
                     ErrorCause::ReadOnlyDisk};
    return {};
}

// A change of key that was killed leaves the workspace under the old key or the next one; both are kept until it is
// known which. `promote` makes the next one the key.
template <typename Promote>
Result<std::unique_ptr<Workspace>> openWithEither(const QString& dir, SecretString key,
                                                  std::optional<SecretString> next, Promote promote) {
    auto workspace = Workspace::open(dir, std::move(key));
    if (workspace || workspace.error().cause != ErrorCause::WrongKey || !next) return workspace;
    auto underNext = Workspace::open(dir, *next);
    if (!underNext) return workspace;
    AIVA_CHECK(promote(*next));
    return underNext;
}

// Absent, too, when it was not written to its end: no workspace has such a key.
std::optional<SecretString> nextKeyOf(const QString& keyFile) {
    auto next = readKeyFile(nextFile(keyFile));
    return next ? std::optional<SecretString>(*std::move(next)) : std::nullopt;
}

Result<std::unique_ptr<Workspace>> openWithKeyFile(const QString& dir, const QString& keyFile) {
    AIVA_TRY(SecretString key, readKeyFile(keyFile));
    std::optional<SecretString> next = nextKeyOf(keyFile);
    return openWithEither(dir, std::move(key), std::move(next),
                          [&](const SecretString&) { return replaceKeyFile(nextFile(keyFile), keyFile); });
}

Result<std::unique_ptr<Workspace>> openWithKeychain(const QString& dir) {
    AIVA_TRY(const QString id, Workspace::keyId(dir));
    const QString name = keychainName(id);
    KeychainSecretStore keychain;
    AIVA_CHECK(keychain.probe());
    AIVA_TRY(std::optional<SecretString> key, keychain.read(name));
    AIVA_TRY(std::optional<SecretString> next, keychain.read(nextName(name)));
    if (!key) key = next;
    if (!key)
        return Error{ErrorKind::Storage, QStringLiteral("the keychain has no key for this workspace"),
                     ErrorCause::WrongKey};
    return openWithEither(dir, *key, std::move(next), [&](const SecretString& promoted) -> Result<void> {
        AIVA_CHECK(keychain.write(name, promoted));
        return keychain.remove(nextName(name));
    });
}

Result<void> changeKeyFile(const QString& keyFile, Workspace& workspace) {
    const QString next = nextFile(keyFile);
    if (!nextKeyOf(keyFile)) {
        QFile::remove(next);
        AIVA_CHECK(createKeyFile(next));
    }
    AIVA_TRY(SecretString key, readKeyFile(next));
    AIVA_CHECK(workspace.rekey(std::move(key)));
    return replaceKeyFile(next, keyFile);
}

Result<void> changeKeychainKey(Workspace& workspace) {
    AIVA_TRY(const QString id, Workspace::keyId(workspace.dir()));
    KeychainSecretStore keychain;
    const SecretString key = Workspace::newKey();
    AIVA_CHECK(keychain.write(nextName(keychainName(id)), key));
    AIVA_CHECK(workspace.rekey(key));
    AIVA_CHECK(keychain.write(keychainName(id), key));
    return keychain.remove(nextName(keychainName(id)));
}

} // namespace

QString defaultWorkspaceDir() {
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/aiva");
}

Result<std::unique_ptr<Workspace>> initWorkspace(const UnlockOptions& options) {
    const QString dir = dirOf(options);
    if (Workspace::exists(dir))
        return Error{ErrorKind::Conflict, QStringLiteral("there is already a workspace in this folder")};
    if (options.passphrase) return Workspace::createWithPassphrase(dir, *options.passphrase);
    if (options.keyFile.isEmpty()) return initWithKeychain(dir);
    if (!QFileInfo::exists(options.keyFile)) AIVA_CHECK(createKeyFile(options.keyFile));
    AIVA_TRY(SecretString key, readKeyFile(options.keyFile));
    return Workspace::create(dir, std::move(key), KeySource::KeyFile);
}

Result<std::unique_ptr<Workspace>> openWorkspace(const UnlockOptions& options) {
    const QString dir = dirOf(options);
    if (!Workspace::exists(dir))
        return Error{ErrorKind::NotFound, QStringLiteral("there is no workspace in this folder"),
                     ErrorCause::WorkspaceAbsent};
    if (!options.keyFile.isEmpty()) return openWithKeyFile(dir, options.keyFile);
    AIVA_TRY(const KeySource source, Workspace::keySource(dir));
    if (source == KeySource::Keychain) return openWithKeychain(dir);
    if (source == KeySource::KeyFile)
        return Error{ErrorKind::Storage, QStringLiteral("this workspace needs its key file"), ErrorCause::WrongKey};
    if (!options.passphrase)
        return Error{ErrorKind::Storage, QStringLiteral("this workspace needs its passphrase"), ErrorCause::WrongKey};
    AIVA_TRY(SecretString key, Workspace::unwrapWithPassphrase(dir, *options.passphrase));
    return Workspace::open(dir, std::move(key));
}

Result<void> changeKey(const UnlockOptions& options, Workspace& workspace, const SecretString& newPassphrase) {
    AIVA_TRY(const KeySource source, Workspace::keySource(workspace.dir()));
    if (source == KeySource::Keychain) return changeKeychainKey(workspace);
    if (source == KeySource::KeyFile) return changeKeyFile(options.keyFile, workspace);
    if (newPassphrase.isEmpty()) return Error{ErrorKind::Invalid, QStringLiteral("the new passphrase is missing")};
    return workspace.rekeyWithPassphrase(newPassphrase);
}

} // namespace aiva
