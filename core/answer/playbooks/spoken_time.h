// Dates and durations as a support mail says them, in forms that can be read back without doubt: "12 May 2026",
// "12. Mai 2026", "12 mai 2026", "12 de mayo de 2026"; "24 hours", "5 to 7 business days". Pure.
#pragma once

#include "core/base/utc_time.h"

#include <QString>
#include <QTimeZone>

#include <optional>

namespace aiva {

// The local date of a moment; a language of none of ours speaks English.
QString spokenDate(UtcTime moment, const QTimeZone& zone, const QString& language);

struct SpokenDuration {
    enum class Unit { Hours, Days, BusinessDays, Weeks };
    int least = 0;
    int most = 0; // the same when it is no range
    Unit unit = Unit::Hours;

    bool operator==(const SpokenDuration&) const = default;
};

// "24 hours", "1-2 Werktage", "5 à 7 jours ouvrés", "2 días hábiles"; absent for anything else, however close.
std::optional<SpokenDuration> durationFrom(const QString& text);
// As it stands after "within", "innerhalb von", "sous", "en un plazo de".
QString spokenDuration(const SpokenDuration& duration, const QString& language);
// When the longer end is over; business days are Monday to Friday in the zone.
UtcTime endOf(const SpokenDuration& duration, UtcTime start, const QTimeZone& zone);

} // namespace aiva
