// Small real attachments made from nothing: a photograph (PNG) and a one-page PDF. Pure; the same bytes each time.
#pragma once

#include <string>
#include <string_view>

namespace aiva::sandbox {

// A dented pot on a table, more or less.
std::string photograph(int width, int height, unsigned tint);
// One page with these lines of ASCII text.
std::string onePagePdf(std::string_view title, std::string_view lines);

} // namespace aiva::sandbox
