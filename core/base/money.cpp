#include "core/base/money.h"

#include <algorithm>
#include <array>
#include <limits>

namespace aiva {
namespace {

constexpr std::array<std::string_view, 17> kNoDigits{"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG",
                                                     "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"};
constexpr std::array<std::string_view, 7> kThreeDigits{"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};

bool contains(const auto& list, std::string_view code) {
    return std::find(list.begin(), list.end(), code) != list.end();
}

Error invalidAmount() {
    return {ErrorKind::Invalid, QStringLiteral("amount is not a decimal number of its currency")};
}

Error overflow() {
    return {ErrorKind::Invalid, QStringLiteral("amount is out of range")};
}

// value = value * 10 + digit, false on overflow.
bool appendDigit(qint64& value, int digit) {
    return !__builtin_mul_overflow(value, qint64(10), &value) && !__builtin_add_overflow(value, qint64(digit), &value);
}

} // namespace

Result<Currency> Currency::parse(std::string_view code) {
    Currency currency;
    if (code.size() != 3) return Error{ErrorKind::Invalid, QStringLiteral("currency code is not three letters")};
    for (size_t i = 0; i < 3; ++i) {
        const char c = code[i];
        const bool lower = c >= 'a' && c <= 'z';
        if (!lower && !(c >= 'A' && c <= 'Z'))
            return Error{ErrorKind::Invalid, QStringLiteral("currency code is not three letters")};
        currency.m_code[i] = lower ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return currency;
}

int Currency::minorDigits() const {
    if (contains(kNoDigits, code())) return 0;
    if (contains(kThreeDigits, code())) return 3;
    if (code() == "CLF" || code() == "UYW") return 4;
    return 2;
}

Result<Money> Money::parse(std::string_view decimal, Currency currency, ExcessDigits excess) {
    const bool negative = !decimal.empty() && decimal.front() == '-';
    if (negative || (!decimal.empty() && decimal.front() == '+')) decimal.remove_prefix(1);
    const size_t point = decimal.find('.');
    const std::string_view whole = decimal.substr(0, point);
    std::string_view fraction = point == std::string_view::npos ? std::string_view() : decimal.substr(point + 1);
    const auto isDigits = [](std::string_view text) {
        return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    };
    if (whole.empty() || !isDigits(whole) || !isDigits(fraction)) return invalidAmount();
    if (point != std::string_view::npos && fraction.empty()) return invalidAmount();

    qint64 minor = 0;
    for (const char c : whole)
        if (!appendDigit(minor, c - '0')) return overflow();
    const auto digits = static_cast<size_t>(currency.minorDigits());
    for (size_t i = 0; i < digits; ++i)
        if (!appendDigit(minor, i < fraction.size() ? fraction[i] - '0' : 0)) return overflow();

    const std::string_view rest = fraction.size() > digits ? fraction.substr(digits) : std::string_view();
    if (rest.find_first_not_of('0') != std::string_view::npos) {
        if (excess == ExcessDigits::Refuse) return invalidAmount();
        if (rest.front() >= '5' && __builtin_add_overflow(minor, qint64(1), &minor)) return overflow();
    }
    return Money(negative ? -minor : minor, currency);
}

QString Money::decimalText() const {
    const int digits = m_currency.minorDigits();
    // Through unsigned: the most negative value has no positive twin.
    const quint64 magnitude = m_minor < 0 ? quint64(0) - static_cast<quint64>(m_minor) : static_cast<quint64>(m_minor);
    QString text = QString::number(magnitude);
    if (digits > 0) {
        text = text.rightJustified(digits + 1, QLatin1Char('0'));
        text.insert(text.size() - digits, QLatin1Char('.'));
    }
    return m_minor < 0 ? QLatin1Char('-') + text : text;
}

Result<Money> Money::plus(Money other) const {
    if (m_currency != other.m_currency)
        return Error{ErrorKind::Conflict, QStringLiteral("amounts are of different currencies")};
    qint64 sum = 0;
    if (__builtin_add_overflow(m_minor, other.m_minor, &sum)) return overflow();
    return Money(sum, m_currency);
}

Result<Money> Money::minus(Money other) const {
    if (m_currency != other.m_currency)
        return Error{ErrorKind::Conflict, QStringLiteral("amounts are of different currencies")};
    qint64 difference = 0;
    if (__builtin_sub_overflow(m_minor, other.m_minor, &difference)) return overflow();
    return Money(difference, m_currency);
}

Result<Money> Money::times(qint64 factor) const {
    qint64 product = 0;
    if (__builtin_mul_overflow(m_minor, factor, &product)) return overflow();
    return Money(product, m_currency);
}

Result<Money> Money::dividedBy(qint64 divisor) const {
    if (divisor == 0) return Error{ErrorKind::Invalid, QStringLiteral("division of an amount by zero")};
    if (divisor == -1 && m_minor == std::numeric_limits<qint64>::min()) return overflow();
    const qint64 quotient = m_minor / divisor;
    const qint64 remainder = m_minor % divisor;
    const auto magnitude = [](qint64 n) {
        return n < 0 ? quint64(0) - static_cast<quint64>(n) : static_cast<quint64>(n);
    };
    if (magnitude(remainder) < magnitude(divisor) - magnitude(remainder)) return Money(quotient, m_currency);
    return Money(quotient + ((m_minor < 0) == (divisor < 0) ? 1 : -1), m_currency);
}

} // namespace aiva
