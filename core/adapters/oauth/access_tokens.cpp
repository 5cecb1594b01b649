#include "core/adapters/oauth/access_tokens.h"

#include "core/adapters/http/answer.h"

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 kRenewBeforeSeconds = 300;

}

AccessTokens::AccessTokens(HttpTransport& transport, const Clock& clock, const OAuthClient& client,
                           const SecretString& refreshToken, KeepRefreshToken keep, QObject* parent)
    : QObject(parent)
    , m_transport(transport)
    , m_clock(clock)
    , m_client(client)
    , m_refreshToken(refreshToken)
    , m_keep(std::move(keep)) {}

void AccessTokens::adopt(const TokenAnswer& tokens) {
    m_revoked.reset();
    m_token = tokens.accessToken;
    m_renewAt =
        m_clock.now().plusSeconds(tokens.lifetimeSeconds - std::min(kRenewBeforeSeconds, tokens.lifetimeSeconds / 2));
    if (tokens.refreshToken.isEmpty() || tokens.refreshToken.equals(m_refreshToken)) return;
    m_refreshToken = tokens.refreshToken;
    if (m_keep) m_keep(m_refreshToken);
}

Future<SecretString> AccessTokens::current() {
    if (m_revoked) return readyFuture<SecretString>(*m_revoked);
    if (!m_token.isEmpty() && m_clock.now() < m_renewAt) return readyFuture<SecretString>(m_token);
    return fetch();
}

Future<SecretString> AccessTokens::renewedAfter(const SecretString& refused) {
    if (m_revoked) return readyFuture<SecretString>(*m_revoked);
    if (!m_token.isEmpty() && !m_token.equals(refused)) return current();
    m_token.wipe();
    return fetch();
}

Future<SecretString> AccessTokens::fetch() {
    if (m_fetching) return *m_fetching;
    if (m_refreshToken.isEmpty())
        return readyFuture<SecretString>(Error{ErrorKind::Auth, u"never signed in"_s, ErrorCause::LoginExpired});
    if (const auto checked = checkEndpoints(m_client.provider); !checked)
        return readyFuture<SecretString>(checked.error());
    auto answer = std::make_shared<Answer<SecretString>>();
    m_fetching = answer->future();
    whenDone(m_transport.send(refreshRequest(m_client, m_refreshToken)), this,
             [this, answer](const Result<HttpResponse>& response) {
                 m_fetching.reset();
                 answer->say(read(response));
             });
    return answer->future();
}

Result<SecretString> AccessTokens::read(const Result<HttpResponse>& response) {
    if (!response) return response.error();
    const Result<TokenAnswer> tokens = readTokenAnswer(m_client.provider, *response);
    if (!tokens) {
        if (tokens.error().cause == ErrorCause::LoginExpired) m_revoked = tokens.error();
        return tokens.error();
    }
    adopt(*tokens);
    return m_token;
}

} // namespace aiva
