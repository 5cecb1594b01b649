#include "core/answer/verify/verifier.h"

#include "core/answer/verify/checks.h"
#include "core/answer/verify/draft_reading.h"

namespace aiva {

using namespace Qt::StringLiterals;

// Beyond this nothing is read: whatever it says, it is no reply.
static constexpr qsizetype kMostRead = 30'000;

VerifierVerdict verify(const VerifierInput& input) {
    if (input.reply.size() > kMostRead) {
        const Claim claim{
            16, ClaimStatus::Forbidden, 0, 0, {}, u"length"_s, {}, u"longer than anything that is read"_s};
        return VerifierVerdict{{claim}};
    }
    DraftReading draft(input);
    checkLinks(draft);
    checkMailAddresses(draft);
    draft.readWords();
    checkOrders(draft);
    checkTracking(draft);
    checkSecrets(draft);
    checkShape(draft);
    checkCarriers(draft);
    checkPhones(draft);
    checkMoney(draft);
    checkDates(draft);
    checkDurations(draft);
    checkStatus(draft);
    checkDeeds(draft);
    checkPromises(draft);
    checkItems(draft);
    checkNames(draft);
    checkLeftovers(draft);
    checkLanguage(draft);
    checkAnswers(draft);
    checkDeclared(draft);
    return draft.verdict();
}

} // namespace aiva
