// Ages and waiting times as the inbox shows them: "3 m", "2 h", "Feb 20".
#pragma once

#include "core/base/utc_time.h"

#include <QString>

namespace aiva {

// "now", "3 m", "2 h" within a day; "Feb 20" within the year; "Feb 20, 2024" before. Future times read as "now".
QString ageText(UtcTime at, UtcTime now);
// How long somebody has been waiting: "3 m", "2 h 10 m", "3 d 4 h".
QString waitingText(UtcTime since, UtcTime now);
// "3.4 kB", "1.0 MB".
QString sizeText(qint64 bytes);

} // namespace aiva
