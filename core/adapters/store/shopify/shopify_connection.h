// What connects one Shopify shop, and the one function app calls to get a StorePort from it. Everything else in this
// folder is private to the adapter.
#pragma once

#include "core/adapters/http/http_types.h"
#include "core/adapters/store/shopify/install_grant.h"
#include "core/base/clock.h"
#include "core/base/secret_string.h"
#include "core/ports/store_port.h"

#include <QString>
#include <QUrl>

#include <functional>
#include <memory>
#include <optional>
#include <variant>

namespace aiva {

class HttpTransport;

// The token of one app at one shop, for whatever speaks to it in this process: a connection lives as long as a sync, a
// token for a day. Used on one thread.
struct ShopifyTokenMemory {
    SecretString token;
    UtcTime renewAt;
};

// The merchant's own Dev-Dashboard app (C1): tokens live 24 h, stay in memory and are renewed as needed.
struct ShopifyClientCredentials {
    QString clientId;
    SecretString clientSecret;
    std::shared_ptr<ShopifyTokenMemory> memory = {}; // absent: the token goes with the connection
};

// A token of an existing admin-created app (C3), "shpat_…": does not expire.
struct ShopifyAdminToken {
    SecretString token;
};

// The pair of tokens the merchant's consent became.
struct ShopifyGrant {
    SecretString accessToken;
    SecretString refreshToken; // empty: the access token does not expire
    UtcTime expiresAt;         // of the access token
    // Of an online token: what its user may see. Nothing renews such a token.
    std::optional<QStringList> userScopes = {};
};

// The rights of whoever signed in in the browser (C2), lent for a day: an online token. Not sent once it has expired.
struct ShopifyOnlineGrant {
    SecretString accessToken;
    UtcTime expiresAt;
    QStringList userScopes;
};

// What the merchant granted in the browser (C2): an expiring offline token and the refresh token that replaces both.
struct ShopifyOfflineGrant {
    QString clientId;
    SecretString clientSecret;
    SecretString accessToken;
    SecretString refreshToken;
    UtcTime expiresAt; // of the access token
    // Called with each new pair, always whole, before it is used: a pair that is not on the disk is lost when this
    // process dies, while the shop goes on taking the old refresh token, `replaced`, until the new one is used.
    // Conflict when something newer than `replaced` is kept by now: a sign-in that came between is not undone.
    std::function<Result<void>(const ShopifyTokens& tokens, UtcTime expiresAt, const SecretString& replaced)> keep;
    // Asked before each renewal, because the shop knows one pair only: what is kept now, by whomever; absent once the
    // store was disconnected here.
    std::function<Result<std::optional<ShopifyGrant>>()> kept = {};
    // Only one at a time may renew, in this process or another: held as long as the pointer; null while somebody else
    // does.
    std::function<Result<std::shared_ptr<void>>()> claim = {};
};

struct ShopifyConnection {
    QString shopDomain; // anything normalizedShopDomain() accepts
    QUrl baseUrl;       // empty: https://<shopDomain>; otherwise only an address on this machine
    std::variant<ShopifyClientCredentials, ShopifyAdminToken, ShopifyOfflineGrant, ShopifyOnlineGrant> credentials;
    QString currency; // the shop's, when known from earlier: products in bulk files have prices without it
    HttpTimeouts timeouts;
};

// Never null. A connection that cannot work (bad domain, base URL elsewhere) answers every call with Invalid. The
// transport and the clock outlive the port; the port lives on the thread that made it.
std::unique_ptr<StorePort> makeShopifyStore(HttpTransport& transport, const Clock& clock, ShopifyConnection connection);

// "acme.myshopify.com" of what people paste: any case, https://…, paths, https://admin.shopify.com/store/acme/…
// Invalid for everything that is not exactly one shop's own domain.
Result<QString> normalizedShopDomain(const QString& typed);

} // namespace aiva
