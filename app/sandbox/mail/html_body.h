// The HTML half of a letter, in the manners of the programs people write with. Pure.
#pragma once

#include "app/sandbox/mail/letter.h"

namespace aiva::sandbox {

std::string escapeHtml(std::string_view text);
std::string htmlBody(const Letter& letter);

} // namespace aiva::sandbox
