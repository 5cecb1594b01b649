// Checks 9 and 10: nobody claims a deed this program did not log, nobody promises what no policy promises.
#include "core/answer/verify/checks.h"
#include "core/answer/verify/deed_words.h"
#include "core/answer/verify/draft_reading.h"

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr size_t kDoneReach = 9;
constexpr size_t kPromiseReach = 8;

struct Pair {
    Span span;
    int verb = 0; // tag
};

// The first of `verbs` behind each of `beginnings`, in one sentence.
std::vector<Pair> pairsIn(const DraftReading& draft, const PhraseTable& beginnings, const PhraseTable& verbs,
                          size_t reach) {
    const std::vector<Word>& words = draft.words();
    std::vector<Pair> pairs;
    for (size_t i = 0; i < words.size(); ++i) {
        const auto beginning = beginnings.at(words, i);
        if (!beginning) continue;
        const size_t from = i + static_cast<size_t>(beginning->words);
        for (size_t at = from; at < std::min(words.size(), from + reach); ++at) {
            if (words[at].sentence != words[i].sentence) break;
            const auto verb = verbs.at(words, at);
            if (!verb) continue;
            pairs.push_back({draft.spanOf(i, at + static_cast<size_t>(verb->words) - 1), verb->tag});
            break;
        }
    }
    return pairs;
}

FactList loggedActions(const DraftReading& draft, Span span, Deed deed) {
    FactList logged;
    for (const Fact* fact : draft.index().ofOrder(draft.orderAt(span.start), {FactKind::ActionDone}))
        if (fact->value.contains(stemOf(deed), Qt::CaseInsensitive)) logged.push_back(fact);
    return logged;
}

bool isStatusToo(const DraftReading& draft, Span span) {
    return std::any_of(draft.findings().begin(), draft.findings().end(), [&](const Finding& finding) {
        return finding.claim.check == 8 && finding.claim.status == ClaimStatus::Proven &&
               finding.place.start >= span.start && finding.place.end() <= span.end();
    });
}

bool hasPerson(const DraftReading& draft, Span span) {
    static const PhraseTable persons = [] {
        static constexpr PhraseRow rows[] = {{0, u"i|we|i've|we've|ich|wir|j'ai|nous|on|je|he|hemos|habe|haben|avons|"
                                                 u"team"}};
        return PhraseTable(rows);
    }();
    for (size_t i = 0; i < draft.words().size(); ++i)
        if (span.holds(draft.words()[i].span.start) && persons.at(draft.words(), i)) return true;
    return false;
}

bool isNegated(const DraftReading& draft, Span span) {
    static const PhraseTable negations = [] {
        static constexpr PhraseRow rows[] = {
            {0, u"not|cannot|can't|won't|nicht|kein|keine|pas|no|never|nie|jamais|nunca"}};
        return PhraseTable(rows);
    }();
    for (size_t i = 0; i < draft.words().size(); ++i)
        if (span.holds(draft.words()[i].span.start) && negations.at(draft.words(), i)) return true;
    return false;
}

void judgePromise(DraftReading& draft, Span span) {
    if (const Fact* policy = draft.policySentence(span.start))
        draft.note(10, ClaimStatus::Proven, span, u"promise"_s, {policy}, {});
    else
        draft.note(10, ClaimStatus::Forbidden, span, u"promise"_s, {}, u"a promise no policy makes"_s);
}

bool isHarmless(const DraftReading& draft, size_t index) {
    for (size_t back = 0; back <= 2 && back <= index; ++back) {
        const auto match = harmlessWords().at(draft.words(), index - back);
        if (match && static_cast<size_t>(match->words) > back) return true;
    }
    return false;
}

} // namespace

void checkDeeds(DraftReading& draft) {
    for (const Pair& pair : pairsIn(draft, doneBeginnings(), doneVerbs(), kDoneReach)) {
        // "Your order was cancelled" is a status; "we cancelled your order" is a deed.
        if (isNegated(draft, pair.span)) continue;
        if (!hasPerson(draft, pair.span) && isStatusToo(draft, pair.span)) continue;
        FactList logged = loggedActions(draft, pair.span, static_cast<Deed>(pair.verb));
        if (!logged.empty())
            draft.note(9, ClaimStatus::Proven, pair.span, u"done"_s, std::move(logged), {});
        else if (const Fact* policy = draft.policySentence(pair.span.start))
            draft.note(9, ClaimStatus::Proven, pair.span, u"done"_s, {policy}, {});
        else
            draft.note(9, ClaimStatus::Forbidden, pair.span, u"done"_s, {}, u"nothing of the kind was done here"_s);
    }
}

void checkPromises(DraftReading& draft) {
    for (const Pair& pair : pairsIn(draft, promiseBeginnings(), promiseVerbs(), kPromiseReach))
        if (!isNegated(draft, pair.span) && !isStatusToo(draft, pair.span)) judgePromise(draft, pair.span);
    for (size_t i = 0; i < draft.words().size(); ++i) {
        const auto match = promiseWords().at(draft.words(), i);
        if (!match || isHarmless(draft, i)) continue;
        const size_t last = i + static_cast<size_t>(match->words) - 1;
        judgePromise(draft, draft.spanOf(i, last));
        i = last;
    }
    for (const Span& span : japanesePromisesIn(draft.text()))
        judgePromise(draft, span);
}

} // namespace aiva
