// The pure half of an OAuth2 sign-in for native apps (RFC 6749, 7636, 8252): what is drawn, sent and read.
#pragma once

#include "core/adapters/http/http_types.h"
#include "core/base/result.h"
#include "core/base/secret_string.h"
#include "core/domain/mail/mail_account.h"

#include <QUrl>

namespace aiva {

// What a provider knows this program by. Desktop clients of some providers carry a "secret" that is none; it travels
// beside the client id and is kept in the keychain all the same.
struct OAuthClient {
    OAuthProvider provider;
    SecretString secret; // often empty
};

struct SignInSecrets {
    QByteArray state;        // comes back in the redirect: only our own browser window can know it
    QByteArray codeVerifier; // only who began can redeem the code
};

// From 64 random bytes.
SignInSecrets signInSecretsFrom(const QByteArray& random);
QByteArray codeChallenge(const QByteArray& codeVerifier); // S256

// Invalid unless both endpoints are https, or on this machine.
Result<void> checkEndpoints(const OAuthProvider& provider);
// `address`: suggested to the provider as the account to sign in with.
QUrl authorizeUrl(const OAuthProvider& provider, const QString& redirect, const SignInSecrets& secrets,
                  const QString& address);

HttpRequest codeRequest(const OAuthClient& client, const QByteArray& code, const QString& redirect,
                        const QByteArray& codeVerifier);
HttpRequest refreshRequest(const OAuthClient& client, const SecretString& refreshToken);

struct TokenAnswer {
    SecretString accessToken;
    SecretString refreshToken; // empty: the one used stays good
    qint64 lifetimeSeconds = 0;
};
// Auth/LoginExpired for invalid_grant: sign in again. Auth/LoginRefused when the client or a permission was refused;
// RateLimited/ServerBusy for what passes.
Result<TokenAnswer> readTokenAnswer(const OAuthProvider& provider, const HttpResponse& response);

} // namespace aiva
