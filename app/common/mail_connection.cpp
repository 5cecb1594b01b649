#include "app/common/mail_connection.h"

#include "core/adapters/mail/imap/imap_mailbox.h"
#include "core/adapters/mail/smtp/smtp_submission.h"
#include "core/adapters/secrets/keychain_secret_store.h"

namespace aiva {

using namespace Qt::StringLiterals;

MailSecrets::MailSecrets(const Workspace& workspace, std::unique_ptr<SettingsRepository> settings, bool useKeychain)
    : m_workspace(&workspace), m_settings(std::move(settings)), m_useKeychain(useKeychain) {}

Result<MailSecrets> MailSecrets::open(const Workspace& workspace, Database& database) {
    AIVA_TRY(auto settings, SettingsRepository::create(database));
    AIVA_TRY(const KeySource source, Workspace::keySource(workspace.dir()));
    return MailSecrets(workspace, std::move(settings), source == KeySource::Keychain);
}

Result<void> MailSecrets::save(const MailAccount& account, const SecretString& secret) {
    const QString name = mailSecretName(account);
    if (!m_useKeychain) return m_settings->setSecret(*m_workspace, name, secret);
    KeychainSecretStore keychain;
    return keychain.write(name, secret);
}

Result<SecretString> MailSecrets::secret(const MailAccount& account) {
    const QString name = mailSecretName(account);
    std::optional<SecretString> secret;
    if (m_useKeychain) {
        KeychainSecretStore keychain;
        AIVA_TRY(secret, keychain.read(name));
    } else {
        AIVA_TRY(secret, m_settings->secret(*m_workspace, name));
    }
    if (!secret) return Error{ErrorKind::Auth, u"the secret of this mailbox is gone"_s, ErrorCause::LoginExpired};
    return *secret;
}

Result<void> MailSecrets::remove(const MailAccount& account) {
    const QString name = mailSecretName(account);
    if (!m_useKeychain) return m_settings->removeSecret(name);
    KeychainSecretStore keychain;
    return keychain.remove(name);
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
