// Puts a training set together from the phrases and the public collections. Called by the trainer and by the test that
// cross-validates it.
#pragma once

#include "app/intent_trainer/training_set.h"
#include "core/base/result.h"

#include <QString>
#include <QStringList>

namespace aiva {

struct MailSources {
    QString phrases;     // folder of en.txt, de.txt, fr.txt, es.txt
    QString corpora;     // AIVA_CORPORA; empty: none
    QStringList without; // hint3 banking77 clinc150
};

// NotFound when a collection that was not left out is absent from a corpora folder that is given.
Result<TrainingSet> mailsFrom(const MailSources& sources);

} // namespace aiva
