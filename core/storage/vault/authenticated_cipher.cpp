#include "core/storage/vault/authenticated_cipher.h"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <cstring>

namespace aiva {

void AuthenticatedCipher::FreeContext::operator()(evp_cipher_ctx_st* context) const noexcept {
    EVP_CIPHER_CTX_free(context);
}

AuthenticatedCipher::AuthenticatedCipher() = default;
AuthenticatedCipher::~AuthenticatedCipher() = default;

bool AuthenticatedCipher::setKey(const KeyBytes& key) {
    if (!m_encrypt) m_encrypt.reset(EVP_CIPHER_CTX_new());
    if (!m_decrypt) m_decrypt.reset(EVP_CIPHER_CTX_new());
    m_hasKey = m_encrypt && m_decrypt &&
               EVP_EncryptInit_ex(m_encrypt.get(), EVP_aes_256_gcm(), nullptr, key.data(), nullptr) == 1 &&
               EVP_DecryptInit_ex(m_decrypt.get(), EVP_aes_256_gcm(), nullptr, key.data(), nullptr) == 1;
    return m_hasKey;
}

bool AuthenticatedCipher::freshNonce(unsigned char* nonce) {
    if (m_noncesLeft < nonceSize) {
        if (RAND_bytes(m_nonces.data(), static_cast<int>(m_nonces.size())) != 1) return false;
        m_noncesLeft = m_nonces.size();
    }
    m_noncesLeft -= nonceSize;
    std::memcpy(nonce, m_nonces.data() + m_noncesLeft, nonceSize);
    return true;
}

bool AuthenticatedCipher::seal(QByteArrayView authenticated, const unsigned char* plain, int size,
                               unsigned char* sealed, unsigned char* nonceAndTag) {
    if (!m_hasKey || !freshNonce(nonceAndTag)) return false;
    auto* context = m_encrypt.get();
    const auto* aad = reinterpret_cast<const unsigned char*>(authenticated.data());
    unsigned char rest[16];
    int length = 0;
    return EVP_EncryptInit_ex(context, nullptr, nullptr, nullptr, nonceAndTag) == 1 &&
           EVP_EncryptUpdate(context, nullptr, &length, aad, static_cast<int>(authenticated.size())) == 1 &&
           (size == 0 || EVP_EncryptUpdate(context, sealed, &length, plain, size) == 1) &&
           EVP_EncryptFinal_ex(context, rest, &length) == 1 &&
           EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, tagSize, nonceAndTag + nonceSize) == 1;
}

bool AuthenticatedCipher::open(QByteArrayView authenticated, const unsigned char* sealed, int size,
                               const unsigned char* nonceAndTag, unsigned char* plain) {
    if (!m_hasKey) return false;
    auto* context = m_decrypt.get();
    const auto* aad = reinterpret_cast<const unsigned char*>(authenticated.data());
    unsigned char tag[tagSize];
    std::memcpy(tag, nonceAndTag + nonceSize, tagSize);
    unsigned char rest[16];
    int length = 0;
    const bool opened =
        EVP_DecryptInit_ex(context, nullptr, nullptr, nullptr, nonceAndTag) == 1 &&
        EVP_DecryptUpdate(context, nullptr, &length, aad, static_cast<int>(authenticated.size())) == 1 &&
        (size == 0 || EVP_DecryptUpdate(context, plain, &length, sealed, size) == 1) &&
        EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, tagSize, tag) == 1 &&
        EVP_DecryptFinal_ex(context, rest, &length) == 1;
    if (!opened && size > 0) std::memset(plain, 0, static_cast<size_t>(size));
    return opened;
}

static std::array<char, 9> encoded(AuthenticatedCipher::Place place) {
    std::array<char, 9> bytes{};
    bytes[0] = static_cast<char>(place.kind);
    for (size_t i = 0; i < 8; ++i)
        bytes[i + 1] = static_cast<char>(place.offset >> (8 * i) & 0xff);
    return bytes;
}

bool AuthenticatedCipher::seal(Place place, const unsigned char* plain, int size, unsigned char* sealed,
                               unsigned char* nonceAndTag) {
    const auto authenticated = encoded(place);
    return seal(QByteArrayView(authenticated.data(), authenticated.size()), plain, size, sealed, nonceAndTag);
}

bool AuthenticatedCipher::open(Place place, const unsigned char* sealed, int size, const unsigned char* nonceAndTag,
                               unsigned char* plain) {
    const auto authenticated = encoded(place);
    return open(QByteArrayView(authenticated.data(), authenticated.size()), sealed, size, nonceAndTag, plain);
}

} // namespace aiva
