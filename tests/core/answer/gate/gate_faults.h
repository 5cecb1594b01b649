// Cases for the gate: one about which nothing is doubtful, and every way to spoil it.
#pragma once

#include "core/answer/gate/gate.h"

#include <functional>
#include <vector>

namespace aiva::test {

// Spoils an input so that `check` fails, whatever else was done to it.
struct GateFault {
    const char* check;
    const char* name;
    std::function<void(GateInput&)> apply;
};

UtcTime noon();        // 12 May 2026, UTC
GateInput plainCase(); // "where is my order?" of a known sender, mode On
GateInput returnCase();
std::vector<GateFault> hardFaults();
std::vector<GateFault> settingFaults();

} // namespace aiva::test
