// What became of proposed drafts, one row each. Written by the answer engine; AutoSendRepository counts them.
#pragma once

#include "core/base/result.h"
#include "core/domain/answering/draft_outcome.h"
#include "core/storage/database/database.h"

#include <memory>
#include <vector>

namespace aiva {

class OutcomeRepository {
public:
    static Result<std::unique_ptr<OutcomeRepository>> create(Database& database);
    ~OutcomeRepository();

    // AutoSent is said when the mail is queued, so that what waits counts for the caps; Cancelled beside it when it was
    // taken back.
    Result<void> add(const DraftOutcomeRecord& outcome);
    Result<std::vector<DraftOutcomeRecord>> ofConversation(ConversationId conversation); // oldest first

private:
    class Private;
    explicit OutcomeRepository(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
