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

QByteArray encoded(std::string_view text) {
    return QByteArray(text.data(), static_cast<qsizetype>(text.size())).toPercentEncoding();
}

Error refusedToken(const QString& why) {
    return {ErrorKind::Auth, why, ErrorCause::TokenRefused};
}

} // namespace

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
    : m_transport(transport), m_clock(clock), m_endpoint(endpoint), m_credentials(std::move(credentials)) {}

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
    const auto& app = std::get<ShopifyClientCredentials>(m_credentials);
    HttpRequest request = m_endpoint.request(HttpRequest::Method::Post, u"/admin/oauth/access_token"_s);
    request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    request.body = "grant_type=client_credentials&client_id=" + encoded(app.clientId.toStdString()) +
                   "&client_secret=" + encoded(app.clientSecret.reveal());
    request.maxBodyBytes = 64 * 1024;
    auto answer = std::make_shared<Answer<SecretString>>();
    m_fetching = answer->future();
    whenDone(m_transport.send(std::move(request)), this, [this, answer](const Result<HttpResponse>& response) {
        m_fetching.reset();
        answer->say(response ? read(*response) : Result<SecretString>(response.error()));
    });
    return answer->future();
}

Result<SecretString> AccessToken::read(const HttpResponse& response) {
    // 400 is how the token endpoint says that the app, its secret or its installation is not known.
    if (response.status == 400) return refusedToken(u"the shop refused the app's credentials"_s);
    if (response.status != 200) return statusError(response.status, response.requestId);
    AIVA_TRY(const JsonDocument document, JsonDocument::parse(response.body));
    const auto object = asObject(document.root());
    std::string ignored;
    std::string token = object ? JsonReader(*object, ignored).text("access_token") : std::string();
    if (!isUsable(token)) return Error{ErrorKind::Invalid, u"the token answer has no usable token"_s};
    const qint64 lifetime = JsonReader(*object, ignored).integer("expires_in").value_or(86'400);
    m_token = SecretString(token);
    wipeMemory(token.data(), token.size());
    m_renewAt = m_clock.now().plusSeconds(lifetime - std::min(kRenewBeforeSeconds, lifetime / 2));
    return m_token;
}

} // namespace aiva
