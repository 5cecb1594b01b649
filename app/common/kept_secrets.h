// Where the secrets of a workspace lie: in the OS keychain when the workspace's key is there too, else sealed in the
// workspace (C5). What StoreSecrets, MailSecrets and ModelKeys have in common.
#pragma once

#include "core/base/secret_string.h"
#include "core/ports/secret_store.h"
#include "core/storage/workspace/settings_repository.h"
#include "core/storage/workspace/workspace.h"

#include <memory>
#include <optional>

namespace aiva {

class KeptSecrets {
public:
    // Reading needs no more than a query-only connection. The workspace outlives it.
    static Result<KeptSecrets> open(const Workspace& workspace, Database& database);
    // With this keychain; null: sealed in the workspace.
    static Result<KeptSecrets> open(const Workspace& workspace, Database& database,
                                    std::shared_ptr<SecretStore> keychain);

    const Workspace& workspace() const { return *m_workspace; }
    SettingsRepository& settings() { return *m_settings; } // for what is sealed in any case

    // Under this very name.
    Result<void> save(const QString& name, const SecretString& secret);
    Result<std::optional<SecretString>> find(const QString& name);
    Result<void> remove(const QString& name);

    // A keychain is one for all workspaces of a person: there the workspace is part of the name, so that none reads,
    // replaces or forgets what another one keeps.
    Result<QString> nameHere(const QString& name) const;
    Result<void> saveHere(const QString& name, const SecretString& secret);
    // Also what lies there as it was before the workspace was part of the name.
    Result<std::optional<SecretString>> findHere(const QString& name);
    // The same; NoSecretService instead of nothing when the keychain is locked or gone.
    Result<std::optional<SecretString>> findForSure(const QString& name);
    // Under both names; goes on after an error, and answers the first one.
    Result<void> removeHere(const QString& name);

private:
    KeptSecrets(const Workspace& workspace, std::unique_ptr<SettingsRepository> settings,
                std::shared_ptr<SecretStore> keychain);
    const Workspace* m_workspace;
    std::shared_ptr<SettingsRepository> m_settings;
    std::shared_ptr<SecretStore> m_keychain;
};

} // namespace aiva
