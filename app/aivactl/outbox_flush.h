// `aivactl outbox flush`: sends everything that is due, through the same dispatcher as the window.
#pragma once

#include "app/aivactl/commands.h"

namespace aiva::ctl {

// Done when nothing due is left open; Failed when something is held, failed or paused, AuthRefused and NetworkFailed
// when that is what keeps mail here. WorkspaceBusy while another process sends from this workspace.
Result<int> flushOutbox(Context& context);

} // namespace aiva::ctl
