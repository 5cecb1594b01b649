#include "app/sandbox/server/faults.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <cctype>

using namespace Qt::StringLiterals;

namespace aiva::sandbox {
namespace {

constexpr std::array<std::string_view, 17> kHttp{"401",      "402",     "403",      "404",  "423",      "429",
                                                 "430",      "500",     "502",      "503",  "504",      "reset",
                                                 "truncate", "trickle", "redirect", "html", "throttled"};
constexpr std::array<std::string_view, 3> kBulkRun{"bulk_failed", "bulk_canceled", "bulk_truncated"};
constexpr std::array<std::string_view, 2> kRecords{"garbage_line", "malformed_record"};
// What a soak run may draw: everything a client is expected to survive without a person.
constexpr std::array<std::string_view, 8> kSoak{"429", "500", "502", "503", "reset", "truncate", "throttled", "html"};

template <typename List>
bool contains(const List& list, std::string_view kind) {
    return std::find(list.begin(), list.end(), kind) != list.end();
}

std::optional<FaultStage> stageOf(std::string_view kind) {
    if (contains(kHttp, kind)) return FaultStage::Http;
    if (contains(kBulkRun, kind)) return FaultStage::BulkRun;
    if (contains(kRecords, kind)) return FaultStage::Records;
    return std::nullopt;
}

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

} // namespace

Faults::Faults(std::uint64_t seed, int percent) : m_random(Random::of(seed, Purpose::Fault, 0)), m_percent(percent) {}

Result<void> Faults::order(const QByteArray& json) {
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject() || !document.object().value("next"_L1).isArray())
        return Error{ErrorKind::Invalid, u"expected {\"next\":[…]}"_s};
    std::vector<Planned> planned;
    const QJsonArray entries = document.object().value("next"_L1).toArray();
    for (const QJsonValue& value : entries) {
        const QJsonObject entry = value.toObject();
        const QJsonValue kind = entry.value("kind"_L1);
        Planned one;
        one.kind = kind.isDouble() ? std::to_string(kind.toInt()) : kind.toString().toStdString();
        one.match = lower(entry.value("match"_L1).toString().toStdString());
        one.count = entry.value("count"_L1).toInt(1);
        one.after = entry.value("after"_L1).toInt(0);
        if (!stageOf(one.kind))
            return Error{ErrorKind::Invalid, u"unknown fault kind: "_s + QString::fromStdString(one.kind)};
        planned.push_back(std::move(one));
    }
    const std::lock_guard lock(m_mutex);
    if (planned.empty()) m_planned.clear();
    m_planned.insert(m_planned.end(), planned.begin(), planned.end());
    return {};
}

std::optional<std::string> Faults::strike(FaultStage stage, std::string_view label) {
    const std::lock_guard lock(m_mutex);
    const std::string where = lower(label);
    for (Planned& planned : m_planned) {
        if (stageOf(planned.kind) != stage || where.find(planned.match) == std::string::npos) continue;
        if (planned.after > 0) {
            --planned.after;
            continue;
        }
        if (planned.count <= 0) continue;
        --planned.count;
        const std::string kind = planned.kind;
        std::erase_if(m_planned, [](const Planned& each) { return each.count <= 0; });
        return kind;
    }
    if (stage == FaultStage::Http && m_percent > 0 && m_random.percent(static_cast<unsigned>(m_percent)))
        return std::string(m_random.pick(kSoak));
    return std::nullopt;
}

int Faults::pending() const {
    const std::lock_guard lock(m_mutex);
    return static_cast<int>(m_planned.size());
}

} // namespace aiva::sandbox
