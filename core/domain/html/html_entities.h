// Character references of HTML, as the tokenizer needs them. Pure.
#pragma once

#include <QStringView>

namespace aiva {

// "eacute" → U+00E9; zero when the name is unknown. HTML 4 names; newer ones stay as they are written.
char32_t namedCharacter(QStringView name);
// &#n; as browsers read it: the Windows-1252 range mapped, what is no character replaced.
char32_t numericCharacter(char32_t code);

} // namespace aiva
