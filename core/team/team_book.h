// TeamBook: takes what the server said of an anchor over into the cache: what was seen there, and the status, assignee
// and claim of the conversation's row. Used by everything in this folder that reads an anchor; never asks the server.
#pragma once

#include "core/domain/team/team_wish.h"
#include "core/team/anchor_run.h"

#include <functional>

namespace aiva {

// The line to a mailbox's server; null while there is none.
using MailboxLines = std::function<MailboxPort*(MailboxId)>;

struct Observation {
    bool rowChanged = false;
    bool statusLost = false; // a wish of this desk lost against a colleague
    bool assigneeLost = false;
};

class TeamBook {
public:
    TeamBook(Database& writer, TeamRepository& repository) : m_writer(writer), m_repository(repository) {}

    // A mod-sequence older than the known one is yesterday's news and ignored. The row's status follows only when the
    // server's status changed: what the cache concluded from mail that came or went stays.
    Result<Observation> observe(ConversationId conversation, const TeamPlace& place, int mySlot);
    // The same, after `wanted` was carried to the server; a wish that was added meanwhile stays.
    Result<Observation> observeCarried(ConversationId conversation, const TeamPlace& place, int mySlot,
                                       const QString& wanted);
    // Merged into what waits already; the row shows it at once.
    Result<void> wish(ConversationId conversation, const TeamPlace& place, const TeamWish& wish);
    Result<void> markClaiming(ConversationId conversation, const TeamPlace& place, bool isClaiming);

private:
    Result<Observation> take(ConversationId conversation, const TeamPlace& place, int mySlot, TeamAnchor anchor);
    Result<TeamAnchor> anchorFor(ConversationId conversation, const TeamPlace& place);

    Database& m_writer;
    TeamRepository& m_repository;
};

} // namespace aiva
