// What a person reads in the browser when a sign-in comes back to this machine. The words are given by who asks for the
// sign-in, for only ui translates; without them they are English.
#pragma once

#include <QString>

namespace aiva {

// Plain text.
struct RedirectPages {
    QString done = QStringLiteral("You are signed in. You can close this window and go back to Aiva.");
    QString failed = QStringLiteral("The sign-in did not work. Close this window and try again in Aiva.");
};

} // namespace aiva
