// Which conversations want an answer proposed, or proposed again. Read by the desk on the core thread; writes nothing.
#pragma once

#include "core/base/result.h"
#include "core/domain/ids.h"
#include "core/storage/database/database.h"

#include <memory>
#include <utility>
#include <vector>

namespace aiva {

class ProposalAgenda {
public:
    static Result<std::unique_ptr<ProposalAgenda>> create(Database& database);

    // Open, the customer spoke last, and nothing was proposed yet; newest first.
    Result<std::vector<ConversationId>> withoutProposal(int limit);
    // Open and the customer spoke last, whatever was proposed; newest first.
    Result<std::vector<ConversationId>> open(int limit);
    // Any, newest first: to try a wording on.
    Result<std::vector<ConversationId>> newest(int limit);
    // Answers that wait in the outbox to leave by themselves.
    Result<std::vector<std::pair<ConversationId, OutboxId>>> waitingByThemselves();

private:
    Result<std::vector<ConversationId>> collect(Statement& statement, int limit);

    Statement m_withoutProposal;
    Statement m_open;
    Statement m_newest;
    Statement m_waiting;
};

} // namespace aiva
