#include "app/common/kept_secrets.h"

#include "core/adapters/secrets/keychain_secret_store.h"
#include "core/base/log.h"

namespace aiva {

KeptSecrets::KeptSecrets(const Workspace& workspace, std::unique_ptr<SettingsRepository> settings,
                         std::shared_ptr<SecretStore> keychain)
    : m_workspace(&workspace), m_settings(std::move(settings)), m_keychain(std::move(keychain)) {}

Result<KeptSecrets> KeptSecrets::open(const Workspace& workspace, Database& database) {
    AIVA_TRY(const KeySource source, Workspace::keySource(workspace.dir()));
    return open(workspace, database, source == KeySource::Keychain ? std::make_shared<KeychainSecretStore>() : nullptr);
}

Result<KeptSecrets> KeptSecrets::open(const Workspace& workspace, Database& database,
                                      std::shared_ptr<SecretStore> keychain) {
    AIVA_TRY(auto settings, SettingsRepository::create(database));
    return KeptSecrets(workspace, std::move(settings), std::move(keychain));
}

Result<void> KeptSecrets::save(const QString& name, const SecretString& secret) {
    return m_keychain ? m_keychain->write(name, secret) : m_settings->setSecret(*m_workspace, name, secret);
}

Result<std::optional<SecretString>> KeptSecrets::find(const QString& name) {
    return m_keychain ? m_keychain->read(name) : m_settings->secret(*m_workspace, name);
}

Result<void> KeptSecrets::remove(const QString& name) {
    return m_keychain ? m_keychain->remove(name) : m_settings->removeSecret(name);
}

Result<QString> KeptSecrets::nameHere(const QString& name) const {
    if (!m_keychain) return name;
    AIVA_TRY(const QString id, Workspace::keyId(m_workspace->dir()));
    return name + QLatin1Char('/') + id;
}

Result<void> KeptSecrets::saveHere(const QString& name, const SecretString& secret) {
    AIVA_TRY(const QString here, nameHere(name));
    return save(here, secret);
}

Result<std::optional<SecretString>> KeptSecrets::findHere(const QString& name) {
    AIVA_TRY(const QString here, nameHere(name));
    AIVA_TRY(auto secret, find(here));
    if (secret || here == name) return secret;
    // Copied, for another workspace may still look there.
    AIVA_TRY(secret, find(name));
    if (!secret) return secret;
    // Another process may have written a newer one since.
    AIVA_TRY(auto newer, find(here));
    if (newer) return newer;
    if (const auto copied = save(here, *secret); !copied)
        qCWarning(logSync, "a secret keeps its former name: %s", qUtf8Printable(errorWords(copied.error())));
    return secret;
}

Result<std::optional<SecretString>> KeptSecrets::findForSure(const QString& name) {
    AIVA_TRY(auto secret, findHere(name));
    if (secret || !m_keychain) return secret;
    // A locked keychain says the same as one that has nothing; and that is no reason to connect anything again.
    AIVA_CHECK(m_keychain->probe());
    return findHere(name);
}

Result<void> KeptSecrets::removeHere(const QString& name) {
    AIVA_TRY(const QString here, nameHere(name));
    const Result<void> removed = remove(here);
    if (here == name) return removed;
    const Result<void> formerRemoved = remove(name);
    return removed ? formerRemoved : removed;
}

} // namespace aiva
