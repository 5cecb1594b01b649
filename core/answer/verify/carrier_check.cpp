// Check 4: the carrier named is the one of the order, and of the very parcel whose number or link stands beside it.
#include "core/answer/verify/carrier_words.h"
#include "core/answer/verify/checks.h"
#include "core/answer/verify/draft_reading.h"

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

bool namesTheCarrier(const QString& said, const Fact& fact) {
    const CarrierName known = carrierNamed(fact.value);
    const CarrierName named = carrierNamed(said);
    return named.service == known.service || named.service == known.carrier;
}

// The parcels whose number or link stands nearest in the sentence, before and behind.
FactList parcelsBeside(const DraftReading& draft, Span span) {
    const int own = draft.sentenceAt(span.start);
    const Finding* before = nullptr;
    const Finding* after = nullptr;
    for (const Finding& finding : draft.findings()) {
        const bool isParcel = finding.claim.check == 2 || finding.claim.check == 3;
        if (!isParcel || finding.claim.length == 0 || draft.sentenceAt(finding.place.start) != own) continue;
        const int at = finding.place.start;
        if (at < span.start && (!before || at > before->place.start)) before = &finding;
        if (at >= span.start && (!after || at < after->place.start)) after = &finding;
    }
    FactList parcels;
    for (const Finding* finding : {before, after})
        if (finding) parcels.insert(parcels.end(), finding->facts.begin(), finding->facts.end());
    return parcels;
}

bool isOfAParcel(const Fact& carrier, const FactList& parcels) {
    return parcels.empty() || std::any_of(parcels.begin(), parcels.end(), [&](const Fact* parcel) {
               return parcel->order == carrier.order && parcel->parcel == carrier.parcel;
           });
}

void judge(DraftReading& draft, Span span) {
    const QString said = draft.text().view(span).toString();
    const FactList parcels = parcelsBeside(draft, span);
    FactList same;
    bool isCarrier = false;
    for (const Fact* fact : draft.index().ofOrder(draft.orderAt(span.start), {FactKind::Carrier})) {
        if (!namesTheCarrier(said, *fact)) continue;
        isCarrier = true;
        if (isOfAParcel(*fact, parcels)) same.push_back(fact);
    }
    if (!same.empty()) return draft.prove(4, span, u"carrier"_s, std::move(same));
    if (!isCarrier)
        if (const Fact* policy = draft.policyQuoted(span)) return draft.prove(4, span, u"carrier"_s, {policy});
    draft.doubt(4, span, u"carrier"_s,
                isCarrier ? u"the carrier of another parcel"_s : u"not the carrier of the order"_s);
}

// A local courier in no table: its own name, word for word.
void checkLiteral(DraftReading& draft) {
    for (const Fact* fact : draft.index().ofKinds({FactKind::Carrier})) {
        const QString name = foldedWords(fact->value);
        if (name.size() < 2) continue;
        const QStringView folded(draft.text().folded);
        for (qsizetype at = folded.indexOf(name); at >= 0; at = folded.indexOf(name, at + 1)) {
            const Span span{static_cast<int>(at), static_cast<int>(name.size())};
            if (!draft.isTaken(span) && isWholeToken(folded, span)) judge(draft, span);
        }
    }
}

} // namespace

void checkCarriers(DraftReading& draft) {
    for (size_t i = 0; i < draft.words().size(); ++i) {
        const auto match = carrierPhrases().at(draft.words(), i);
        if (!match) continue;
        const size_t last = i + static_cast<size_t>(match->words) - 1;
        const Span span = draft.spanOf(i, last);
        const bool isMail = last + 1 < draft.words().size() && draft.words()[i].folded == "correos"_L1 &&
                            draft.words()[last + 1].folded.startsWith("electr"_L1);
        if (!isMail && !draft.isTaken(span)) judge(draft, span);
        i = last;
    }
    checkLiteral(draft);
}

} // namespace aiva
