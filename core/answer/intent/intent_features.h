// What the model sees of a mail: hashed word 1-2-grams, and character 3-5-grams of its first 2,000 characters, as a
// sparse vector of length one. The training and the reading share it, so its definition is part of the model file's
// format. Pure.
#pragma once

#include "core/answer/intent/intent_words.h"

#include <cstdint>
#include <vector>

namespace aiva {

inline constexpr int kIntentFeatureBits = 17;
inline constexpr uint32_t kIntentFeatureCount = 1U << kIntentFeatureBits;

struct IntentFeature {
    uint32_t index = 0; // below kIntentFeatureCount
    float value = 0;    // (1 + ln(times)) / length of the vector
};

// In no particular order, each index once; empty for a mail without words.
std::vector<IntentFeature> intentFeatures(const IntentWords& words);

} // namespace aiva
