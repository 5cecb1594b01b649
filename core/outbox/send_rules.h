// What an error met on the way out means for the mail. Pure; used by SendRun.
#pragma once

#include "core/base/error.h"

namespace aiva {

enum class Verdict {
    Later,  // may pass by itself
    Person, // somebody has to do something first (sign in); looked at again now and then
    Never   // the server will not take this mail
};
Verdict verdictOn(const Error& error);

// After the final dot was asked for: whether the server certainly did not take the mail. Everything that does not say
// so leaves the outcome unknown.
bool isCertainRefusal(const Error& error);

} // namespace aiva
