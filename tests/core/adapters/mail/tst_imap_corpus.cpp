// Replays what the fuzzer is seeded with, what it once found, and thousands of mutations of both, on each run of the
// suite. AIVA_RUNS=n multiplies the mutations.
#include "tests/core/adapters/mail/imap_judge.h"
#include "tests/support/corpora.h"

#include <QDir>
#include <QRandomGenerator>
#include <QtTest>

using namespace Qt::StringLiterals;

namespace {

QByteArrayList seeds() {
    QByteArrayList all;
    const QDir folder(aiva::test::sourceDir() + u"/tests/fuzz/seeds/imap"_s);
    for (const QFileInfo& info : folder.entryInfoList(QDir::Files, QDir::Name)) {
        QFile file(info.filePath());
        if (file.open(QIODevice::ReadOnly)) all.append(file.readAll());
    }
    return all;
}

// Bytes changed, dropped, doubled, or spliced from another seed; more likely among those that mean something.
QByteArray mutated(const QByteArrayList& all, QRandomGenerator& random) {
    static const QByteArray meaningful = "(){}[]\"\\ \r\n*+0123456789~&-,:";
    QByteArray bytes = all.at(random.bounded(all.size()));
    for (int i = random.bounded(1, 8); i > 0 && !bytes.isEmpty(); --i) {
        const qsizetype at = random.bounded(bytes.size());
        switch (random.bounded(5)) {
        case 0:
            bytes[at] = static_cast<char>(random.bounded(256));
            break;
        case 1:
            bytes[at] = meaningful.at(random.bounded(meaningful.size()));
            break;
        case 2:
            bytes.remove(at, random.bounded(1, 20));
            break;
        case 3:
            bytes.insert(at, bytes.mid(at, random.bounded(1, 40)));
            break;
        default: {
            const QByteArray& other = all.at(random.bounded(all.size()));
            bytes.insert(at, other.mid(random.bounded(other.size()), random.bounded(1, 60)));
        }
        }
    }
    return bytes;
}

} // namespace

class TestImapCorpus : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void replaysSeeds();
    void survivesMutations();
};

void TestImapCorpus::replaysSeeds() {
    const QByteArrayList all = seeds();
    QVERIFY(all.size() >= 8);
    int responses = 0;
    for (const QByteArray& seed : all)
        responses += aiva::test::judgeImapBytes(seed);
    QVERIFY(responses >= 30);
}

void TestImapCorpus::survivesMutations() {
    const QByteArrayList all = seeds();
    const int cases = 4'000 * std::max(1, qEnvironmentVariableIntValue("AIVA_RUNS"));
    QRandomGenerator random(20260202);
    qint64 responses = 0;
    for (int i = 0; i < cases; ++i)
        responses += aiva::test::judgeImapBytes(mutated(all, random));
    qInfo("%d mutated conversations, %lld responses read", cases, responses);
    QVERIFY(responses > cases);
}

QTEST_GUILESS_MAIN(TestImapCorpus)
#include "tst_imap_corpus.moc"
