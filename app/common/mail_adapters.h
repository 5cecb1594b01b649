// The mail half of the desk's adapters, named here and nowhere else.
#pragma once

#include "core/base/clock.h"
#include "core/desk/mail/mail_adapters.h"
#include "core/storage/workspace/workspace.h"

namespace aiva {

// For DeskAdapters::mail. Both references outlive the desk.
MailAdapters mailAdapters(const Workspace& workspace, const Clock& clock);

} // namespace aiva
