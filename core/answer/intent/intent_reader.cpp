#include "core/answer/intent/intent_reader.h"

#include "core/domain/text_language.h"

#include <QFile>

#include <algorithm>

using namespace Qt::StringLiterals;

// A static library's resources are not registered unless something names them; the macro works at global scope only.
static void registerIntentFiles() {
    Q_INIT_RESOURCE(aiva_intent);
}

namespace aiva {
namespace {

constexpr double kAsserted = 0.5;

Result<QByteArray> resource(const QString& name) {
    registerIntentFiles();
    QFile file(u":/intent/"_s + name);
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorKind::Internal, u"resource intent/%1 is missing"_s.arg(name)};
    return file.readAll();
}

bool holds(const std::vector<Intent>& intents, Intent intent) {
    return std::find(intents.begin(), intents.end(), intent) != intents.end();
}

QString rulesVote(const RuleHits& hits) {
    QStringList words;
    for (const Intent intent : hits.intents)
        words.append(toWord(intent));
    return words.join(u' ');
}

QString modelVote(const IntentScores& model) {
    const auto best = std::max_element(model.begin(), model.end());
    return u"%1 %2"_s.arg(toWord(Intent(best - model.begin())), QString::number(*best, 'f', 2));
}

} // namespace

double combinedConfidence(const IntentVotes& votes) {
    if (votes.rule && votes.model >= kAsserted)
        return std::min(0.99, 0.5 + votes.model / 2); // agreeing halves the doubt
    if (votes.rule) return 0.4 + 0.4 * votes.model;   // words alone: asserted, never acted on
    return votes.model * (votes.otherRules ? 0.6 : 0.69);
}

Result<IntentRules> shippedIntentRules() {
    IntentRules rules;
    for (const QString& language : {u"en"_s, u"de"_s, u"fr"_s, u"es"_s}) {
        AIVA_TRY(const QByteArray file, resource(u"rules/%1.txt"_s.arg(language)));
        AIVA_CHECK(rules.add(language, QString::fromUtf8(file)));
    }
    return rules;
}

static Result<std::shared_ptr<const IntentReader>> readShipped() {
    AIVA_TRY(IntentRules rules, shippedIntentRules());
    AIVA_TRY(const QByteArray bytes, resource(u"model.bin"_s));
    AIVA_TRY(IntentModel model, IntentModel::fromBytes(bytes));
    return std::shared_ptr<const IntentReader>(std::make_shared<IntentReader>(std::move(rules), std::move(model)));
}

Result<std::shared_ptr<const IntentReader>> IntentReader::shipped() {
    static const auto once = readShipped();
    return once;
}

IntentReader::IntentReader(IntentRules rules, IntentModel model)
    : m_rules(std::move(rules)), m_model(std::move(model)) {}

IntentReading IntentReader::read(const QString& subject, const QString& text,
                                 const StoreCalibration& calibration) const {
    const IntentWords words = intentWords(subject, text);
    const RuleHits hits = m_rules.read(words);
    const IntentScores model = m_model.probabilities(intentFeatures(words));
    IntentReading reading;
    for (size_t i = 0; i < model.size(); ++i) {
        const Intent intent = Intent(i);
        if (intent == Intent::Other) continue;
        const bool rule = holds(hits.intents, intent);
        const double raw = combinedConfidence({model[i], rule, hits.intents.size() > (rule ? 1 : 0)});
        const double confidence = calibration.calibrated(intent, raw);
        if (rule || raw >= kAsserted) reading.intents.push_back({intent, confidence});
    }
    std::stable_sort(reading.intents.begin(), reading.intents.end(),
                     [](const IntentGuess& a, const IntentGuess& b) { return a.confidence > b.confidence; });
    if (reading.intents.empty())
        reading.intents.push_back({Intent::Other, calibration.calibrated(Intent::Other, model[size_t(Intent::Other)])});
    reading.votes.insert(u"rules"_s, rulesVote(hits));
    reading.votes.insert(u"model"_s, modelVote(model));
    reading.handOver = hits.handOver;
    reading.looksInjected = hits.looksInjected;
    reading.language = languageOf(subject + u'\n' + text);
    if (reading.language.isEmpty()) reading.language = hits.language;
    return reading;
}

} // namespace aiva
