#include "core/adapters/oauth/pkce.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrlQuery>

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kLongestToken = 8'192;
constexpr qint64 kUsualLifetime = 3'600;
constexpr qint64 kLongestAnswer = 64 * 1024;

QByteArray encoded(std::string_view text) {
    return QByteArray(text.data(), static_cast<qsizetype>(text.size())).toPercentEncoding();
}

QByteArray base64Url(const QByteArray& bytes) {
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

bool isUsable(const QString& token) {
    return !token.isEmpty() && token.size() <= kLongestToken &&
           std::all_of(token.begin(), token.end(), [](QChar c) { return c > u' ' && c < QChar(0x7F); });
}

bool isAllowed(const QUrl& url) {
    return url.isValid() && url.userInfo().isEmpty() && !url.host().isEmpty() &&
           (url.scheme() == "https"_L1 || (url.scheme() == "http"_L1 && isLoopbackHost(url.host())));
}

HttpRequest tokenRequest(const OAuthClient& client, QByteArray body) {
    HttpRequest request;
    request.method = HttpRequest::Method::Post;
    request.url = QUrl(client.provider.tokenUrl);
    request.policy.hosts = QStringList{request.url.host()};
    if (isLoopbackHost(request.url.host())) request.policy.loopback = HttpPolicy::Loopback::Allowed;
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "application/json"}};
    body += "&client_id=" + client.provider.clientId.toUtf8().toPercentEncoding();
    if (!client.secret.isEmpty()) body += "&client_secret=" + encoded(client.secret.reveal());
    request.body = std::move(body);
    request.maxBodyBytes = kLongestAnswer;
    return request;
}

Error refusal(const QJsonObject& answer, int status) {
    const QString word = answer.value(u"error"_s).toString();
    const QString detail = u"the token endpoint answered %1"_s.arg(status);
    if (status < 500 && (word == "invalid_grant"_L1 || word == "interaction_required"_L1))
        return {ErrorKind::Auth, detail + " invalid_grant"_L1, ErrorCause::LoginExpired};
    const bool passes =
        status == 429 || status >= 500 || word == "temporarily_unavailable"_L1 || word == "slow_down"_L1;
    if (passes) return {ErrorKind::RateLimited, detail, ErrorCause::ServerBusy};
    return {ErrorKind::Auth, detail, ErrorCause::LoginRefused};
}

// People can untick single permissions; then the login would fail later, without saying why.
bool grantsAll(const OAuthProvider& provider, const QString& granted) {
    if (granted.isEmpty()) return true; // RFC 6749 §5.1: as asked
    const QStringList words = granted.split(u' ', Qt::SkipEmptyParts);
    return std::all_of(provider.scopes.begin(), provider.scopes.end(), [&](const QString& scope) {
        return scope == "offline_access"_L1 || words.contains(scope, Qt::CaseInsensitive);
    });
}

} // namespace

SignInSecrets signInSecretsFrom(const QByteArray& random) {
    Q_ASSERT(random.size() == 64);
    return {base64Url(random.left(32)), base64Url(random.mid(32))};
}

QByteArray codeChallenge(const QByteArray& codeVerifier) {
    return base64Url(QCryptographicHash::hash(codeVerifier, QCryptographicHash::Sha256));
}

Result<void> checkEndpoints(const OAuthProvider& provider) {
    if (provider.clientId.isEmpty()) return Error{ErrorKind::Invalid, u"no client id for the sign-in"_s};
    if (!isAllowed(QUrl(provider.authorizeUrl)) || !isAllowed(QUrl(provider.tokenUrl)))
        return Error{ErrorKind::Invalid, u"the sign-in's addresses must be https"_s};
    return {};
}

QUrl authorizeUrl(const OAuthProvider& provider, const QString& redirect, const SignInSecrets& secrets,
                  const QString& address) {
    QUrl url(provider.authorizeUrl);
    QUrlQuery query(url);
    const auto add = [&query](const QString& name, const QString& value) {
        query.addQueryItem(name, QString::fromLatin1(QUrl::toPercentEncoding(value)));
    };
    add(u"response_type"_s, u"code"_s);
    add(u"client_id"_s, provider.clientId);
    add(u"redirect_uri"_s, redirect);
    add(u"scope"_s, provider.scopes.join(u' '));
    add(u"state"_s, QString::fromLatin1(secrets.state));
    add(u"code_challenge"_s, QString::fromLatin1(codeChallenge(secrets.codeVerifier)));
    add(u"code_challenge_method"_s, u"S256"_s);
    if (!address.isEmpty()) add(u"login_hint"_s, address);
    // Without these Google hands out a refresh token only the very first time.
    if (provider.name == "google"_L1) {
        add(u"access_type"_s, u"offline"_s);
        add(u"prompt"_s, u"consent"_s);
    }
    url.setQuery(query);
    return url;
}

HttpRequest codeRequest(const OAuthClient& client, const QByteArray& code, const QString& redirect,
                        const QByteArray& codeVerifier) {
    return tokenRequest(client, "grant_type=authorization_code&code=" + code.toPercentEncoding() + "&redirect_uri=" +
                                    redirect.toUtf8().toPercentEncoding() + "&code_verifier=" + codeVerifier);
}

HttpRequest refreshRequest(const OAuthClient& client, const SecretString& refreshToken) {
    return tokenRequest(client, "grant_type=refresh_token&refresh_token=" + encoded(refreshToken.reveal()));
}

Result<TokenAnswer> readTokenAnswer(const OAuthProvider& provider, const HttpResponse& response) {
    const QJsonObject answer = QJsonDocument::fromJson(response.body).object();
    if (response.status != 200) return refusal(answer, response.status);
    const QString access = answer.value(u"access_token"_s).toString();
    const QString refresh = answer.value(u"refresh_token"_s).toString();
    const QString type = answer.value(u"token_type"_s).toString();
    const bool isBearer = type.isEmpty() || type.compare("bearer"_L1, Qt::CaseInsensitive) == 0;
    if (!isUsable(access) || !isBearer || (!refresh.isEmpty() && !isUsable(refresh)))
        return Error{ErrorKind::Invalid, u"the token endpoint's answer has no usable token"_s};
    if (!grantsAll(provider, answer.value(u"scope"_s).toString()))
        return Error{ErrorKind::Auth, u"a permission was not granted"_s, ErrorCause::LoginRefused};
    // Some providers write the number as text.
    const qint64 said = answer.value(u"expires_in"_s).toVariant().toLongLong();
    TokenAnswer tokens;
    tokens.accessToken = SecretString(access.toStdString());
    tokens.refreshToken = SecretString(refresh.toStdString());
    tokens.lifetimeSeconds = said > 0 ? std::min<qint64>(said, 30 * 86'400) : kUsualLifetime;
    return tokens;
}

} // namespace aiva
