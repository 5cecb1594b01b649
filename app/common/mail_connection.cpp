#include "app/common/mail_connection.h"

#include "app/common/secrets_claim.h"
#include "core/adapters/mail/imap/imap_mailbox.h"
#include "core/adapters/mail/smtp/smtp_submission.h"

namespace aiva {

using namespace Qt::StringLiterals;

Result<MailSecrets> MailSecrets::open(const Workspace& workspace, Database& database) {
    AIVA_TRY(KeptSecrets kept, KeptSecrets::open(workspace, database));
    return MailSecrets(std::move(kept));
}

Result<MailSecrets> MailSecrets::open(const Workspace& workspace, Database& database,
                                      std::shared_ptr<SecretStore> keychain) {
    AIVA_TRY(KeptSecrets kept, KeptSecrets::open(workspace, database, std::move(keychain)));
    return MailSecrets(std::move(kept));
}

Result<void> MailSecrets::save(const MailAccount& account, const SecretString& secret) {
    AIVA_TRY(const auto claim, claimSecrets(m_kept.workspace()));
    return m_kept.saveHere(mailSecretName(account), secret);
}

Result<SecretString> MailSecrets::secret(const MailAccount& account) {
    AIVA_TRY(const std::optional<SecretString> secret, m_kept.findForSure(mailSecretName(account)));
    if (!secret) return Error{ErrorKind::Auth, u"the secret of this mailbox is gone"_s, ErrorCause::LoginExpired};
    return *secret;
}

Result<void> MailSecrets::remove(const MailAccount& account) {
    AIVA_TRY(const auto claim, claimSecrets(m_kept.workspace()));
    return m_kept.removeHere(mailSecretName(account));
}

Result<void> MailSecrets::renew(const MailAccount& account, const OAuthGrant& grant, const SecretString& replaced) {
    AIVA_TRY(const auto claim, claimSecrets(m_kept.workspace()));
    AIVA_TRY(const SecretString packed, secret(account));
    if (!grantFrom(packed).refreshToken.equals(replaced))
        return Error{ErrorKind::Conflict, u"another sign-in took its place"_s};
    return m_kept.saveHere(mailSecretName(account), packedGrant(grant));
}

namespace {

Result<SecretString> keptSecret(const Workspace& workspace, const MailAccount& account) {
    AIVA_TRY(const auto reader, workspace.openReader());
    AIVA_TRY(MailSecrets secrets, MailSecrets::open(workspace, *reader));
    return secrets.secret(account);
}

Result<MailCredentials> credentialsOf(const MailAccount& account, const Result<SecretString>& secret) {
    if (!secret) return secret.error();
    return MailCredentials{account.userName, *secret, account.auth};
}

} // namespace

CredentialSource keptCredentials(const Workspace& workspace, const MailAccount& account) {
    return [&workspace, account](const SecretString&) {
        return readyFuture<MailCredentials>(credentialsOf(account, keptSecret(workspace, account)));
    };
}

CredentialSource givenCredentials(const MailAccount& account, const SecretString& secret) {
    return
        [account, secret](const SecretString&) { return readyFuture<MailCredentials>(credentialsOf(account, secret)); };
}

std::unique_ptr<MailboxPort> openMailbox(const MailAccount& account, CredentialSource credentials) {
    return std::make_unique<ImapMailbox>(account, std::move(credentials));
}

std::unique_ptr<SubmissionPort> openSubmission(const MailAccount& account, CredentialSource credentials) {
    return std::make_unique<SmtpSubmission>(account.smtp, account.caCertificates, std::move(credentials));
}

} // namespace aiva
