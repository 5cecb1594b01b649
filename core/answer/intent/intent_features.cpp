#include "core/answer/intent/intent_features.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace aiva {
namespace {

constexpr std::array<uint32_t, 256> crcTable() {
    std::array<uint32_t, 256> table{};
    for (uint32_t i = 0; i < 256; ++i) {
        uint32_t value = i;
        for (int bit = 0; bit < 8; ++bit)
            value = (value & 1) ? 0xEDB88320U ^ (value >> 1) : value >> 1;
        table[i] = value;
    }
    return table;
}

// Long mails say what they want early; beyond this only their words count, which keeps the longest in time.
constexpr qsizetype kLongestSpelt = 2'000;

constexpr std::array<uint32_t, 256> kCrc = crcTable();

// The running (not yet complemented) CRC-32 over one more character, low byte first.
uint32_t grown(uint32_t crc, char16_t c) {
    crc = kCrc[(crc ^ (c & 0xFF)) & 0xFF] ^ (crc >> 8);
    return kCrc[(crc ^ (c >> 8)) & 0xFF] ^ (crc >> 8);
}

uint32_t indexOf(uint32_t crc) {
    return ~crc & (kIntentFeatureCount - 1);
}

// Counts indices without sorting them: a mail has thousands, and reading it may take microseconds only.
class Counter {
public:
    explicit Counter(size_t most) : m_slots(std::bit_ceil(2 * most + 2)), m_mask(uint32_t(m_slots.size() - 1)) {}

    void add(uint32_t index) {
        uint32_t at = (index * 0x9E3779B1U) & m_mask;
        while (m_slots[at].times != 0 && m_slots[at].index != index)
            at = (at + 1) & m_mask;
        m_slots[at].index = index;
        ++m_slots[at].times;
    }

    std::vector<IntentFeature> features() const {
        std::vector<IntentFeature> out;
        double square = 0;
        for (const Slot& slot : m_slots) {
            if (slot.times == 0) continue;
            const float value = slot.times == 1 ? 1.0F : 1.0F + std::log(float(slot.times));
            out.push_back({slot.index, value});
            square += double(value) * value;
        }
        const float length = float(std::sqrt(square));
        for (IntentFeature& feature : out)
            feature.value /= length;
        return out;
    }

private:
    struct Slot {
        uint32_t index = 0;
        uint32_t times = 0;
    };
    std::vector<Slot> m_slots;
    uint32_t m_mask;
};

void addWordGrams(const IntentWords& words, Counter& counter) {
    const uint32_t start = grown(~0U, u'w');
    for (size_t i = 0; i < words.words.size(); ++i) {
        uint32_t crc = start;
        for (const QChar c : words.at(i))
            crc = grown(crc, c.unicode());
        counter.add(indexOf(crc));
        if (i + 1 == words.words.size()) break;
        crc = grown(crc, u' ');
        for (const QChar c : words.at(i + 1))
            crc = grown(crc, c.unicode());
        counter.add(indexOf(crc));
    }
}

void addCharacterGrams(const QString& text, Counter& counter) {
    constexpr qsizetype kShortest = 3;
    constexpr qsizetype kLongest = 5;
    const uint32_t start = grown(~0U, u'c');
    const qsizetype length = std::min(text.size(), kLongestSpelt);
    for (qsizetype i = 0; i + kShortest <= length; ++i) {
        uint32_t crc = start;
        const qsizetype end = std::min(i + kLongest, length);
        for (qsizetype at = i; at < end; ++at) {
            crc = grown(crc, text[at].unicode());
            if (at - i + 1 >= kShortest) counter.add(indexOf(crc));
        }
    }
}

} // namespace

std::vector<IntentFeature> intentFeatures(const IntentWords& words) {
    if (words.words.empty()) return {};
    Counter counter(words.words.size() * 2 + size_t(words.joined.size()) * 3);
    addWordGrams(words, counter);
    addCharacterGrams(words.joined, counter);
    return counter.features();
}

} // namespace aiva
