// Words for things done to an order and for things promised, in the languages replies are written in. A claim is a
// beginning ("we have", "we will") with one of its verbs close behind. Pure tables.
#pragma once

#include "core/answer/verify/phrase_table.h"

namespace aiva {

// What is done: matched with the action the program logged.
enum class Deed { Refund, Cancel, Address, Change, Replace, Credit, Forward, Approve, Send, Other };
// The English stem an action's record holds.
QString stemOf(Deed deed);

const PhraseTable& doneBeginnings(); // "we have", "wir haben", "has been" …
const PhraseTable& doneVerbs();      // tags: Deed
const PhraseTable& promiseBeginnings();
const PhraseTable& promiseVerbs();
// Promises in themselves: "guarantee", "free of charge", "Gutschein".
const PhraseTable& promiseWords();
// The same words meaning nothing: "feel free".
const PhraseTable& harmlessWords();
std::vector<Span> japanesePromisesIn(const NormalisedText& text);

} // namespace aiva
