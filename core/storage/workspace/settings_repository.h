// The one settings table, and the sealed secrets beside it.
#pragma once

#include "core/base/result.h"
#include "core/base/secret_string.h"
#include "core/storage/database/database.h"
#include "core/storage/workspace/workspace.h"

#include <memory>
#include <optional>

namespace aiva {

class SettingsRepository {
public:
    static Result<std::unique_ptr<SettingsRepository>> create(Database& database);
    ~SettingsRepository();
    Result<std::optional<QString>> value(const QString& name);
    Result<void> setValue(const QString& name, const QString& value);

    // Sealed under the workspace key; for access tokens, and for client secrets when the machine has no keychain.
    Result<std::optional<SecretString>> secret(const Workspace& workspace, const QString& name);
    Result<void> setSecret(const Workspace& workspace, const QString& name, const SecretString& secret);
    Result<void> removeSecret(const QString& name);

private:
    class Private;
    explicit SettingsRepository(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
