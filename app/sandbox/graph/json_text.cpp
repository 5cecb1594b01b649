#include "app/sandbox/graph/json_text.h"

#include <array>
#include <charconv>

namespace aiva::sandbox {
namespace {

constexpr std::array<bool, 256> makeEscaped() {
    std::array<bool, 256> table{};
    for (std::size_t i = 0; i < 0x20; ++i)
        table[i] = true;
    table['"'] = true;
    table['\\'] = true;
    return table;
}
constexpr std::array<bool, 256> kEscaped = makeEscaped();

// Days since the epoch to a date (Howard Hinnant's civil calendar, public domain arithmetic).
void civil(std::int64_t days, int& year, unsigned& month, unsigned& day) {
    days += 719'468;
    const std::int64_t era = (days >= 0 ? days : days - 146'096) / 146'097;
    const auto dayOfEra = static_cast<unsigned>(days - era * 146'097);
    const unsigned yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36'524 - dayOfEra / 146'096) / 365;
    const unsigned dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    const unsigned shifted = (5 * dayOfYear + 2) / 153;
    day = dayOfYear - (153 * shifted + 2) / 5 + 1;
    month = shifted < 10 ? shifted + 3 : shifted - 9;
    year = static_cast<int>(static_cast<std::int64_t>(yearOfEra) + era * 400) + (month <= 2 ? 1 : 0);
}

void putTwo(char* at, unsigned value) {
    at[0] = static_cast<char>('0' + value / 10);
    at[1] = static_cast<char>('0' + value % 10);
}

std::array<char, 20> isoChars(UtcTime time) {
    std::int64_t seconds = time.ms() / 1000;
    std::int64_t days = seconds / 86'400;
    auto rest = static_cast<unsigned>(seconds % 86'400);
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    civil(days, year, month, day);
    std::array<char, 20> out{};
    putTwo(out.data(), static_cast<unsigned>(year / 100));
    putTwo(out.data() + 2, static_cast<unsigned>(year % 100));
    out[4] = '-';
    putTwo(out.data() + 5, month);
    out[7] = '-';
    putTwo(out.data() + 8, day);
    out[10] = 'T';
    putTwo(out.data() + 11, rest / 3600);
    out[13] = ':';
    putTwo(out.data() + 14, rest / 60 % 60);
    out[16] = ':';
    putTwo(out.data() + 17, rest % 60);
    out[19] = 'Z';
    return out;
}

} // namespace

std::string isoTime(UtcTime time) {
    const auto chars = isoChars(time);
    return std::string(chars.data(), chars.size());
}

void JsonText::text(std::string_view text) {
    m_out.push_back('"');
    std::size_t from = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (!kEscaped[c]) continue;
        m_out.append(text, from, i - from);
        from = i + 1;
        m_out.push_back('\\');
        switch (c) {
        case '\n':
            m_out.push_back('n');
            break;
        case '\t':
            m_out.push_back('t');
            break;
        case '\r':
            m_out.push_back('r');
            break;
        case '"':
        case '\\':
            m_out.push_back(static_cast<char>(c));
            break;
        default:
            m_out.append("u00");
            m_out.push_back("0123456789abcdef"[c >> 4]);
            m_out.push_back("0123456789abcdef"[c & 15]);
        }
    }
    m_out.append(text, from, text.size() - from);
    m_out.push_back('"');
}

void JsonText::textOrNull(std::string_view value) {
    if (value.empty())
        null();
    else
        text(value);
}

void JsonText::integer(std::int64_t value) {
    std::array<char, 24> buffer{};
    const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    m_out.append(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
    static_cast<void>(error);
}

void JsonText::integerText(std::int64_t value) {
    raw('"');
    integer(value);
    raw('"');
}

void JsonText::texts(const std::vector<std::string>& list) {
    raw('[');
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (i > 0) raw(',');
        text(list[i]);
    }
    raw(']');
}

void JsonText::time(UtcTime time) {
    const auto chars = isoChars(time);
    raw('"');
    m_out.append(chars.data(), chars.size());
    raw('"');
}

void JsonText::timeOrNull(const std::optional<UtcTime>& value) {
    if (value)
        time(*value);
    else
        null();
}

void JsonText::amount(Money money) {
    price(money);
    m_out.pop_back(); // the closing quote
    if (money.currency().minorDigits() == 0) {
        raw(".0");
    } else {
        while (m_out.back() == '0' && m_out[m_out.size() - 2] != '.')
            m_out.pop_back();
    }
    raw('"');
}

void JsonText::price(Money money) {
    const int digits = money.currency().minorDigits();
    std::int64_t unit = 1;
    for (int i = 0; i < digits; ++i)
        unit *= 10;
    const std::int64_t minor = money.minor();
    raw('"');
    if (minor < 0) raw('-');
    const std::int64_t magnitude = minor < 0 ? -minor : minor;
    integer(magnitude / unit);
    if (digits > 0) {
        raw('.');
        for (std::int64_t place = unit / 10; place > 0; place /= 10)
            raw(static_cast<char>('0' + magnitude / place % 10));
    }
    raw('"');
}

} // namespace aiva::sandbox
