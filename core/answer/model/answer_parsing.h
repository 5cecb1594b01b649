// A model's JSON answer to a draft, or nothing: a schema asked for is not a schema kept, so everything is checked again
// here. Pure. What was wrong is said without quoting the answer.
#pragma once

#include "core/base/result.h"
#include "core/domain/answering/answer_draft.h"
#include "core/domain/answering/fact.h"

#include <QByteArray>

namespace aiva {

inline constexpr qsizetype kLongestReply = 6'000; // UTF-16 units

// Invalid/AnswerMalformed when a member is missing, unknown, of another type or too long, when a fact's id is not in
// the set, when a card names an order that is not the sender's, when the reply is empty. Refused/ModelDeclined when the
// model wrote nothing and asks for a person. `language` and `confidence` are the caller's to set.
Result<AnswerDraft> parseAnswer(const QByteArray& json, const FactSet& facts);

} // namespace aiva
