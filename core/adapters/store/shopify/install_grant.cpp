#include "core/adapters/store/shopify/install_grant.h"

#include "core/adapters/store/json/json_document.h"
#include "core/adapters/store/shopify/api_errors.h"

#include <QMessageAuthenticationCode>

#include <algorithm>
#include <map>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 kMostSkewSeconds = 90;
constexpr qsizetype kLongestQuery = 4'096;
constexpr qint64 kLongestLifetimeSeconds = 366 * 86'400; // beyond any answer that is meant
constexpr size_t kMostParameters = 32;

using Parameters = std::map<QByteArray, QByteArray>; // decoded, by name

std::optional<Parameters> parametersOf(const QByteArray& query) {
    Parameters parameters;
    if (query.size() > kLongestQuery) return std::nullopt;
    for (const QByteArray& pair : query.split('&')) {
        if (pair.isEmpty()) continue;
        const qsizetype equals = pair.indexOf('=');
        if (equals <= 0 || parameters.size() >= kMostParameters) return std::nullopt;
        const auto decoded = [](QByteArray text) { return QByteArray::fromPercentEncoding(text.replace('+', ' ')); };
        // A name that comes twice reads differently to different readers.
        if (!parameters.emplace(decoded(pair.left(equals)), decoded(pair.mid(equals + 1))).second) return std::nullopt;
    }
    return parameters;
}

QByteArray hmacOf(const SecretString& clientSecret, const Parameters& parameters) {
    QByteArray message;
    for (const auto& [name, value] : parameters) {
        if (name == "hmac" || name == "signature") continue;
        if (!message.isEmpty()) message += '&';
        message += name.toPercentEncoding("!*'()") + '=' + value.toPercentEncoding("!*'()");
    }
    const std::string_view key = clientSecret.reveal();
    return QMessageAuthenticationCode::hash(message, QByteArray(key.data(), static_cast<qsizetype>(key.size())),
                                            QCryptographicHash::Sha256)
        .toHex();
}

SecretString held(const QByteArray& bytes) {
    return SecretString(std::string_view(bytes.constData(), static_cast<size_t>(bytes.size())));
}

Error refusedCallback(const QString& why) {
    return {ErrorKind::Refused, u"the shop's answer is not accepted: "_s + why};
}

QByteArray formOf(std::initializer_list<std::pair<const char*, std::string_view>> fields) {
    QByteArray body;
    for (const auto& [name, value] : fields) {
        if (!body.isEmpty()) body += '&';
        body += name;
        body += '=' + QByteArray(value.data(), static_cast<qsizetype>(value.size())).toPercentEncoding();
    }
    return body;
}

} // namespace

bool isHeaderWord(std::string_view token) {
    return !token.empty() && token.size() <= 512 &&
           std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

QUrl installUrl(const ShopifyInstall& install, const QUrl& base) {
    QUrl url = base;
    url.setPath(u"/admin/oauth/authorize"_s);
    const auto encoded = [](const QString& text) { return QString::fromLatin1(QUrl::toPercentEncoding(text)); };
    QString query = u"client_id=%1&scope=%2&redirect_uri=%3&state=%4"_s.arg(
        encoded(install.clientId), encoded(install.scopes.join(u',')), encoded(install.redirect),
        encoded(QString::fromLatin1(install.state)));
    if (install.access == StoreAccess::Online) query += u"&grant_options%5B%5D=per-user"_s;
    url.setQuery(query);
    return url;
}

QByteArray installHmac(const SecretString& clientSecret, const QByteArray& query) {
    const auto parameters = parametersOf(query);
    return parameters ? hmacOf(clientSecret, *parameters) : QByteArray();
}

Result<SecretString> installCode(const ShopifyInstall& install, const QByteArray& query, UtcTime now) {
    const auto parameters = parametersOf(query);
    if (!parameters) return refusedCallback(u"its parameters are malformed"_s);
    const auto value = [&](const char* name) {
        const auto found = parameters->find(name);
        return found == parameters->end() ? QByteArray() : found->second;
    };
    if (install.state.isEmpty() || !held(value("state")).equals(held(install.state)))
        return refusedCallback(u"it answers another question"_s);
    const QByteArray hmac = value("hmac").toLower();
    if (hmac.isEmpty() || !held(hmac).equals(held(hmacOf(install.clientSecret, *parameters))))
        return Error{ErrorKind::Refused, refusedCallback(u"its signature is wrong"_s).detail, ErrorCause::TokenRefused};
    if (QString::fromUtf8(value("shop")).toLower() != install.shopDomain)
        return Error{ErrorKind::Refused, refusedCallback(u"it is another shop's"_s).detail, ErrorCause::ShopNotFound};
    bool isNumber = false;
    const qint64 seconds = value("timestamp").toLongLong(&isNumber);
    const qint64 nowSeconds = now.ms() / 1000;
    if (!isNumber || seconds < nowSeconds - kMostSkewSeconds || seconds > nowSeconds + kMostSkewSeconds)
        return Error{ErrorKind::Refused, u"the shop's answer is not accepted: its time is too far from ours"_s,
                     ErrorCause::ClockSkew};
    const QByteArray code = value("code");
    if (!isHeaderWord({code.constData(), static_cast<size_t>(code.size())}))
        return refusedCallback(u"it holds no usable code"_s);
    return held(code);
}

bool isInstallRefusal(const ShopifyInstall& install, const QByteArray& query) {
    const auto parameters = parametersOf(query);
    if (!parameters || parameters->contains("code")) return false;
    const auto error = parameters->find("error");
    const auto state = parameters->find("state");
    return error != parameters->end() && !error->second.isEmpty() && state != parameters->end() &&
           !install.state.isEmpty() && held(state->second).equals(held(install.state));
}

QByteArray codeTokenBody(const ShopifyInstall& install, const SecretString& code) {
    const std::string client = install.clientId.toStdString();
    const std::string_view secret = install.clientSecret.reveal();
    // An online token expires unasked.
    if (install.access == StoreAccess::Online)
        return formOf({{"client_id", client}, {"client_secret", secret}, {"code", code.reveal()}});
    return formOf({{"client_id", client}, {"client_secret", secret}, {"code", code.reveal()}, {"expiring", "1"}});
}

QByteArray clientCredentialsBody(const QString& clientId, const SecretString& clientSecret) {
    const std::string client = clientId.toStdString();
    return formOf(
        {{"grant_type", "client_credentials"}, {"client_id", client}, {"client_secret", clientSecret.reveal()}});
}

QByteArray refreshTokenBody(const QString& clientId, const SecretString& clientSecret,
                            const SecretString& refreshToken) {
    const std::string client = clientId.toStdString();
    return formOf({{"grant_type", "refresh_token"},
                   {"client_id", client},
                   {"client_secret", clientSecret.reveal()},
                   {"refresh_token", refreshToken.reveal()}});
}

Result<ShopifyTokens> readShopifyTokens(const HttpResponse& response) {
    if (response.status == 400)
        return Error{ErrorKind::Auth, u"the shop refused the app's credentials"_s, ErrorCause::TokenRefused};
    if (response.status != 200) return statusError(response.status, response.requestId);
    AIVA_TRY(const JsonDocument document, JsonDocument::parse(response.body));
    const auto object = asObject(document.root());
    if (!object) return Error{ErrorKind::Invalid, u"the token answer is no object"_s};
    std::string ignored;
    JsonReader reader(*object, ignored);
    const auto secretAt = [&reader](const char* name) {
        std::string text = reader.text(name);
        const SecretString secret = isHeaderWord(text) ? SecretString(text) : SecretString();
        wipeMemory(text.data(), text.size());
        return secret;
    };
    ShopifyTokens tokens;
    tokens.accessToken = secretAt("access_token");
    if (tokens.accessToken.isEmpty()) return Error{ErrorKind::Invalid, u"the token answer has no usable token"_s};
    tokens.refreshToken = secretAt("refresh_token");
    if (reader.find("associated_user_scope")) tokens.access = StoreAccess::Online;
    // What the app may see is not always shown to who signed in.
    const char* granted = tokens.access == StoreAccess::Online ? "associated_user_scope" : "scope";
    tokens.scopes = QString::fromStdString(reader.text(granted)).split(u',', Qt::SkipEmptyParts);
    const qint64 said = reader.integer("expires_in").value_or(tokens.lifetimeSeconds);
    tokens.lifetimeSeconds = std::clamp<qint64>(said, 0, kLongestLifetimeSeconds);
    return tokens;
}

QStringList missingScopes(const QStringList& needed, const QStringList& granted) {
    QStringList missing;
    for (const QString& scope : needed) {
        const QString write = QString(scope).replace(0, 5, u"write_"_s); // read_x
        const bool isCovered = granted.contains(scope) || (scope.startsWith("read_"_L1) && granted.contains(write));
        if (!isCovered) missing << scope;
    }
    return missing;
}

} // namespace aiva
