// Checks 17 and 18: the reply answers what was asked, and what the draft says it used is what it says.
#include "core/answer/verify/checks.h"
#include "core/answer/verify/draft_reading.h"

#include <QSet>

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kWordsOfAPolicy = 3;

bool isProven(const DraftReading& draft, std::initializer_list<int> checks) {
    return std::any_of(draft.findings().begin(), draft.findings().end(), [&](const Finding& finding) {
        return finding.claim.status == ClaimStatus::Proven &&
               std::find(checks.begin(), checks.end(), finding.claim.check) != checks.end();
    });
}

// A policy without numbers is used when some of its words stand in the draft.
bool isQuoted(const DraftReading& draft, const Fact& policy) {
    const QString said = u' ' + draft.text().folded.simplified() + u' ';
    const QStringList words = foldedWords(policy.value).split(u' ', Qt::SkipEmptyParts);
    const qsizetype run = std::min(kWordsOfAPolicy, words.size());
    for (qsizetype i = 0; run > 0 && i + run <= words.size(); ++i)
        if (said.contains(u' ' + words.mid(i, run).join(u' '))) return true;
    return !policy.label.isEmpty() && said.contains(foldedWords(policy.label));
}

// What an order's state is stands behind all that is said of the order.
bool isStateOfAMentioned(const DraftReading& draft, const Fact& fact) {
    if (fact.kind != FactKind::FulfillmentStatus && fact.kind != FactKind::FinancialStatus) return false;
    return std::any_of(draft.mentions().begin(), draft.mentions().end(),
                       [&](const DraftReading::Mention& mention) { return isSameOrder(mention.order, fact.order); });
}

bool isShownInCard(const DraftReading& draft, const Fact& fact) {
    const QStringList& cards = draft.input().cards;
    return fact.kind == FactKind::OrderName &&
           std::any_of(cards.begin(), cards.end(), [&](const QString& card) { return isSameOrder(card, fact.value); });
}

// Two facts may say the same thing; naming either is naming it.
bool saysTheSame(const Fact& one, const Fact& other) {
    return one.kind == other.kind && one.value == other.value && one.order == other.order;
}

void checkUsed(DraftReading& draft, const FactList& extracted) {
    for (const QString& id : draft.input().declaredFacts) {
        const Fact* fact = draft.input().facts.byId(id);
        const bool isUsed =
            fact && (isShownInCard(draft, *fact) || isStateOfAMentioned(draft, *fact) ||
                     std::any_of(extracted.begin(), extracted.end(),
                                 [&](const Fact* one) { return one->id == id || saysTheSame(*one, *fact); }) ||
                     (fact->kind == FactKind::Policy && isQuoted(draft, *fact)));
        if (!isUsed)
            draft.noteWhole(18, ClaimStatus::Unproven, u"declared"_s,
                            fact ? u"a declared fact is not said"_s : u"a declared fact does not exist"_s);
    }
}

// States, names and the store's own pages are read from several facts at once or from none: not to be declared.
bool needsDeclaring(const Finding& finding) {
    static const QSet<int> checks{1, 2, 3, 4, 5, 6, 7, 11};
    return finding.claim.status == ClaimStatus::Proven && !finding.facts.empty() &&
           checks.contains(finding.claim.check);
}

void checkSaid(DraftReading& draft) {
    const QStringList& declared = draft.input().declaredFacts;
    std::vector<Finding> undeclared;
    for (const Finding& finding : draft.findings()) {
        if (!needsDeclaring(finding)) continue;
        const bool isDeclared = std::any_of(finding.facts.begin(), finding.facts.end(),
                                            [&](const Fact* fact) { return declared.contains(fact->id); });
        if (!isDeclared) undeclared.push_back(finding);
    }
    for (const Finding& finding : undeclared)
        draft.note(18, ClaimStatus::Unproven, finding.place, finding.claim.kind, {},
                   u"a fact the draft did not declare"_s);
}

// Where every parcel has arrived there is nothing left to follow: the day it arrived answers.
bool isDelivered(const DraftReading& draft, const QString& order) {
    const FactSet& facts = draft.input().facts;
    const size_t arrived = facts.ofOrder(order, FactKind::DeliveredAt).size();
    return arrived > 0 && arrived >= facts.ofOrder(order, FactKind::TrackingNumber).size();
}

bool holdsTracking(const DraftReading& draft, const QString& order) {
    const FactList parcels = draft.index().ofOrder(order, {FactKind::TrackingNumber, FactKind::TrackingUrl});
    return std::any_of(parcels.begin(), parcels.end(), [](const Fact* fact) { return !fact->order.isEmpty(); });
}

} // namespace

void checkAnswers(DraftReading& draft) {
    const VerifierInput& input = draft.input();
    if (input.author == VerifierInput::Author::Person || input.intent != Intent::OrderStatus) return;
    // No order is known to be meant: then the reply asks for it, and nothing of an order need stand in it.
    if (input.facts.subjectOrder.isEmpty() && draft.mentions().empty()) return;
    const auto miss = [&](const QString& reason) { draft.noteWhole(17, ClaimStatus::Unproven, u"answer"_s, reason); };
    if (!isProven(draft, {1})) return miss(u"the order is not named"_s);
    if (!isProven(draft, {8})) miss(u"its status is not said"_s);
    const QString order =
        input.facts.subjectOrder.isEmpty() ? draft.mentions().front().order : input.facts.subjectOrder;
    const bool mustFollow = holdsTracking(draft, order) && !isDelivered(draft, order);
    if (mustFollow && !isProven(draft, {2, 3})) miss(u"its tracking is not given"_s);
}

void checkDeclared(DraftReading& draft) {
    if (draft.input().author == VerifierInput::Author::Person) return;
    FactList extracted;
    for (const Finding& finding : draft.findings())
        if (finding.claim.status == ClaimStatus::Proven)
            extracted.insert(extracted.end(), finding.facts.begin(), finding.facts.end());
    checkUsed(draft, extracted);
    checkSaid(draft);
}

} // namespace aiva
