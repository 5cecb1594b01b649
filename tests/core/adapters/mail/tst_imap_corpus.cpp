// Replays what the fuzzer is seeded with, what it once found, and thousands of mutations of both, on each run of the
// suite. AIVA_RUNS=n multiplies the mutations.
#include "tests/core/adapters/mail/imap_judge.h"
#include "tests/fuzz/seed_corpus.h"
#include "tests/support/patience.h"

#include <QRandomGenerator>

using namespace Qt::StringLiterals;

namespace {

const QByteArray kMeaningful = "(){}[]\"\\ \r\n*+0123456789~&-,:";

}

class TestImapCorpus : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void replaysSeeds();
    void survivesMutations();
};

void TestImapCorpus::replaysSeeds() {
    const QByteArrayList all = aiva::test::seedCorpus(u"imap"_s);
    QVERIFY(all.size() >= 8);
    int responses = 0;
    for (const QByteArray& seed : all)
        responses += aiva::test::judgeImapBytes(seed);
    QVERIFY(responses >= 30);
}

void TestImapCorpus::survivesMutations() {
    const QByteArrayList all = aiva::test::seedCorpus(u"imap"_s);
    const int cases = 4'000 * std::max(1, qEnvironmentVariableIntValue("AIVA_RUNS"));
    QRandomGenerator random(20260202);
    qint64 responses = 0;
    for (int i = 0; i < cases; ++i)
        responses += aiva::test::judgeImapBytes(aiva::test::mutatedSeed(all, kMeaningful, random));
    qInfo("%d mutated conversations, %lld responses read", cases, responses);
    QVERIFY(responses > cases);
}

QTEST_GUILESS_MAIN(TestImapCorpus)
#include "tst_imap_corpus.moc"
