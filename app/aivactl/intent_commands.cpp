#include "app/aivactl/commands.h"

#include "core/answer/intent/intent_evaluation.h"
#include "core/answer/intent/intent_reader.h"

#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

#include <algorithm>
#include <cstdio>

namespace aiva::ctl {
namespace {

QJsonObject readingJson(const QJsonValue& id, const IntentReading& reading) {
    QJsonObject json = toJsonObject(reading);
    json.insert(QStringLiteral("id"), id);
    return json;
}

// One mail a line, {"id", "text"} and, where there is one, "subject"; one reading a line out.
Result<int> readStandardInput(const IntentReader& reader) {
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return Error{ErrorKind::Storage, QStringLiteral("standard input cannot be read")};
    for (int number = 1; !input.atEnd(); ++number) {
        const QByteArray line = input.readLine().trimmed();
        if (line.isEmpty()) continue;
        const QJsonDocument document = QJsonDocument::fromJson(line);
        const QJsonObject mail = document.object();
        if (!document.isObject() || !mail.value(QLatin1String("text")).isString())
            return Error{ErrorKind::Invalid,
                         QStringLiteral("line %1 is no JSON object with an id and a text").arg(number)};
        const IntentReading reading =
            reader.read(mail.value(QLatin1String("subject")).toString(), mail.value(QLatin1String("text")).toString());
        printJson(readingJson(mail.value(QLatin1String("id")), reading));
    }
    return Done;
}

QString rowText(const PrecisionRow& row) {
    return QStringLiteral("  %1 %2 %3 %4 %5 %6")
        .arg(QString::number(row.coverage * 100, 'f', 1) + QLatin1Char('%'), 8)
        .arg(QString::number(row.threshold, 'f', 3), 10)
        .arg(row.asserted == 0 ? QStringLiteral("-") : QString::number(row.precision(), 'f', 3), 9)
        .arg(row.right, 6)
        .arg(row.asserted, 8)
        .arg(row.falseActions, 13);
}

void printTable(const QString& title, const std::vector<PrecisionRow>& rows) {
    printText(title);
    printText(QStringLiteral("  coverage confidence precision  right asserted false actions"));
    for (const PrecisionRow& row : rows)
        printText(rowText(row));
}

double percentile(std::vector<double> microseconds, double share) {
    if (microseconds.empty()) return 0;
    std::sort(microseconds.begin(), microseconds.end());
    return microseconds[size_t(share * double(microseconds.size() - 1))];
}

Result<int> evaluate(const IntentReader& reader, const Context& context) {
    QFile file(context.line.word(2));
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorKind::NotFound, QStringLiteral("%1 cannot be read").arg(QFileInfo(file).fileName())};
    AIVA_TRY(const std::vector<LabelledText> texts, labelledTexts(file.fileName(), file.readAll()));
    std::vector<Judged> all;
    std::vector<double> microseconds;
    for (const LabelledText& text : texts) {
        QElapsedTimer timer;
        timer.start();
        const IntentReading reading = reader.read({}, text.text);
        microseconds.push_back(double(timer.nsecsElapsed()) / 1000);
        all.push_back(judged(text, reading));
    }
    const IntentEvaluation evaluation = evaluationOf(all);
    const double p50 = percentile(microseconds, 0.5);
    const double p99 = percentile(microseconds, 0.99);
    if (context.line.json) {
        QJsonObject json = toJsonObject(evaluation);
        json.insert(QStringLiteral("read_us"), QJsonObject{{QStringLiteral("p50"), p50}, {QStringLiteral("p99"), p99}});
        printJson(json);
        return Done;
    }
    printText(QStringLiteral("%1 texts, %2 of them out of scope (an intent asserted there is a false action)")
                  .arg(evaluation.texts)
                  .arg(evaluation.outOfScope));
    printTable(QStringLiteral("By confidence, at least:"), evaluation.byThreshold);
    printTable(QStringLiteral("By coverage, the most certain first:"), evaluation.byCoverage);
    printText(QStringLiteral("Reading one text: p50 %1 us, p99 %2 us")
                  .arg(QString::number(p50, 'f', 0), QString::number(p99, 'f', 0)));
    return Done;
}

} // namespace

Result<int> runIntent(Context& context) {
    const QString verb = context.line.word(1);
    const bool isEvaluation = verb == QLatin1String("eval") && !context.line.word(2).isEmpty();
    if (!verb.isEmpty() && !isEvaluation) return printUsageError(QStringLiteral("intent, or intent eval FILE"));
    AIVA_TRY(const auto reader, IntentReader::shipped());
    return isEvaluation ? evaluate(*reader, context) : readStandardInput(*reader);
}

} // namespace aiva::ctl
