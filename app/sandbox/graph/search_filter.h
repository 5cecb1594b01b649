// The shop's search syntax as its `query:` arguments use it, with its traps: an unquoted timestamp is cut at its first
// colon and read in the shop's own time zone. Pure; read by graph/record_index.
#pragma once

#include "core/base/utc_time.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aiva::sandbox {

struct SearchTerm {
    enum class Order { Equal, Less, LessOrEqual, Greater, GreaterOrEqual };
    std::string field; // empty: a free word
    Order order = Order::Equal;
    std::string value;
    bool negated = false;
};

// Terms joined by AND, groups joined by OR.
using SearchFilter = std::vector<std::vector<SearchTerm>>;

SearchFilter parseSearch(std::string_view text);
// As the shop reads it: a whole timestamp, or a date or date with hour in the shop's zone (UTC-7). Absent: not a time.
std::optional<UtcTime> searchTime(std::string_view value);
template <typename T>
bool holds(SearchTerm::Order order, const T& left, const T& right) {
    switch (order) {
    case SearchTerm::Order::Equal:
        return left == right;
    case SearchTerm::Order::Less:
        return left < right;
    case SearchTerm::Order::LessOrEqual:
        return left <= right;
    case SearchTerm::Order::Greater:
        return left > right;
    case SearchTerm::Order::GreaterOrEqual:
        return left >= right;
    }
    return false;
}

} // namespace aiva::sandbox
