// TeamClaims: grants and releases the right to answer a conversation, by compare-and-set on its anchor message (V8).
// The outbox asks it through ClaimPort before each send. Lives on the core thread; never grants on a guess.
#pragma once

#include "core/ports/claim_port.h"
#include "core/team/team_book.h"

#include <QObject>

namespace aiva {

class TeamClaims final : public QObject, public ClaimPort {
    Q_OBJECT
public:
    // All outlive it. `lines` answers null while a mailbox is not connected.
    TeamClaims(Database& writer, TeamRepository& repository, MailboxLines lines, AnchorPace pace = {},
               QObject* parent = nullptr);
    ~TeamClaims() override;

    // Refused while it is not known whether and as whom the mailbox is shared; Network when the server cannot be asked
    // or the outcome stayed unknown (asking again finds out); NotFound when the conversation's mail has moved on the
    // server and the cache does not know yet.
    Future<ClaimAnswer> claim(MailboxId mailbox, ConversationId conversation) override;
    // False: kept, and carried with the next TeamState::carry.
    Future<bool> release(MailboxId mailbox, ConversationId conversation, Ending ending) override;

    // The claim of a colleague whose program ended in the middle: only ever at a person's word. `holderSlot` is whom
    // they saw; anybody else's claim stays and answers Conflict. The conversation is ours then, unclaimed.
    Future<bool> takeOver(MailboxId mailbox, ConversationId conversation, int holderSlot);

Q_SIGNALS:
    void stateChanged(aiva::ConversationId conversation);

private:
    Database& m_writer;
    TeamRepository& m_repository;
    TeamBook m_book;
    const MailboxLines m_lines;
    const AnchorPace m_pace;
};

} // namespace aiva
