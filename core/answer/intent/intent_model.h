// A linear model, one-vs-rest over the intents, its weights in eight bits: the file resources/intent/model.bin that the
// intent trainer writes and IntentReader reads. Needs no library, and never learns by itself.
//
// The file, little-endian: "AIVAINT1" · u32 feature bits · u32 classes · per class four floats (scale of its weights,
// bias, slope and offset of the calibration) · per feature one int8 a class · CRC-32 of all before.
#pragma once

#include "core/answer/intent/intent_features.h"
#include "core/base/result.h"
#include "core/domain/answering/intent.h"

#include <QByteArray>

#include <array>
#include <vector>

namespace aiva {

using IntentScores = std::array<double, kIntentCount>; // by Intent's number

class IntentModel {
public:
    // Invalid when the bytes are no model of this version, or damaged.
    static Result<IntentModel> fromBytes(const QByteArray& bytes);
    // weights: kIntentFeatureCount rows of kIntentCount; slopes and offsets: the calibration of decisions.
    static QByteArray toBytes(const std::vector<float>& weights, const IntentScores& biases, const IntentScores& slopes,
                              const IntentScores& offsets);

    IntentScores decisions(const std::vector<IntentFeature>& features) const;
    // 1 / (1 + exp(-(slope · decision + offset))): each intent for itself, so they need not add up to one.
    IntentScores probabilities(const std::vector<IntentFeature>& features) const;

private:
    struct Class {
        float scale = 0;
        float bias = 0;
        float slope = 1;
        float offset = 0;
    };
    IntentModel() = default;
    std::array<Class, kIntentCount> m_classes;
    QByteArray m_weights;
};

double logistic(double x);

} // namespace aiva
