#include "core/domain/answering/gate_decision.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace aiva {

const GateCheck* GateDecision::firstFailure() const {
    const GateCheck* soft = nullptr;
    for (const GateCheck& check : checks) {
        if (check.passed) continue;
        if (check.hard) return &check;
        if (!soft) soft = &check;
    }
    return soft;
}

QString toJson(const GateDecision& decision) {
    QJsonArray checks;
    for (const GateCheck& check : decision.checks)
        checks.append(QJsonObject{{u"name"_s, check.name},
                                  {u"passed"_s, check.passed},
                                  {u"hard"_s, check.hard},
                                  {u"detail"_s, check.detail}});
    const bool sends = decision.outcome == GateDecision::Outcome::Send;
    QJsonObject whole{
        {u"decision"_s, sends ? u"send"_s : u"hold"_s}, {u"shadow"_s, decision.shadow}, {u"checks"_s, checks}};
    if (sends) whole.insert(u"send_at"_s, decision.sendAt.isoText());
    return QString::fromUtf8(QJsonDocument(whole).toJson(QJsonDocument::Compact));
}

std::optional<GateDecision> gateDecisionFromJson(const QString& json) {
    const QJsonDocument document = QJsonDocument::fromJson(json.toUtf8());
    if (!document.isObject() || !document["checks"_L1].isArray()) return std::nullopt;
    GateDecision decision;
    decision.shadow = document["shadow"_L1].toBool();
    if (document["decision"_L1].toString() == "send"_L1) {
        const auto at = UtcTime::parseIso(document["send_at"_L1].toString().toStdString());
        if (!at) return std::nullopt;
        decision.outcome = GateDecision::Outcome::Send;
        decision.sendAt = *at;
    }
    for (const QJsonValue check : document["checks"_L1].toArray())
        decision.checks.push_back({check["name"_L1].toString(), check["passed"_L1].toBool(), check["hard"_L1].toBool(),
                                   check["detail"_L1].toString()});
    return decision;
}

} // namespace aiva
