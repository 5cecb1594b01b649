#include "app/common/unlock.h"

#include "core/adapters/secrets/key_file.h"
#include "core/adapters/secrets/keychain_secret_store.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

namespace aiva {
namespace {

QString dirOf(const UnlockOptions& options) {
    return options.workspaceDir.isEmpty() ? defaultWorkspaceDir() : QDir(options.workspaceDir).absolutePath();
}

QString keychainName(const QString& keyId) {
    return QStringLiteral("workspace-key/") + keyId;
}

Result<SecretString> keyFromKeychain(const QString& dir) {
    AIVA_TRY(const QString id, Workspace::keyId(dir));
    KeychainSecretStore keychain;
    AIVA_CHECK(keychain.probe());
    AIVA_TRY(const std::optional<SecretString> key, keychain.read(keychainName(id)));
    if (!key)
        return Error{ErrorKind::Storage, QStringLiteral("the keychain has no key for this workspace"),
                     ErrorCause::WrongKey};
    return *key;
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
    if (!options.keyFile.isEmpty()) {
        AIVA_TRY(SecretString key, readKeyFile(options.keyFile));
        return Workspace::open(dir, std::move(key));
    }
    AIVA_TRY(const KeySource source, Workspace::keySource(dir));
    if (source == KeySource::Keychain) {
        AIVA_TRY(SecretString key, keyFromKeychain(dir));
        return Workspace::open(dir, std::move(key));
    }
    if (source == KeySource::KeyFile)
        return Error{ErrorKind::Storage, QStringLiteral("this workspace needs its key file"), ErrorCause::WrongKey};
    if (!options.passphrase)
        return Error{ErrorKind::Storage, QStringLiteral("this workspace needs its passphrase"), ErrorCause::WrongKey};
    AIVA_TRY(SecretString key, Workspace::unwrapWithPassphrase(dir, *options.passphrase));
    return Workspace::open(dir, std::move(key));
}

} // namespace aiva
