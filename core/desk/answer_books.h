// The tables answering writes, opened once on the core thread's connection. Owned by AnswerCore.
#pragma once

#include "core/domain/answering/proposal.h"
#include "core/storage/audit_repository.h"
#include "core/storage/auto_send_repository.h"
#include "core/storage/database.h"
#include "core/storage/endpoint_repository.h"
#include "core/storage/intent_label_repository.h"
#include "core/storage/knowledge_repository.h"
#include "core/storage/outcome_repository.h"
#include "core/storage/playbook_text_repository.h"
#include "core/storage/proposal_agenda.h"
#include "core/storage/proposal_repository.h"

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
