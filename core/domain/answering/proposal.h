// The answer Aiva proposes for a conversation: the draft, what it stands on, what was proved, and whether it may leave
// by itself. One per conversation, replaced when something new is known. Plain values.
#pragma once

#include "core/base/utc_time.h"
#include "core/domain/answering/answer_draft.h"
#include "core/domain/answering/fact.h"
#include "core/domain/answering/gate_decision.h"
#include "core/domain/answering/verdict.h"
#include "core/domain/ids.h"
#include "core/domain/reply/draft_basis.h"

#include <QString>

#include <optional>

namespace aiva {

// Ready: proved, nothing stops a person (or the gate) from sending. Check: something is unproven. Blocked: something is
// forbidden, or a person must decide. HandOver: no draft, with the reason. Dismissed: a person put it aside.
enum class ProposalState { Ready, Check, Blocked, HandOver, Dismissed };
QString toWord(ProposalState state); // ready check blocked hand_over dismissed
std::optional<ProposalState> proposalStateFromWord(const QString& word);

struct Proposal {
    ConversationId conversation;
    MessageId answers; // the newest message of the customer it answers
    ProposalState state = ProposalState::HandOver;
    IntentReading intent;
    std::optional<AnswerDraft> draft; // absent: HandOver
    FactSet facts;
    VerifierVerdict verdict;
    GateDecision gate;
    QString handOver; // why a person is needed, stable words; empty when not
    DraftBasis basis; // what the facts were read from (V6)
    UtcTime madeAt;
    OutboxId outbox; // waiting there by itself; invalid when not
};

} // namespace aiva
