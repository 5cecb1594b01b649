// Which of the sender's orders a mail is about. Pure.
#pragma once

#include "core/answer/facts/answer_sources.h"

namespace aiva {

// The one the mail names, when it is the sender's and the only one named. Naming none: the only one that can be meant,
// which is the sender's only order, or the only one not finished long ago. Absent when that leaves several or none.
const OrderView* subjectOrderOf(const AnswerSources& sources);
// The one the rules of a context name: the sender's newest of those the mail names, else the latest; absent without
// orders.
const OrderView* referenceOrderOf(const AnswerSources& sources);

} // namespace aiva
