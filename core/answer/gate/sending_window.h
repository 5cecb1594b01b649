// The hours of a store's day in which replies may leave by themselves. Pure; time zones by Qt's own data.
#pragma once

#include "core/base/utc_time.h"

#include <QString>

#include <optional>

namespace aiva {

// Minutes of the local day, 0…1440; the end is outside. Start after end: over midnight. Both equal: all day.
struct SendingWindow {
    int startMinute = 0;
    int endMinute = 0;
};

// `earliest`, or the window's next opening when it is closed then. `timeZone` is an IANA name, empty for UTC. Absent
// when the window or the zone makes no sense.
std::optional<UtcTime> firstInWindow(UtcTime earliest, SendingWindow window, const QString& timeZone);
bool isInWindow(UtcTime moment, SendingWindow window, const QString& timeZone);

} // namespace aiva
