// The keys of language models. Used by the desk's adapters and `aivactl answer`.
#pragma once

#include "app/common/kept_secrets.h"
#include "core/domain/ids.h"

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
    explicit ModelKeys(KeptSecrets kept) : m_kept(std::move(kept)) {}
    KeptSecrets m_kept;
};

} // namespace aiva
