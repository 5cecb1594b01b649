// What a store's people taught: how sure a reading may be there, per intent, from the labels they accepted or
// corrected. Used by IntentReader::read. Plain values, pure.
#pragma once

#include "core/domain/answering/intent.h"

#include <array>
#include <vector>

namespace aiva {

struct LabelledGuess {
    Intent predicted = Intent::Other;
    double confidence = 0; // as read, before any calibration of a store
    Intent label = Intent::Other;
};

class StoreCalibration {
public:
    StoreCalibration() = default; // changes nothing

    // A Platt scaling per predicted intent, drawn towards "changes nothing": few labels move little, and no number of
    // good ones lifts a confidence above 0.98.
    static StoreCalibration fittedTo(const std::vector<LabelledGuess>& labels);

    double calibrated(Intent intent, double confidence) const;

private:
    struct Curve {
        double slope = 1;
        double offset = 0;
    };
    static Curve curveOf(const std::vector<LabelledGuess>& labels, Intent intent);

    std::array<Curve, kIntentCount> m_curves;
};

} // namespace aiva
