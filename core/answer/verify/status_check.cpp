// Check 8: what is said of an order's state is what the shop says of it.
#include "core/answer/verify/checks.h"
#include "core/answer/verify/draft_reading.h"
#include "core/answer/verify/order_state.h"
#include "core/answer/verify/status_words.h"

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr size_t kWordsBefore = 6;
constexpr size_t kWordsBehind = 2;

struct Said {
    StatusWord word = StatusWord::Shipped;
    bool isNot = false;
    bool isLater = false;
    bool isSupposed = false;
    bool isPart = false; // of a part only, here or elsewhere in the draft
};

bool isAffirmed(const Said& said, const OrderState& state) {
    const bool isGone = state.isShipped || (state.isPartlyShipped && said.isPart);
    switch (said.word) {
    case StatusWord::Shipped:
        return isGone;
    case StatusWord::OnItsWay:
        return isGone && !state.isDelivered && !state.isCancelled;
    case StatusWord::OutForDelivery:
        return state.isOutForDelivery;
    case StatusWord::Delivered:
        return state.isDelivered || (state.isPartlyDelivered && said.isPart);
    case StatusWord::Cancelled:
        return state.isCancelled;
    case StatusWord::Refunded:
        return state.isRefunded || (state.isPartlyRefunded && said.isPart);
    case StatusWord::PartlyRefunded:
        return state.isPartlyRefunded;
    case StatusWord::BeingPacked:
        return state.isBeingPacked && (!state.isPartlyShipped || said.isPart);
    case StatusWord::PartlyShipped:
        return state.isPartlyShipped;
    case StatusWord::Paid:
        return state.isPaid;
    case StatusWord::Waiting:
        return state.isWaiting;
    case StatusWord::PaymentOpen:
        return state.isPaymentOpen;
    case StatusWord::ToShip:
        return !isGone && !state.isCancelled && !state.isRefunded;
    }
    return false;
}

// "has not shipped yet": nothing of it happened.
bool isDenied(const Said& said, const OrderState& state) {
    const bool isAny = state.isShipped || (state.isPartlyShipped && !said.isPart);
    switch (said.word) {
    case StatusWord::Shipped:
    case StatusWord::OnItsWay:
    case StatusWord::PartlyShipped:
        return !isAny;
    case StatusWord::Delivered:
    case StatusWord::OutForDelivery:
        return !state.isDelivered && !state.isPartlyDelivered;
    case StatusWord::Refunded:
    case StatusWord::PartlyRefunded:
        return !state.isRefunded && !state.isPartlyRefunded;
    default:
        return !isAffirmed(said, state);
    }
}

// "will ship", "wird zugestellt": it has not happened, and nothing stops it.
bool isToCome(const Said& said, const OrderState& state) {
    if (state.isCancelled || state.isRefunded) return false;
    switch (said.word) {
    case StatusWord::Shipped:
    case StatusWord::ToShip:
    case StatusWord::OnItsWay:
        return !state.isShipped && (!state.isPartlyShipped || said.isPart);
    case StatusWord::Delivered:
    case StatusWord::OutForDelivery:
        return !state.isDelivered;
    case StatusWord::BeingPacked:
        return state.isBeingPacked || state.isWaiting;
    default:
        return false; // a refund or cancellation to come is a promise
    }
}

bool isTrue(const Said& said, const OrderState& state) {
    if (!state.isKnown) return false;
    if (said.isNot) return isDenied(said, state);
    if (said.isLater) return isToCome(said, state);
    return isAffirmed(said, state);
}

bool isHarmlessSupposition(StatusWord word) {
    return word == StatusWord::Shipped || word == StatusWord::ToShip || word == StatusWord::OnItsWay ||
           word == StatusWord::Delivered || word == StatusWord::OutForDelivery || word == StatusWord::BeingPacked ||
           word == StatusWord::Paid;
}

bool endsClause(const DraftReading& draft, size_t left, size_t right) {
    const int start = draft.words()[left].span.end();
    const QStringView between = draft.text().view({start, draft.words()[right].span.start - start});
    return between.contains(u',') || between.contains(u';') || between.contains(u':');
}

void readTurns(const DraftReading& draft, size_t first, size_t last, Said& said) {
    const std::vector<Word>& words = draft.words();
    const auto apply = [&](size_t at) {
        const auto match = turnPhrases().at(words, at);
        if (!match || draft.isTaken(words[at].span)) return; // the month of May is no "may"
        said.isNot = said.isNot || match->tag == static_cast<int>(Turn::Not);
        said.isLater = said.isLater || match->tag == static_cast<int>(Turn::Later);
        said.isSupposed = said.isSupposed || match->tag == static_cast<int>(Turn::Supposed);
    };
    for (size_t back = 1; back <= kWordsBefore && back <= first; ++back) {
        const size_t at = first - back;
        if (words[at].sentence != words[first].sentence || endsClause(draft, at, at + 1)) break;
        apply(at);
    }
    // "zugestellt werden", "ausgeliefert wird"
    for (size_t next = last + 1; next <= last + kWordsBehind && next < words.size(); ++next) {
        if (words[next].sentence != words[last].sentence || endsClause(draft, next - 1, next)) break;
        if (words[next].folded == "werden"_L1) said.isLater = true;
    }
}

bool speaksOfParts(const DraftReading& draft) {
    for (size_t i = 0; i < draft.words().size(); ++i)
        if (partPhrases().at(draft.words(), i)) return true;
    return false;
}

void judge(DraftReading& draft, Span span, Said said) {
    const OrderState state = stateOf(draft.index(), draft.orderAt(span.start));
    // Present passive is no future: "wird gepackt" happens now.
    if (said.word == StatusWord::BeingPacked && !said.isNot) said.isLater = false;
    if (said.isSupposed && isHarmlessSupposition(said.word)) return;
    const bool isPromise = said.isLater && !said.isNot &&
                           (said.word == StatusWord::Refunded || said.word == StatusWord::PartlyRefunded ||
                            said.word == StatusWord::Cancelled);
    if (isPromise) {
        if (const Fact* policy = draft.policySentence(span.start))
            return draft.note(10, ClaimStatus::Proven, span, u"promise"_s, {policy}, {});
        return draft.note(10, ClaimStatus::Forbidden, span, u"promise"_s, {}, u"a promise no policy makes"_s);
    }
    if (isTrue(said, state)) return draft.note(8, ClaimStatus::Proven, span, u"status"_s, state.facts, {});
    if (const Fact* policy = draft.policySentence(span.start))
        return draft.note(8, ClaimStatus::Proven, span, u"status"_s, {policy}, {});
    draft.note(8, ClaimStatus::Unproven, span, u"status"_s, {},
               state.isKnown ? u"not what the order's status says"_s : u"no order whose status is known"_s);
}

} // namespace

void checkStatus(DraftReading& draft) {
    const bool isPart = speaksOfParts(draft);
    for (size_t i = 0; i < draft.words().size(); ++i) {
        const auto match = statusPhrases().at(draft.words(), i);
        if (!match) continue;
        const size_t last = i + static_cast<size_t>(match->words) - 1;
        Said said;
        said.word = static_cast<StatusWord>(match->tag);
        said.isPart = isPart;
        readTurns(draft, i, last, said);
        judge(draft, draft.spanOf(i, last), said);
        i = last;
    }
    for (const StatusPlace& place : japaneseStatusesIn(draft.text())) {
        Said said;
        said.word = place.word;
        judge(draft, place.span, said);
    }
}

} // namespace aiva
