// E-mail addresses and phone numbers as keys to a person.
#pragma once

#include <QString>

#include <string>
#include <string_view>

namespace aiva {

// The form two spellings of one address share: trimmed, lower case (ASCII and Unicode), nothing else changed, because
// "john.o" and "johno" may be two people. Empty when there is no '@' with something on both sides.
QString normalizedEmail(const QString& email);
std::string normalizedEmail(std::string_view email);

// Digits with a leading '+' kept; empty when fewer than six digits remain.
std::string normalizedPhone(std::string_view phone);

} // namespace aiva
