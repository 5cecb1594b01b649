// Numbers as people write them: 1,234.56 / 1.234,56 / 1 234,56 / 1'234.56. Reads normalised text only (plain digits).
// Pure; the checks decide what a number means.
#pragma once

#include "core/answer/verify/normalised_text.h"

#include <QString>

#include <optional>

namespace aiva {

struct NumberReading {
    Span span;
    QString whole;    // digits before the decimal mark, without grouping
    QString fraction; // digits after it
    bool isWellFormed = true;

    bool isInteger() const { return fraction.isEmpty(); }
    // Absent when it is not a plain integer of at most 18 digits.
    std::optional<qint64> integer() const;
    // In units of 10^-digits; absent when it has digits beyond those that are not zero, or is malformed.
    std::optional<qint64> minor(int digits) const;
};

enum class SpaceGroups { Join, Part }; // "1 234" is one number, or two

// The number whose first digit stands there; absent when no digit does.
std::optional<NumberReading> numberAt(QStringView text, int position, SpaceGroups spaces);

} // namespace aiva
