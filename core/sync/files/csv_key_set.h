// CsvKeySet: which keys a file has had, as 64-bit hashes, so that millions take little memory. A hash shared by chance
// would have a record refused as a duplicate: at ten million keys one chance in four hundred thousand.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

namespace aiva {

class CsvKeySet {
public:
    // False when the key was there already.
    bool add(std::string_view key) {
        if (2 * (m_count + 1) > m_slots.size()) grow();
        const bool isNew = put(hashOf(key));
        if (isNew) ++m_count;
        return isNew;
    }

private:
    // FNV-1a with a final mix (splitmix64); zero marks a free slot.
    static std::uint64_t hashOf(std::string_view key) {
        std::uint64_t hash = 0xcbf29ce484222325ULL;
        for (const char c : key)
            hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
        hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9ULL;
        hash = (hash ^ (hash >> 27)) * 0x94d049bb133111ebULL;
        hash ^= hash >> 31;
        return hash ? hash : 1;
    }
    bool put(std::uint64_t hash) {
        const std::size_t mask = m_slots.size() - 1;
        for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
            if (m_slots[at] == hash) return false;
            if (m_slots[at] != 0) continue;
            m_slots[at] = hash;
            return true;
        }
    }
    void grow() {
        std::vector<std::uint64_t> former(std::max<std::size_t>(1'024, 2 * m_slots.size()), 0);
        former.swap(m_slots);
        for (const std::uint64_t hash : former)
            if (hash) put(hash);
    }

    std::vector<std::uint64_t> m_slots;
    std::size_t m_count = 0;
};

} // namespace aiva
