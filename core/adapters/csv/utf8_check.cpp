#include "core/adapters/csv/utf8_check.h"

#include <cstdint>
#include <cstring>

namespace aiva {

// Length of the ASCII run at the front, by words of eight bytes.
static size_t asciiRun(std::string_view bytes) {
    size_t at = 0;
    for (std::uint64_t word = 0; at + sizeof word <= bytes.size(); at += sizeof word) {
        std::memcpy(&word, bytes.data() + at, sizeof word);
        if (word & 0x8080808080808080ULL) break;
    }
    while (at < bytes.size() && static_cast<unsigned char>(bytes[at]) < 0x80)
        ++at;
    return at;
}

bool Utf8Check::begin(unsigned char lead) {
    m_lowest = 0x80;
    m_highest = 0xBF;
    if (lead >= 0xC2 && lead <= 0xDF) {
        m_left = 1;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
        m_left = 2;
        if (lead == 0xE0) m_lowest = 0xA0;
        if (lead == 0xED) m_highest = 0x9F;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        m_left = 3;
        if (lead == 0xF0) m_lowest = 0x90;
        if (lead == 0xF4) m_highest = 0x8F;
    } else {
        return false;
    }
    return true;
}

void Utf8Check::feed(std::string_view bytes) {
    for (size_t at = 0; m_isValid && at < bytes.size(); ++at) {
        if (m_left == 0) {
            at += asciiRun(bytes.substr(at));
            if (at >= bytes.size()) return;
            m_isValid = begin(static_cast<unsigned char>(bytes[at]));
            continue;
        }
        const auto byte = static_cast<unsigned char>(bytes[at]);
        m_isValid = byte >= m_lowest && byte <= m_highest;
        m_lowest = 0x80;
        m_highest = 0xBF;
        --m_left;
        m_hasLongOnes = m_hasLongOnes || (m_isValid && m_left == 0);
    }
}

} // namespace aiva
