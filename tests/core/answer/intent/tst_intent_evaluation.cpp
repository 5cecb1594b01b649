#include "core/answer/intent/intent_evaluation.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace Qt::StringLiterals;

class TestIntentEvaluation : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsTheCollectionsFormats_data();
    void readsTheCollectionsFormats();
    void refusesWhatIsNoCollection();
    void judgesByTheLabelsMeaning_data();
    void judgesByTheLabelsMeaning();
    void countsPrecisionAndFalseActions();
    void coverageTakesTheMostCertainFirst();
};

void TestIntentEvaluation::readsTheCollectionsFormats_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("label");
    QTest::addColumn<QString>("text");
    QTest::newRow("three columns") << u"a.tsv"_s << QByteArray("cancel\tCANCEL_ORDER\tCancel it \n") << u"cancel"_s
                                   << u"Cancel it"_s;
    QTest::newRow("two columns") << u"a.TSV"_s << QByteArray("cancel\tCancel it") << u"cancel"_s << u"Cancel it"_s;
    QTest::newRow("csv") << u"b.csv"_s << QByteArray("text,category\nLost it,lost_card\n") << u"lost_card"_s
                         << u"Lost it"_s;
    QTest::newRow("quoted csv") << u"b.csv"_s << QByteArray("text,category\n\"Yes, lost\nit\",lost_card\n")
                                << u"lost_card"_s << u"Yes, lost\nit"_s;
    QTest::newRow("json") << u"c.json"_s << QByteArray(R"({"train":[["say it","translate"]]})") << u"translate"_s
                          << u"say it"_s;
}

void TestIntentEvaluation::readsTheCollectionsFormats() {
    QFETCH(const QString, name);
    QFETCH(const QByteArray, bytes);
    const auto texts = labelledTexts(name, bytes);
    QVERIFY(texts);
    QCOMPARE(texts->size(), size_t(1));
    QTEST(texts->front().label, "label");
    QTEST(texts->front().text, "text");
}

void TestIntentEvaluation::refusesWhatIsNoCollection() {
    for (const QString& name : {u"a.tsv"_s, u"b.csv"_s, u"c.json"_s, u"d.txt"_s})
        QVERIFY(!labelledTexts(name, "nothing"));
}

void TestIntentEvaluation::judgesByTheLabelsMeaning_data() {
    QTest::addColumn<QString>("label");
    QTest::addColumn<Intent>("guess");
    QTest::addColumn<bool>("inScope");
    QTest::addColumn<bool>("right");
    QTest::newRow("same") << u"cancel"_s << Intent::Cancel << true << true;
    QTest::newRow("another") << u"cancel"_s << Intent::Refund << true << false;
    QTest::newRow("one label for three") << u"return_exchange"_s << Intent::Exchange << true << true;
    QTest::newRow("human") << u"human"_s << Intent::HumanRequest << true << true;
    QTest::newRow("foreign") << u"lost_card"_s << Intent::OrderStatus << false << false;
    QTest::newRow("other left alone") << u"other"_s << Intent::Other << false << false;
}

void TestIntentEvaluation::judgesByTheLabelsMeaning() {
    QFETCH(const QString, label);
    QFETCH(const Intent, guess);
    IntentReading reading;
    reading.intents = {{guess, 0.9}};
    const Judged one = judged({label, {}}, reading);
    QTEST(one.inScope, "inScope");
    QTEST(one.right, "right");
    QCOMPARE(one.asserted, guess != Intent::Other);
}

static std::vector<Judged> someJudged() {
    return {{true, true, true, 0.95},   {true, true, true, 0.9},    {false, true, false, 0.86},
            {true, true, false, 0.70},  {true, false, false, 0.99}, {false, false, false, 0.2},
            {false, false, false, 0.9}, {true, true, true, 0.55},   {false, false, false, 0},
            {true, false, false, 0}};
}

void TestIntentEvaluation::countsPrecisionAndFalseActions() {
    const IntentEvaluation evaluation = evaluationOf(someJudged());
    QCOMPARE(evaluation.texts, 10);
    QCOMPARE(evaluation.outOfScope, 4);
    const PrecisionRow row = precisionAtThreshold(someJudged(), 0.85);
    QCOMPARE(row.asserted, 3);
    QCOMPARE(row.right, 2);
    QCOMPARE(row.falseActions, 1);
    QCOMPARE(row.coverage, 0.3);
    QCOMPARE(precisionAtThreshold({}, 0.5).precision(), 1.0);
}

void TestIntentEvaluation::coverageTakesTheMostCertainFirst() {
    const PrecisionRow row = precisionAtCoverage(someJudged(), 0.2);
    QCOMPARE(row.asserted, 2);
    QCOMPARE(row.right, 2);
    QCOMPARE(row.threshold, 0.9);
    QCOMPARE(precisionAtCoverage(someJudged(), 0.9).asserted, 5); // no more were asserted
}

QTEST_GUILESS_MAIN(TestIntentEvaluation)
#include "tst_intent_evaluation.moc"
