#include "core/adapters/store/woocommerce/oauth_signature.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>

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
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    const auto* made = HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
                            reinterpret_cast<const unsigned char*>(base.data()), static_cast<size_t>(base.size()),
                            digest.data(), &length);
    wipeMemory(key.data(), key.size());
    if (!made) return {};
    return QByteArray(reinterpret_cast<const char*>(digest.data()), static_cast<qsizetype>(length)).toBase64();
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
