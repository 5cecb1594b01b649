// WordPress stores titles, names and secrets with HTML entities in them, and some values with markup. Pure.
#pragma once

#include <string>
#include <string_view>

namespace aiva {

// "Tom &amp; Jerry&#8217;s" → "Tom & Jerry’s". What is no entity stays as it is.
std::string decodedEntities(std::string_view text);
// Entities decoded, tags dropped, white space at the ends dropped: "<p>Large</p>\n" → "Large".
std::string plainText(std::string_view html);

} // namespace aiva
