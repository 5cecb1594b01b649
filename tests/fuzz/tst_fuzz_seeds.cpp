// Replays what the fuzzers of mail and HTML are seeded with, what they once found, and mutations of both, on each run
// of the suite. AIVA_RUNS=n multiplies the mutations.
#include "core/adapters/mail/mime/mail_decoder.h"
#include "tests/fuzz/fuzz_judges.h"
#include "tests/fuzz/seed_corpus.h"
#include "tests/support/patience.h"

#include <QRandomGenerator>
#include <QThread>

#include <memory>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

using Judge = void (*)(const QByteArray&);

void replay(const QString& name, const QByteArray& meaningful, int mutations, Judge judge) {
    const QByteArrayList all = seedCorpus(name);
    QVERIFY(all.size() >= 8);
    const int cases = mutations * std::max(1, qEnvironmentVariableIntValue("AIVA_RUNS"));
    const std::unique_ptr<QThread> thread(QThread::create([&] {
        for (const QByteArray& seed : all)
            judge(seed);
        QRandomGenerator random(20260304);
        for (int i = 0; i < cases; ++i)
            judge(mutatedSeed(all, meaningful, random));
    }));
    thread->setStackSize(kMailDecoderStackBytes); // as in the product
    thread->start();
    thread->wait();
    qInfo("%lld seeds, %d mutations of them", qint64(all.size()), cases);
}

} // namespace

class TestFuzzSeeds : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anyBytesAreAMailOrRefused() { replay(u"mail"_s, "\r\n -=:;,<>@\"?()/%0123456789", 2'000, judgeMailBytes); }
    void anyBytesBecomeHarmlessHtml() { replay(u"html"_s, "<>/\"'=& ;:#!-()[]{}\\\n", 2'000, judgeHtmlBytes); }
};

QTEST_GUILESS_MAIN(TestFuzzSeeds)
#include "tst_fuzz_seeds.moc"
