// An HTML5 parser that is not ours (gumbo) reads what the sanitizer wrote and names the first thing a mail must never
// bring. Used by tests and fuzzers only.
#pragma once

#include <QString>

namespace aiva::test {

// Empty when the document holds nothing forbidden.
QString forbiddenIn(const QString& html);

} // namespace aiva::test
