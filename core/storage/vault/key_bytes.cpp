#include "core/storage/vault/key_bytes.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include <cstring>

namespace aiva {

using namespace Qt::StringLiterals;

static const unsigned char* bytesOf(QByteArrayView view) {
    return reinterpret_cast<const unsigned char*>(view.data());
}

// The locked heap is one per process by OpenSSL's design. When it cannot be had (RLIMIT_MEMLOCK), keys live in plain
// memory, still wiped.
static void prepareLockedHeap() {
    constexpr size_t heapBytes = 64 * 1024;
    static const int prepared = CRYPTO_secure_malloc_initialized() ? 1 : CRYPTO_secure_malloc_init(heapBytes, 32);
    Q_UNUSED(prepared);
}

void KeyBytes::Wipe::operator()(unsigned char* bytes) const noexcept {
    OPENSSL_secure_clear_free(bytes, size);
}

KeyBytes::KeyBytes() {
    prepareLockedHeap();
    m_bytes.reset(static_cast<unsigned char*>(OPENSSL_secure_zalloc(size)));
    // The locked heap is small; OpenSSL does not fall back by itself once it is full.
    if (!m_bytes) m_bytes.reset(static_cast<unsigned char*>(OPENSSL_zalloc(size)));
    Q_CHECK_PTR(m_bytes.get());
}

Result<KeyBytes> KeyBytes::fromSecret(const SecretString& secret) {
    if (secret.size() != size)
        return Error{ErrorKind::Invalid, u"a key has 32 bytes, this one %1"_s.arg(secret.size())};
    KeyBytes key;
    std::memcpy(key.m_bytes.get(), secret.data(), size);
    return key;
}

Result<KeyBytes> KeyBytes::random() {
    KeyBytes key;
    if (RAND_priv_bytes(key.m_bytes.get(), size) != 1)
        return Error{ErrorKind::Internal, u"the system gives no random bytes"_s};
    return key;
}

KeyBytes KeyBytes::copy() const {
    KeyBytes twin;
    std::memcpy(twin.m_bytes.get(), m_bytes.get(), size);
    return twin;
}

SecretString KeyBytes::toSecret() const {
    return SecretString(std::string_view(reinterpret_cast<const char*>(m_bytes.get()), size));
}

bool KeyBytes::equals(const KeyBytes& other) const {
    return CRYPTO_memcmp(m_bytes.get(), other.m_bytes.get(), size) == 0;
}

// OSSL_PARAM wants mutable pointers and does not write through them.
static OSSL_PARAM octets(const char* name, const void* data, size_t length) {
    static constexpr unsigned char none = 0;
    return OSSL_PARAM_construct_octet_string(name, const_cast<void*>(data ? data : &none), length);
}

static bool runKdf(const char* algorithm, const OSSL_PARAM* parameters, unsigned char* out) {
    std::unique_ptr<EVP_KDF, decltype(&EVP_KDF_free)> kdf(EVP_KDF_fetch(nullptr, algorithm, nullptr), &EVP_KDF_free);
    if (!kdf) return false;
    std::unique_ptr<EVP_KDF_CTX, decltype(&EVP_KDF_CTX_free)> context(EVP_KDF_CTX_new(kdf.get()), &EVP_KDF_CTX_free);
    return context && EVP_KDF_derive(context.get(), out, KeyBytes::size, parameters) == 1;
}

Result<KeyBytes> KeyBytes::derive(QByteArrayView info, QByteArrayView salt) const {
    char digest[] = "SHA256";
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
        octets(OSSL_KDF_PARAM_KEY, m_bytes.get(), size),
        octets(OSSL_KDF_PARAM_SALT, salt.data(), static_cast<size_t>(salt.size())),
        octets(OSSL_KDF_PARAM_INFO, info.data(), static_cast<size_t>(info.size())),
        OSSL_PARAM_construct_end(),
    };
    KeyBytes derived;
    if (!runKdf("HKDF", parameters, derived.m_bytes.get()))
        return Error{ErrorKind::Internal, u"key derivation failed"_s};
    return derived;
}

Result<QByteArray> KeyBytes::authenticate(QByteArrayView message) const {
    QByteArray tag(32, Qt::Uninitialized);
    unsigned int length = 0;
    const auto* made = HMAC(EVP_sha256(), m_bytes.get(), size, bytesOf(message), static_cast<size_t>(message.size()),
                            reinterpret_cast<unsigned char*>(tag.data()), &length);
    if (!made || length != 32) return Error{ErrorKind::Internal, u"HMAC failed"_s};
    return tag;
}

Result<KeyBytes> deriveFromPassphrase(const SecretString& passphrase, QByteArrayView salt, const ScryptCost& cost) {
    constexpr quint64 mostMemory = quint64(1) << 30;
    const bool isPowerOfTwo = cost.n > 1 && (cost.n & (cost.n - 1)) == 0;
    const bool isBounded = cost.r >= 1 && cost.r <= 64 && cost.p >= 1 && cost.p <= 16 && cost.n <= (1U << 24) &&
                           128 * cost.n * cost.r <= mostMemory;
    if (!isPowerOfTwo || !isBounded) return Error{ErrorKind::Invalid, u"scrypt cost out of bounds"_s};
    if (passphrase.isEmpty()) return Error{ErrorKind::Invalid, u"the passphrase is empty"_s};

    quint64 n = cost.n;
    quint32 r = cost.r;
    quint32 p = cost.p;
    quint64 memory = mostMemory + (quint64(1) << 20);
    const OSSL_PARAM parameters[] = {
        octets(OSSL_KDF_PARAM_PASSWORD, passphrase.data(), passphrase.size()),
        octets(OSSL_KDF_PARAM_SALT, salt.data(), static_cast<size_t>(salt.size())),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_N, reinterpret_cast<uint64_t*>(&n)),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_R, &r),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_P, &p),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_MAXMEM, reinterpret_cast<uint64_t*>(&memory)),
        OSSL_PARAM_construct_end(),
    };
    KeyBytes derived;
    if (!runKdf("SCRYPT", parameters, derived.m_bytes.get()))
        return Error{ErrorKind::Internal, u"scrypt failed (not enough memory?)"_s};
    return derived;
}

Result<QByteArray> randomBytes(qsizetype count) {
    QByteArray bytes(count, Qt::Uninitialized);
    if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(count)) != 1)
        return Error{ErrorKind::Internal, u"the system gives no random bytes"_s};
    return bytes;
}

bool equalInConstantTime(QByteArrayView left, QByteArrayView right) {
    return left.size() == right.size() &&
           CRYPTO_memcmp(left.data(), right.data(), static_cast<size_t>(left.size())) == 0;
}

} // namespace aiva
