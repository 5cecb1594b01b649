// OAuth 1.0a, one-legged, as WooCommerce checks it (RFC 5849 §3.4): no token, no oauth_version, the body not signed.
// Pure; WooClient supplies time and nonce.
#pragma once

#include "core/base/secret_string.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>

#include <utility>

namespace aiva {

using RestParameters = QList<std::pair<QByteArray, QByteArray>>; // names and values as they are, not encoded

// RFC 3986: everything but letters, digits and -._~
QByteArray percentEncoded(const QByteArray& text);
// "a=1&b=2", encoded, in the given order.
QByteArray encodedQuery(const RestParameters& parameters);

// METHOD&URL&parameters, the latter sorted by their encoded names. `url` without a query.
QByteArray signatureBase(const QByteArray& method, const QByteArray& url, const RestParameters& parameters);
// Base64 of HMAC-SHA256 under "secret&".
QByteArray oauthSignature(const QByteArray& base, const SecretString& consumerSecret);

struct OAuthMoment {
    qint64 seconds = 0; // since the epoch
    QByteArray nonce;   // used once
};
// `parameters` and the oauth_* ones, the signature last.
RestParameters signedParameters(const QByteArray& method, const QByteArray& url, RestParameters parameters,
                                const QByteArray& consumerKey, const SecretString& consumerSecret,
                                const OAuthMoment& moment);

} // namespace aiva
