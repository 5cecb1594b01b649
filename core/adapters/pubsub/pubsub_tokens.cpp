#include "core/adapters/pubsub/pubsub_tokens.h"

#include "core/adapters/http/answer.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 kRenewTokenBefore = 60;
constexpr qint64 kUsualTokenLife = 3600;
constexpr const char* kPubSubScope = "https://www.googleapis.com/auth/pubsub";

Error tokenRefusal(const HttpResponse& response) {
    if (response.status == 429) return {ErrorKind::RateLimited, u"Google gives no more tokens for now"_s};
    if (response.status >= 500)
        return {ErrorKind::Network, u"Google's token endpoint answered HTTP %1"_s.arg(response.status)};
    const QString why =
        QJsonDocument::fromJson(response.body).object().value("error_description"_L1).toString().toLower();
    // "Invalid JWT: Token must be a short-lived token (60 minutes) … Check your iat and exp values in the JWT claim."
    if (why.contains("iat"_L1) || why.contains("short-lived"_L1))
        return {ErrorKind::Auth, u"Google finds this computer's clock wrong"_s, ErrorCause::ClockSkew};
    return {ErrorKind::Auth, u"Google refused the service account (HTTP %1)"_s.arg(response.status),
            ErrorCause::QueueKeyRefused};
}

} // namespace

PubSubTokens::PubSubTokens(HttpTransport& transport, const Clock& clock, ServiceAccount account, HttpGroup group,
                           QObject* parent)
    : QObject(parent), m_transport(transport), m_clock(clock), m_account(std::move(account)), m_group(group) {}

Future<SecretString> PubSubTokens::current() {
    if (!m_token.isEmpty() && m_clock.now() < m_renewAt) return readyFuture<SecretString>(m_token);
    return fetch();
}

Future<SecretString> PubSubTokens::renewedAfter(const SecretString& refused) {
    if (!m_token.isEmpty() && !m_token.equals(refused)) return current();
    m_token.wipe();
    return fetch();
}

Future<SecretString> PubSubTokens::fetch() {
    const auto assertion = m_account.assertion(kPubSubScope, m_clock.now());
    if (!assertion) return readyFuture<SecretString>(assertion.error());
    HttpRequest request;
    request.method = HttpRequest::Method::Post;
    request.url = m_account.tokenUri();
    request.policy.hosts = {request.url.host()};
    if (isLoopbackHost(request.url.host())) request.policy.loopback = HttpPolicy::Loopback::Allowed;
    request.group = m_group;
    request.maxBodyBytes = 64 * 1024;
    request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    request.body = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=" + *assertion;
    auto answer = std::make_shared<Answer<SecretString>>();
    whenDone(m_transport.send(std::move(request)), this, [this, answer](const Result<HttpResponse>& response) {
        answer->say(response ? read(*response) : Result<SecretString>(response.error()));
    });
    return answer->future();
}

Result<SecretString> PubSubTokens::read(const HttpResponse& response) {
    if (response.status < 200 || response.status > 299) return tokenRefusal(response);
    const QJsonObject object = QJsonDocument::fromJson(response.body).object();
    QByteArray token = object.value("access_token"_L1).toString().toUtf8();
    const bool isToken = !token.isEmpty() && std::all_of(token.begin(), token.end(), [](char c) {
        return c > ' ' && c < 127; // it goes into a header
    });
    if (!isToken) return Error{ErrorKind::Invalid, u"Google's answer holds no access token"_s};
    m_token = SecretString::takeFrom(token);
    const qint64 life = std::max<qint64>(0, object.value("expires_in"_L1).toInteger(kUsualTokenLife));
    m_renewAt = m_clock.now().plusSeconds(life - std::min(kRenewTokenBefore, life / 2));
    return m_token;
}

} // namespace aiva
