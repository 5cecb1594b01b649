#include "tests/core/answer/gate/gate_faults.h"

#include <limits>

using namespace Qt::StringLiterals;

namespace aiva::test {

namespace {

using Change = std::function<void(GateInput&)>;

Change reads(std::vector<IntentGuess> intents) {
    return [intents](GateInput& input) { input.reading.intents = intents; };
}

Change raises(HandOverSignal signal) {
    return [signal](GateInput& input) { input.reading.handOver.push_back(signal); };
}

Change warns(const QString& warning) {
    return [warning](GateInput& input) {
        if (input.sender) input.sender->warnings.append(warning);
    };
}

Change answers(Intent intent) {
    return [intent](GateInput& input) {
        input.intent = intent;
        input.rule.intent = intent;
        input.reading.intents = {{intent, 0.97}};
    };
}

std::vector<GateFault> sendersFaults() {
    return {
        {"sender_authenticated", "nobody looked", [](GateInput& i) { i.sender.reset(); }},
        {"sender_authenticated", "unverified", [](GateInput& i) { i.sender = SenderCheck{}; }},
        {"sender_authenticated", "suspicious",
         [](GateInput& i) {
             if (i.sender) i.sender->verdict = SenderVerdict::Suspicious;
         }},
        {"sender_authenticated", "failed",
         [](GateInput& i) {
             if (i.sender) i.sender->verdict = SenderVerdict::Failed;
         }},
        {"sender_authenticated", "dmarc fail",
         [](GateInput& i) {
             if (i.sender) i.sender->dmarc = u"fail"_s;
         }},
        {"sender_authenticated", "aligned with nothing",
         [](GateInput& i) {
             if (i.sender) i.sender->alignedDomain.clear();
         }},
        {"reply_to_aligned", "replies elsewhere", warns(u"reply_to_elsewhere"_s)},
        {"sender_undisguised", "address in the name", warns(u"name_contains_address"_s)},
        {"sender_undisguised", "look-alike", warns(u"look_alike_domain"_s)},
        {"sender_undisguised", "several authors", warns(u"several_from"_s)},
        {"matched_by_sender_address", "nobody", [](GateInput& i) { i.matchedBy = MatchedBy::None; }},
        {"matched_by_sender_address", "alias", [](GateInput& i) { i.matchedBy = MatchedBy::Alias; }},
        {"matched_by_sender_address", "phone", [](GateInput& i) { i.matchedBy = MatchedBy::Phone; }},
        {"matched_by_sender_address", "order", [](GateInput& i) { i.matchedBy = MatchedBy::Order; }},
        {"matched_by_sender_address", "by hand", [](GateInput& i) { i.matchedBy = MatchedBy::Manual; }},
        {"names_only_own_orders", "another's order", [](GateInput& i) { i.namesForeignOrder = true; }},
        {"not_vip", "vip", [](GateInput& i) { i.isVip = true; }},
        {"not_automated", "automated", [](GateInput& i) { i.isAutomated = true; }},
        {"not_own_domain", "own", [](GateInput& i) { i.isFromOwnDomain = true; }},
        {"has_no_attachments", "attachments", [](GateInput& i) { i.hasAttachments = true; }},
    };
}

std::vector<GateFault> readingFaults() {
    std::vector<GateFault> faults{
        {"exactly_one_intent", "none", reads({})},
        {"exactly_one_intent", "two", reads({{Intent::OrderStatus, 0.97}, {Intent::PolicyQuestion, 0.9}})},
        {"exactly_one_intent", "another than the draft's", reads({{Intent::ProductQuestion, 0.99}})},
        {"no_injection_signal", "injected", [](GateInput& i) { i.reading.looksInjected = true; }},
        {"no_write_implied", "refund", answers(Intent::Refund)},
        {"no_write_implied", "cancel", answers(Intent::Cancel)},
        {"no_write_implied", "address", answers(Intent::AddressChange)},
        {"no_write_implied", "exchange", answers(Intent::Exchange)},
        {"no_write_implied", "refund besides", reads({{Intent::OrderStatus, 0.97}, {Intent::Refund, 0.6}})},
        {"needs_no_person", "complaint", answers(Intent::Complaint)},
        {"needs_no_person", "wants a human", answers(Intent::HumanRequest)},
        {"needs_no_person", "something else", answers(Intent::Other)},
        {"needs_no_person", "the draft says so", [](GateInput& i) { i.needsPerson = true; }},
        {"verifier_passed", "unproved", [](GateInput& i) { i.verifierPassed = false; }},
    };
    for (const auto signal :
         {HandOverSignal::Anger, HandOverSignal::Legal, HandOverSignal::HumanAsked, HandOverSignal::SelfHarm,
          HandOverSignal::Press, HandOverSignal::PaymentData, HandOverSignal::PrivacyRequest, HandOverSignal::Injury})
        faults.push_back({"no_hand_over_signal", "hand-over", raises(signal)});
    return faults;
}

std::vector<GateFault> threadFaults() {
    return {
        {"kill_switch_off", "stopped", [](GateInput& i) { i.isStopped = true; }},
        {"nothing_new_in_thread", "new mail", [](GateInput& i) { i.hasNewMail = true; }},
        {"not_answered_yet", "answered", [](GateInput& i) { i.answeredSince = true; }},
        {"first_auto_reply_of_thread_and_day", "second", [](GateInput& i) { i.autoRepliesOfThreadToday = 1; }},
        {"first_auto_reply_of_thread_and_day", "unknown", [](GateInput& i) { i.autoRepliesOfThreadToday = -1; }},
        {"colleague_not_on_it", "colleague", [](GateInput& i) { i.colleagueIsOnIt = true; }},
        {"nobody_is_writing", "draft begun", [](GateInput& i) { i.personIsWriting = true; }},
        {"facts_fresh", "stale", [](GateInput& i) { i.factsReadAt = i.now.plusMs(-kFactsFreshMs - 1); }},
        {"facts_fresh", "from the future", [](GateInput& i) { i.factsReadAt = i.now.plusMs(1); }},
        {"facts_fresh", "never read", [](GateInput& i) { i.factsReadAt = UtcTime(); }},
    };
}

std::vector<GateFault> returnFaults() {
    return {
        {"inside_return_window", "outside",
         [](GateInput& i) {
             answers(Intent::Return)(i);
             i.returnWindow = ReturnWindow::Outside;
         }},
        {"inside_return_window", "unknown",
         [](GateInput& i) {
             answers(Intent::Return)(i);
             i.returnWindow = ReturnWindow::Unknown;
         }},
    };
}

} // namespace

UtcTime noon() {
    return *UtcTime::parseIso("2026-05-12T12:00:00Z");
}

GateInput plainCase() {
    GateInput input;
    input.now = noon();
    input.verifierPassed = true;
    input.needsPerson = false;
    input.intent = Intent::OrderStatus;
    input.confidence = 0.95;
    input.language = u"en"_s;
    input.reading.intents = {{Intent::OrderStatus, 0.97}};
    input.reading.language = u"en"_s;
    input.sender = SenderCheck{SenderVerdict::Verified, u"pass"_s, u"pass"_s, u"pass"_s, u"example.com"_s, {}};
    input.matchedBy = MatchedBy::Email;
    input.isVip = false;
    input.isAutomated = false;
    input.isFromOwnDomain = false;
    input.hasAttachments = false;
    input.hasNewMail = false;
    input.autoRepliesOfThreadToday = 0;
    input.colleagueIsOnIt = false;
    input.personIsWriting = false;
    input.answeredSince = false;
    input.factsReadAt = noon().plusSeconds(-30);
    input.candidateOrders = 1;
    input.namesForeignOrder = false;
    input.isStopped = false;
    input.isMasterOn = true;
    input.rule.mode = AutoSendMode::On;
    return input;
}

GateInput returnCase() {
    GateInput input = plainCase();
    input.intent = Intent::Return;
    input.rule.intent = Intent::Return;
    input.reading.intents = {{Intent::Return, 0.97}};
    input.returnWindow = ReturnWindow::Inside;
    return input;
}

std::vector<GateFault> hardFaults() {
    std::vector<GateFault> all;
    for (const auto& group : {sendersFaults(), readingFaults(), threadFaults(), returnFaults()})
        all.insert(all.end(), group.begin(), group.end());
    return all;
}

std::vector<GateFault> settingFaults() {
    return {
        {"master_switch_on", "off", [](GateInput& i) { i.isMasterOn = false; }},
        {"mode_on", "off", [](GateInput& i) { i.rule.mode = AutoSendMode::Off; }},
        {"mode_on", "shadow", [](GateInput& i) { i.rule.mode = AutoSendMode::Shadow; }},
        {"rule_fits_intent", "another's rule", [](GateInput& i) { i.rule.intent = Intent::Refund; }},
        {"confidence_reached", "draft", [](GateInput& i) { i.confidence = 0.6999; }},
        {"confidence_reached", "reading",
         [](GateInput& i) {
             for (IntentGuess& guess : i.reading.intents)
                 guess.confidence = 0.6999;
         }},
        {"confidence_reached", "not a number",
         [](GateInput& i) { i.confidence = std::numeric_limits<double>::quiet_NaN(); }},
        {"confidence_reached", "more than certain", [](GateInput& i) { i.confidence = 95; }},
        {"confidence_reached", "threshold above",
         [](GateInput& i) {
             i.rule.thresholdPercent = 95;
             i.confidence = 0.94;
         }},
        {"confidence_reached", "a row below what is offered",
         [](GateInput& i) {
             i.rule.thresholdPercent = 0;
             i.confidence = 0.69;
         }},
        {"order_matched_exactly", "none", [](GateInput& i) { i.candidateOrders = 0; }},
        {"order_matched_exactly", "two", [](GateInput& i) { i.candidateOrders = 2; }},
        {"language_allowed", "not allowed", [](GateInput& i) { i.rule.languages = {u"de"_s}; }},
        {"language_allowed", "another than the mail's", [](GateInput& i) { i.reading.language = u"it"_s; }},
        {"language_allowed", "unknown",
         [](GateInput& i) {
             i.language.clear();
             i.reading.language.clear();
             i.rule.languages.append(QString());
         }},
        {"below_hourly_cap", "reached", [](GateInput& i) { i.sentInLastHour = i.rule.capPerHour; }},
        {"below_hourly_cap", "none allowed", [](GateInput& i) { i.rule.capPerHour = 0; }},
        {"below_customer_cap", "reached", [](GateInput& i) { i.sentToCustomerInLastDay = 1; }},
        {"sending_window", "no such zone", [](GateInput& i) { i.timeZone = u"Mars/Olympus"_s; }},
        {"sending_window", "no such minute", [](GateInput& i) { i.rule.windowEndMinute = 5000; }},
    };
}

} // namespace aiva::test
