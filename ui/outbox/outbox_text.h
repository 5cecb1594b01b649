// What the outbox says about a mail and what a person can do about it. Pure; used by the outbox's rows.
#pragma once

#include "core/readmodel/outbox_query.h"
#include "ui/widgets/status_dot.h"

#include <optional>
#include <vector>

namespace aiva {

enum class OutboxGroup { OnItsWay, NeedsYou, Sent };
enum class OutboxAction { Undo, Edit, SendNow, Cancel, WasSent, SendAgain, Open };

// What holds all mail back at once.
struct OutboxWeather {
    bool isPaused = false; // the kill switch
    bool isOnline = true;
    bool operator==(const OutboxWeather&) const = default;
};

// Absent: not shown (cancelled).
std::optional<OutboxGroup> outboxGroup(OutboxState state);
QString outboxGroupTitle(OutboxGroup group);

struct OutboxLine {
    DotLook dot;
    QString state;      // "sending in 8 s", "held", "sent 9:41"
    QString reason;     // a sentence with what to do; empty when the state says it all
    bool ticks = false; // the state changes with every second
    bool operator==(const OutboxLine&) const = default;
};
OutboxLine outboxLine(const OutboxView& mail, UtcTime now, const OutboxWeather& weather);

// While sending is paused nothing offers to send.
std::vector<OutboxAction> outboxActions(const OutboxView& mail, const OutboxWeather& weather);
QString outboxActionText(OutboxAction action);
// "To john@example.com and 2 more · from support@acme.example".
QString outboxAddresses(const OutboxView& mail);

} // namespace aiva
