// Carriers' own check digits. Used to say why a number is none of the order's; a fact is right whatever its digits.
// Pure.
#pragma once

#include <QString>

namespace aiva {

enum class NumberShape { None, Ups1Z, Usps22, Postal13, FedEx12, FedEx15, Dhl10 };

// Of a number without spaces, in capitals.
NumberShape shapeOf(const QString& number);
bool hasRightCheckDigit(const QString& number, NumberShape shape);

} // namespace aiva
