#include "app/common/model_keys.h"

#include "core/adapters/secrets/keychain_secret_store.h"

#include <optional>

namespace aiva {
namespace {

QString modelKeyName(EndpointId endpoint) {
    return QStringLiteral("model-key/%1").arg(endpoint.value());
}

} // namespace

ModelKeys::ModelKeys(const Workspace& workspace, std::unique_ptr<SettingsRepository> settings,
                     std::shared_ptr<SecretStore> keychain)
    : m_workspace(&workspace), m_settings(std::move(settings)), m_keychain(std::move(keychain)) {}

Result<ModelKeys> ModelKeys::open(const Workspace& workspace, Database& database) {
    AIVA_TRY(const KeySource source, Workspace::keySource(workspace.dir()));
    return open(workspace, database, source == KeySource::Keychain ? std::make_shared<KeychainSecretStore>() : nullptr);
}

Result<ModelKeys> ModelKeys::open(const Workspace& workspace, Database& database,
                                  std::shared_ptr<SecretStore> keychain) {
    AIVA_TRY(auto settings, SettingsRepository::create(database));
    return ModelKeys(workspace, std::move(settings), std::move(keychain));
}

// A keychain is one for all workspaces, and each counts its models from one: the key of another workspace's model would
// be given to this one's provider. What lies there under the bare number is nobody's for sure, and is not read.
Result<QString> ModelKeys::nameHere(EndpointId endpoint) const {
    if (!m_keychain) return modelKeyName(endpoint);
    AIVA_TRY(const QString id, Workspace::keyId(m_workspace->dir()));
    return modelKeyName(endpoint) + QLatin1Char('/') + id;
}

Result<SecretString> ModelKeys::key(EndpointId endpoint) {
    AIVA_TRY(const QString name, nameHere(endpoint));
    AIVA_TRY(const std::optional<SecretString> key,
             m_keychain ? m_keychain->read(name) : m_settings->secret(*m_workspace, name));
    return key.value_or(SecretString());
}

Result<void> ModelKeys::save(EndpointId endpoint, const SecretString& key) {
    AIVA_TRY(const QString name, nameHere(endpoint));
    return m_keychain ? m_keychain->write(name, key) : m_settings->setSecret(*m_workspace, name, key);
}

Result<void> ModelKeys::remove(EndpointId endpoint) {
    AIVA_TRY(const QString name, nameHere(endpoint));
    return m_keychain ? m_keychain->remove(name) : m_settings->removeSecret(name);
}

} // namespace aiva
