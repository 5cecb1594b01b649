// What customers usually write, per language and per stage of their order, with the shop's usual answer and sometimes a
// second mail. Texts carry {placeholders}. Tables only.
#pragma once

#include "app/sandbox/mail/letter.h"

#include <string_view>
#include <vector>

namespace aiva::sandbox {

// The stage of the order on the day of the mail.
enum class Phase { Open, Moving, Delivered, Refunded, Cancelled };

struct Situation {
    const char* language;
    Phase phase;
    const char* subject;
    const char* body;
    const char* answer;
    const char* followUp; // nullptr: none
    LetterStyle style = LetterStyle::Web;
};

const std::vector<Situation>& englishSituations();
const std::vector<Situation>& westernSituations(); // German, French, Spanish, Portuguese
const std::vector<Situation>& easternSituations(); // Hungarian, Ukrainian, Japanese
// All that fit; never empty: English stands in for languages without a text.
std::vector<const Situation*> situationsFor(std::string_view language, Phase phase);

} // namespace aiva::sandbox
