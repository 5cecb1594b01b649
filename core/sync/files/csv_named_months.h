// Days with the month by its name, as WordPress writes them unless told otherwise: "February 20, 2026", "20. Februar
// 2026", "20-Feb-2026", "20 de febrero de 2026". Pure; a part of csv_values.h.
#pragma once

#include <QDate>

#include <optional>
#include <string_view>

namespace aiva {

// Takes such a day from the front; nothing, and `text` as it was, when none stands there. English, German, French,
// Spanish.
std::optional<QDate> takeNamedDay(std::string_view& text);

} // namespace aiva
