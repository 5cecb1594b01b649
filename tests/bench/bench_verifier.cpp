// How long it takes to judge a long reply against many facts, as a JSON line. Run: bench_verifier [times]
#include "core/answer/verify/verifier.h"
#include "tests/core/answer/verify/plain_facts.h"

#include <QElapsedTimer>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

constexpr int kReplyLength = 2'000;
constexpr size_t kFacts = 200;

VerifierInput longReply() {
    VerifierInput input = test::inputOf({});
    const QString paragraph =
        u"Your order #1042 has shipped with USPS on Monday, 11 May 2026. The number is 9400111899223197428490 and the "
        u"order came to $1,234.50. It holds 2 x Blue Widget. Delivery takes 5 to 7 business days.\n"_s;
    while (input.reply.size() < kReplyLength)
        input.reply += paragraph;
    const std::vector<Fact> own = input.facts.facts;
    for (size_t i = 0; input.facts.facts.size() < kFacts; ++i) {
        Fact fact = own[i % own.size()];
        fact.id = u"F%1"_s.arg(1000 + i);
        input.facts.facts.push_back(fact);
    }
    return input;
}

} // namespace

int main(int argc, char** argv) {
    const int times = argc > 1 ? std::max(1, std::atoi(argv[1])) : 2'000;
    const VerifierInput input = longReply();
    std::vector<double> ms;
    size_t claims = 0;
    for (int i = 0; i < times; ++i) {
        QElapsedTimer timer;
        timer.start();
        claims = verify(input).claims.size();
        ms.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    std::sort(ms.begin(), ms.end());
    const auto at = [&](double share) { return ms[static_cast<size_t>(share * double(ms.size() - 1))]; };
    std::printf(
        "{\"what\":\"verify %d characters against %zu facts (%zu claims)\",\"figure\":\"p50 %.2f ms, p99 %.2f ms, "
        "max %.2f ms\",\"target\":\"\"}\n",
        int(input.reply.size()), input.facts.facts.size(), claims, at(0.5), at(0.99), ms.back());
    return 0;
}
