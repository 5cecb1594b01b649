// A mail as it stands after DATA (RFC 5321 §4.5.2), without the final dot. Pure.
#pragma once

#include "core/base/result.h"

#include <QByteArray>

namespace aiva {

// CRLF at every line end and after the last line, a dot more before each leading dot. Lone CR and LF become line ends:
// some servers would take "LF . LF" for the end of the mail. Invalid for a NUL or a line beyond 998 bytes.
Result<QByteArray> dotStuffed(const QByteArray& mail);

} // namespace aiva
