// What a letter may say about a customer and an order, and the filling of {placeholders} with it; also the line that
// introduces a quotation in each language. Pure.
#pragma once

#include "app/sandbox/mail/letter.h"
#include "app/sandbox/world/world.h"

#include <map>

namespace aiva::sandbox {

using CaseFacts = std::map<std::string, std::string, std::less<>>;

CaseFacts factsOf(const WorldOrder& order, std::string_view firstName, std::string_view displayName,
                  std::string_view language);
// Unknown placeholders stay: a test finds them.
std::string filled(std::string_view text, const CaseFacts& facts);
// The earlier mail under its introducing line, every line behind "> " (Outlook: a header block, no marks).
std::string quotationOf(const Letter& earlier, std::string_view language, LetterStyle style);

} // namespace aiva::sandbox
