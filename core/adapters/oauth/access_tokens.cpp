#include "core/adapters/oauth/access_tokens.h"

#include "core/adapters/http/answer.h"

#include <algorithm>
#include <utility>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 kRenewBeforeSeconds = 300;

}

AccessTokens::AccessTokens(HttpTransport& transport, const Clock& clock, const OAuthClient& client,
                           const SecretString& refreshToken, KeepRefreshToken keep, KeptRefreshToken kept,
                           QObject* parent)
    : QObject(parent)
    , m_transport(transport)
    , m_clock(clock)
    , m_client(client)
    , m_refreshToken(refreshToken)
    , m_stored(refreshToken)
    , m_keep(std::move(keep))
    , m_kept(std::move(kept)) {}

void AccessTokens::adopt(const TokenAnswer& tokens) {
    m_revoked.reset();
    m_token = tokens.accessToken;
    m_renewAt =
        m_clock.now().plusSeconds(tokens.lifetimeSeconds - std::min(kRenewBeforeSeconds, tokens.lifetimeSeconds / 2));
    if (tokens.refreshToken.isEmpty() || tokens.refreshToken.equals(m_refreshToken)) return;
    const SecretString replaced = std::exchange(m_refreshToken, tokens.refreshToken);
    if (m_keep && m_keep(m_refreshToken, replaced)) m_stored = m_refreshToken;
}

// True: somebody else changed it. A keychain that does not answer is no reason to do without the one we know.
bool AccessTokens::takeKept() {
    if (!m_kept) return false;
    const auto kept = m_kept();
    if (!kept || kept->isEmpty() || kept->equals(m_stored)) return false;
    m_refreshToken = m_stored = *kept;
    m_revoked.reset();
    return true;
}

Future<SecretString> AccessTokens::current() {
    if (m_revoked && !takeKept()) return readyFuture<SecretString>(*m_revoked);
    if (!m_token.isEmpty() && m_clock.now() < m_renewAt) return readyFuture<SecretString>(m_token);
    return fetch();
}

Future<SecretString> AccessTokens::renewedAfter(const SecretString& refused) {
    if (m_revoked && !takeKept()) return readyFuture<SecretString>(*m_revoked);
    if (!m_token.isEmpty() && !m_token.equals(refused)) return current();
    m_token.wipe();
    return fetch();
}

Future<SecretString> AccessTokens::fetch() {
    if (m_fetching) return *m_fetching;
    // To use one that another process has exchanged since looks to a provider like theft.
    if (!std::exchange(m_isRead, false)) takeKept();
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
