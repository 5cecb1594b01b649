// What in a draft looks like a number or an identifier and is not accounted for yet. Shared by the checks that ask what
// it could be.
#pragma once

#include "core/answer/verify/draft_reading.h"

#include <vector>

namespace aiva {

// Runs with a digit in them; digit groups divided by single spaces or dashes are one ("9400 1118 …", "DE89 3704 …").
std::vector<Span> idTokensIn(const DraftReading& draft);
// The same in any text, nothing being taken.
std::vector<Span> idTokensIn(QStringView text);

} // namespace aiva
