// Where a team keeps its own messages on the server: the folder "Aiva", beside INBOX or below it, as the server has its
// other folders. Pure.
#pragma once

#include "core/ports/mailbox_port.h"

namespace aiva {

struct TeamFolderPlan {
    QString existing;     // empty: there is none yet
    QStringList toCreate; // names to try, best first
};

TeamFolderPlan teamFolderPlan(const std::vector<MailFolder>& folders);
// The name of the folder that receives mail, as the server spells it; "INBOX" when none says so.
QString inboxName(const std::vector<MailFolder>& folders);

} // namespace aiva
