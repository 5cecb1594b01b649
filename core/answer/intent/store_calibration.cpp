#include "core/answer/intent/store_calibration.h"

#include <algorithm>
#include <cmath>

namespace aiva {
namespace {

constexpr double kLeast = 0.01;
constexpr double kMost = 0.98;
constexpr double kPull = 4; // the weight of "changes nothing"
constexpr double kFlattest = 0.1;
constexpr double kSteepest = 3;
constexpr int kRounds = 200;

struct Point {
    double x = 0; // the confidence as a logit
    double y = 0; // 1: right
};

double logit(double p) {
    const double bounded = std::clamp(p, kLeast, kMost);
    return std::log(bounded / (1 - bounded));
}

double sigmoid(double x) {
    return 1 / (1 + std::exp(-x));
}

} // namespace

StoreCalibration StoreCalibration::fittedTo(const std::vector<LabelledGuess>& labels) {
    StoreCalibration calibration;
    for (size_t i = 0; i < kIntentCount; ++i)
        calibration.m_curves[i] = curveOf(labels, Intent(i));
    return calibration;
}

// Slope and offset in turn, each by a step that never overshoots: p(1 - p) is at most a quarter. The penalised
// log-likelihood has one summit, so this climbs to it.
StoreCalibration::Curve StoreCalibration::curveOf(const std::vector<LabelledGuess>& labels, Intent intent) {
    std::vector<Point> points;
    for (const LabelledGuess& label : labels)
        if (label.predicted == intent) points.push_back({logit(label.confidence), label.label == intent ? 1.0 : 0.0});
    Curve curve;
    if (points.empty()) return curve;
    double squares = 0;
    for (const Point& point : points)
        squares += point.x * point.x;
    for (int round = 0; round < kRounds; ++round) {
        double bySlope = kPull * (curve.slope - 1);
        for (const Point& point : points)
            bySlope += (sigmoid(curve.slope * point.x + curve.offset) - point.y) * point.x;
        // more certain must never become less
        curve.slope = std::clamp(curve.slope - bySlope / (kPull + squares / 4), kFlattest, kSteepest);
        double byOffset = kPull * curve.offset;
        for (const Point& point : points)
            byOffset += sigmoid(curve.slope * point.x + curve.offset) - point.y;
        curve.offset -= byOffset / (kPull + double(points.size()) / 4);
    }
    return curve;
}

double StoreCalibration::calibrated(Intent intent, double confidence) const {
    const Curve& curve = m_curves[size_t(intent)];
    if (curve.slope == 1 && curve.offset == 0) return confidence;
    return std::min(kMost, sigmoid(curve.slope * logit(confidence) + curve.offset));
}

} // namespace aiva
