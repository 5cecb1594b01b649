// SecretString: bytes that wipe themselves and cannot be printed, logged, compared by accident or turned into QString.
#pragma once

#include <QByteArray>

#include <string_view>
#include <vector>

class QDebug;

namespace aiva {

class SecretString {
public:
    SecretString() = default;
    explicit SecretString(std::string_view bytes) : m_bytes(bytes.begin(), bytes.end()) {}
    // Takes over the bytes and wipes the source (best effort: an implicitly shared twin keeps its own copy).
    static SecretString takeFrom(QByteArray& bytes);

    SecretString(const SecretString& other) = default;
    SecretString(SecretString&& other) noexcept = default;
    SecretString& operator=(const SecretString& other);
    SecretString& operator=(SecretString&& other) noexcept;
    ~SecretString() { wipe(); }

    bool isEmpty() const { return m_bytes.empty(); }
    size_t size() const { return m_bytes.size(); }
    // For the one call that needs it (a header, a cipher). Do not keep it.
    std::string_view reveal() const { return {m_bytes.data(), m_bytes.size()}; }
    const unsigned char* data() const;
    // In constant time.
    bool equals(const SecretString& other) const;
    void wipe() noexcept;

    bool operator==(const SecretString&) const = delete;

private:
    std::vector<char> m_bytes;
};

void operator<<(const QDebug&, const SecretString&) = delete;

// Overwrites memory in a way the optimiser keeps.
void wipeMemory(void* data, size_t size) noexcept;

} // namespace aiva
