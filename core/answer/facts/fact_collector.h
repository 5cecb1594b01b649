// Makes the typed facts of a conversation from its sources: all a reply may say, each with an id to cite. Pure.
#pragma once

#include "core/answer/facts/answer_sources.h"
#include "core/domain/answering/fact.h"

namespace aiva {

// What a store is taken to promise when it states nothing itself; its return window is domain's kReturnWindowDays.
inline constexpr int kDefaultHandlingHours = 24;

// The context block's orders and those the mail may be about whole, the sender's others in outline. Policies P1, P2, …:
// what the question found (label: its title), products (label "product"), then "handling_time" ("24 hours") and
// "return_window" ("30 days"), which are always there: of source "default" when the store states none. The rest F1, F2,
// …
FactSet factsOf(const AnswerSources& sources);

// The three latest orders, and the one the mail names when it is older: newest first.
std::vector<const OrderView*> recentOrdersOf(const AnswerSources& sources);

} // namespace aiva
