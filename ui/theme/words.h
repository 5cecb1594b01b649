// The words of the desk in the person's language, with English plurals under it. Installed once by Theme.
#pragma once

class QCoreApplication;

namespace aiva {

// Translators live as long as the application object.
void installWords(QCoreApplication& application);

} // namespace aiva
