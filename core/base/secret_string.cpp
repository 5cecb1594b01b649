#include "core/base/secret_string.h"

#include <utility>

namespace aiva {

void wipeMemory(void* data, size_t size) noexcept {
    volatile auto* bytes = static_cast<volatile unsigned char*>(data);
    for (size_t i = 0; i < size; ++i)
        bytes[i] = 0;
}

SecretString SecretString::takeFrom(QByteArray& bytes) {
    SecretString secret(std::string_view(bytes.constData(), static_cast<size_t>(bytes.size())));
    wipeMemory(bytes.data(), static_cast<size_t>(bytes.size()));
    bytes.clear();
    return secret;
}

SecretString& SecretString::operator=(const SecretString& other) {
    if (this != &other) {
        wipe();
        m_bytes = other.m_bytes;
    }
    return *this;
}

SecretString& SecretString::operator=(SecretString&& other) noexcept {
    if (this != &other) {
        wipe();
        m_bytes = std::move(other.m_bytes);
        other.m_bytes.clear();
    }
    return *this;
}

const unsigned char* SecretString::data() const {
    return reinterpret_cast<const unsigned char*>(m_bytes.data());
}

bool SecretString::equals(const SecretString& other) const {
    if (size() != other.size()) return false;
    unsigned char difference = 0;
    for (size_t i = 0; i < size(); ++i)
        difference = static_cast<unsigned char>(
            difference | (static_cast<unsigned char>(m_bytes[i]) ^ static_cast<unsigned char>(other.m_bytes[i])));
    return difference == 0;
}

void SecretString::wipe() noexcept {
    wipeMemory(m_bytes.data(), m_bytes.size());
    m_bytes.clear();
}

} // namespace aiva
