// Every way to change one fact of a generated reply: a digit, a day, a name, a currency, a claim more. Each mutant is
// untrue or unproven, and must be flagged.
#pragma once

#include "tests/core/answer/verify/generated_replies.h"

#include <vector>

namespace aiva::test {

struct Mutant {
    QString what; // "digit of the tracking number"
    QString text;
};

std::vector<Mutant> mutantsOf(const GeneratedReply& reply, const OtherPeople& others, quint32 seed);

} // namespace aiva::test
