// The door to wherever this machine keeps secrets: the OS keychain, or a file sealed by a passphrase or key file.
#pragma once

#include "core/base/result.h"
#include "core/base/secret_string.h"

#include <QString>

#include <optional>

namespace aiva {

// Blocking; names are ours ("workspace-key/<id>", "shopify-client-secret/<store domain>/<id>").
class SecretStore {
public:
    virtual ~SecretStore();
    // Writes, reads back and deletes a canary. NoSecretService when this machine has no usable store; QtKeychain reads
    // a locked or absent collection as "not found", so nothing less proves it.
    virtual Result<void> probe() = 0;
    // Absent when there is no such secret.
    virtual Result<std::optional<SecretString>> read(const QString& name) = 0;
    virtual Result<void> write(const QString& name, const SecretString& secret) = 0;
    virtual Result<void> remove(const QString& name) = 0;
};

} // namespace aiva
