#include "core/sync/resource_checkpoint.h"

#include <array>

using namespace Qt::StringLiterals;

namespace aiva {
namespace {

constexpr int kVersion = 1;
constexpr std::array<const char*, 6> kPhases{"ready", "paged", "bulk_running", "bulk_download", "bulk_ingest", "done"};

// Through text: JSON numbers lose whole numbers above 2^53.
QJsonValue number(qint64 value) {
    return QString::number(value);
}

qint64 number(const QJsonObject& json, const QString& name) {
    return json.value(name).toString().toLongLong();
}

void putTime(QJsonObject& json, const QString& name, std::optional<UtcTime> time) {
    if (time) json.insert(name, number(time->ms()));
}

std::optional<UtcTime> takeTime(const QJsonObject& json, const QString& name) {
    if (!json.contains(name)) return std::nullopt;
    return UtcTime(number(json, name));
}

std::optional<ResourceCheckpoint::Phase> phaseFrom(const QString& word) {
    for (size_t i = 0; i < kPhases.size(); ++i)
        if (word == QLatin1String(kPhases[i])) return static_cast<ResourceCheckpoint::Phase>(i);
    return std::nullopt;
}

} // namespace

QJsonObject ResourceCheckpoint::toJson() const {
    QJsonObject json{{u"v"_s, kVersion},
                     {u"phase"_s, QLatin1String(kPhases.at(static_cast<size_t>(phase)))},
                     {u"kind"_s, toWord(kind)},
                     {u"begun"_s, number(begunAt.ms())},
                     {u"saved"_s, number(savedAt.ms())},
                     {u"cursor"_s, cursor},
                     {u"pages"_s, pages},
                     {u"pageSize"_s, number(pageSize)},
                     {u"operation"_s, operationId},
                     {u"submissions"_s, submissions},
                     {u"spool"_s, spool},
                     {u"offset"_s, number(offset)},
                     {u"lines"_s, number(lines)},
                     {u"objects"_s, number(objectCount)},
                     {u"partial"_s, isPartial},
                     {u"faults"_s, hasFaults},
                     {u"read"_s, isRead},
                     {u"incomplete"_s, isIncomplete}};
    putTime(json, u"updatedSince"_s, query.updatedSince);
    putTime(json, u"createdSince"_s, query.createdSince);
    putTime(json, u"watermark"_s, watermark);
    if (total) json.insert(u"total"_s, number(*total));
    return json;
}

QString ResourceCheckpoint::spoolOf(const QJsonObject& json) {
    return json.value(u"spool"_s).toString();
}

std::optional<ResourceCheckpoint> ResourceCheckpoint::fromJson(Resource resource, const QJsonObject& json) {
    const auto phase = phaseFrom(json.value(u"phase"_s).toString());
    const auto kind = fromWord<SyncKind>(json.value(u"kind"_s).toString());
    if (json.value(u"v"_s).toInt() != kVersion || !phase || !kind) return std::nullopt;
    ResourceCheckpoint state;
    state.phase = *phase;
    state.kind = *kind;
    state.query = {resource, takeTime(json, u"updatedSince"_s), takeTime(json, u"createdSince"_s)};
    state.watermark = takeTime(json, u"watermark"_s);
    if (json.contains(u"total"_s)) state.total = number(json, u"total"_s);
    state.savedAt = UtcTime(number(json, u"saved"_s));
    state.begunAt = takeTime(json, u"begun"_s).value_or(state.savedAt);
    state.cursor = json.value(u"cursor"_s).toString();
    state.pages = json.value(u"pages"_s).toInt();
    state.pageSize = number(json, u"pageSize"_s);
    state.operationId = json.value(u"operation"_s).toString();
    state.submissions = json.value(u"submissions"_s).toInt();
    state.spool = json.value(u"spool"_s).toString();
    state.offset = number(json, u"offset"_s);
    state.lines = number(json, u"lines"_s);
    state.objectCount = number(json, u"objects"_s);
    state.isPartial = json.value(u"partial"_s).toBool();
    state.hasFaults = json.value(u"faults"_s).toBool();
    state.isRead = json.value(u"read"_s).toBool();
    state.isIncomplete = json.value(u"incomplete"_s).toBool();
    return state;
}

} // namespace aiva
