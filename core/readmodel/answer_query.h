// What the desk shows of answers: a conversation's proposal, the rules and what they have earned, endpoints, knowledge,
// the audit log. Query-only connection, GUI thread.
#pragma once

#include "core/base/result.h"
#include "core/domain/answering/auto_send_rule.h"
#include "core/domain/answering/knowledge.h"
#include "core/domain/answering/model_endpoint.h"
#include "core/domain/answering/proposal.h"
#include "core/storage/database/database.h"

#include <memory>
#include <optional>
#include <vector>

namespace aiva {

struct AuditEntryView {
    AuditId id;
    UtcTime at;
    QString actor; // person, aiva
    QString kind;
    std::optional<StoreId> store;
    std::optional<ConversationId> conversation;
    QString detail; // JSON
    QString digest;
};

struct AuditFilter {
    QString text; // in kind, detail or a conversation's subject; empty: all
    std::optional<ConversationId> conversation = std::nullopt; // and what was merged into it
    std::optional<UtcTime> from = std::nullopt;                // included
    std::optional<UtcTime> until = std::nullopt;               // not included
};

class AnswerQuery {
public:
    static Result<std::unique_ptr<AnswerQuery>> create(Database& reader);
    ~AnswerQuery();
    Result<std::optional<Proposal>> proposal(ConversationId conversation);
    Result<bool> isStill(const Proposal& known); // see ProposalReader
    // One for each intent a playbook can answer; what nobody set is Off.
    Result<std::vector<AutoSendRule>> rules(StoreId store);
    Result<EarnedRecord> record(StoreId store, Intent intent);
    Result<bool> isAutoSendStopped(); // the kill switch
    Result<std::vector<ModelEndpoint>> endpoints();
    Result<std::vector<Knowledge>> knowledge(StoreId store);
    // Newest first, behind `after`.
    Result<std::vector<AuditEntryView>> audit(const AuditFilter& filter, std::optional<AuditId> after, int limit);

private:
    class Private;
    explicit AnswerQuery(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
