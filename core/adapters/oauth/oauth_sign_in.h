// One sign-in in the system browser: authorization code with PKCE and a loopback redirect (RFC 7636, RFC 8252). Made by
// the app for one account; ends once with tokens or an error, and without an answer when it goes.
#pragma once

#include "core/adapters/http/http_transport.h"
#include "core/adapters/oauth/loopback_redirect.h"
#include "core/adapters/oauth/pkce.h"

#include <QPointer>
#include <QPromise>
#include <QTimer>

#include <functional>
#include <optional>

namespace aiva {

struct SignInWish {
    QString address; // of the mailbox: suggested to the provider
    RedirectPages pages;
    int timeoutMs = 5 * 60'000; // for the person
};

class OAuthSignIn : public QObject {
    Q_OBJECT
public:
    OAuthSignIn(HttpTransport& transport, const OAuthClient& client, QObject* parent = nullptr);
    ~OAuthSignIn() override;

    // Opens the provider's page through `openBrowser`. The answer always carries a refresh token: without one the
    // mailbox would be lost within the hour. Refused when cancelled, Timeout when nobody signed in. Call once.
    Future<TokenAnswer> start(const SignInWish& wish, const std::function<void(const QUrl&)>& openBrowser);
    void cancel();

private:
    void onAuthorized(const QByteArray& code);
    void onRefused(const QByteArray& word);
    void end(Result<TokenAnswer> result);

    HttpTransport& m_transport;
    OAuthClient m_client;
    SignInSecrets m_secrets;
    QString m_redirect;
    QPointer<LoopbackRedirect> m_listener;
    QTimer m_timer;
    HttpGroup m_group;
    std::optional<QPromise<Result<TokenAnswer>>> m_promise;
};

} // namespace aiva
