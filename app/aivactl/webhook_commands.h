// The halves of `aivactl webhook`, for its dispatcher.
#pragma once

#include "app/aivactl/commands.h"

namespace aiva::ctl {

// subscribe, list, unsubscribe, key
Result<int> runWebhookSubscriptions(Context& context);

} // namespace aiva::ctl
