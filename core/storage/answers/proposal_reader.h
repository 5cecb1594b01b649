// Reads proposals as they are stored. The one place that turns their rows into values: ProposalRepository reads with it
// on the write connection, readmodel/answer_query on a reader.
#pragma once

#include "core/base/result.h"
#include "core/domain/answering/proposal.h"
#include "core/storage/database/database.h"

#include <memory>
#include <optional>

namespace aiva {

class ProposalReader {
public:
    static Result<std::unique_ptr<ProposalReader>> create(Database& database);

    // Absent also when the row is not one this version can read: it is made again.
    Result<std::optional<Proposal>> byConversation(ConversationId conversation);
    Result<std::optional<Proposal>> byOutbox(OutboxId mail);
    // What its conversation has is the one given: made then, in that state. Cheap.
    Result<bool> isStill(const Proposal& known);

private:
    ProposalReader() = default;
    static Result<std::optional<Proposal>> read(Statement& statement);

    Statement m_byConversation;
    Statement m_byOutbox;
    Statement m_isStill;
};

} // namespace aiva
