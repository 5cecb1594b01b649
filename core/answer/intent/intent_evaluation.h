// Judges readings against labels: how often they are right at each confidence and at each share of the mail, and how
// often they act on what is no business of a shop. For `aivactl intent eval` and the tests. Pure.
#pragma once

#include "core/base/result.h"
#include "core/domain/answering/intent.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <vector>

namespace aiva {

struct LabelledText {
    QString label; // as the collection spells it
    QString text;
};

// By the file's name: .tsv "label<TAB>…<TAB>text"; .csv "text,label" under a heading; .json an object of lists of
// [text, label]. Invalid when it is none of these or holds no text.
Result<std::vector<LabelledText>> labelledTexts(const QString& name, const QByteArray& bytes);

// The intents a label stands for: our own words, and "return_exchange" (return, exchange or refund: the collection has
// one label for the three) and "human". Empty: out of scope, where every asserted intent is a false action.
std::vector<Intent> intentsOfLabel(const QString& label);

struct Judged {
    bool inScope = false;
    bool asserted = false; // anything but Other
    bool right = false;
    double confidence = 0;
};
Judged judged(const LabelledText& text, const IntentReading& reading);

struct PrecisionRow {
    double threshold = 0; // confidence of the least certain reading counted
    int asserted = 0;
    int right = 0;
    int falseActions = 0; // asserted on an out-of-scope text
    double coverage = 0;  // asserted / all texts
    double precision() const { return asserted == 0 ? 1 : double(right) / asserted; }
};

struct IntentEvaluation {
    int texts = 0;
    int outOfScope = 0;
    std::vector<PrecisionRow> byThreshold; // 0.5 … 0.95
    std::vector<PrecisionRow> byCoverage;  // 5 % … 50 %, the most certain first; as far as anything was asserted
};
IntentEvaluation evaluationOf(std::vector<Judged> all);

PrecisionRow precisionAtThreshold(const std::vector<Judged>& all, double threshold);
PrecisionRow precisionAtCoverage(std::vector<Judged> all, double coverage);

QJsonObject toJsonObject(const IntentEvaluation& evaluation);

} // namespace aiva
