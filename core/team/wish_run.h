// WishRun: carries what waits for one conversation to the server: a status, an assignee, the release of a claim. The
// colleague's change wins where both changed the same. Used by TeamClaims and TeamState.
#pragma once

#include "core/team/team_book.h"

namespace aiva {

class WishRun final : public TeamRun<Observation> {
public:
    WishRun(MailboxPort& port, TeamRepository& repository, TeamBook& book, MailboxId mailbox,
            ConversationId conversation, AnchorPace pace, QObject* parent);

protected:
    void begin() override;

private:
    Result<void> prepare();
    void take(const AnchorReading& reading);

    MailboxPort& m_port;
    TeamRepository& m_repository;
    TeamBook& m_book;
    const MailboxId m_mailbox;
    const ConversationId m_conversation;
    const AnchorPace m_pace;
    int m_mySlot = 0;
    std::vector<TeamPlace> m_places;
    QString m_wanted;
    WishOutcome m_outcome;
};

} // namespace aiva
