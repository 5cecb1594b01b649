#include "core/answer/engine/proposal_judgement.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace aiva {

namespace {

// A draft that fails one of these is not one key away from being sent: somebody has to think first. The other checks
// only say that it will not leave by itself.
constexpr std::array kForThePerson{u"needs_no_person",       u"not_vip",
                                   u"reply_to_aligned",      u"sender_undisguised",
                                   u"names_only_own_orders", u"exactly_one_intent",
                                   u"no_hand_over_signal",   u"no_injection_signal",
                                   u"no_write_implied",      u"inside_return_window",
                                   u"not_automated",         u"not_own_domain",
                                   u"not_answered_yet"};

bool isForThePerson(const GateCheck& check) {
    return std::any_of(kForThePerson.begin(), kForThePerson.end(),
                       [&](const char16_t* name) { return check.name == QString::fromUtf16(name); });
}

bool isForbidden(const VerifierVerdict& verdict) {
    return std::any_of(verdict.claims.begin(), verdict.claims.end(),
                       [](const Claim& claim) { return claim.status == ClaimStatus::Forbidden; });
}

} // namespace

ProposalState proposalState(const Proposal& proposal) {
    if (!proposal.draft) return ProposalState::HandOver;
    if (isForbidden(proposal.verdict)) return ProposalState::Blocked;
    if (!proposal.verdict.passed()) return ProposalState::Check;
    const bool isHeld = std::any_of(proposal.gate.checks.begin(), proposal.gate.checks.end(),
                                    [](const GateCheck& check) { return !check.passed && isForThePerson(check); });
    return isHeld ? ProposalState::Blocked : ProposalState::Ready;
}

QString handOverWords(const Proposal& proposal) {
    QStringList words;
    for (const HandOverSignal signal : proposal.intent.handOver)
        words.append(toWord(signal));
    if (!proposal.draft && words.isEmpty()) words.append(u"no_playbook"_s);
    return words.join(u' ');
}

} // namespace aiva
