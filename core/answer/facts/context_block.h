// The context block: what a model is told of the sender and the store, in the one layout that prompts and tests rely
// on. Made of facts and cleaned text alone, one value a line, at most 600 tokens without its policies. Pure.
#pragma once

#include "core/answer/facts/answer_sources.h"
#include "core/domain/answering/fact.h"

namespace aiva {

inline constexpr int kContextTokens = 600;

// Without a newline at its end. `facts` are those of `sources`: policies are cited by their ids.
QString contextBlock(const AnswerSources& sources, const FactSet& facts);
// The same without policies: what the 600 tokens bound.
QString contextWithoutPolicies(const AnswerSources& sources);

} // namespace aiva
