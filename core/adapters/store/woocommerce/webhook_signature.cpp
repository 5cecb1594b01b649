#include "core/adapters/store/woocommerce/webhook_signature.h"

#include "core/adapters/store/woocommerce/html_text.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

namespace aiva {

QByteArray hmacSha256Base64(std::string_view key, QByteArrayView message) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    const auto* made = HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
                            reinterpret_cast<const unsigned char*>(message.data()), static_cast<size_t>(message.size()),
                            digest.data(), &length);
    if (!made) return {};
    return QByteArray(reinterpret_cast<const char*>(digest.data()), static_cast<qsizetype>(length)).toBase64();
}

QByteArray wooWebhookSignature(const SecretString& secret, QByteArrayView rawBody) {
    std::string key = decodedEntities(secret.reveal());
    const QByteArray signature = hmacSha256Base64(key, rawBody);
    wipeMemory(key.data(), key.size());
    return signature;
}

bool isWooWebhookSigned(const SecretString& secret, QByteArrayView rawBody, const QByteArray& signatureHeader) {
    if (secret.isEmpty() || signatureHeader.isEmpty()) return false;
    const QByteArray expected = wooWebhookSignature(secret, rawBody);
    if (expected.isEmpty() || expected.size() != signatureHeader.size()) return false;
    return CRYPTO_memcmp(expected.constData(), signatureHeader.constData(), static_cast<size_t>(expected.size())) == 0;
}

} // namespace aiva
