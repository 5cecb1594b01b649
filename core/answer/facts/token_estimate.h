// How many tokens a text costs at most, without any model's tokenizer: meant to err upwards. Pure.
#pragma once

#include <QString>

namespace aiva {

// Four letters of a word, three digits, one sign or one character beyond ASCII each count as a token.
int tokenEstimate(const QString& text);

} // namespace aiva
