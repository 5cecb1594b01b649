// Encoded words (RFC 2047) made safe for the MIME library, which joins neighbouring base64 words and stops at the
// padding of the first: most of a long subject in another script would be lost. Pure; used by the header reader.
#pragma once

#include <QByteArray>

namespace aiva {

// The same header value; when one base64 word ends in padding before another, all of them become "Q" words, which join
// without harm. Linear in its length.
QByteArray joinableWords(const QByteArray& header);

} // namespace aiva
