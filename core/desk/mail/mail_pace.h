// How patient the mail half of the desk is. Tests shorten it.
#pragma once

#include "core/mailbox/mailbox_pace.h"
#include "core/outbox/outbox_doors.h"
#include "core/team/anchor_run.h"

namespace aiva {

struct MailSetupPace {
    int copyPollMs = 1'000; // how often Sent and INBOX are asked for the test mail
    int copyWaitMs = 30'000;
};

struct MailPace {
    MailboxPace mailbox;
    SendPace send;
    AnchorPace anchor;
    MailSetupPace setup;
    int teamMs = 5 * 60'000; // between looks at who is on the team
};

} // namespace aiva
