// The gate's single checks, each a pure function of the input. Used by gate.cpp alone.
#pragma once

#include "core/answer/gate/gate.h"

#include <span>

namespace aiva {

struct GateFinding {
    bool passed = false;
    QString detail; // English, no customer data
};

struct NamedCheck {
    const char16_t* name;
    GateFinding (*find)(const GateInput& input);
};

std::span<const NamedCheck> hardChecks();
std::span<const NamedCheck> settingChecks();
inline constexpr auto kModeCheck = u"mode_on";

// When it would leave: after the undo window, moved into the sending window. Absent: never, the window or the time zone
// makes no sense.
std::optional<UtcTime> plannedSendAt(const GateInput& input);

} // namespace aiva
