// What the cells of a file say: amounts, times, counts. Pure. Nothing is guessed: a cell that can be read in two ways
// is Invalid unless the convention is said. Details name the trouble, never the cell's content.
#pragma once

#include "core/base/money.h"
#include "core/base/utc_time.h"

#include <QTimeZone>

#include <string>
#include <string_view>
#include <vector>

namespace aiva {

struct CsvConventions {
    enum class DecimalMark { Unknown, Point, Comma };
    enum class DayMonth { Unknown, DayFirst, MonthFirst };

    DecimalMark decimalMark = DecimalMark::Unknown; // of amounts like "1,234"
    DayMonth dayMonth = DayMonth::Unknown;          // of dates like 03/04/2026
    QTimeZone timeZone = QTimeZone::utc();          // of times without one
};

// Trimmed, and without what keeps spreadsheets from calculating: '00123 and ="00123".
std::string plainCell(std::string_view cell);

// "1234.5", "1.234,50", "1 234,50 €", "USD 12", "-3". Digits beyond the currency's are rounded half up.
Result<Money> amountIn(std::string_view cell, Currency currency, CsvConventions::DecimalMark mark);

// RFC 3339, "2026-02-20 14:02:03 -0500" (Shopify), "2026-02-20 14:02", "20.02.2026 14:02", "02/20/2026 2:02 PM",
// "February 20, 2026 2:02 pm"; a date alone is its midnight.
Result<UtcTime> timeIn(std::string_view cell, const CsvConventions& conventions);
// Whether timeIn() had to ask the conventions for the zone.
bool lacksZone(std::string_view cell);

// A whole number of zero or more; "2.0" is one.
Result<qint64> countIn(std::string_view cell);

// "7.21045E+12": what a spreadsheet leaves of a long number when it saves a table. Which one it was nobody knows.
bool isRoundedNumber(std::string_view cell);

// Separated by commas, trimmed, blanks dropped.
std::vector<std::string> listIn(std::string_view cell);

} // namespace aiva
