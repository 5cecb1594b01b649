// The encodings of mail: encoded words, quoted-printable, base64. Pure.
#pragma once

#include <string>
#include <string_view>

namespace aiva::sandbox {

bool isAscii(std::string_view text);
// RFC 2047, folded; ASCII stays as it is.
std::string headerText(std::string_view text);
// "Name <address>" with the name quoted or encoded as it needs.
std::string headerMailbox(std::string_view name, std::string_view email);
std::string quotedPrintable(std::string_view text);
std::string base64Lines(std::string_view bytes);
// RFC 2231 when it is not ASCII: filename*=UTF-8''…
std::string fileNameParameter(std::string_view name);

} // namespace aiva::sandbox
