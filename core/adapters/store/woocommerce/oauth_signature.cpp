#include "core/adapters/store/woocommerce/oauth_signature.h"

#include "core/adapters/store/woocommerce/webhook_signature.h"

#include <QUrl>

#include <algorithm>

namespace aiva {

QByteArray percentEncoded(const QByteArray& text) {
    return text.toPercentEncoding();
}

QByteArray encodedQuery(const RestParameters& parameters) {
    QByteArray query;
    for (const auto& [name, value] : parameters) {
        if (!query.isEmpty()) query += '&';
        query += percentEncoded(name) + '=' + percentEncoded(value);
    }
    return query;
}

QByteArray signatureBase(const QByteArray& method, const QByteArray& url, const RestParameters& parameters) {
    RestParameters encoded;
    for (const auto& [name, value] : parameters)
        encoded.emplace_back(percentEncoded(name), percentEncoded(value));
    std::sort(encoded.begin(), encoded.end());
    QByteArray joined;
    for (const auto& [name, value] : encoded) {
        if (!joined.isEmpty()) joined += '&';
        joined += name + '=' + value;
    }
    return method + '&' + percentEncoded(url) + '&' + percentEncoded(joined);
}

QByteArray oauthSignature(const QByteArray& base, const SecretString& consumerSecret) {
    std::string key(consumerSecret.reveal());
    key += '&';
    const QByteArray signature = hmacSha256Base64(key, base);
    wipeMemory(key.data(), key.size());
    return signature;
}

RestParameters signedParameters(const QByteArray& method, const QByteArray& url, RestParameters parameters,
                                const QByteArray& consumerKey, const SecretString& consumerSecret,
                                const OAuthMoment& moment) {
    parameters.emplace_back("oauth_consumer_key", consumerKey);
    parameters.emplace_back("oauth_nonce", moment.nonce);
    parameters.emplace_back("oauth_signature_method", "HMAC-SHA256");
    parameters.emplace_back("oauth_timestamp", QByteArray::number(moment.seconds));
    const QByteArray signature = oauthSignature(signatureBase(method, url, parameters), consumerSecret);
    parameters.emplace_back("oauth_signature", signature);
    return parameters;
}

} // namespace aiva
