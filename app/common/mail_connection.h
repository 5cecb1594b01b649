// Connecting mailboxes: where their secrets lie, and the adapters that use them. Used by the desk's adapters, `aivactl
// mail` and `aivactl outbox`.
#pragma once

#include "app/common/kept_secrets.h"
#include "core/adapters/mail/wire/credentials.h"
#include "core/adapters/oauth/oauth_grant.h"
#include "core/base/clock.h"
#include "core/domain/mail/mail_account.h"
#include "core/ports/mailbox_port.h"
#include "core/ports/submission_port.h"

#include <memory>

namespace aiva {

// Passwords and refresh tokens.
class MailSecrets {
public:
    // Reading needs no more than a query-only connection.
    static Result<MailSecrets> open(const Workspace& workspace, Database& database);
    // With this keychain; null: sealed in the workspace.
    static Result<MailSecrets> open(const Workspace& workspace, Database& database,
                                    std::shared_ptr<SecretStore> keychain);

    // Saving and removing claim the secrets, so that no renewal of another process comes in between.
    Result<void> save(const MailAccount& account, const SecretString& secret);
    // Auth/LoginExpired when there is none: the mailbox has to be connected again. A keychain that is locked or gone is
    // NoSecretService.
    Result<SecretString> secret(const MailAccount& account);
    Result<void> remove(const MailAccount& account); // also when there is none
    // A grant in the place of the one with this refresh token: Conflict when another sign-in took its place meanwhile,
    // Auth/LoginExpired when the mailbox was disconnected.
    Result<void> renew(const MailAccount& account, const OAuthGrant& grant, const SecretString& replaced);

private:
    explicit MailSecrets(KeptSecrets kept) : m_kept(std::move(kept)) {}
    KeptSecrets m_kept;
};

// Asked at each login: the secret kept for the account, read through a connection that lives no longer than that.
CredentialSource keptCredentials(const Workspace& workspace, const MailAccount& account);
// A secret that is not kept yet, to test it.
CredentialSource givenCredentials(const MailAccount& account, const SecretString& secret);

// On the thread of the caller; `credentials` as above.
std::unique_ptr<MailboxPort> openMailbox(const MailAccount& account, CredentialSource credentials);
std::unique_ptr<SubmissionPort> openSubmission(const MailAccount& account, CredentialSource credentials);

} // namespace aiva
