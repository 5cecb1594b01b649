// Money, dates and ages as people of a locale read them. Pure; used by every view that shows a fact. Amounts never pass
// through a float. Local time exists only here.
#pragma once

#include "core/base/money.h"
#include "core/base/utc_time.h"

#include <QLocale>
#include <QString>

namespace aiva {

// "$450.00", "¥1,000", "450,00 $": the locale's pattern and digits, the currency's own number of decimals. Currencies
// that share a sign with the locale's own keep apart ("CA$" in the United States).
QString formatMoney(Money amount, const QLocale& locale);

// "Feb 20"; "Feb 20, 2025" when the year is not now's.
QString formatOrderDate(UtcTime at, UtcTime now, const QLocale& locale);
// Always with the year: "Mar 3, 2025".
QString formatFullDate(UtcTime at, const QLocale& locale);
// "14:02" or "2:02 PM"; the date before it when it is another day.
QString formatTime(UtcTime at, UtcTime now, const QLocale& locale);
// The whole of it, for tooltips and screen readers.
QString formatFullTime(UtcTime at, const QLocale& locale);

// "just now", "3 min ago", "5 h ago", "2 d ago".
QString formatAgo(UtcTime at, UtcTime now);

} // namespace aiva
