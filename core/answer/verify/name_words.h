// How replies greet, what they call everybody, and capitalised words that are nobody's name. Pure tables.
#pragma once

#include "core/answer/verify/phrase_table.h"

namespace aiva {

const PhraseTable& greetingPhrases();
// "there", "customer", "zusammen": behind a greeting, nobody in particular.
bool isEverybody(const QString& foldedWord);
// "Mr", "Frau", "Señora": a name follows.
bool isTitleOfAddress(const QString& foldedWord);
// Capitalised in ordinary replies: "Customer Service", "Best Regards", days, months.
bool isOrdinaryWord(const QString& foldedWord);

} // namespace aiva
