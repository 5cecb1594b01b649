// How good the reading of intents is, on real queries of two shops (HINT3, training split) that the model of each fold
// has not seen, and on bank queries that are no business of a shop. Prints the numbers README reports; needs
// AIVA_CORPORA.
#include "app/intent_trainer/intent_training.h"
#include "app/intent_trainer/mail_sources.h"
#include "app/intent_trainer/public_corpora.h"
#include "core/answer/intent/intent_evaluation.h"
#include "core/answer/intent/intent_reader.h"
#include "tests/support/corpora.h"
#include "tests/support/patience.h"

#include <QFile>

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

constexpr int kFolds = 3;
constexpr double kAutoSend = 0.85; // the default threshold of the gate

Result<QByteArray> contents(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return Error{ErrorKind::NotFound, path};
    return file.readAll();
}

void report(const char* what, const std::vector<Judged>& all) {
    qInfo("%s: %zu texts", what, all.size());
    for (const double coverage : {0.08, 0.15, 0.16, 0.30, 0.40}) {
        const PrecisionRow row = precisionAtCoverage(all, coverage);
        qInfo("  coverage %4.1f %%  precision %.3f  (%d of %d, confidence >= %.3f)", row.coverage * 100,
              row.precision(), row.right, row.asserted, row.threshold);
    }
    for (const double threshold : {0.7, 0.8, 0.85, 0.9}) {
        const PrecisionRow row = precisionAtThreshold(all, threshold);
        qInfo("  confidence >= %.2f  coverage %4.1f %%  precision %.3f  (%d of %d)", threshold, row.coverage * 100,
              row.precision(), row.right, row.asserted);
    }
}

} // namespace

class TestIntentQuality : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void isRightOnShopQueriesOfOtherFolds();
    void actsOnHardlyAnyBankQuery();
    void isHonestAboutAShopItNeverSaw();

private:
    struct Query {
        LabelledText text;
        TrainingMail mail;
    };
    IntentReader readerTrainedOn(const TrainingSet& mails) {
        return IntentReader(*shippedIntentRules(), *IntentModel::fromBytes(trainedModel(mails, {})));
    }
    std::vector<Query> m_queries;
    TrainingSet m_base; // everything but HINT3
};

void TestIntentQuality::initTestCase() {
    const QString corpora = test::corporaDir();
    if (corpora.isEmpty()) QSKIP("AIVA_CORPORA is absent");
    const auto base = mailsFrom({qEnvironmentVariable("AIVA_PHRASES_DIR"), corpora, {u"hint3"_s}});
    QVERIFY2(base, base ? "" : qPrintable(base.error().detail));
    m_base = *base;
    for (const QString& shop : {u"curekart"_s, u"sofmattress"_s}) {
        const QString path = u"%1/intent/hint3/hint3_%2_train.tsv"_s.arg(corpora, shop);
        const auto mails = hint3Mails(path);
        const auto bytes = contents(path);
        QVERIFY(mails && bytes);
        const auto texts = labelledTexts(path, *bytes);
        QVERIFY(texts);
        QCOMPARE(texts->size(), mails->size());
        for (size_t i = 0; i < texts->size(); ++i)
            m_queries.push_back({(*texts)[i], (*mails)[i]});
    }
}

void TestIntentQuality::isRightOnShopQueriesOfOtherFolds() {
    std::vector<Judged> all;
    for (int fold = 0; fold < kFolds; ++fold) {
        TrainingSet mails = m_base;
        for (size_t i = 0; i < m_queries.size(); ++i)
            if (int(i) % kFolds != fold) mails.push_back(m_queries[i].mail);
        const IntentReader reader = readerTrainedOn(mails);
        for (size_t i = size_t(fold); i < m_queries.size(); i += kFolds)
            all.push_back(judged(m_queries[i].text, reader.read({}, m_queries[i].text.text)));
    }
    report("HINT3, cross-validated", all);
    QVERIFY(precisionAtCoverage(all, 0.08).precision() >= 0.94);
    QVERIFY(precisionAtCoverage(all, 0.15).precision() >= 0.87);
    QVERIFY(precisionAtCoverage(all, 0.15).asserted >= int(0.14 * double(all.size())));
}

// The shipped model saw a third of these queries as foreign; the other two thirds judge it.
void TestIntentQuality::actsOnHardlyAnyBankQuery() {
    const auto reader = IntentReader::shipped();
    QVERIFY(reader);
    const auto bytes = contents(test::corpus(u"intent/banking77/train.csv"_s));
    QVERIFY(bytes);
    const auto texts = labelledTexts(u"train.csv"_s, *bytes);
    QVERIFY(texts);
    std::vector<Judged> all;
    for (size_t i = 0; i < texts->size(); ++i)
        if (isHeldOutBankingRow(int(i))) all.push_back(judged((*texts)[i], (*reader)->read({}, (*texts)[i].text)));
    QVERIFY(all.size() > 6'000);
    for (const double threshold : {0.5, 0.7, 0.85, 0.9}) {
        const PrecisionRow row = precisionAtThreshold(all, threshold);
        qInfo("bank queries acted on at >= %.2f: %d of %zu, %.1f in 3,000", threshold, row.falseActions, all.size(),
              3000.0 * row.falseActions / double(all.size()));
    }
    const PrecisionRow row = precisionAtThreshold(all, kAutoSend);
    QVERIFY(3000.0 * row.falseActions / double(all.size()) <= 4);
}

// No assertion of a target: what a new shop gets before its people have labelled anything.
void TestIntentQuality::isHonestAboutAShopItNeverSaw() {
    const IntentReader reader = readerTrainedOn(m_base);
    std::vector<Judged> all;
    for (const Query& query : m_queries)
        all.push_back(judged(query.text, reader.read({}, query.text.text)));
    report("HINT3, never seen", all);
    QVERIFY(precisionAtThreshold(all, kAutoSend).precision() >= 0.85);
}

QTEST_GUILESS_MAIN(TestIntentQuality)
#include "tst_intent_quality.moc"
