// Amounts of money in a text: a number beside a sign ("$", "US$", "€"), a code ("EUR") or a word ("euros"). Pure.
#pragma once

#include "core/answer/verify/normalised_text.h"
#include "core/answer/verify/number_reading.h"
#include "core/base/money.h"

#include <QStringList>

#include <vector>

namespace aiva {

struct MoneyReading {
    Span span; // with its marks
    NumberReading number;
    QStringList currencies; // what the marks can mean together ("$": several dollars); empty: they contradict
    bool isPart = false;    // cents, pence: a part of the unit

    bool equals(const Money& money) const;
};

std::vector<MoneyReading> moneyIn(const NormalisedText& text);

} // namespace aiva
