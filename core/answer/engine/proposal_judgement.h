// What a verified and gated draft is to the person at the desk: ready, to be checked, held, or no draft at all. Pure.
#pragma once

#include "core/domain/answering/proposal.h"

namespace aiva {

// From the proposal's draft, verdict, gate and intent.
ProposalState proposalState(const Proposal& proposal);
// Why a person is needed, stable words separated by blanks; empty when none is.
QString handOverWords(const Proposal& proposal);

} // namespace aiva
