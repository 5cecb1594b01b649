// Proposals in each state, for pictures and tests of widgets.
#pragma once

#include "core/domain/answering/proposal.h"

namespace aiva::sample {

FactSet shippedOrderFacts();
Proposal readyProposal();   // a shipped order, every claim proved, the gate holds only on settings
Proposal checkProposal();   // an amount and a promise of a day nothing proves
Proposal vipProposal();     // proved, held for a VIP
Proposal leavingProposal(); // waits in the outbox by itself
Proposal handOverProposal();
Proposal dismissedProposal();

} // namespace aiva::sample
