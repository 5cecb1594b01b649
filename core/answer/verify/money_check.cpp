// Check 5: an amount equals one of the order's, or one computed from them, in the same currency.
#include "core/answer/verify/checks.h"
#include "core/answer/verify/draft_reading.h"
#include "core/answer/verify/money_reading.h"

namespace aiva {

using namespace Qt::StringLiterals;

static FactList amountsEqualTo(const MoneyReading& money, const FactList& facts) {
    FactList equal;
    for (const Fact* fact : facts)
        if (fact->money && money.equals(*fact->money)) equal.push_back(fact);
    return equal;
}

void checkMoney(DraftReading& draft) {
    for (const MoneyReading& money : moneyIn(draft.text())) {
        if (draft.isTaken(money.span)) continue;
        const QString order = draft.orderAt(money.span.start);
        FactList equal = amountsEqualTo(money, draft.index().ofOrder(order, {FactKind::Money, FactKind::DerivedMoney}));
        if (!equal.empty()) {
            draft.prove(5, money.span, u"money"_s, std::move(equal));
        } else if (const Fact* policy = draft.policyQuoted(money.span)) {
            draft.prove(5, money.span, u"money"_s, {policy});
        } else {
            draft.doubt(5, money.span, u"money"_s,
                        money.currencies.isEmpty() ? u"the currency marks contradict each other"_s
                                                   : u"no such amount among the order's"_s);
        }
    }
}

} // namespace aiva
