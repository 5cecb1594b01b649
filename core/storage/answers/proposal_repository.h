// Proposed answers, at most one a conversation. Written by the answer engine; triggers keep what the inbox shows of
// them in step. Merging or splitting a conversation drops its proposal: it is made again.
#pragma once

#include "core/base/result.h"
#include "core/domain/answering/proposal.h"
#include "core/storage/database/database.h"

#include <memory>
#include <optional>

namespace aiva {

class ProposalRepository {
public:
    static Result<std::unique_ptr<ProposalRepository>> create(Database& database);
    ~ProposalRepository();

    // Replaces the one the conversation had. NotFound when the conversation is gone.
    Result<void> save(const Proposal& proposal);
    Result<std::optional<Proposal>> byConversation(ConversationId conversation);
    Result<std::optional<Proposal>> byOutbox(OutboxId mail);
    Result<void> remove(ConversationId conversation);
    // NotFound when there is no proposal.
    Result<void> setState(ConversationId conversation, ProposalState state);
    // The mail that waits by itself; an invalid id when none does any more.
    Result<void> setOutbox(ConversationId conversation, OutboxId mail);

private:
    class Private;
    explicit ProposalRepository(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
