// What answering says to people, in sentences: intents, the gate's checks, claims, hand-overs, the one line above a
// draft. The stable words of core come in, translated text goes out. Pure.
#pragma once

#include "core/domain/answering/auto_send_rule.h"
#include "core/domain/answering/proposal.h"
#include "ui/widgets/status_dot.h"

#include <QString>

namespace aiva {

QString intentText(Intent intent); // "Where is my order"
// One sentence, true when the check holds or saying what does not; the check's own detail behind it where it has one.
QString gateCheckText(const GateCheck& check);
// For hovering and for screen readers: the fact that proves a claim, or what is missing.
QString claimText(const Claim& claim, const FactSet& facts);
QString handOverText(const QString& words);
QString modeText(AutoSendMode mode); // Off, Shadow, On

// "Ready to send", "Check: 2 claims unproven", "Held: VIP customer".
struct ProposalLine {
    DotLook dot;
    QString text;
    bool operator==(const ProposalLine&) const = default;
};
ProposalLine proposalLine(const Proposal& proposal);
// "Playbook · Where is my order · 95 %", "claude-haiku-5-5 · on this device".
QString sourceText(const AnswerDraft& draft);

} // namespace aiva
