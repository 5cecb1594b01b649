// Names of months, weekdays and days near today in the languages replies are written in. Pure tables.
#pragma once

#include <QString>

#include <optional>

namespace aiva {

// 1…12; 0: none. Folded words, abbreviations without their full stop.
int monthOf(const QString& word);
// Written so only as a month: "may" and "mar" may be something else.
bool isMonthForSure(const QString& word);
// 1 = Monday … 7; 0: none.
int weekdayOf(const QString& word);
// The same for abbreviations, which are weekdays only beside a date.
int shortWeekdayOf(const QString& word);

} // namespace aiva
