// The people who share the workspace's mailboxes, by name: one person may have another slot in each mailbox. Pure; for
// the inbox's filter and for assigning.
#pragma once

#include "core/readmodel/inbox_query.h"
#include "core/readmodel/mailbox_query.h"

#include <QString>

#include <optional>
#include <vector>

namespace aiva {

struct TeamPerson {
    QString name;
    bool isMe = false;
    std::vector<InboxAssignee> places; // one for each mailbox the person shares
};

// Me first, then by name. Empty where nobody shares anything.
std::vector<TeamPerson> teamPeople(const std::vector<MailboxView>& mailboxes);
// The person's slot in that mailbox; 0 when they do not share it.
int slotIn(const TeamPerson& person, MailboxId mailbox);

} // namespace aiva
