// Reads what a customer wants from the subject and their own words: rules and a linear model vote, on this device, in
// some tens of microseconds. Quoted and signature text must be cut off by the caller. Never sends, stores or learns.
#pragma once

#include "core/answer/intent/intent_model.h"
#include "core/answer/intent/intent_rules.h"
#include "core/answer/intent/store_calibration.h"
#include "core/base/result.h"
#include "core/domain/answering/intent.h"

#include <memory>

namespace aiva {

class IntentReader {
public:
    // With the rules and the model that ship in the resources; read once for all.
    static Result<std::shared_ptr<const IntentReader>> shipped();
    IntentReader(IntentRules rules, IntentModel model);

    // Safe from any thread. Confidences are conservative: only rules and model together reach 0.70, the lowest
    // threshold the gate knows.
    IntentReading read(const QString& subject, const QString& text, const StoreCalibration& calibration = {}) const;

private:
    IntentRules m_rules;
    IntentModel m_model;
};

// The rules of resources/intent/rules, all languages.
Result<IntentRules> shippedIntentRules();

// How sure two votes make one: `model` is the model's own probability, `rule` and `otherRules` whether the rules say
// this intent, and others.
struct IntentVotes {
    double model = 0;
    bool rule = false;
    bool otherRules = false;
};
double combinedConfidence(const IntentVotes& votes);

} // namespace aiva
