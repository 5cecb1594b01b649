#include "core/answer/gate/gate.h"

#include "core/answer/gate/gate_checks.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace aiva {

GateDecision decide(const GateInput& input) {
    GateDecision decision;
    const auto append = [&](std::span<const NamedCheck> checks, bool hard) {
        for (const NamedCheck& check : checks) {
            GateFinding finding = check.find(input);
            decision.checks.push_back(
                {QString::fromUtf16(check.name), finding.passed, hard, std::move(finding.detail)});
        }
    };
    append(hardChecks(), true);
    append(settingChecks(), false);

    const QString mode = QString::fromUtf16(kModeCheck);
    const auto holds = [&](const GateCheck& check) { return check.passed || check.name == mode; };
    if (!std::all_of(decision.checks.begin(), decision.checks.end(), holds)) return decision;
    const auto sendAt = plannedSendAt(input);
    if (!sendAt) return decision;
    if (input.rule.mode == AutoSendMode::On) {
        decision.outcome = GateDecision::Outcome::Send;
        decision.sendAt = *sendAt;
    }
    decision.shadow = input.rule.mode == AutoSendMode::Shadow;
    return decision;
}

QStringList gateCheckNames() {
    QStringList names;
    for (const auto checks : {hardChecks(), settingChecks()})
        for (const NamedCheck& check : checks)
            names.append(QString::fromUtf16(check.name));
    return names;
}

} // namespace aiva
