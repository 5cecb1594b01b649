#include "app/common/mail_tokens.h"

#include <QPointer>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

// A login that comes back sooner was refused; a later one is a new connection.
constexpr qint64 kSameLoginMs = 15'000;

}

MailTokens::MailTokens(HttpTransport& transport, const Clock& clock, Read read, Keep keep, QObject* parent)
    : QObject(parent), m_transport(transport), m_clock(clock), m_read(std::move(read)), m_keep(std::move(keep)) {}

CredentialSource MailTokens::credentialsOf(const MailAccount& account) {
    return [self = QPointer(this), account, given = std::make_shared<Given>()] {
        if (!self) return readyFuture<MailCredentials>(Error{ErrorKind::Refused, u"the mailbox was closed"_s});
        return self->ask(account, given);
    };
}

Future<MailCredentials> MailTokens::ask(const MailAccount& account, const std::shared_ptr<Given>& given) {
    const Result<AccessTokens*> tokens = tokensOf(account);
    if (!tokens) return readyFuture<MailCredentials>(tokens.error());
    const bool wasRefused = !given->token.isEmpty() && m_clock.now() < given->at.plusMs(kSameLoginMs);
    const Future<SecretString> token = wasRefused ? (*tokens)->renewedAfter(given->token) : (*tokens)->current();
    return andThen(token, this, [this, account, given](const SecretString& fresh) {
        *given = {fresh, m_clock.now()};
        return readyFuture<MailCredentials>(MailCredentials{account.userName, fresh, MailAuth::OAuth});
    });
}

Result<AccessTokens*> MailTokens::tokensOf(const MailAccount& account) {
    if (AccessTokens* known = m_tokens.value(account.address)) return known;
    AIVA_TRY(const Kept kept, m_read(account));
    const auto keep = [this, account](const SecretString& refreshToken) { m_keep(account, refreshToken); };
    auto* made = new AccessTokens(m_transport, m_clock, OAuthClient{account.oauth, kept.clientSecret},
                                  kept.refreshToken, keep, this);
    m_tokens.insert(account.address, made);
    return made;
}

void MailTokens::forget(const MailAccount& account) {
    if (AccessTokens* tokens = m_tokens.take(account.address)) tokens->deleteLater();
}

} // namespace aiva
