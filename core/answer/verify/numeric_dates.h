// Dates written in digits: 2026-05-12, 12.05.2026, 12.5., 12/05, 5月12日. Used by date_reading only. Pure.
#pragma once

#include "core/answer/verify/date_reading.h"

namespace aiva {

// The one whose first digit stands there.
std::optional<DateReading> numericDateAt(QStringView text, int position, const QString& language);

} // namespace aiva
