#include "app/common/mail_connection.h"

#include "core/adapters/mail/imap/imap_mailbox.h"
#include "core/adapters/mail/smtp/smtp_submission.h"
#include "core/adapters/secrets/keychain_secret_store.h"

namespace aiva {

using namespace Qt::StringLiterals;

MailSecrets::MailSecrets(const Workspace& workspace, std::unique_ptr<SettingsRepository> settings,
                         std::shared_ptr<SecretStore> keychain)
    : m_workspace(&workspace), m_settings(std::move(settings)), m_keychain(std::move(keychain)) {}

Result<MailSecrets> MailSecrets::open(const Workspace& workspace, Database& database) {
    AIVA_TRY(const KeySource source, Workspace::keySource(workspace.dir()));
    return open(workspace, database, source == KeySource::Keychain ? std::make_shared<KeychainSecretStore>() : nullptr);
}

Result<MailSecrets> MailSecrets::open(const Workspace& workspace, Database& database,
                                      std::shared_ptr<SecretStore> keychain) {
    AIVA_TRY(auto settings, SettingsRepository::create(database));
    return MailSecrets(workspace, std::move(settings), std::move(keychain));
}

Result<void> MailSecrets::save(const MailAccount& account, const SecretString& secret) {
    const QString name = mailSecretName(account);
    return m_keychain ? m_keychain->write(name, secret) : m_settings->setSecret(*m_workspace, name, secret);
}

Result<std::optional<SecretString>> MailSecrets::find(const QString& name) {
    return m_keychain ? m_keychain->read(name) : m_settings->secret(*m_workspace, name);
}

Result<SecretString> MailSecrets::secret(const MailAccount& account) {
    const QString name = mailSecretName(account);
    AIVA_TRY(std::optional<SecretString> secret, find(name));
    if (!secret && m_keychain) {
        // A locked keychain says the same as one that has nothing; and that is no reason to sign in again.
        AIVA_CHECK(m_keychain->probe());
        AIVA_TRY(secret, find(name));
    }
    if (!secret) return Error{ErrorKind::Auth, u"the secret of this mailbox is gone"_s, ErrorCause::LoginExpired};
    return *secret;
}

Result<void> MailSecrets::remove(const MailAccount& account) {
    const QString name = mailSecretName(account);
    return m_keychain ? m_keychain->remove(name) : m_settings->removeSecret(name);
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
