// How facts are written: amounts, days, statuses. One place, so that the context, the facts and their labels agree.
// Pure.
#pragma once

#include "core/base/money.h"
#include "core/base/utc_time.h"

#include <QString>

namespace aiva {

// "450.00 USD".
QString amountText(const Money& money);
// "$450.00", "€450.00"; "450.00 CHF" where a sign would be unclear.
QString amountWithSign(const Money& money);
// "2026-02-20" where the store is; UTC when the zone is unknown.
QString dayText(UtcTime time, const QString& timeZone);
// A shop's status word in capitals: "PARTIALLY_FULFILLED".
QString statusText(const QString& status);
// An order's name as it is cited.
QString orderNameText(const QString& name);
// "Ada" of "Dr. Ada Lovelace"; the whole when it is one word.
QString firstNameOf(const QString& name);

} // namespace aiva
