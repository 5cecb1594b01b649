// The gate's answer to "may this leave by itself?": every check with what it found (A6). Stored whole, shown by the
// "why" list and by aivactl. Plain values.
#pragma once

#include "core/base/utc_time.h"

#include <QString>

#include <optional>
#include <vector>

namespace aiva {

struct GateCheck {
    QString name; // stable word: verifier_passed not_vip sender_authenticated …
    bool passed = false;
    bool hard = false; // no setting turns it off
    QString detail;    // English words for rows and aivactl; no customer data

    bool operator==(const GateCheck&) const = default;
};

struct GateDecision {
    enum class Outcome { Send, Hold };
    Outcome outcome = Outcome::Hold;
    UtcTime sendAt;                // Send: not before; what the undo window lasts until
    bool shadow = false;           // it would have been sent, were the mode not shadow
    std::vector<GateCheck> checks; // hard ones first, in a fixed order

    const GateCheck* firstFailure() const; // hard ones first; null when all hold
    bool operator==(const GateDecision&) const = default;
};

QString toJson(const GateDecision& decision);
std::optional<GateDecision> gateDecisionFromJson(const QString& json);

} // namespace aiva
