// The keys of language models: in the OS keychain when the workspace's key is there too, else sealed in the workspace
// (C5). Used by the desk's adapters and `aivactl answer`.
#pragma once

#include "core/base/secret_string.h"
#include "core/domain/ids.h"
#include "core/ports/secret_store.h"
#include "core/storage/workspace/settings_repository.h"
#include "core/storage/workspace/workspace.h"

#include <memory>

namespace aiva {

class ModelKeys {
public:
    // Reading needs no more than a query-only connection.
    static Result<ModelKeys> open(const Workspace& workspace, Database& database);
    // With this keychain; null: sealed in the workspace.
    static Result<ModelKeys> open(const Workspace& workspace, Database& database,
                                  std::shared_ptr<SecretStore> keychain);

    // Empty when there is none: a model on this device needs none.
    Result<SecretString> key(EndpointId endpoint);
    Result<void> save(EndpointId endpoint, const SecretString& key);
    Result<void> remove(EndpointId endpoint); // also when there is none

private:
    ModelKeys(const Workspace& workspace, std::unique_ptr<SettingsRepository> settings,
              std::shared_ptr<SecretStore> keychain);
    Result<QString> nameHere(EndpointId endpoint) const;
    const Workspace* m_workspace;
    std::shared_ptr<SettingsRepository> m_settings;
    std::shared_ptr<SecretStore> m_keychain;
};

} // namespace aiva
