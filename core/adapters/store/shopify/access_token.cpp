#include "core/adapters/store/shopify/access_token.h"

#include "core/adapters/store/shopify/api_errors.h"

#include <QTimer>

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 kRenewBeforeSeconds = 300;
// How long another process may take to renew the grant: as long as its question may (HttpTimeouts::totalMs), and some.
constexpr int kClaimTries = 700;
constexpr int kClaimWaitMs = 100;

Error refusedToken(const QString& why) {
    return {ErrorKind::Auth, why, ErrorCause::TokenRefused};
}

Error signInOver() {
    return {ErrorKind::Auth, u"the sign-in of a day is over"_s, ErrorCause::SignInOver};
}

// What is given as it is, and never renewed.
Result<SecretString> givenToken(const SecretString& token) {
    if (!isHeaderWord(token.reveal())) return refusedToken(u"the token is empty or malformed"_s);
    return token;
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
    if (grant == nullptr || !isHeaderWord(grant->accessToken.reveal())) return;
    m_token = grant->accessToken;
    m_renewAt = grant->expiresAt.plusSeconds(-kRenewBeforeSeconds);
}

Future<SecretString> AccessToken::current() {
    if (const auto* admin = std::get_if<ShopifyAdminToken>(&m_credentials))
        return readyFuture(givenToken(admin->token));
    if (const auto* online = std::get_if<ShopifyOnlineGrant>(&m_credentials))
        return m_clock.now() < online->expiresAt ? readyFuture(givenToken(online->accessToken))
                                                 : readyFuture<SecretString>(signInOver());
    recall();
    if (!m_token.isEmpty() && (m_clock.now() < m_renewAt || !canRenew())) return readyFuture<SecretString>(m_token);
    return fetch();
}

Future<SecretString> AccessToken::renewedAfter(const SecretString& refused) {
    if (!canRenew()) return readyFuture<SecretString>(refusal());
    // Somebody else may have renewed it while this answer was under way.
    recall();
    if (!m_token.isEmpty() && !m_token.equals(refused)) return current();
    forget();
    return fetch();
}

void AccessToken::forget() {
    if (auto* shared = memory(); shared && shared->token.equals(m_token)) shared->token.wipe();
    m_token.wipe();
}

ShopifyTokenMemory* AccessToken::memory() const {
    const auto* app = std::get_if<ShopifyClientCredentials>(&m_credentials);
    return app ? app->memory.get() : nullptr;
}

// What a connection of this process was given last.
void AccessToken::recall() {
    const auto* shared = memory();
    if (!shared || shared->token.isEmpty()) return;
    m_token = shared->token;
    m_renewAt = shared->renewAt;
}

bool AccessToken::canRenew() const {
    if (const auto* grant = std::get_if<ShopifyOfflineGrant>(&m_credentials)) return !grant->refreshToken.isEmpty();
    return std::holds_alternative<ShopifyClientCredentials>(m_credentials);
}

// The shop's clock may be ahead of ours by a little. By more, one cannot know whether it was the day's end.
Error AccessToken::refusal() const {
    const auto* online = std::get_if<ShopifyOnlineGrant>(&m_credentials);
    const bool isAtItsEnd = online && m_clock.now() >= online->expiresAt.plusSeconds(-kRenewBeforeSeconds);
    return isAtItsEnd ? signInOver() : refusedToken(u"the shop refused the token"_s);
}

Future<SecretString> AccessToken::fetch() {
    if (m_fetching) return *m_fetching;
    const auto asker = std::make_shared<Answer<SecretString>>();
    m_fetching = asker->future();
    begin(asker, kClaimTries);
    return asker->future();
}

void AccessToken::begin(const Asker& asker, int triesLeft) {
    const auto* grant = std::get_if<ShopifyOfflineGrant>(&m_credentials);
    if (!grant) return ask(asker);
    if (grant->claim) {
        auto claim = grant->claim();
        if (!claim) return end(asker, claim.error());
        m_claim = *std::move(claim);
        if (!m_claim && triesLeft == 0)
            return end(asker, Error{ErrorKind::Timeout, u"another program renews the token and does not end"_s});
        if (!m_claim) return QTimer::singleShot(kClaimWaitMs, this, [=, this] { begin(asker, triesLeft - 1); });
    }
    const auto isFresh = adoptKept();
    if (!isFresh) return end(asker, isFresh.error());
    if (*isFresh) return end(asker, m_token);
    ask(asker);
}

// What somebody else renewed meanwhile is ours too; true when it needs no renewal now.
Result<bool> AccessToken::adoptKept() {
    auto& grant = std::get<ShopifyOfflineGrant>(m_credentials);
    if (!grant.kept) return false;
    AIVA_TRY(const std::optional<ShopifyGrant> kept, grant.kept());
    if (!kept) return refusedToken(u"the store was disconnected here"_s);
    if (kept->refreshToken.equals(grant.refreshToken) || !isHeaderWord(kept->accessToken.reveal())) return false;
    grant.refreshToken = kept->refreshToken;
    m_token = kept->accessToken;
    m_renewAt = kept->expiresAt.plusSeconds(-kRenewBeforeSeconds);
    return m_clock.now() < m_renewAt || !canRenew();
}

void AccessToken::end(const Asker& asker, Result<SecretString> result) {
    m_claim.reset();
    m_fetching.reset();
    asker->say(std::move(result));
}

void AccessToken::ask(const Asker& asker) {
    HttpRequest request = m_endpoint.request(HttpRequest::Method::Post, u"/admin/oauth/access_token"_s);
    request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    request.body = body();
    request.maxBodyBytes = 64 * 1024;
    whenDone(m_transport.send(std::move(request)), this, [this, asker](const Result<HttpResponse>& response) {
        end(asker, response ? read(*response) : Result<SecretString>(response.error()));
    });
}

QByteArray AccessToken::body() const {
    if (const auto* grant = std::get_if<ShopifyOfflineGrant>(&m_credentials))
        return refreshTokenBody(grant->clientId, grant->clientSecret, grant->refreshToken);
    const auto& app = std::get<ShopifyClientCredentials>(m_credentials);
    return clientCredentialsBody(app.clientId, app.clientSecret);
}

Result<SecretString> AccessToken::read(const HttpResponse& response) {
    AIVA_TRY(const ShopifyTokens tokens, readShopifyTokens(response));
    const auto kept = keep(tokens, m_clock.now().plusSeconds(tokens.lifetimeSeconds));
    if (!kept && kept.error().kind == ErrorKind::Conflict) {
        AIVA_TRY(const bool isFresh, adoptKept());
        if (isFresh) return m_token;
    }
    if (!kept) return kept.error();
    m_token = tokens.accessToken;
    m_renewAt =
        m_clock.now().plusSeconds(tokens.lifetimeSeconds - std::min(kRenewBeforeSeconds, tokens.lifetimeSeconds / 2));
    if (auto* shared = memory()) *shared = {m_token, m_renewAt};
    return m_token;
}

Result<void> AccessToken::keep(const ShopifyTokens& tokens, UtcTime expiresAt) {
    auto* grant = std::get_if<ShopifyOfflineGrant>(&m_credentials);
    if (grant == nullptr) return {};
    // An answer without a refresh token leaves the one used in force (RFC 6749 §6): kept without it, the store would
    // be lost within the hour.
    ShopifyTokens pair = tokens;
    if (pair.refreshToken.isEmpty()) pair.refreshToken = grant->refreshToken;
    if (grant->keep) AIVA_CHECK(grant->keep(pair, expiresAt, grant->refreshToken));
    grant->refreshToken = pair.refreshToken;
    return {};
}

} // namespace aiva
