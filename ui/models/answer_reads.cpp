#include "ui/models/answer_reads.h"

namespace aiva {

AnswerReads answerReads(AnswerQuery& reader) {
    AnswerReads reads;
    reads.proposal = [&reader](ConversationId id) { return reader.proposal(id); };
    reads.isStill = [&reader](const Proposal& known) { return reader.isStill(known); };
    reads.rules = [&reader](StoreId store) { return reader.rules(store); };
    reads.record = [&reader](StoreId store, Intent intent) { return reader.record(store, intent); };
    reads.isAutoSendStopped = [&reader] { return reader.isAutoSendStopped(); };
    reads.endpoints = [&reader] { return reader.endpoints(); };
    reads.knowledge = [&reader](StoreId store) { return reader.knowledge(store); };
    reads.audit = [&reader](const AuditFilter& filter, std::optional<AuditId> after, int limit) {
        return reader.audit(filter, after, limit);
    };
    return reads;
}

} // namespace aiva
