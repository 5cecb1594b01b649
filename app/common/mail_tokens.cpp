#include "app/common/mail_tokens.h"

#include <QPointer>

namespace aiva {

using namespace Qt::StringLiterals;

MailTokens::MailTokens(HttpTransport& transport, const Clock& clock, Read read, Keep keep, QObject* parent)
    : QObject(parent), m_transport(transport), m_clock(clock), m_read(std::move(read)), m_keep(std::move(keep)) {}

CredentialSource MailTokens::credentialsOf(const MailAccount& account) {
    return [self = QPointer(this), account](const SecretString& refused) {
        if (!self) return readyFuture<MailCredentials>(Error{ErrorKind::Refused, u"the mailbox was closed"_s});
        return self->ask(account, refused);
    };
}

Future<MailCredentials> MailTokens::ask(const MailAccount& account, const SecretString& refused) {
    const Result<AccessTokens*> tokens = tokensOf(account);
    if (!tokens) return readyFuture<MailCredentials>(tokens.error());
    const Future<SecretString> token = refused.isEmpty() ? (*tokens)->current() : (*tokens)->renewedAfter(refused);
    return andThen(token, this, [account](const SecretString& fresh) {
        return readyFuture<MailCredentials>(MailCredentials{account.userName, fresh, MailAuth::OAuth});
    });
}

Result<AccessTokens*> MailTokens::tokensOf(const MailAccount& account) {
    if (AccessTokens* known = m_tokens.value(account.address)) return known;
    AIVA_TRY(const OAuthGrant kept, m_read(account));
    const auto keep = [this, account, clientSecret = kept.clientSecret](const SecretString& refreshToken,
                                                                        const SecretString& replaced) {
        return m_keep(account, {refreshToken, clientSecret}, replaced);
    };
    const auto read = [this, account]() -> Result<SecretString> {
        AIVA_TRY(const OAuthGrant now, m_read(account));
        return now.refreshToken;
    };
    auto* made = new AccessTokens(m_transport, m_clock, OAuthClient{account.oauth, kept.clientSecret},
                                  kept.refreshToken, keep, read, this);
    m_tokens.insert(account.address, made);
    return made;
}

void MailTokens::forget(const MailAccount& account) {
    if (AccessTokens* tokens = m_tokens.take(account.address)) tokens->deleteLater();
}

} // namespace aiva
