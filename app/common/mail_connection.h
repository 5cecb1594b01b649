// Connecting mailboxes: where their secrets lie, and the adapters that use them. Used by the desk's adapters, `aivactl
// mail` and `aivactl outbox`.
#pragma once

#include "core/adapters/mail/wire/credentials.h"
#include "core/base/clock.h"
#include "core/domain/mail/mail_account.h"
#include "core/ports/mailbox_port.h"
#include "core/ports/secret_store.h"
#include "core/ports/submission_port.h"
#include "core/storage/workspace/settings_repository.h"
#include "core/storage/workspace/workspace.h"

#include <memory>
#include <optional>

namespace aiva {

// Passwords and refresh tokens: in the OS keychain when the workspace's key is there too, else sealed in the workspace.
class MailSecrets {
public:
    // Reading needs no more than a query-only connection.
    static Result<MailSecrets> open(const Workspace& workspace, Database& database);
    // With this keychain; null: sealed in the workspace.
    static Result<MailSecrets> open(const Workspace& workspace, Database& database,
                                    std::shared_ptr<SecretStore> keychain);

    Result<void> save(const MailAccount& account, const SecretString& secret);
    // Auth/LoginExpired when there is none: the mailbox has to be connected again. A keychain that is locked or gone is
    // NoSecretService.
    Result<SecretString> secret(const MailAccount& account);
    Result<void> remove(const MailAccount& account); // also when there is none

private:
    MailSecrets(const Workspace& workspace, std::unique_ptr<SettingsRepository> settings,
                std::shared_ptr<SecretStore> keychain);
    Result<std::optional<SecretString>> find(const QString& name);
    const Workspace* m_workspace;
    std::shared_ptr<SettingsRepository> m_settings;
    std::shared_ptr<SecretStore> m_keychain;
};

// Asked at each login: the secret kept for the account, read through a connection that lives no longer than that.
CredentialSource keptCredentials(const Workspace& workspace, const MailAccount& account);
// A secret that is not kept yet, to test it.
CredentialSource givenCredentials(const MailAccount& account, const SecretString& secret);

// On the thread of the caller; `credentials` as above.
std::unique_ptr<MailboxPort> openMailbox(const MailAccount& account, CredentialSource credentials);
std::unique_ptr<SubmissionPort> openSubmission(const MailAccount& account, CredentialSource credentials);

} // namespace aiva
