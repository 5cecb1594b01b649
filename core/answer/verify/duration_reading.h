// Lengths of time and ranges of them in a text: "24 hours", "5 to 7 business days", "30 Tage", "jours ouvrés". Pure.
#pragma once

#include "core/answer/verify/normalised_text.h"

#include <vector>

namespace aiva {

enum class TimeUnit { Minute, Hour, Day, WorkingDay, Week, Month, Year };

struct DurationReading {
    Span span;
    qint64 low = 0;
    qint64 high = 0; // the same when it is no range
    TimeUnit unit = TimeUnit::Day;

    bool saysTheSame(const DurationReading& other) const {
        return low == other.low && high == other.high && unit == other.unit;
    }
};

std::vector<DurationReading> durationsIn(const NormalisedText& text);

} // namespace aiva
