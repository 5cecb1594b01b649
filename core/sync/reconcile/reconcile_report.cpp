#include "core/sync/reconcile/reconcile_report.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace aiva {
namespace {

QJsonArray idArray(const QStringList& ids, qsizetype limit) {
    return QJsonArray::fromStringList(ids.mid(0, limit));
}

QJsonObject comparisonJson(const ResourceComparison& one, qsizetype limit) {
    return {{u"source"_s, one.source ? QJsonValue(*one.source) : QJsonValue()},
            {u"here"_s, one.here},
            {u"missing"_s, one.missing.size()},
            {u"missing_ids"_s, idArray(one.missing, limit)},
            {u"outdated"_s, one.outdated.size()},
            {u"outdated_ids"_s, idArray(one.outdated, limit)},
            {u"removed"_s, one.removed.size()},
            {u"removed_ids"_s, idArray(one.removed, limit)},
            {u"complete"_s, one.isComplete}};
}

QJsonObject problemJson(const RecordFault& problem) {
    return {{u"resource"_s, QString::fromStdString(problem.resource)},
            {u"external_id"_s,
             problem.externalId.empty() ? QJsonValue() : QJsonValue(QString::fromStdString(problem.externalId))},
            {u"cause"_s, QString::fromStdString(problem.cause)}};
}

} // namespace

bool ReconcileReport::isComplete() const {
    if (error || isCancelled || resources.isEmpty()) return false;
    return std::all_of(resources.begin(), resources.end(),
                       [](const ResourceComparison& one) { return one.isComplete; });
}

qint64 ReconcileReport::changes() const {
    qint64 sum = repairedReferences;
    for (const ResourceComparison& one : resources)
        sum += one.missing.size() + one.outdated.size() + one.removed.size();
    return sum;
}

QJsonObject ReconcileReport::toJson(qsizetype idLimit) const {
    QJsonObject compared;
    for (auto it = resources.begin(); it != resources.end(); ++it)
        compared.insert(toWord(it.key()), comparisonJson(*it, idLimit));
    QJsonArray merges;
    for (const Merge& merge : merged)
        merges.append(QJsonObject{{u"from"_s, merge.from}, {u"into"_s, merge.into}});
    QJsonArray complaints;
    for (const RecordFault& problem : problems)
        complaints.append(problemJson(problem));
    return {{u"store_id"_s, store.value()},
            {u"at"_s, at.isoText()},
            {u"complete"_s, isComplete()},
            {u"resources"_s, compared},
            {u"references"_s, QJsonObject{{u"broken"_s, brokenReferences}, {u"repaired"_s, repairedReferences}}},
            {u"merged"_s, merges},
            {u"problems"_s, complaints},
            {u"error"_s, error ? QJsonValue(errorWords(*error)) : QJsonValue()},
            {u"duration_ms"_s, durationMs}};
}

ComparisonSummary summaryOf(const ReconcileReport& report) {
    ComparisonSummary summary;
    summary.at = report.at;
    for (const ResourceComparison& one : report.resources) {
        summary.missing += one.missing.size();
        summary.outdated += one.outdated.size();
        summary.removed += one.removed.size();
    }
    summary.merged = static_cast<qint64>(report.merged.size());
    summary.brokenReferences = report.brokenReferences - report.repairedReferences;
    summary.problems = static_cast<qint64>(report.problems.size());
    summary.isComplete = report.isComplete();
    return summary;
}

} // namespace aiva
