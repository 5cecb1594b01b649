// Random numbers that are the same everywhere: one stream per (seed, purpose, index), so that customer 7 or order
// 400,000 can be made alone, in any order, on any thread. Used by the world and the mail writer; never for secrets.
#pragma once

#include <cstddef>
#include <cstdint>

namespace aiva::sandbox {

enum class Purpose : std::uint64_t {
    Owner = 1,
    OrderCore,
    OrderDetail,
    Customer,
    Product,
    Tracking,
    Letter,
    Thread,
    Bulk,
    Fault
};

class Random {
public:
    explicit Random(std::uint64_t state) : m_state(state) {}
    static Random of(std::uint64_t seed, Purpose purpose, std::uint64_t index) {
        Random mixer(seed * 0x9E3779B97F4A7C15ULL + static_cast<std::uint64_t>(purpose));
        const std::uint64_t base = mixer.next();
        return Random(base ^ (index * 0xD1B54A32D192ED03ULL + 0x632BE59BD9B4E019ULL));
    }

    // SplitMix64.
    std::uint64_t next() {
        std::uint64_t z = (m_state += 0x9E3779B97F4A7C15ULL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    // [0, limit); 0 when limit is 0.
    std::uint64_t below(std::uint64_t limit) { return limit == 0 ? 0 : ((next() >> 32) * limit) >> 32; }
    // [low, high], both inclusive.
    std::int64_t between(std::int64_t low, std::int64_t high) {
        return low + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(high - low + 1)));
    }
    bool percent(unsigned chance) { return below(100) < chance; }
    // [0, 1).
    double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
    template <typename Container>
    const auto& pick(const Container& from) {
        return from[below(from.size())];
    }

private:
    std::uint64_t m_state;
};

} // namespace aiva::sandbox
