// Trains the linear model of core/answer/intent with liblinear: one logistic regression an intent, each against all
// others. For people who build Aiva; nothing that ships links it.
#pragma once

#include "app/intent_trainer/training_set.h"
#include "core/answer/intent/intent_model.h"

#include <QByteArray>

namespace aiva {

struct TrainingOptions {
    double cost = 10;  // liblinear's C
    double slope = 1;  // of the calibration every intent gets
    double offset = 0; //
};

// The bytes of a model file. Deterministic: the same mails in the same order give the same bytes on the same machine.
QByteArray trainedModel(const TrainingSet& mails, const TrainingOptions& options);

} // namespace aiva
