// Mails to a shop that nobody wrote: phrases of app/intent_trainer/phrases/*.txt, varied and dressed as letters with a
// fixed seed. They give the model words in four languages; they are never a measure of it. The grammar stands in
// en.txt.
#pragma once

#include "app/intent_trainer/training_set.h"
#include "core/base/result.h"

#include <QString>

namespace aiva {

// Every phrase of one language's file, each varied up to `variants` times. Invalid with the line when it does not read.
Result<TrainingSet> mailsFromPhrases(const QString& file, int variants, quint32 seed);

} // namespace aiva
