#include "core/domain/answering/proposal.h"

#include "core/domain/answering/names_table.h"

namespace aiva {

static constexpr NamesTable<ProposalState, 5> kStates{{{ProposalState::Ready, u"ready"},
                                                       {ProposalState::Check, u"check"},
                                                       {ProposalState::Blocked, u"blocked"},
                                                       {ProposalState::HandOver, u"hand_over"},
                                                       {ProposalState::Dismissed, u"dismissed"}}};

QString toWord(ProposalState state) {
    return wordIn(kStates, state);
}

std::optional<ProposalState> proposalStateFromWord(const QString& word) {
    return valueIn(kStates, word);
}

} // namespace aiva
