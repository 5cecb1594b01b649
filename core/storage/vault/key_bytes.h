// KeyBytes: one 256-bit key in OpenSSL's locked heap (mlock where the system allows it), wiped on release, and the
// derivations every key of ours comes from. Used by the cipher VFS, workspace and spool; keys never leave core/storage.
#pragma once

#include "core/base/result.h"
#include "core/base/secret_string.h"

#include <QByteArray>
#include <QByteArrayView>

#include <memory>

namespace aiva {

class KeyBytes {
public:
    static constexpr size_t size = 32;

    // Invalid when `secret` is not exactly 32 bytes.
    static Result<KeyBytes> fromSecret(const SecretString& secret);
    static Result<KeyBytes> random();

    KeyBytes(KeyBytes&&) noexcept = default;
    KeyBytes& operator=(KeyBytes&&) noexcept = default;

    KeyBytes copy() const;
    SecretString toSecret() const;
    const unsigned char* data() const { return m_bytes.get(); }
    // In constant time.
    bool equals(const KeyBytes& other) const;

    // HKDF-SHA256 (RFC 5869). `info` names the purpose; keys of different purposes tell nothing about each other.
    Result<KeyBytes> derive(QByteArrayView info, QByteArrayView salt = {}) const;
    // HMAC-SHA256, 32 bytes.
    Result<QByteArray> authenticate(QByteArrayView message) const;

private:
    struct Wipe {
        void operator()(unsigned char* bytes) const noexcept;
    };
    KeyBytes();
    friend Result<KeyBytes> deriveFromPassphrase(const SecretString&, QByteArrayView, const struct ScryptCost&);

    std::unique_ptr<unsigned char[], Wipe> m_bytes;
};

struct ScryptCost {
    quint64 n = 1U << 17; // 128 MiB with r = 8
    quint32 r = 8;
    quint32 p = 1;
};
// scrypt (RFC 7914). Invalid when the cost is beyond what a desktop can pay (1 GiB) or not a power of two.
Result<KeyBytes> deriveFromPassphrase(const SecretString& passphrase, QByteArrayView salt, const ScryptCost& cost);

// From the system's generator. Internal when it has none to give.
Result<QByteArray> randomBytes(qsizetype count);
bool equalInConstantTime(QByteArrayView left, QByteArrayView right);

} // namespace aiva
