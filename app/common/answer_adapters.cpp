#include "app/common/answer_adapters.h"

#include "core/adapters/http/http_transport.h"
#include "core/adapters/model/model_connection.h"
#include "core/adapters/secrets/keychain_secret_store.h"
#include "core/storage/workspace/settings_repository.h"

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

QString keyName(EndpointId id) {
    return u"model-key/%1"_s.arg(id.value());
}

// In the OS keychain when the workspace's key is there too, else sealed in the workspace (C5).
Result<bool> usesKeychain(const Workspace& workspace) {
    AIVA_TRY(const KeySource source, Workspace::keySource(workspace.dir()));
    return source == KeySource::Keychain;
}

// Empty when there is none: a model on this device needs none.
Result<SecretString> keptKey(const Workspace& workspace, EndpointId id) {
    AIVA_TRY(const bool inKeychain, usesKeychain(workspace));
    std::optional<SecretString> key;
    if (inKeychain) {
        KeychainSecretStore keychain;
        AIVA_TRY(key, keychain.read(keyName(id)));
    } else {
        AIVA_TRY(const auto reader, workspace.openReader());
        AIVA_TRY(const auto settings, SettingsRepository::create(*reader));
        AIVA_TRY(key, settings->secret(workspace, keyName(id)));
    }
    return key.value_or(SecretString());
}

Result<void> saveKey(const Workspace& workspace, Database& writer, EndpointId id, const SecretString& key) {
    AIVA_TRY(const bool inKeychain, usesKeychain(workspace));
    if (inKeychain) {
        KeychainSecretStore keychain;
        return keychain.write(keyName(id), key);
    }
    AIVA_TRY(const auto settings, SettingsRepository::create(writer));
    return settings->setSecret(workspace, keyName(id), key);
}

Result<void> removeKey(const Workspace& workspace, Database& writer, EndpointId id) {
    AIVA_TRY(const bool inKeychain, usesKeychain(workspace));
    if (inKeychain) {
        KeychainSecretStore keychain;
        return keychain.remove(keyName(id));
    }
    AIVA_TRY(const auto settings, SettingsRepository::create(writer));
    return settings->removeSecret(keyName(id));
}

} // namespace

AnswerAdapters answerAdapters(const Workspace& workspace, const Clock& clock) {
    AnswerAdapters adapters;
    // One transport for all models, made on the core thread at first use.
    auto transport = std::make_shared<std::unique_ptr<HttpTransport>>();
    adapters.model = [&workspace, &clock,
                      transport](const ModelEndpoint& endpoint,
                                 const std::optional<SecretString>& given) -> Result<std::unique_ptr<ModelPort>> {
        if (!*transport) *transport = std::make_unique<HttpTransport>();
        SecretString key;
        if (given) {
            key = *given;
        } else if (endpoint.id.isValid()) {
            AIVA_TRY(key, keptKey(workspace, endpoint.id));
        }
        return openModelPort(**transport, clock, endpoint, key);
    };
    adapters.saveKey = [&workspace](Database& writer, EndpointId id, const SecretString& key) {
        return saveKey(workspace, writer, id, key);
    };
    adapters.removeKey = [&workspace](Database& writer, EndpointId id) { return removeKey(workspace, writer, id); };
    return adapters;
}

} // namespace aiva
