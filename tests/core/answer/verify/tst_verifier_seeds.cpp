// Replays what the fuzzer of the verifier is seeded with, what it once found, and mutations of both. AIVA_RUNS=n
// multiplies the mutations.
#include "tests/core/answer/verify/verifier_judge.h"
#include "tests/fuzz/seed_corpus.h"
#include "tests/support/patience.h"

#include <QRandomGenerator>

using namespace aiva::test;
using namespace Qt::StringLiterals;

class VerifierSeedsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void judgesAnyBytes() {
        const QByteArrayList all = seedCorpus(u"verifier"_s);
        QVERIFY(all.size() >= 12);
        for (const QByteArray& seed : all)
            judgeReply(seed);
        const int cases = 200 * std::max(1, qEnvironmentVariableIntValue("AIVA_RUNS"));
        QRandomGenerator random(20260512);
        for (int i = 0; i < cases; ++i)
            judgeReply(mutatedSeed(all, "#$%.,:/@0123456789 -()\n", random));
        qInfo("%lld seeds, %d mutations of them", qint64(all.size()), cases);
    }
};

QTEST_GUILESS_MAIN(VerifierSeedsTest)
#include "tst_verifier_seeds.moc"
