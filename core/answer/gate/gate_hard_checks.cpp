// The checks no setting turns off.
#include "core/answer/gate/gate_checks.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace aiva {

namespace {

GateFinding when(bool holds, const QString& yes, const QString& no) {
    return {holds, holds ? yes : no};
}

bool wants(const GateInput& input, std::initializer_list<Intent> any) {
    const auto isAny = [&](Intent intent) { return std::find(any.begin(), any.end(), intent) != any.end(); };
    return isAny(input.intent) || std::any_of(input.reading.intents.begin(), input.reading.intents.end(),
                                              [&](const IntentGuess& guess) { return isAny(guess.intent); });
}

GateFinding killSwitchOff(const GateInput& input) {
    return when(!input.isStopped, u"not stopped"_s, u"stopped by the kill switch"_s);
}

GateFinding verifierPassed(const GateInput& input) {
    return when(input.verifierPassed, u"every statement is proved"_s, u"a statement is unproved or forbidden"_s);
}

GateFinding notVip(const GateInput& input) {
    return when(!input.isVip, u"not a VIP customer"_s, u"a VIP customer is always answered by a person"_s);
}

GateFinding senderAuthenticated(const GateInput& input) {
    if (!input.sender) return {false, u"nobody checked who sent the mail"_s};
    const SenderCheck& sender = *input.sender;
    const QString words = u"%1 (dmarc %2, dkim %3, spf %4)"_s.arg(
        toWord(sender.verdict), sender.dmarc.isEmpty() ? u"not said"_s : sender.dmarc,
        sender.dkim.isEmpty() ? u"not said"_s : sender.dkim, sender.spf.isEmpty() ? u"not said"_s : sender.spf);
    const bool proved = sender.verdict == SenderVerdict::Verified && !sender.alignedDomain.isEmpty();
    const bool failed = sender.dmarc.compare(u"fail"_s, Qt::CaseInsensitive) == 0;
    return {proved && !failed, words};
}

bool isReplyToWarning(const QString& warning) {
    return warning == u"reply_to_elsewhere"_s;
}

GateFinding replyToAligned(const GateInput& input) {
    const bool elsewhere =
        !input.sender || std::any_of(input.sender->warnings.begin(), input.sender->warnings.end(), isReplyToWarning);
    return when(!elsewhere, u"replies go to the sender"_s, u"replies would go elsewhere, or nobody checked"_s);
}

GateFinding senderUndisguised(const GateInput& input) {
    if (!input.sender) return {false, u"nobody checked who sent the mail"_s};
    QStringList others;
    for (const QString& warning : input.sender->warnings)
        if (!isReplyToWarning(warning)) others.append(warning);
    return when(others.isEmpty(), u"nothing in the mail points elsewhere"_s, others.join(u", "_s));
}

GateFinding matchedBySenderAddress(const GateInput& input) {
    return {input.matchedBy == MatchedBy::Email, u"matched by %1"_s.arg(toWord(input.matchedBy))};
}

GateFinding namesOnlyOwnOrders(const GateInput& input) {
    return when(!input.namesForeignOrder, u"no order of anybody else is named"_s,
                u"an order is named that is not the sender's"_s);
}

GateFinding exactlyOneIntent(const GateInput& input) {
    const auto& intents = input.reading.intents;
    if (intents.size() != 1) return {false, u"%1 intents asserted"_s.arg(intents.size())};
    if (intents.front().intent != input.intent)
        return {false,
                u"the mail says %1, the draft answers %2"_s.arg(toWord(intents.front().intent), toWord(input.intent))};
    return {true, u"only %1"_s.arg(toWord(input.intent))};
}

GateFinding noHandOverSignal(const GateInput& input) {
    QStringList words;
    for (const HandOverSignal signal : input.reading.handOver)
        words.append(toWord(signal));
    return when(words.isEmpty(), u"nothing asks for a person"_s, words.join(u", "_s));
}

GateFinding noInjectionSignal(const GateInput& input) {
    return when(!input.reading.looksInjected, u"no instructions to a machine"_s,
                u"the mail looks like instructions to a machine"_s);
}

GateFinding notAutomated(const GateInput& input) {
    return when(!input.isAutomated, u"written by a person"_s, u"an automated mail is never answered automatically"_s);
}

GateFinding notOwnDomain(const GateInput& input) {
    return when(!input.isFromOwnDomain, u"from outside"_s, u"from one of our own addresses or domains"_s);
}

GateFinding hasNoAttachments(const GateInput& input) {
    return when(!input.hasAttachments, u"no attachments"_s, u"somebody has to look at the attachments"_s);
}

GateFinding nothingNewInThread(const GateInput& input) {
    return when(!input.hasNewMail, u"nothing new since the facts were read"_s, u"new mail since the facts were read"_s);
}

GateFinding notAnsweredYet(const GateInput& input) {
    return when(!input.answeredSince, u"nothing was sent since the mail"_s, u"somebody already answered"_s);
}

GateFinding firstAutoReply(const GateInput& input) {
    return when(input.autoRepliesOfThreadToday == 0, u"the first of this thread and day"_s,
                u"this thread had an automatic reply today"_s);
}

GateFinding colleagueNotOnIt(const GateInput& input) {
    return when(!input.colleagueIsOnIt, u"nobody is on it"_s, u"a colleague is on it"_s);
}

GateFinding nobodyWriting(const GateInput& input) {
    return when(!input.personIsWriting, u"nobody has begun a reply"_s, u"somebody has begun a reply"_s);
}

GateFinding factsFresh(const GateInput& input) {
    if (input.factsReadAt == UtcTime()) return {false, u"never read"_s};
    const qint64 age = input.now.msSince(input.factsReadAt);
    return {age >= 0 && age <= kFactsFreshMs,
            u"read %1 seconds ago, at most %2"_s.arg(age / 1000).arg(kFactsFreshMs / 1000)};
}

GateFinding noWriteImplied(const GateInput& input) {
    const bool writes = wants(input, {Intent::Refund, Intent::Cancel, Intent::AddressChange, Intent::Exchange});
    return when(!writes, u"nothing has to be changed in the shop"_s,
                u"a refund, exchange, cancellation or new address is wanted"_s);
}

GateFinding insideReturnWindow(const GateInput& input) {
    if (!wants(input, {Intent::Return, Intent::Exchange})) return {true, u"nothing is to be returned"_s};
    switch (input.returnWindow) {
    case ReturnWindow::Inside:
        return {true, u"inside the return window"_s};
    case ReturnWindow::Outside:
        return {false, u"outside the return window"_s};
    case ReturnWindow::Unknown:
        break;
    }
    return {false, u"the return window is not known"_s};
}

GateFinding needsNoPerson(const GateInput& input) {
    if (input.needsPerson) return {false, u"the draft asks for a person"_s};
    return when(!wants(input, {Intent::Complaint, Intent::HumanRequest, Intent::Other}), u"no person is asked for"_s,
                u"a matter for a person"_s);
}

constexpr std::array kHard{
    NamedCheck{u"kill_switch_off", killSwitchOff},
    NamedCheck{u"verifier_passed", verifierPassed},
    NamedCheck{u"needs_no_person", needsNoPerson},
    NamedCheck{u"not_vip", notVip},
    NamedCheck{u"sender_authenticated", senderAuthenticated},
    NamedCheck{u"reply_to_aligned", replyToAligned},
    NamedCheck{u"sender_undisguised", senderUndisguised},
    NamedCheck{u"matched_by_sender_address", matchedBySenderAddress},
    NamedCheck{u"names_only_own_orders", namesOnlyOwnOrders},
    NamedCheck{u"exactly_one_intent", exactlyOneIntent},
    NamedCheck{u"no_hand_over_signal", noHandOverSignal},
    NamedCheck{u"no_injection_signal", noInjectionSignal},
    NamedCheck{u"no_write_implied", noWriteImplied},
    NamedCheck{u"inside_return_window", insideReturnWindow},
    NamedCheck{u"not_automated", notAutomated},
    NamedCheck{u"not_own_domain", notOwnDomain},
    NamedCheck{u"has_no_attachments", hasNoAttachments},
    NamedCheck{u"nothing_new_in_thread", nothingNewInThread},
    NamedCheck{u"not_answered_yet", notAnsweredYet},
    NamedCheck{u"first_auto_reply_of_thread_and_day", firstAutoReply},
    NamedCheck{u"colleague_not_on_it", colleagueNotOnIt},
    NamedCheck{u"nobody_is_writing", nobodyWriting},
    NamedCheck{u"facts_fresh", factsFresh},
};

} // namespace

std::span<const NamedCheck> hardChecks() {
    return kHard;
}

} // namespace aiva
