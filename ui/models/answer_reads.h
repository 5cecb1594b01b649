// What the window reads of answers, on the desk's query-only connection. Tests give functions of their own; absent ones
// mean that nothing is there.
#pragma once

#include "core/desk/desk.h"
#include "core/readmodel/answer_query.h"

#include <functional>
#include <vector>

namespace aiva {

struct AnswerReads {
    std::function<Result<std::optional<Proposal>>(ConversationId)> proposal;
    std::function<Result<bool>(const Proposal& known)> isStill; // nothing newer is proposed
    std::function<Result<std::vector<AutoSendRule>>(StoreId)> rules;
    std::function<Result<EarnedRecord>(StoreId, Intent)> record;
    std::function<Result<bool>()> isAutoSendStopped;
    std::function<Result<std::vector<ModelEndpoint>>()> endpoints;
    std::function<Result<std::vector<Knowledge>>(StoreId)> knowledge;
    std::function<Result<std::vector<AuditEntryView>>(const AuditFilter&, std::optional<AuditId>, int)> audit;
};

// `reader` outlives what uses the answer.
AnswerReads answerReads(AnswerQuery& reader);

} // namespace aiva
