#include "ui/inbox/team_names.h"

#include <algorithm>

namespace aiva {

std::vector<TeamPerson> teamPeople(const std::vector<MailboxView>& mailboxes) {
    std::vector<TeamPerson> people;
    for (const MailboxView& view : mailboxes) {
        if (view.account.teamMode != TeamMode::Shared) continue;
        for (const TeamAgent& agent : view.team) {
            const auto known = std::find_if(people.begin(), people.end(), [&agent](const TeamPerson& person) {
                return agent.isMe ? person.isMe : !person.isMe && person.name == agent.name;
            });
            const InboxAssignee place{view.account.id, agent.slot};
            if (known == people.end())
                people.push_back({agent.name, agent.isMe, {place}});
            else
                known->places.push_back(place);
        }
    }
    std::stable_sort(people.begin(), people.end(), [](const TeamPerson& a, const TeamPerson& b) {
        if (a.isMe != b.isMe) return a.isMe;
        return QString::localeAwareCompare(a.name, b.name) < 0;
    });
    return people;
}

int slotIn(const TeamPerson& person, MailboxId mailbox) {
    for (const InboxAssignee& place : person.places)
        if (place.mailbox == mailbox) return place.slot;
    return 0;
}

} // namespace aiva
