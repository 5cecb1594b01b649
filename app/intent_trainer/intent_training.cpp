#include "app/intent_trainer/intent_training.h"

#include <algorithm>
#include <linear.h>

namespace aiva {
namespace {

bool holds(const std::vector<Intent>& intents, Intent intent) {
    return std::find(intents.begin(), intents.end(), intent) != intents.end();
}

bool isExample(const TrainingMail& mail, Intent intent) {
    return intent == Intent::Other ? mail.intents.empty() : holds(mail.intents, intent);
}

// Rows in liblinear's shape: one-based, ascending, ended by -1, the last feature a constant one (the bias).
class Rows {
public:
    explicit Rows(const TrainingSet& mails) {
        for (const TrainingMail& mail : mails) {
            std::vector<IntentFeature> features = intentFeatures(intentWords({}, mail.text));
            std::sort(features.begin(), features.end(),
                      [](const IntentFeature& a, const IntentFeature& b) { return a.index < b.index; });
            std::vector<feature_node> row;
            row.reserve(features.size() + 2);
            for (const IntentFeature& feature : features)
                row.push_back({int(feature.index) + 1, double(feature.value)});
            row.push_back({kBiasIndex, 1});
            row.push_back({-1, 0});
            m_rows.push_back(std::move(row));
        }
    }

    static constexpr int kBiasIndex = int(kIntentFeatureCount) + 1;
    feature_node* at(size_t row) { return m_rows[row].data(); }

private:
    std::vector<std::vector<feature_node>> m_rows;
};

struct Line {
    std::vector<double> weights; // kIntentFeatureCount of them, then the bias
};

Line fitted(const TrainingSet& mails, Rows& rows, Intent intent, double cost) {
    std::vector<feature_node*> x;
    std::vector<double> y;
    for (size_t i = 0; i < mails.size(); ++i) {
        if (holds(mails[i].undecided, intent)) continue;
        x.push_back(rows.at(i));
        y.push_back(isExample(mails[i], intent) ? 1 : -1);
    }
    Line line;
    line.weights.assign(kIntentFeatureCount + 1, 0);
    if (std::count(y.begin(), y.end(), 1.0) == 0) {
        line.weights.back() = -10; // never seen: never said
        return line;
    }
    problem data{int(x.size()), Rows::kBiasIndex, y.data(), x.data(), 1};
    parameter options{L2R_LR, 0.01, cost, 0, nullptr, nullptr, 0.1, nullptr};
    model* trained = train(&data, &options);
    const double sign = trained->label[0] == 1 ? 1 : -1;
    for (size_t i = 0; i < line.weights.size(); ++i)
        line.weights[i] = sign * trained->w[i];
    free_and_destroy_model(&trained);
    return line;
}

void beQuiet(const char*) {}

} // namespace

QByteArray trainedModel(const TrainingSet& mails, const TrainingOptions& options) {
    set_print_string_function(beQuiet);
    Rows rows(mails);
    std::vector<float> weights(size_t(kIntentFeatureCount) * kIntentCount);
    IntentScores biases{};
    IntentScores slopes{};
    IntentScores offsets{};
    slopes.fill(options.slope);
    offsets.fill(options.offset);
    for (size_t intent = 0; intent < kIntentCount; ++intent) {
        const Line line = fitted(mails, rows, Intent(intent), options.cost);
        for (size_t i = 0; i < kIntentFeatureCount; ++i)
            weights[i * kIntentCount + intent] = float(line.weights[i]);
        biases[intent] = line.weights.back();
    }
    return IntentModel::toBytes(weights, biases, slopes, offsets);
}

} // namespace aiva
