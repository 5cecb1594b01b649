// Where a reply's sentences begin and end: a line break always ends one, a full stop unless it belongs to a number, a
// day ("12. Mai") or an abbreviation. Pure.
#pragma once

#include "core/answer/verify/normalised_text.h"

#include <vector>

namespace aiva {

// In order, without gaps; at least one.
std::vector<Span> sentencesIn(const NormalisedText& text);

} // namespace aiva
