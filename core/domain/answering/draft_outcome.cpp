#include "core/domain/answering/draft_outcome.h"

#include "core/domain/answering/names_table.h"

namespace aiva {

static constexpr NamesTable<DraftOutcome, 5> kOutcomes{{{DraftOutcome::Unedited, u"unedited"},
                                                        {DraftOutcome::Edited, u"edited"},
                                                        {DraftOutcome::Discarded, u"discarded"},
                                                        {DraftOutcome::AutoSent, u"auto_sent"},
                                                        {DraftOutcome::Cancelled, u"cancelled"}}};

QString toWord(DraftOutcome outcome) {
    return wordIn(kOutcomes, outcome);
}

std::optional<DraftOutcome> draftOutcomeFromWord(const QString& word) {
    return valueIn(kOutcomes, word);
}

} // namespace aiva
