// Reads what a draft's facts stand on as it is now (V6): the newest message of the conversation and the person's
// orders. The one place that decides it: the outbox's guard asks on the write connection, the composer through
// readmodel/conversation_query on a reader, and both compare the same thing.
#pragma once

#include "core/base/result.h"
#include "core/domain/reply/draft_basis.h"
#include "core/storage/database/database.h"

#include <memory>

namespace aiva {

class DraftBasisReader {
public:
    static Result<std::unique_ptr<DraftBasisReader>> create(Database& database);

    // "Newest" is what came into the cache last, not what says it is newest: a mail that was delayed on its way is news
    // all the same. What a person sent from this outbox is none: whoever sent it knows it.
    Result<DraftBasis> basis(ConversationId conversation);
    // Whether the customer wrote something after `then` was read.
    Result<bool> hasCustomerWritten(ConversationId conversation, const DraftBasis& then);

private:
    DraftBasisReader() = default;

    Statement m_newest;
    Statement m_person;
    Statement m_orders;
    Statement m_inboundSince;
};

} // namespace aiva
