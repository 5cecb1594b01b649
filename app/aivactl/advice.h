// What an Error means to somebody at a terminal: what happened and what to do, chosen by cause, else by kind.
#pragma once

#include "core/base/error.h"

namespace aiva::ctl {

struct Advice {
    const char* happened;
    const char* remedy;
};

Advice adviceFor(const Error& error);

} // namespace aiva::ctl
