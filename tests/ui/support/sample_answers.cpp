#include "tests/ui/support/sample_answers.h"

#include "tests/ui/support/sample_people.h"

using namespace Qt::StringLiterals;

namespace aiva::sample {

namespace {

const QString number = QStringLiteral("9400111899223197428497");

Claim claimIn(const QString& reply, const QString& words, int check, ClaimStatus status, const QString& fact,
              const QString& reason = {}) {
    Claim claim;
    claim.check = check;
    claim.status = status;
    claim.start = static_cast<int>(reply.indexOf(words));
    claim.length = static_cast<int>(words.size());
    claim.text = words;
    claim.fact = fact;
    claim.reason = reason;
    return claim;
}

std::vector<GateCheck> gateChecks() {
    return {{u"verifier_passed"_s, true, true, {}},
            {u"needs_no_person"_s, true, true, {}},
            {u"not_vip"_s, true, true, {}},
            {u"sender_authenticated"_s, true, true, u"dmarc pass"_s},
            {u"reply_to_aligned"_s, true, true, {}},
            {u"matched_by_sender_address"_s, true, true, {}},
            {u"exactly_one_intent"_s, true, true, u"order_status 0.95"_s},
            {u"no_hand_over_signal"_s, true, true, {}},
            {u"no_injection_signal"_s, true, true, {}},
            {u"kill_switch_off"_s, true, true, {}},
            {u"mode_on"_s, false, false, u"shadow"_s},
            {u"confidence_reached"_s, true, false, u"95 of 85"_s}};
}

} // namespace

FactSet shippedOrderFacts() {
    FactSet facts;
    facts.readAt = now();
    facts.customerFirstName = u"Maya"_s;
    facts.orderNames = {u"#1042"_s};
    facts.subjectOrder = u"#1042"_s;
    facts.facts = {{u"F1"_s, FactKind::OrderName, u"#1042"_s, {}, u"#1042"_s},
                   {u"F2"_s, FactKind::FulfillmentStatus, u"FULFILLED"_s, {}, u"#1042"_s},
                   {u"F3"_s, FactKind::Carrier, u"USPS"_s, {}, u"#1042"_s, 1},
                   {u"F4"_s, FactKind::TrackingNumber, number, {}, u"#1042"_s, 1},
                   {u"F5"_s, FactKind::CustomerName, u"Maya"_s}};
    return facts;
}

Proposal readyProposal() {
    Proposal proposal;
    proposal.conversation = ConversationId(1);
    proposal.answers = MessageId(1);
    proposal.state = ProposalState::Ready;
    proposal.intent.intents = {{Intent::OrderStatus, 0.95}};
    proposal.facts = shippedOrderFacts();
    AnswerDraft draft;
    draft.origin = u"wismo_fulfilled"_s;
    draft.intent = Intent::OrderStatus;
    draft.language = u"en"_s;
    draft.confidence = 0.95;
    draft.cards = {u"#1042"_s};
    draft.reply = u"Hi Maya,\n\nyour order #1042 has shipped with USPS. You can follow it here:\n"
                  "https://tools.usps.com/go/TrackConfirmAction?tLabels=%1\n\nKind regards"_s.arg(number);
    proposal.verdict.claims = {claimIn(draft.reply, u"Maya"_s, 12, ClaimStatus::Proven, u"F5"_s),
                               claimIn(draft.reply, u"#1042"_s, 1, ClaimStatus::Proven, u"F1"_s),
                               claimIn(draft.reply, u"has shipped"_s, 8, ClaimStatus::Proven, u"F2"_s),
                               claimIn(draft.reply, u"USPS"_s, 4, ClaimStatus::Proven, u"F3"_s),
                               claimIn(draft.reply, u"https://tools.usps.com/go/TrackConfirmAction?tLabels="_s + number,
                                       3, ClaimStatus::Proven, u"F4"_s)};
    proposal.draft = draft;
    proposal.gate.checks = gateChecks();
    proposal.madeAt = now();
    return proposal;
}

Proposal checkProposal() {
    Proposal proposal = readyProposal();
    proposal.state = ProposalState::Check;
    proposal.draft->source = AnswerSource::Model;
    proposal.draft->origin = u"claude-haiku-5-5"_s;
    proposal.draft->reply = u"Hi Maya,\n\nyour order #1042 will arrive tomorrow, and we will refund $12.00 for the "
                            "wait.\n\nKind regards"_s;
    const QString& reply = proposal.draft->reply;
    proposal.verdict.claims = {claimIn(reply, u"Maya"_s, 12, ClaimStatus::Proven, u"F5"_s),
                               claimIn(reply, u"#1042"_s, 1, ClaimStatus::Proven, u"F1"_s),
                               claimIn(reply, u"tomorrow"_s, 6, ClaimStatus::Unproven, {}, u"no such date is known"_s),
                               claimIn(reply, u"$12.00"_s, 5, ClaimStatus::Unproven, {}, u"no such amount is known"_s)};
    proposal.gate.checks.front().passed = false;
    return proposal;
}

Proposal vipProposal() {
    Proposal proposal = readyProposal();
    proposal.state = ProposalState::Blocked;
    proposal.gate.checks[2].passed = false;
    return proposal;
}

Proposal leavingProposal() {
    Proposal proposal = readyProposal();
    proposal.outbox = OutboxId(7);
    proposal.gate.outcome = GateDecision::Outcome::Send;
    proposal.gate.sendAt = now().plusSeconds(120);
    for (GateCheck& check : proposal.gate.checks)
        check.passed = true;
    return proposal;
}

Proposal handOverProposal() {
    Proposal proposal = readyProposal();
    proposal.state = ProposalState::HandOver;
    proposal.draft.reset();
    proposal.verdict = {};
    proposal.intent.intents = {{Intent::Complaint, 0.88}};
    proposal.handOver = u"anger human_asked"_s;
    proposal.gate.checks[7].passed = false;
    return proposal;
}

Proposal dismissedProposal() {
    Proposal proposal = readyProposal();
    proposal.state = ProposalState::Dismissed;
    return proposal;
}

} // namespace aiva::sample
