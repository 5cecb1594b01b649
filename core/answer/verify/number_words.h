// Numbers written as words, which prove nothing, and the counters of languages that write them without spaces. Pure.
#pragma once

#include <QString>

namespace aiva {

// "seven", "zwölf", "vingt", "cincuenta". Words that are something else in another language only in their own
// ("once": eleven in Spanish alone).
bool isNumberWord(const QString& foldedWord, const QString& language);

} // namespace aiva
