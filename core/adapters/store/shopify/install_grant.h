// The pure half of connecting a shop in the browser (C2, authorization code grant): what is opened, what may come back,
// what is asked and read. Shopify, "Implement authorization code grant manually". Used by ShopifySignIn and
// AccessToken.
#pragma once

#include "core/adapters/http/http_types.h"
#include "core/base/result.h"
#include "core/base/secret_string.h"
#include "core/base/utc_time.h"
#include "core/domain/shop/store_access.h"

#include <QStringList>
#include <QUrl>

#include <string_view>

namespace aiva {

// A token or code of printable ASCII only: anything else could not stand in a header.
bool isHeaderWord(std::string_view token);

// The merchant's own app and one wish to install it.
struct ShopifyInstall {
    QString shopDomain; // normalised
    QString clientId;
    SecretString clientSecret;
    QStringList scopes;
    QString redirect; // exactly as the app lists it: storeRedirect()
    QByteArray state; // drawn for this one wish
    StoreAccess access = StoreAccess::Offline;
};

QUrl installUrl(const ShopifyInstall& install, const QUrl& base);

// The code in the query of a callback (encoded, as it stood in the request line). Refused with the reason when the
// state, the HMAC (TokenRefused), the shop (ShopNotFound) or the time (±90 s: ClockSkew) is not right, or a name comes
// twice; nothing of it is in the reason.
Result<SecretString> installCode(const ShopifyInstall& install, const QByteArray& query, UtcTime now);
// The person declined: an error instead of a code. The state alone proves it, for a no gives nothing away.
bool isInstallRefusal(const ShopifyInstall& install, const QByteArray& query);
// hex(HMAC-SHA256(secret, the other parameters sorted, percent-encoded, joined by "&")): `hmac` and `signature` left
// out.
QByteArray installHmac(const SecretString& clientSecret, const QByteArray& query);

// An expiring offline token and what renews it, or an online token, as the shop answers.
struct ShopifyTokens {
    SecretString accessToken;
    SecretString refreshToken; // empty: the shop gave a token that does not expire, or an online one
    QStringList scopes;        // granted; of an online token those of its user
    qint64 lifetimeSeconds = 86'400;
    StoreAccess access = StoreAccess::Offline;
};

QByteArray codeTokenBody(const ShopifyInstall& install, const SecretString& code);
QByteArray clientCredentialsBody(const QString& clientId, const SecretString& clientSecret);
QByteArray refreshTokenBody(const QString& clientId, const SecretString& clientSecret,
                            const SecretString& refreshToken);
// Auth/TokenRefused for 400, which is how the endpoint says that app, code, secret or refresh token are not known.
Result<ShopifyTokens> readShopifyTokens(const HttpResponse& response);

// What the shop did not grant of what is needed; write_x counts as read_x too.
QStringList missingScopes(const QStringList& needed, const QStringList& granted);

} // namespace aiva
