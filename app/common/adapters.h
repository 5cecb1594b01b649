// The desk's adapters, named here and nowhere else.
#pragma once

#include "core/adapters/http/http_transport.h"
#include "core/desk/desk.h"
#include "core/desk/spelling.h"

namespace aiva {

// For Desk::open. Each store's adapter is built on the core thread with a transport of that thread; both references
// outlive the desk.
DeskAdapters deskAdapters(const Workspace& workspace, const Clock& clock);

// Dictionaries of this computer; called on the thread that asks them.
std::unique_ptr<SpellingPort> makeSpelling();

} // namespace aiva
