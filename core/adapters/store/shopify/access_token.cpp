#include "core/adapters/store/shopify/access_token.h"

#include "core/adapters/http/answer.h"
#include "core/adapters/store/shopify/api_errors.h"

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 kRenewBeforeSeconds = 300;

// Printable ASCII only: anything else could not stand in a header.
bool isUsable(std::string_view token) {
    return !token.empty() && token.size() <= 512 &&
           std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

Error refusedToken(const QString& why) {
    return {ErrorKind::Auth, why, ErrorCause::TokenRefused};
}

} // namespace

Result<ShopifyEndpoint> shopifyEndpoint(const QString& domain, const QUrl& baseUrl, const HttpTimeouts& timeouts) {
    ShopifyEndpoint endpoint;
    endpoint.timeouts = timeouts;
    endpoint.base = QUrl(u"https://%1"_s.arg(domain));
    endpoint.policy.hosts = {domain};
    if (baseUrl.isEmpty()) return endpoint;
    endpoint.base = baseUrl;
    endpoint.policy = {{}, HttpPolicy::Loopback::Allowed};
    if (!endpoint.policy.check(endpoint.base))
        return Error{ErrorKind::Invalid, u"a base URL may only be an address on this machine"_s,
                     ErrorCause::HostNotAllowed};
    return endpoint;
}

HttpRequest ShopifyEndpoint::request(HttpRequest::Method method, const QString& path) const {
    HttpRequest request;
    request.method = method;
    request.url = base;
    request.url.setPath(path);
    request.policy = policy;
    request.timeouts = timeouts;
    request.group = group;
    request.headers = {{"Accept", "application/json"}};
    return request;
}

AccessToken::AccessToken(HttpTransport& transport, const Clock& clock, const ShopifyEndpoint& endpoint,
                         Credentials credentials)
    : m_transport(transport), m_clock(clock), m_endpoint(endpoint), m_credentials(std::move(credentials)) {
    const auto* grant = std::get_if<ShopifyOfflineGrant>(&m_credentials);
    if (grant == nullptr || !isUsable(grant->accessToken.reveal())) return;
    m_token = grant->accessToken;
    m_renewAt = grant->expiresAt.plusSeconds(-kRenewBeforeSeconds);
}

Future<SecretString> AccessToken::current() {
    if (const auto* admin = std::get_if<ShopifyAdminToken>(&m_credentials)) {
        if (!isUsable(admin->token.reveal()))
            return readyFuture<SecretString>(refusedToken(u"the token is empty or malformed"_s));
        return readyFuture<SecretString>(admin->token);
    }
    if (!m_token.isEmpty() && m_clock.now() < m_renewAt) return readyFuture<SecretString>(m_token);
    return fetch();
}

Future<SecretString> AccessToken::renewedAfter(const SecretString& refused) {
    if (std::holds_alternative<ShopifyAdminToken>(m_credentials))
        return readyFuture<SecretString>(refusedToken(u"the shop refused the token"_s));
    // Somebody else may have renewed it while this answer was under way.
    if (!m_token.isEmpty() && !m_token.equals(refused)) return current();
    forget();
    return fetch();
}

void AccessToken::forget() {
    m_token.wipe();
}

Future<SecretString> AccessToken::fetch() {
    if (m_fetching) return *m_fetching;
    HttpRequest request = m_endpoint.request(HttpRequest::Method::Post, u"/admin/oauth/access_token"_s);
    request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    request.body = body();
    request.maxBodyBytes = 64 * 1024;
    auto answer = std::make_shared<Answer<SecretString>>();
    m_fetching = answer->future();
    whenDone(m_transport.send(std::move(request)), this, [this, answer](const Result<HttpResponse>& response) {
        m_fetching.reset();
        answer->say(response ? read(*response) : Result<SecretString>(response.error()));
    });
    return answer->future();
}

QByteArray AccessToken::body() const {
    if (const auto* grant = std::get_if<ShopifyOfflineGrant>(&m_credentials))
        return refreshTokenBody(grant->clientId, grant->clientSecret, grant->refreshToken);
    const auto& app = std::get<ShopifyClientCredentials>(m_credentials);
    return clientCredentialsBody(app.clientId, app.clientSecret);
}

Result<SecretString> AccessToken::read(const HttpResponse& response) {
    AIVA_TRY(const ShopifyTokens tokens, readShopifyTokens(response));
    AIVA_CHECK(keep(tokens, m_clock.now().plusSeconds(tokens.lifetimeSeconds)));
    m_token = tokens.accessToken;
    m_renewAt =
        m_clock.now().plusSeconds(tokens.lifetimeSeconds - std::min(kRenewBeforeSeconds, tokens.lifetimeSeconds / 2));
    return m_token;
}

Result<void> AccessToken::keep(const ShopifyTokens& tokens, UtcTime expiresAt) {
    auto* grant = std::get_if<ShopifyOfflineGrant>(&m_credentials);
    if (grant == nullptr) return {};
    if (grant->keep) AIVA_CHECK(grant->keep(tokens, expiresAt));
    if (!tokens.refreshToken.isEmpty()) grant->refreshToken = tokens.refreshToken;
    return {};
}

} // namespace aiva
