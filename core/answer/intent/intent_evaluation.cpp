#include "core/answer/intent/intent_evaluation.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QStringList>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace aiva {
namespace {

std::vector<LabelledText> fromTsv(const QString& file) {
    std::vector<LabelledText> texts;
    for (const QString& line : file.split(u'\n', Qt::SkipEmptyParts)) {
        const QStringList columns = line.split(u'\t');
        if (columns.size() >= 2) texts.push_back({columns.first(), columns.last().trimmed()});
    }
    return texts;
}

// "text,label": the text may be quoted, and then holds commas, line ends and doubled quotes.
std::vector<LabelledText> fromCsv(const QString& file) {
    std::vector<LabelledText> texts;
    QStringList fields{QString()};
    bool quoted = false;
    bool heading = true;
    const auto endRow = [&] {
        if (!heading && fields.size() >= 2 && !fields.first().isEmpty())
            texts.push_back({fields.last().trimmed(), fields.first()});
        heading = false;
        fields = {QString()};
    };
    for (const QChar c : file) {
        if (c == u'"')
            quoted = !quoted;
        else if (c == u',' && !quoted)
            fields.append(QString());
        else if (c == u'\n' && !quoted)
            endRow();
        else
            fields.last() += c;
    }
    endRow();
    return texts;
}

std::vector<LabelledText> fromJson(const QByteArray& bytes) {
    std::vector<LabelledText> texts;
    const QJsonObject parts = QJsonDocument::fromJson(bytes).object();
    for (const QJsonValue part : parts)
        for (const QJsonValue entry : part.toArray())
            if (entry.isArray()) texts.push_back({entry[1].toString(), entry[0].toString()});
    return texts;
}

QJsonArray rowsAsJson(const std::vector<PrecisionRow>& rows) {
    QJsonArray array;
    for (const PrecisionRow& row : rows)
        array.append(QJsonObject{{u"threshold"_s, row.threshold},
                                 {u"coverage"_s, row.coverage},
                                 {u"asserted"_s, row.asserted},
                                 {u"right"_s, row.right},
                                 {u"precision"_s, row.asserted == 0 ? QJsonValue() : QJsonValue(row.precision())},
                                 {u"false_actions"_s, row.falseActions}});
    return array;
}

void count(PrecisionRow& row, const Judged& one) {
    ++row.asserted;
    row.right += one.right ? 1 : 0;
    row.falseActions += one.inScope ? 0 : 1;
}

} // namespace

Result<std::vector<LabelledText>> labelledTexts(const QString& name, const QByteArray& bytes) {
    const QString kind = QFileInfo(name).suffix().toLower();
    std::vector<LabelledText> texts;
    if (kind == "tsv"_L1)
        texts = fromTsv(QString::fromUtf8(bytes));
    else if (kind == "csv"_L1)
        texts = fromCsv(QString::fromUtf8(bytes));
    else if (kind == "json"_L1)
        texts = fromJson(bytes);
    if (texts.empty()) return Error{ErrorKind::Invalid, u"no labelled texts in a .tsv, .csv or .json file"_s};
    return texts;
}

std::vector<Intent> intentsOfLabel(const QString& label) {
    if (label == "return_exchange"_L1) return {Intent::Return, Intent::Exchange, Intent::Refund};
    if (label == "human"_L1) return {Intent::HumanRequest};
    const auto intent = intentFromWord(label);
    if (!intent || *intent == Intent::Other) return {};
    return {*intent};
}

Judged judged(const LabelledText& text, const IntentReading& reading) {
    const std::vector<Intent> wanted = intentsOfLabel(text.label);
    const IntentGuess& guess = reading.intents.front();
    const bool right = std::find(wanted.begin(), wanted.end(), guess.intent) != wanted.end();
    return {!wanted.empty(), guess.intent != Intent::Other, right, guess.confidence};
}

PrecisionRow precisionAtThreshold(const std::vector<Judged>& all, double threshold) {
    PrecisionRow row;
    row.threshold = threshold;
    for (const Judged& one : all)
        if (one.asserted && one.confidence >= threshold) count(row, one);
    row.coverage = all.empty() ? 0 : double(row.asserted) / double(all.size());
    return row;
}

PrecisionRow precisionAtCoverage(std::vector<Judged> all, double coverage) {
    const size_t wanted = size_t(std::lround(coverage * double(all.size())));
    std::stable_sort(all.begin(), all.end(), [](const Judged& a, const Judged& b) {
        return a.asserted != b.asserted ? a.asserted : a.confidence > b.confidence;
    });
    PrecisionRow row;
    for (size_t i = 0; i < wanted && i < all.size() && all[i].asserted; ++i) {
        count(row, all[i]);
        row.threshold = all[i].confidence;
    }
    row.coverage = all.empty() ? 0 : double(row.asserted) / double(all.size());
    return row;
}

IntentEvaluation evaluationOf(std::vector<Judged> all) {
    IntentEvaluation evaluation;
    evaluation.texts = int(all.size());
    evaluation.outOfScope = int(std::count_if(all.begin(), all.end(), [](const Judged& one) { return !one.inScope; }));
    for (const double threshold : {0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95})
        evaluation.byThreshold.push_back(precisionAtThreshold(all, threshold));
    int most = 0;
    for (const double coverage : {0.05, 0.08, 0.10, 0.15, 0.20, 0.30, 0.40, 0.50}) {
        const PrecisionRow row = precisionAtCoverage(all, coverage);
        if (row.asserted > most) evaluation.byCoverage.push_back(row);
        most = std::max(most, row.asserted);
    }
    return evaluation;
}

QJsonObject toJsonObject(const IntentEvaluation& evaluation) {
    return {{u"texts"_s, evaluation.texts},
            {u"out_of_scope"_s, evaluation.outOfScope},
            {u"by_threshold"_s, rowsAsJson(evaluation.byThreshold)},
            {u"by_coverage"_s, rowsAsJson(evaluation.byCoverage)}};
}

} // namespace aiva
