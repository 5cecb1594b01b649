// One colleague's desk for tests: a workspace of its own, a line to the shared mailbox, and just enough sync to fill
// the cache from it.
#pragma once

#include "core/storage/conversations/conversation_repository.h"
#include "core/storage/mailboxes/mailbox_repository.h"
#include "core/team/team_claims.h"
#include "core/team/team_state.h"
#include "tests/support/await.h"
#include "tests/support/temporary_workspace.h"

#include <memory>

namespace aiva::test {

inline const QString kShopAddress = QStringLiteral("help@shop.example");

// A customer's mail, and an answer to one.
MessageRecord customerMail(const QString& id, const QString& references = {});
MessageRecord shopAnswer(const QString& id, const QString& references);

class TeamAgentDesk {
public:
    // Registered with the shared mailbox as `slot`; colleagues are called "Agent 1" and so on.
    TeamAgentDesk(std::unique_ptr<MailboxPort> port, int slot);
    ~TeamAgentDesk();

    // Takes everything in INBOX and Sent over, with flags.
    bool sync();
    // Until nothing is on its way to the server any more.
    bool carry();
    // The conversation of a mail; invalid when it is not in the cache.
    ConversationId conversationOf(const QString& messageId);
    Result<ClaimAnswer> claim(ConversationId conversation);
    Result<bool> release(ConversationId conversation, ClaimPort::Ending ending);
    ConversationTeamState row(ConversationId conversation);
    TeamAnchor anchor(ConversationId conversation);
    void setMembership(TeamMode mode, int slot);
    // Text of the first column of the first row.
    QString sqlText(const char* query);
    void sql(const QString& statement);

    MailboxPort* line() { return isOnline ? port.get() : nullptr; }

    TemporaryWorkspace workspace;
    std::unique_ptr<MailboxPort> port;
    bool isOnline = true;
    std::unique_ptr<TeamRepository> repository;
    std::unique_ptr<ConversationRepository> conversations;
    std::unique_ptr<TeamClaims> claims;
    std::unique_ptr<TeamState> state;
    std::unique_ptr<MailboxRepository> mailboxes;
    MailboxId mailbox;
    FolderId inbox;
    FolderId sent;

private:
    bool syncFolder(FolderId id, const QString& name);
    bool forgetMissing(FolderId folder, const std::vector<quint32>& there);
};

// Waits of a few milliseconds instead of seconds.
AnchorPace quickAnchorPace();

} // namespace aiva::test
