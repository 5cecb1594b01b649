// Inline styles of a mail reduced to a short list of harmless properties. Used by the sanitizer. Pure.
#pragma once

#include <QString>

namespace aiva {

// Declarations that survive, "name: value; …"; empty when none. Nothing that loads (url), places (position, float,
// negative margins), escapes (backslashes, comments) or could hold more than one value list survives.
QString safeStyle(const QString& style);

} // namespace aiva
