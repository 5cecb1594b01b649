// Days as a text names them: dates in the usual spellings of five languages, weekdays, "tomorrow". Pure; what day a
// fact says is the check's business.
#pragma once

#include "core/answer/verify/phrase_table.h"

#include <optional>
#include <vector>

namespace aiva {

struct DateReading {
    enum class Kind {
        Day,       // day and month, perhaps year and weekday
        Weekday,   // alone
        Relative,  // days from the day of sending
        Vague,     // "next week", a month alone
        Ambiguous, // 05/12/2026 in English
    };
    Span span;
    Kind kind = Kind::Day;
    int year = 0; // 0: not said
    int month = 0;
    int day = 0;
    int weekday = 0; // 1 = Monday … 7; 0: not said
    int offset = 0;
};

// In the text's order. `words` are of the same text.
std::vector<DateReading> datesIn(const NormalisedText& text, const std::vector<Word>& words, const QString& language);

} // namespace aiva
