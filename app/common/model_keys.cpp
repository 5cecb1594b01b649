#include "app/common/model_keys.h"

namespace aiva {
namespace {

QString modelKeyName(EndpointId endpoint) {
    return QStringLiteral("model-key/%1").arg(endpoint.value());
}

} // namespace

Result<ModelKeys> ModelKeys::open(const Workspace& workspace, Database& database) {
    AIVA_TRY(KeptSecrets kept, KeptSecrets::open(workspace, database));
    return ModelKeys(std::move(kept));
}

Result<ModelKeys> ModelKeys::open(const Workspace& workspace, Database& database,
                                  std::shared_ptr<SecretStore> keychain) {
    AIVA_TRY(KeptSecrets kept, KeptSecrets::open(workspace, database, std::move(keychain)));
    return ModelKeys(std::move(kept));
}

// Each workspace counts its models from one: the key of another one's model would be given to this one's provider. What
// lies in a keychain under the bare number is nobody's for sure, and is not read.
Result<SecretString> ModelKeys::key(EndpointId endpoint) {
    AIVA_TRY(const QString name, m_kept.nameHere(modelKeyName(endpoint)));
    AIVA_TRY(const std::optional<SecretString> key, m_kept.find(name));
    return key.value_or(SecretString());
}

Result<void> ModelKeys::save(EndpointId endpoint, const SecretString& key) {
    return m_kept.saveHere(modelKeyName(endpoint), key);
}

Result<void> ModelKeys::remove(EndpointId endpoint) {
    AIVA_TRY(const QString name, m_kept.nameHere(modelKeyName(endpoint)));
    return m_kept.remove(name);
}

} // namespace aiva
