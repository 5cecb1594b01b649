#include "ui/answering/answer_text.h"

#include "ui/widgets/format.h"

#include <QCoreApplication>

#include <cmath>
#include <utility>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

class Words {
    Q_DECLARE_TR_FUNCTIONS(aiva::AnswerText)
};

struct CheckWords {
    const char* name;
    const char* holds;
    const char* fails;
};

constexpr CheckWords checkWords[] = {
    {"verifier_passed", QT_TRANSLATE_NOOP("aiva::AnswerText", "Every fact in the draft is proved"),
     QT_TRANSLATE_NOOP("aiva::AnswerText", "Something in the draft is not proved")},
    {"needs_no_person", QT_TRANSLATE_NOOP("aiva::AnswerText", "The draft does not ask for a person"),
     QT_TRANSLATE_NOOP("aiva::AnswerText", "This kind of answer always goes to a person")},
    {"not_vip", QT_TRANSLATE_NOOP("aiva::AnswerText", "Not a VIP customer"),
     QT_TRANSLATE_NOOP("aiva::AnswerText", "VIP customer")},
    {"sender_authenticated", QT_TRANSLATE_NOOP("aiva::AnswerText", "The sender is who they say"),
     QT_TRANSLATE_NOOP("aiva::AnswerText", "The sender is not authenticated")},
    {"reply_to_aligned", QT_TRANSLATE_NOOP("aiva::AnswerText", "Replies go to the sender's own address"),
     QT_TRANSLATE_NOOP("aiva::AnswerText", "Replies would go somewhere else")},
    {"matched_by_sender_address", QT_TRANSLATE_NOOP("aiva::AnswerText", "Matched by the address the mail came from"),
     QT_TRANSLATE_NOOP("aiva::AnswerText", "Not matched by the address the mail came from")},
    {"exactly_one_intent", QT_TRANSLATE_NOOP("aiva::AnswerText", "One question"),
     QT_TRANSLATE_NOOP("aiva::AnswerText", "Several questions, or none that is clear")},
    {"no_hand_over_signal", QT_TRANSLATE_NOOP("aiva::AnswerText", "Nothing that calls for a person"),
     QT_TRANSLATE_NOOP("aiva::AnswerText", "The mail calls for a person")},
    {"no_injection_signal", QT_TRANSLATE_NOOP("aiva::AnswerText", "No instructions meant for a machine"),
     QT_TRANSLATE_NOOP("aiva::AnswerText", "The mail seems to give a machine instructions")},
    {"not_automated", QT_TRANSLATE_NOOP("aiva::AnswerText", "Written by a person"),
     QT_TRANSLATE_NOOP("aiva::AnswerText", "An automatic mail")},
    {"not_own_domain", QT_TRANSLATE_NOOP("aiva::AnswerText", "From outside the shop"),
     QT_TRANSLATE_NOOP("aiva::AnswerText", "From one of the shop's own addresses")},
    {"nothing_new_in_thread", QT_TRANSLATE_NOOP("aiva::AnswerText", "Nothing new in the conversation"),
     QT_TRANSLATE_NOOP("aiva::AnswerText", "Something new in the conversation")},
    {"facts_fresh", QT_TRANSLATE_NOOP("aiva::AnswerText", "The order was read less than two minutes ago"),
     QT_TRANSLATE_NOOP("aiva::AnswerText", "The order was read too long ago")},
    {"no_write_implied", QT_TRANSLATE_NOOP("aiva::AnswerText", "Nothing has to be changed in the shop"),
     QT_TRANSLATE_NOOP("aiva::AnswerText", "The customer wants something changed in the shop")},
    {"inside_return_window", QT_TRANSLATE_NOOP("aiva::AnswerText", "Inside the return window"),
     QT_TRANSLATE_NOOP("aiva::AnswerText", "Outside the return window")},
    {"kill_switch_off", QT_TRANSLATE_NOOP("aiva::AnswerText", "Automatic sending is not stopped"),
     QT_TRANSLATE_NOOP("aiva::AnswerText", "Automatic sending is stopped")},
    {"has_no_attachments", QT_TRANSLATE_NOOP("aiva::AnswerText", "No attachments"),
     QT_TRANSLATE_NOOP("aiva::AnswerText", "The mail has attachments")},
    {"sender_undisguised", QT_TRANSLATE_NOOP("aiva::AnswerText", "Nothing about the sender is made to deceive"),
     QT_TRANSLATE_NOOP("aiva::AnswerText", "Something about the sender is made to deceive")},
    {"names_only_own_orders", QT_TRANSLATE_NOOP("aiva::AnswerText", "Names no order but their own"),
     QT_TRANSLATE_NOOP("aiva::AnswerText", "Names an order that is not theirs")},
    {"not_answered_yet", QT_TRANSLATE_NOOP("aiva::AnswerText", "Not answered yet"),
     QT_TRANSLATE_NOOP("aiva::AnswerText", "Answered already, or about to be")},
    {"nobody_is_writing", QT_TRANSLATE_NOOP("aiva::AnswerText", "No reply is begun"),
     QT_TRANSLATE_NOOP("aiva::AnswerText", "Somebody has begun a reply")},
    {"rule_fits_intent", QT_TRANSLATE_NOOP("aiva::AnswerText", "The rule is for this kind of question"),
     QT_TRANSLATE_NOOP("aiva::AnswerText", "The rule is for another kind of question")},
    {"first_auto_reply_of_thread_and_day", QT_TRANSLATE_NOOP("aiva::AnswerText", "First automatic reply here today"),
     QT_TRANSLATE_NOOP("aiva::AnswerText", "This conversation had its automatic reply today")},
    {"colleague_not_on_it", QT_TRANSLATE_NOOP("aiva::AnswerText", "Nobody is answering"),
     QT_TRANSLATE_NOOP("aiva::AnswerText", "A colleague is on it")},
    {"master_switch_on", QT_TRANSLATE_NOOP("aiva::AnswerText", "Automatic sending is allowed"),
     QT_TRANSLATE_NOOP("aiva::AnswerText", "Automatic sending is switched off")},
    {"mode_on", QT_TRANSLATE_NOOP("aiva::AnswerText", "Switched on for this kind of question"),
     QT_TRANSLATE_NOOP("aiva::AnswerText", "Not switched on for this kind of question")},
    {"confidence_reached", QT_TRANSLATE_NOOP("aiva::AnswerText", "Sure enough"),
     QT_TRANSLATE_NOOP("aiva::AnswerText", "Not sure enough")},
    {"order_matched_exactly", QT_TRANSLATE_NOOP("aiva::AnswerText", "One order fits"),
     QT_TRANSLATE_NOOP("aiva::AnswerText", "No order or several orders fit")},
    {"sending_window", QT_TRANSLATE_NOOP("aiva::AnswerText", "Inside the sending hours"),
     QT_TRANSLATE_NOOP("aiva::AnswerText", "Outside the sending hours")},
    {"below_hourly_cap", QT_TRANSLATE_NOOP("aiva::AnswerText", "Below the limit of this hour"),
     QT_TRANSLATE_NOOP("aiva::AnswerText", "The limit of this hour is reached")},
    {"below_customer_cap", QT_TRANSLATE_NOOP("aiva::AnswerText", "Below the limit of this customer"),
     QT_TRANSLATE_NOOP("aiva::AnswerText", "This customer had enough automatic replies today")},
    {"language_allowed", QT_TRANSLATE_NOOP("aiva::AnswerText", "In a language that is allowed"),
     QT_TRANSLATE_NOOP("aiva::AnswerText", "In a language that is not allowed")},
};

constexpr std::pair<Intent, const char*> intentWords[] = {
    {Intent::OrderStatus, QT_TRANSLATE_NOOP("aiva::AnswerText", "Where is my order")},
    {Intent::Return, QT_TRANSLATE_NOOP("aiva::AnswerText", "Return")},
    {Intent::Exchange, QT_TRANSLATE_NOOP("aiva::AnswerText", "Exchange")},
    {Intent::Refund, QT_TRANSLATE_NOOP("aiva::AnswerText", "Refund")},
    {Intent::Cancel, QT_TRANSLATE_NOOP("aiva::AnswerText", "Cancel")},
    {Intent::AddressChange, QT_TRANSLATE_NOOP("aiva::AnswerText", "Address change")},
    {Intent::ProductQuestion, QT_TRANSLATE_NOOP("aiva::AnswerText", "Product question")},
    {Intent::PolicyQuestion, QT_TRANSLATE_NOOP("aiva::AnswerText", "Policy question")},
    {Intent::Complaint, QT_TRANSLATE_NOOP("aiva::AnswerText", "Complaint")},
    {Intent::HumanRequest, QT_TRANSLATE_NOOP("aiva::AnswerText", "Asks for a person")},
    {Intent::Other, QT_TRANSLATE_NOOP("aiva::AnswerText", "Something else")},
};

constexpr std::pair<const char*, const char*> handOverWords[] = {
    {"anger", QT_TRANSLATE_NOOP("aiva::AnswerText", "The customer is angry.")},
    {"legal", QT_TRANSLATE_NOOP("aiva::AnswerText", "The mail speaks of lawyers, chargebacks or authorities.")},
    {"human_asked", QT_TRANSLATE_NOOP("aiva::AnswerText", "The customer asks for a person.")},
    {"self_harm", QT_TRANSLATE_NOOP("aiva::AnswerText", "The mail speaks of self-harm. Please read it now.")},
    {"press", QT_TRANSLATE_NOOP("aiva::AnswerText", "The mail comes from the press, or speaks of it.")},
    {"payment_data", QT_TRANSLATE_NOOP("aiva::AnswerText", "The mail holds payment data.")},
    {"privacy_request", QT_TRANSLATE_NOOP("aiva::AnswerText", "A request about personal data.")},
    {"injury", QT_TRANSLATE_NOOP("aiva::AnswerText", "Somebody was hurt.")},
    {"no_playbook", QT_TRANSLATE_NOOP("aiva::AnswerText", "No playbook answers this from facts.")},
    {"no_store", QT_TRANSLATE_NOOP("aiva::AnswerText", "It is not clear which store this is about.")},
    {"model_failed", QT_TRANSLATE_NOOP("aiva::AnswerText", "The model gave no whole answer.")},
};

QString said(const char* text) {
    return QCoreApplication::translate("aiva::AnswerText", text);
}

QString factText(const Fact& fact) {
    const QString value = fact.kind == FactKind::Policy && !fact.label.isEmpty() ? fact.label : fact.value;
    return fact.order.isEmpty() || fact.kind == FactKind::OrderName ? value : u"%1 · %2"_s.arg(fact.order, value);
}

} // namespace

QString intentText(Intent intent) {
    for (const auto& [known, text] : intentWords)
        if (known == intent) return said(text);
    return {};
}

QString gateCheckText(const GateCheck& check) {
    for (const CheckWords& words : checkWords)
        if (check.name == QLatin1String(words.name)) return said(check.passed ? words.holds : words.fails);
    return QString(check.name).replace(u'_', u' ');
}

QString claimText(const Claim& claim, const FactSet& facts) {
    switch (claim.status) {
    case ClaimStatus::Proven:
        if (const Fact* fact = facts.byId(claim.fact)) return Words::tr("Proved by %1").arg(factText(*fact));
        return Words::tr("Proved");
    case ClaimStatus::Unproven:
        return Words::tr("Not proved: %1").arg(claim.reason);
    case ClaimStatus::Forbidden:
        return Words::tr("Must not be said: %1").arg(claim.reason);
    }
    return {};
}

QString handOverText(const QString& words) {
    QStringList sentences;
    for (const QString& word : words.split(u' ', Qt::SkipEmptyParts))
        for (const auto& [known, text] : handOverWords)
            if (word == QLatin1String(known)) sentences.append(said(text));
    return sentences.isEmpty() ? Words::tr("This one needs you.") : sentences.join(u' ');
}

QString modeText(AutoSendMode mode) {
    switch (mode) {
    case AutoSendMode::Off:
        return Words::tr("Off");
    case AutoSendMode::Shadow:
        return Words::tr("Shadow");
    case AutoSendMode::On:
        return Words::tr("On");
    }
    return {};
}

ProposalLine proposalLine(const Proposal& proposal) {
    const GateCheck* failed = proposal.gate.firstFailure();
    switch (proposal.state) {
    case ProposalState::Ready:
        if (proposal.outbox.isValid())
            return {{DotShape::Filled, Tone::Ok}, Words::tr("Leaves by itself, unless you stop it")};
        return {{DotShape::Filled, Tone::Ok}, Words::tr("Ready to send")};
    case ProposalState::Check:
        return {{DotShape::Half, Tone::Warning},
                Words::tr("Check: %n claims unproven", nullptr, proposal.verdict.unproven())};
    case ProposalState::Blocked:
        if (!proposal.verdict.passed())
            return {{DotShape::Ring, Tone::Danger}, Words::tr("Held: the draft says what it must not")};
        return {{DotShape::Ring, Tone::Warning},
                failed != nullptr ? Words::tr("Held: %1").arg(gateCheckText(*failed)) : Words::tr("Held for a person")};
    case ProposalState::HandOver:
        return {{DotShape::Hollow, Tone::Warning}, Words::tr("No draft: this one needs you")};
    case ProposalState::Dismissed:
        return {{DotShape::Hollow, Tone::Muted}, Words::tr("Draft put aside")};
    }
    return {};
}

QString sourceText(const AnswerDraft& draft) {
    const auto percent = static_cast<int>(std::lround(draft.confidence * 100));
    if (draft.source == AnswerSource::Model) return Words::tr("Drafted by %1").arg(draft.origin);
    return Words::tr("Playbook · %1 · %2 %").arg(intentText(draft.intent)).arg(percent);
}

} // namespace aiva
