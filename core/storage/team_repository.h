// Who is on the team of a mailbox, and the state each conversation's anchor message carries on the server (V8).
#pragma once

#include "core/base/result.h"
#include "core/domain/ids.h"
#include "core/domain/names.h"
#include "core/storage/database.h"

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

struct TeamAnchor {
    ConversationId conversation;
    FolderId folder;
    quint32 uid = 0;
    quint64 modSeq = 0;
    QString wanted; // JSON of a change not yet on the server; empty: none
};

class TeamRepository {
public:
    static Result<std::unique_ptr<TeamRepository>> create(Database& database);
    ~TeamRepository();

    Result<void> setAgents(MailboxId mailbox, const std::vector<TeamAgent>& agents);
    Result<std::vector<TeamAgent>> agents(MailboxId mailbox);

    Result<void> saveAnchor(const TeamAnchor& anchor);
    Result<std::optional<TeamAnchor>> anchor(ConversationId conversation);
    Result<std::optional<TeamAnchor>> anchorAt(FolderId folder, quint32 uid);
    Result<std::vector<TeamAnchor>> wanted(MailboxId mailbox); // changes to carry to the server, oldest first
    // The smallest UID of the conversation in the mailbox's inbox folder: where its anchor belongs.
    Result<std::optional<TeamAnchor>> anchorPlace(ConversationId conversation);

    // What the server says, written to the conversation's row: status, assignee, claim.
    Result<void> setState(ConversationId conversation, ConversationStatus status, int assigneeSlot, int claimSlot);

private:
    class Private;
    explicit TeamRepository(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
