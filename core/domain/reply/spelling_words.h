// The words of a text a dictionary can judge: no addresses, links, numbers, order names, variables, quoted lines or
// words in capitals. Pure.
#pragma once

#include <QString>

#include <vector>

namespace aiva {

struct WordSpan {
    int start = 0;
    int length = 0;
    bool operator==(const WordSpan&) const = default;
};
std::vector<WordSpan> wordsToSpell(const QString& text);

} // namespace aiva
