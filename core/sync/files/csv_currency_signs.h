// The signs currencies are written with, as far as they tell them apart. Pure; a part of csv_values.h.
#pragma once

#include <algorithm>
#include <iterator>
#include <string_view>

namespace aiva {

struct CurrencySign {
    std::string_view sign;
    std::string_view codes; // of which it is the sign
};
inline constexpr CurrencySign kCurrencySigns[] = {
    {"\u20AC", "EUR"},
    {"\u00A3", "GBP EGP SYP SHP FKP GIP LBP SSP SDG"},
    {"\u00A5", "JPY CNY"},
    {"\u20B9", "INR"},
    {"\u20A9", "KRW KPW"},
    {"\u20BA", "TRY"},
    {"$",
     "USD CAD AUD NZD HKD SGD TWD MXN ARS CLP COP UYU BRL DOP BBD BSD BMD BZD BND FJD GYD JMD KYD LRD NAD SBD SRD TTD "
     "XCD NIO TOP WST"},
};

// Whether a sign of other currencies than this one stands around an amount.
inline bool isAnothersSign(std::string_view around, std::string_view code) {
    return std::any_of(std::begin(kCurrencySigns), std::end(kCurrencySigns), [&](const CurrencySign& one) {
        return around.find(one.sign) != std::string_view::npos && one.codes.find(code) == std::string_view::npos;
    });
}

} // namespace aiva
