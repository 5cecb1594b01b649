// The access token of one mailbox: kept in memory only, renewed by its refresh token before it expires. One per
// account, on the thread of the transport; IMAP and SMTP ask here at each login.
#pragma once

#include "core/adapters/http/http_transport.h"
#include "core/adapters/oauth/pkce.h"
#include "core/base/clock.h"

#include <functional>
#include <memory>
#include <optional>

namespace aiva {

class AccessTokens : public QObject {
    Q_OBJECT
public:
    // Called with each new refresh token, and the one it was got with: who owns the keychain stores it, the old one may
    // stop working. False: it was not stored.
    using KeepRefreshToken = std::function<bool(const SecretString& fresh, const SecretString& replaced)>;
    // What is kept now. Another process renews it, too, or signs in anew.
    using KeptRefreshToken = std::function<Result<SecretString>()>;

    // Without `kept` nobody else changes it.
    AccessTokens(HttpTransport& transport, const Clock& clock, const OAuthClient& client,
                 const SecretString& refreshToken, KeepRefreshToken keep, KeptRefreshToken kept = {},
                 QObject* parent = nullptr);

    // After a sign-in: what came with the refresh token saves one round trip.
    void adopt(const TokenAnswer& tokens);
    // A token good for at least five minutes more. Several askers share one request. Auth/LoginExpired once the refresh
    // token was revoked, from then on without asking again as long as no other one is kept.
    Future<SecretString> current();
    // A server refused this one: a fresh one, unless somebody else renewed it already.
    Future<SecretString> renewedAfter(const SecretString& refused);

private:
    bool takeKept();
    Future<SecretString> fetch();
    Result<SecretString> read(const Result<HttpResponse>& response);

    HttpTransport& m_transport;
    const Clock& m_clock;
    OAuthClient m_client;
    SecretString m_refreshToken;
    SecretString m_stored; // the one last seen where they are kept, ours or not
    bool m_isRead = true;  // just now
    KeepRefreshToken m_keep;
    KeptRefreshToken m_kept;
    SecretString m_token;
    UtcTime m_renewAt;
    std::optional<Error> m_revoked;
    std::optional<Future<SecretString>> m_fetching;
};

} // namespace aiva
