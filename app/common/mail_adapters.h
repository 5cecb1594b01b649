// The mail half of the desk's adapters, named here and nowhere else.
#pragma once

#include "core/desk/mail_adapters.h"
#include "core/storage/workspace.h"

namespace aiva {

// For DeskAdapters::mail. `workspace` outlives the desk.
MailAdapters mailAdapters(const Workspace& workspace);

} // namespace aiva
