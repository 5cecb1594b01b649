// The times "Send later" offers: this evening, tomorrow morning, Monday morning, in local time. Pure.
#pragma once

#include "core/base/utc_time.h"

#include <QTimeZone>

#include <vector>

namespace aiva {

enum class LaterChoice { InAnHour, ThisEvening, TomorrowMorning, MondayMorning };

struct LaterOffer {
    LaterChoice choice;
    UtcTime at;
};
// Ascending, each at least half an hour away, none twice.
std::vector<LaterOffer> laterOffers(UtcTime now, const QTimeZone& zone);

} // namespace aiva
