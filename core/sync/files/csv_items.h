// The items of an order in a file: one a row, or several in columns of their own. A part of csv_records.h (addItems).
#pragma once

#include <cstddef>

namespace aiva {

// More rows than this are no order.
constexpr std::size_t kMostCsvItems = 1'000;

} // namespace aiva
