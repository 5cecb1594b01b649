// KeychainSecretStore: the operating system's keychain (Secret Service, KWallet, macOS Keychain, Windows Credential
// Store) through QtKeychain, under the service name "Aiva". Made by app; works from any thread, blocks the calling one.
// There is no fallback to plain text: without a usable keychain every call fails with NoSecretService.
#pragma once

#include "core/ports/secret_store.h"

namespace aiva {

class KeychainSecretStore final : public SecretStore {
public:
    // `waitMs` bounds each step; the system may be asking the person to unlock the keychain meanwhile.
    explicit KeychainSecretStore(QString service = QStringLiteral("Aiva"), int waitMs = 120'000);

    Result<void> probe() override;
    // A locked or missing collection also reads as absent: probe() first.
    Result<std::optional<SecretString>> read(const QString& name) override;
    // Reads back what it wrote: a key that was not kept is a workspace lost.
    Result<void> write(const QString& name, const SecretString& secret) override;
    Result<void> remove(const QString& name) override;

private:
    QString m_service;
    int m_waitMs;
};

} // namespace aiva
