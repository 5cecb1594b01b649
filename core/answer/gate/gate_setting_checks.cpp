// The checks a person sets per store and intent.
#include "core/answer/gate/gate_checks.h"
#include "core/answer/gate/sending_window.h"

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace aiva {

namespace {

// What the settings page offers; a row that says otherwise is not believed.
constexpr int thresholdLeast = 70;
constexpr int thresholdMost = 95;

GateFinding masterOn(const GateInput& input) {
    return {input.isMasterOn, input.isMasterOn ? u"on for this store"_s : u"off for this store"_s};
}

GateFinding modeOn(const GateInput& input) {
    return {input.rule.mode == AutoSendMode::On, u"mode %1"_s.arg(toWord(input.rule.mode))};
}

GateFinding ruleFitsIntent(const GateInput& input) {
    return {input.rule.intent == input.intent,
            u"rule of %1, draft of %2"_s.arg(toWord(input.rule.intent), toWord(input.intent))};
}

GateFinding confidenceReached(const GateInput& input) {
    const double read = input.reading.intents.empty() ? 0 : input.reading.intents.front().confidence;
    const int needed = std::clamp(input.rule.thresholdPercent, thresholdLeast, thresholdMost);
    // Both must reach it; a probability that is not a number reaches nothing.
    const auto reaches = [&](double confidence) { return confidence + 1e-9 >= needed / 100.0 && confidence <= 1; };
    return {reaches(input.confidence) && reaches(read),
            u"draft %1, intent %2, needed %3"_s.arg(input.confidence, 0, 'f', 2)
                .arg(read, 0, 'f', 2)
                .arg(needed / 100.0, 0, 'f', 2)};
}

GateFinding orderMatchedExactly(const GateInput& input) {
    const bool aboutOrder = input.intent == Intent::OrderStatus || input.intent == Intent::Return;
    if (!aboutOrder) return {true, u"not about an order"_s};
    return {input.candidateOrders == 1, u"%1 orders it may be about"_s.arg(input.candidateOrders)};
}

GateFinding languageAllowed(const GateInput& input) {
    if (input.language.isEmpty() || input.language != input.reading.language)
        return {false, u"the draft is not in the mail's language, or that is not known"_s};
    return {input.rule.languages.contains(input.language), u"language %1"_s.arg(input.language)};
}

GateFinding belowHourlyCap(const GateInput& input) {
    return {input.sentInLastHour < input.rule.capPerHour,
            u"%1 of %2 in the last hour"_s.arg(input.sentInLastHour).arg(input.rule.capPerHour)};
}

GateFinding belowCustomerCap(const GateInput& input) {
    return {input.sentToCustomerInLastDay < input.rule.capPerCustomerDay,
            u"%1 of %2 to this customer in 24 hours"_s.arg(input.sentToCustomerInLastDay)
                .arg(input.rule.capPerCustomerDay)};
}

GateFinding windowMakesSense(const GateInput& input) {
    const auto at = plannedSendAt(input);
    return {at.has_value(),
            at ? u"leaves at %1"_s.arg(at->isoText()) : u"the sending window or time zone is unknown"_s};
}

constexpr std::array kSettings{
    NamedCheck{u"master_switch_on", masterOn},
    NamedCheck{kModeCheck, modeOn},
    NamedCheck{u"rule_fits_intent", ruleFitsIntent},
    NamedCheck{u"confidence_reached", confidenceReached},
    NamedCheck{u"order_matched_exactly", orderMatchedExactly},
    NamedCheck{u"language_allowed", languageAllowed},
    NamedCheck{u"below_hourly_cap", belowHourlyCap},
    NamedCheck{u"below_customer_cap", belowCustomerCap},
    NamedCheck{u"sending_window", windowMakesSense},
};

} // namespace

std::span<const NamedCheck> settingChecks() {
    return kSettings;
}

std::optional<UtcTime> plannedSendAt(const GateInput& input) {
    const int least = std::clamp(input.rule.delayMinutes, kUndoMinutesLeast, kUndoMinutesMost);
    const int most = std::clamp(input.rule.delayMaxMinutes, least, kUndoMinutesMost);
    const double chance = std::isfinite(input.chance) ? std::clamp(input.chance, 0.0, 1.0) : 0.0;
    const auto delay = least * 60'000 + std::llround(chance * (most - least) * 60'000);
    return firstInWindow(input.now.plusMs(delay), {input.rule.windowStartMinute, input.rule.windowEndMinute},
                         input.timeZone);
}

} // namespace aiva
