// Check 2: a tracking number is one of the order's, digit for digit; spaces within it do not matter.
#include "core/answer/verify/checks.h"
#include "core/answer/verify/draft_reading.h"
#include "core/answer/verify/id_tokens.h"
#include "core/answer/verify/tracking_digits.h"

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

// The span from `start` that spells the number, single spaces and dashes between its characters; empty when not.
Span spelledAt(QStringView text, int start, const QString& number) {
    int at = start;
    for (qsizetype i = 0; i < number.size(); ++i) {
        if (i > 0 && at < text.size() && (text.at(at) == u' ' || text.at(at) == u'-')) ++at;
        if (at >= text.size() || text.at(at).toUpper() != number.at(i)) return {};
        ++at;
    }
    const Span span{start, at - start};
    return isWholeToken(text, span) ? span : Span();
}

void checkKnown(DraftReading& draft) {
    const QStringView text(draft.text().text);
    const FactList numbers = draft.index().ofKinds({FactKind::TrackingNumber});
    for (const Fact* fact : numbers) {
        const QString number = plainNumber(normalisedText(fact->value).text);
        if (number.size() < 4) continue;
        for (int i = 0; i < text.size(); ++i) {
            const Span span = text.at(i).toUpper() == number.at(0) ? spelledAt(text, i, number) : Span();
            if (span.length == 0 || draft.isTaken(span)) continue;
            FactList same;
            const QString order = draft.orderAt(i);
            for (const Fact* other : numbers)
                if (plainNumber(other->value) == number && (order.isEmpty() || isSameOrder(other->order, order)))
                    same.push_back(other);
            if (same.empty())
                draft.doubt(2, span, u"tracking_number"_s, u"a parcel of another order"_s);
            else
                draft.prove(2, span, u"tracking_number"_s, std::move(same));
        }
    }
}

QString reasonFor(const QString& number, NumberShape shape) {
    return hasRightCheckDigit(number, shape) ? u"not a parcel of the order"_s : u"the check digit is wrong"_s;
}

} // namespace

void checkTracking(DraftReading& draft) {
    checkKnown(draft);
    for (const Span& token : idTokensIn(draft)) {
        const QString number = plainNumber(draft.text().view(token));
        const NumberShape shape = shapeOf(number);
        const bool isOthers = number.size() >= 8 && draft.isSomebodyElses(IdentityKind::TrackingNumber, number);
        if (isOthers)
            draft.forbid(2, token, u"tracking_number"_s, u"somebody else's parcel"_s);
        else if (shape == NumberShape::Ups1Z || shape == NumberShape::Usps22 || shape == NumberShape::Postal13)
            draft.doubt(2, token, u"tracking_number"_s, reasonFor(number, shape));
    }
}

} // namespace aiva
