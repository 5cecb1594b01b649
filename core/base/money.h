// Money: integer minor units of one ISO 4217 currency. Never a float, never summed across currencies.
#pragma once

#include "core/base/result.h"

#include <QString>

#include <compare>
#include <string_view>

namespace aiva {

// Three upper-case letters. Unknown but well-formed codes are kept (two minor digits).
class Currency {
public:
    constexpr Currency() = default;
    // Invalid when not three ASCII letters; lower case is raised.
    static Result<Currency> parse(std::string_view code);

    std::string_view code() const { return {m_code, m_code[0] ? 3U : 0U}; }
    QString text() const { return QString::fromLatin1(m_code); }
    bool isValid() const { return m_code[0] != 0; }
    // ISO 4217 exponent: JPY 0, USD 2, BHD 3.
    int minorDigits() const;

    auto operator<=>(const Currency&) const = default;

private:
    char m_code[4] = {0, 0, 0, 0};
};

class Money {
public:
    constexpr Money() = default;
    constexpr Money(qint64 minor, Currency currency) : m_minor(minor), m_currency(currency) {}

    enum class ExcessDigits { Refuse, RoundHalfUp };
    // Decimal text as APIs send it: "450.00", "-3", "1000.0" (JPY). Refuses exponents, separators, overflow, and digits
    // the currency does not have unless they are zeros or rounding is asked for.
    static Result<Money> parse(std::string_view decimal, Currency currency, ExcessDigits excess = ExcessDigits::Refuse);

    qint64 minor() const { return m_minor; }
    // By reference: code() of what it answers is a view into this.
    const Currency& currency() const { return m_currency; }
    bool isZero() const { return m_minor == 0; }
    // "450.00", "1000" (JPY), "-0.050" (BHD): always the currency's own number of digits, '.' as separator.
    QString decimalText() const;

    // Conflict when currencies differ, Invalid when the result does not fit.
    Result<Money> plus(Money other) const;
    Result<Money> minus(Money other) const;
    Result<Money> times(qint64 factor) const;
    // Rounded half away from zero. Invalid when divisor is zero.
    Result<Money> dividedBy(qint64 divisor) const;

    bool operator==(const Money&) const = default;

private:
    qint64 m_minor = 0;
    Currency m_currency;
};

} // namespace aiva
