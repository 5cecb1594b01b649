// The shop's access token: asked for with client credentials and kept in memory only, given once and for all or
// for a day, or renewed by what was granted in the browser. Used by GraphQlClient for each request; never logs it and
// never hands it to anything but a request header.
#pragma once

#include "core/adapters/http/answer.h"
#include "core/adapters/http/http_transport.h"
#include "core/adapters/store/shopify/shopify_connection.h"

#include <QObject>

#include <optional>

namespace aiva {

struct ShopifyEndpoint {
    QUrl base;
    HttpPolicy policy;
    HttpTimeouts timeouts;
    HttpGroup group;

    HttpRequest request(HttpRequest::Method method, const QString& path) const;
};

// Of a normalised domain; Invalid/HostNotAllowed for a base URL that is not on this machine.
Result<ShopifyEndpoint> shopifyEndpoint(const QString& domain, const QUrl& baseUrl, const HttpTimeouts& timeouts = {});

class AccessToken : public QObject {
    Q_OBJECT
public:
    using Credentials = decltype(ShopifyConnection::credentials);
    AccessToken(HttpTransport& transport, const Clock& clock, const ShopifyEndpoint& endpoint, Credentials credentials);

    // A token good for at least five more minutes, an online one to its end: Auth/SignInOver then. Askers at the same
    // time share one request.
    Future<SecretString> current();
    // After the shop answered 401 to `refused`: a newer one, or Auth/TokenRefused when there is no way to get one;
    // Auth/SignInOver when that is because a day's sign-in ends.
    Future<SecretString> renewedAfter(const SecretString& refused);
    void forget();

private:
    using Asker = std::shared_ptr<Answer<SecretString>>;
    bool canRenew() const;
    Error refusal() const;              // of what cannot be renewed
    ShopifyTokenMemory* memory() const; // of the app, when it has one
    void recall();
    Future<SecretString> fetch();
    void begin(const Asker& asker, int triesLeft);
    Result<bool> adoptKept();
    void ask(const Asker& asker);
    void end(const Asker& asker, Result<SecretString> result);
    QByteArray body() const;
    Result<SecretString> read(const HttpResponse& response);
    Result<void> keep(const ShopifyTokens& tokens, UtcTime expiresAt);

    HttpTransport& m_transport;
    const Clock& m_clock;
    const ShopifyEndpoint& m_endpoint;
    Credentials m_credentials;
    SecretString m_token;
    UtcTime m_renewAt;
    std::optional<Future<SecretString>> m_fetching;
    std::shared_ptr<void> m_claim; // of the grant, while it is renewed
};

} // namespace aiva
