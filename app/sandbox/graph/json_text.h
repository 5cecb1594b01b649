// Appends JSON to a string, fast and without a tree: the world is larger than memory. Used by the executor and the file
// writers. The caller keeps commas and brackets balanced; strings are escaped here.
#pragma once

#include "core/base/money.h"
#include "core/base/utc_time.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aiva::sandbox {

class JsonText {
public:
    void raw(std::string_view text) { m_out.append(text); }
    void raw(char c) { m_out.push_back(c); }
    // "text" with quotes and escapes.
    void text(std::string_view text);
    // null when empty, as shops answer for absent texts.
    void textOrNull(std::string_view text);
    void null() { raw("null"); }
    void boolean(bool value) { raw(value ? "true" : "false"); }
    void integer(std::int64_t value);
    void integerText(std::int64_t value); // a JSON string, as UnsignedInt64 travels
    void texts(const std::vector<std::string>& list);
    // "2026-02-20T14:02:03Z", quoted, whole seconds.
    void time(UtcTime time);
    void timeOrNull(const std::optional<UtcTime>& time);
    // MoneyV2.amount: "450.0", "89.99", "1000.0" (JPY), "1.505" (BHD): at least one decimal, no trailing zeros beyond.
    void amount(Money money);
    // The Money scalar: always the currency's own decimals.
    void price(Money money);

    std::string& string() { return m_out; }
    const std::string& string() const { return m_out; }
    std::size_t size() const { return m_out.size(); }
    void clear() { m_out.clear(); }

private:
    std::string m_out;
};

// "2026-02-20T14:02:03Z" without quotes.
std::string isoTime(UtcTime time);

} // namespace aiva::sandbox
