// AuthenticatedCipher: AES-256-GCM with a fresh random nonce per seal. Sealed data travels as ciphertext of the plain
// length plus 28 bytes of nonce and tag. Used by the cipher VFS, Workspace::seal and spool; one thread at a time.
#pragma once

#include "core/storage/vault/key_bytes.h"

#include <array>
#include <memory>

struct evp_cipher_ctx_st;

namespace aiva {

class AuthenticatedCipher {
public:
    static constexpr int nonceSize = 12;
    static constexpr int tagSize = 16;
    static constexpr int overhead = nonceSize + tagSize;

    // What a piece is and where it lies, authenticated with it: a piece moved elsewhere does not open.
    struct Place {
        unsigned char kind = 0;
        quint64 offset = 0;
    };

    AuthenticatedCipher();
    ~AuthenticatedCipher();
    AuthenticatedCipher(const AuthenticatedCipher&) = delete;
    AuthenticatedCipher& operator=(const AuthenticatedCipher&) = delete;

    // False when OpenSSL refuses. Until then seal and open answer false.
    bool setKey(const KeyBytes& key);
    bool hasKey() const { return m_hasKey; }

    // `sealed` takes `size` bytes (may be `plain` itself), `nonceAndTag` 28.
    bool seal(QByteArrayView authenticated, const unsigned char* plain, int size, unsigned char* sealed,
              unsigned char* nonceAndTag);
    // False when anything was changed; `plain` is then zeros.
    bool open(QByteArrayView authenticated, const unsigned char* sealed, int size, const unsigned char* nonceAndTag,
              unsigned char* plain);
    bool seal(Place place, const unsigned char* plain, int size, unsigned char* sealed, unsigned char* nonceAndTag);
    bool open(Place place, const unsigned char* sealed, int size, const unsigned char* nonceAndTag,
              unsigned char* plain);

private:
    bool freshNonce(unsigned char* nonce);

    struct FreeContext {
        void operator()(evp_cipher_ctx_st* context) const noexcept;
    };
    std::unique_ptr<evp_cipher_ctx_st, FreeContext> m_encrypt;
    std::unique_ptr<evp_cipher_ctx_st, FreeContext> m_decrypt;
    // Random bytes are drawn in bulk: a draw per page costs as much as its encryption.
    std::array<unsigned char, 3072> m_nonces{};
    size_t m_noncesLeft = 0;
    bool m_hasKey = false;
};

} // namespace aiva
