#include "tests/core/answer/verify/verifier_judge.h"

#include "tests/core/answer/verify/plain_facts.h"

#include <cstdlib>

namespace aiva::test {

using namespace Qt::StringLiterals;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

// No fact holds it, and no policy: whatever stands around it, it may not pass.
const QString kStray = u"\n31415926"_s;

} // namespace

void judgeReply(const QByteArray& bytes) {
    static const QStringList languages{u"en"_s, u"de"_s, u"fr"_s, u"es"_s, u"ja"_s, QString()};
    if (bytes.isEmpty()) return;
    const QString reply = QString::fromUtf8(bytes.mid(1));
    VerifierInput input = inputOf(reply, languages.at(static_cast<uchar>(bytes.at(0)) % languages.size()));
    const VerifierVerdict verdict = verify(input);
    require(verify(input) == verdict);
    for (const Claim& claim : verdict.claims) {
        require(claim.check >= 1 && claim.check <= 19 && !claim.kind.isEmpty());
        require(claim.start >= 0 && claim.length >= 0 && claim.start + claim.length <= reply.size());
        require(claim.text == reply.mid(claim.start, claim.length));
        require((claim.status == ClaimStatus::Proven) == claim.reason.isEmpty());
        require(claim.fact.isEmpty() || input.facts.byId(claim.fact));
    }
    input.reply = reply + kStray;
    require(!verify(input).passed());
}

} // namespace aiva::test
