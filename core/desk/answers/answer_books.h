// The tables answering writes, opened once on the core thread's connection. Owned by AnswerCore.
#pragma once

#include "core/domain/answering/proposal.h"
#include "core/storage/answers/auto_send_repository.h"
#include "core/storage/answers/endpoint_repository.h"
#include "core/storage/answers/intent_label_repository.h"
#include "core/storage/answers/knowledge_repository.h"
#include "core/storage/answers/outcome_repository.h"
#include "core/storage/answers/playbook_text_repository.h"
#include "core/storage/answers/proposal_agenda.h"
#include "core/storage/answers/proposal_repository.h"
#include "core/storage/database/database.h"
#include "core/storage/privacy/audit_repository.h"

#include <QJsonObject>

#include <memory>

namespace aiva {

struct AnswerBooks {
    static Result<std::unique_ptr<AnswerBooks>> open(Database& writer);

    // One line of the audit log: stable words, digests and ids; never a text.
    Result<void> note(UtcTime at, AuditActor actor, const QString& kind, const Proposal& proposal, StoreId store,
                      const QJsonObject& more = {});

    std::unique_ptr<ProposalRepository> proposals;
    std::unique_ptr<ProposalAgenda> agenda;
    std::unique_ptr<AutoSendRepository> rules;
    std::unique_ptr<OutcomeRepository> outcomes;
    std::unique_ptr<EndpointRepository> endpoints;
    std::unique_ptr<KnowledgeRepository> knowledge;
    std::unique_ptr<PlaybookTextRepository> playbooks;
    std::unique_ptr<IntentLabelRepository> labels;
    std::unique_ptr<AuditRepository> audit;
};

// SHA-256 in lower-case hex.
QString textDigest(const QString& text);

} // namespace aiva
