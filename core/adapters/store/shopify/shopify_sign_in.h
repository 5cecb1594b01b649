// One installation of the merchant's app in the system browser (C2): opens the shop's page, waits on a fixed loopback
// address for the answer, proves it, and redeems its code. Made by the app for one wizard; ends once with tokens or an
// error, and without an answer when it goes.
#pragma once

#include "core/adapters/http/http_transport.h"
#include "core/adapters/oauth/loopback_redirect.h"
#include "core/adapters/store/shopify/access_token.h"
#include "core/adapters/store/shopify/install_grant.h"
#include "core/domain/shop/store_access.h"

#include <QPointer>
#include <QPromise>
#include <QTimer>

namespace aiva {

struct ShopifyInstallWish {
    QString shop;    // as typed
    QString baseUrl; // loopback only, for a sandbox
    QString clientId;
    SecretString clientSecret;
    StoreAccess access = StoreAccess::Offline;
    QStringList scopes;                // needed; what the shop does not grant of them is an error that names it
    quint16 port = kStoreRedirectPort; // the app's redirect address names it: storeRedirect()
    RedirectPages pages;
    int timeoutMs = 10 * 60'000; // for the person
};

class ShopifySignIn : public QObject {
    Q_OBJECT
public:
    ShopifySignIn(HttpTransport& transport, const Clock& clock, QObject* parent = nullptr);
    ~ShopifySignIn() override;

    // Conflict when another program has the port, Timeout when nobody answered, Refused when the person declined,
    // Auth/TokenRefused for a wrong client secret, Refused/ClockSkew for a wrong clock, Refused/ShopNotFound when
    // another shop answered, Auth/ScopeMissing when too little was granted, to the app or, with an online token, to who
    // signed in. Call once.
    Future<ShopifyTokens> start(const ShopifyInstallWish& wish, const std::function<void(const QUrl&)>& openBrowser);
    void cancel(); // answers Refused; the port is free again when it returns

private:
    bool isGenuine(const QByteArray& query);
    void doubt(const Error& error);
    void redeem();
    Result<ShopifyTokens> read(const HttpResponse& response) const;
    void end(Result<ShopifyTokens> result);

    HttpTransport& m_transport;
    const Clock& m_clock;
    ShopifyEndpoint m_endpoint;
    ShopifyInstall m_install;
    SecretString m_code;
    QPointer<LoopbackRedirect> m_listener;
    QTimer m_timer;
    std::optional<Error> m_doubt; // about an answer that was turned away
    std::optional<QPromise<Result<ShopifyTokens>>> m_promise;
};

} // namespace aiva
