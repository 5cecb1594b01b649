// Who is on the team of a mailbox, and the state each conversation's anchor message carries on the server (V8).
#pragma once

#include "core/base/result.h"
#include "core/domain/ids.h"
#include "core/domain/names.h"
#include "core/storage/database/database.h"

#include <memory>
#include <optional>
#include <vector>

namespace aiva {

struct TeamAgent {
    int slot = 0; // 1…16
    QString name;
    bool isMe = false;

    bool operator==(const TeamAgent&) const = default;
};

// How a mailbox is shared, and as whom.
struct TeamMembership {
    TeamMode mode = TeamMode::Unknown;
    int mySlot = 0; // 0: not registered
};

struct TeamAnchor {
    ConversationId conversation;
    FolderId folder;
    quint32 uid = 0; // 0: its place is not known any more
    quint64 modSeq = 0;
    QString words;           // our keywords there as last seen, as teamWords() writes them
    QString wanted;          // JSON of a change not yet on the server (team_wish.h); empty: none
    bool isClaiming = false; // written before we ask for the claim: a claim with our slot is ours only then
};

// A cached message of a conversation on the server.
struct TeamPlace {
    FolderId folder;
    QString folderName;
    quint32 uid = 0;
    quint64 modSeq = 0;
    QStringList flags; // as last synced
};

// What the conversation's row says.
struct ConversationTeamState {
    std::optional<MailboxId> mailbox;
    ConversationStatus status = ConversationStatus::Open;
    int assigneeSlot = 0;
    int claimSlot = 0;
    bool customerSpokeLast = false;
};

class TeamRepository {
public:
    static Result<std::unique_ptr<TeamRepository>> create(Database& database);
    ~TeamRepository();

    Result<void> setAgents(MailboxId mailbox, const std::vector<TeamAgent>& agents);
    Result<std::vector<TeamAgent>> agents(MailboxId mailbox); // by slot
    Result<QString> agentName(MailboxId mailbox, int slot);   // empty when nobody is known there
    Result<TeamMembership> membership(MailboxId mailbox);

    Result<void> saveAnchor(const TeamAnchor& anchor);
    Result<std::optional<TeamAnchor>> anchor(ConversationId conversation);
    Result<std::vector<TeamAnchor>> wanted(MailboxId mailbox); // changes to carry to the server, oldest first
    // The conversation's messages in the mailbox's inbox folder, by UID: the first is where its anchor belongs. When
    // none is there, those of the folder with the least name among archives and plain folders. At most 200.
    Result<std::vector<TeamPlace>> places(MailboxId mailbox, ConversationId conversation);
    Result<std::optional<ConversationId>> conversationAt(FolderId folder, quint32 uid);
    Result<std::optional<TeamPlace>> placeAt(FolderId folder, quint32 uid);
    Result<std::optional<MailboxId>> mailboxOf(FolderId folder);

    // What the server says, written to the conversation's row: status, assignee, claim.
    Result<void> setState(ConversationId conversation, ConversationStatus status, int assigneeSlot, int claimSlot);
    Result<std::optional<ConversationTeamState>> state(ConversationId conversation);

    // Mod-sequences went backwards: no number known of the folder may be compared with again.
    Result<void> forgetModSeqs(FolderId folder);
    // UIDVALIDITY changed: anchors lose their places and what was seen there; wishes stay.
    Result<void> forgetPlaces(FolderId folder);

private:
    class Private;
    explicit TeamRepository(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
