// `aivactl mail connect`, `mail list` and `mail sync`: mailboxes on a server. Called by mail_commands.
#pragma once

#include "app/aivactl/commands.h"

namespace aiva::ctl {

Result<int> connectMailbox(Context& context);
Result<int> listMailboxes(Context& context);
Result<int> syncMailboxes(Context& context);

} // namespace aiva::ctl
