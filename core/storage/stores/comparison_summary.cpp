#include "core/storage/stores/comparison_summary.h"

#include "core/storage/workspace/settings_repository.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace aiva {

using namespace Qt::StringLiterals;

static QString comparisonSetting(StoreId store) {
    return u"comparison/%1"_s.arg(store.value());
}

Result<void> keepComparison(Database& writer, StoreId store, const ComparisonSummary& summary) {
    AIVA_TRY(const auto settings, SettingsRepository::create(writer));
    const QJsonObject json{{u"at"_s, summary.at.isoText()},   {u"missing"_s, summary.missing},
                           {u"outdated"_s, summary.outdated}, {u"removed"_s, summary.removed},
                           {u"merged"_s, summary.merged},     {u"broken"_s, summary.brokenReferences},
                           {u"problems"_s, summary.problems}, {u"complete"_s, summary.isComplete}};
    const QByteArray text = QJsonDocument(json).toJson(QJsonDocument::Compact);
    return settings->setValue(comparisonSetting(store), QString::fromUtf8(text));
}

Result<std::optional<ComparisonSummary>> lastComparison(Database& database, StoreId store) {
    AIVA_TRY(const auto settings, SettingsRepository::create(database));
    AIVA_TRY(const auto text, settings->value(comparisonSetting(store)));
    if (!text) return std::optional<ComparisonSummary>();
    const QJsonObject json = QJsonDocument::fromJson(text->toUtf8()).object();
    const auto at = UtcTime::parseIso(json["at"_L1].toString().toStdString());
    if (!at) return std::optional<ComparisonSummary>();
    ComparisonSummary summary;
    summary.at = *at;
    summary.missing = json["missing"_L1].toInteger();
    summary.outdated = json["outdated"_L1].toInteger();
    summary.removed = json["removed"_L1].toInteger();
    summary.merged = json["merged"_L1].toInteger();
    summary.brokenReferences = json["broken"_L1].toInteger();
    summary.problems = json["problems"_L1].toInteger();
    summary.isComplete = json["complete"_L1].toBool();
    return std::optional(summary);
}

} // namespace aiva
