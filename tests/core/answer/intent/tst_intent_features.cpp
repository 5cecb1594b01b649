#include "core/answer/intent/intent_features.h"
#include "core/answer/intent/intent_model.h"
#include "tests/support/patience.h"

#include <cmath>
#include <set>
#include <zlib.h>

using namespace aiva;
using namespace Qt::StringLiterals;

class TestIntentFeatures : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cutsMailsIntoWords_data();
    void cutsMailsIntoWords();
    void readsNoMoreThanFourThousandCharacters();
    void vectorsHaveLengthOneAndNoIndexTwice();
    void featuresStayWhatTheModelFileWasTrainedOn();
    void repeatedWordsWeighByTheirLogarithm();
    void modelFilesComeBackAsTheyWereWritten();
    void refusesDamagedModelFiles_data();
    void refusesDamagedModelFiles();
};

void TestIntentFeatures::cutsMailsIntoWords_data() {
    QTest::addColumn<QString>("subject");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("joined");
    const auto row = [](const char* name, const QString& subject, const QString& text, const QString& joined) {
        QTest::newRow(name) << subject << text << joined;
    };
    row("nothing", {}, {}, u" "_s);
    row("a question", {}, u"Where is my order?"_s, u" where is my order ? "_s);
    row("subject first", u"My order"_s, u"Hello"_s, u" my order . hello . "_s);
    row("diacritics and ß", {}, u"Größe für Straße, où déjà"_s, u" grosse fur strasse ou deja . "_s);
    row("contractions", {}, u"where’s it, don't"_s, u" wheres it dont . "_s);
    row("French elision", {}, u"n'ai pas l'adresse"_s, u" n ai pas l adresse . "_s);
    row("order names", {}, u"#1042 and W4412093"_s, u" <order> and <order> . "_s);
    row("numbers", {}, u"3 for 12.50 on 2026-05-12"_s, u" <num> for <num> on <num> . "_s);
    row("address and link", {}, u"a@b.example see https://x.example/a?b=1"_s, u" <mail> see <url> . "_s);
    row("sentences", {}, u"One. Two!\n\nThree"_s, u" one . two ! three . "_s);
    row("full width digits", {}, u"注文 １０４２"_s, u" 注文 <num> . "_s);
}

void TestIntentFeatures::cutsMailsIntoWords() {
    QFETCH(const QString, subject);
    QFETCH(const QString, text);
    QTEST(intentWords(subject, text).joined, "joined");
}

void TestIntentFeatures::readsNoMoreThanFourThousandCharacters() {
    const IntentWords words = intentWords(QString(3'000, u'a'), QString(3'000, u'b'));
    QCOMPARE(words.joined.count(u'a'), 3'000);
    QCOMPARE(words.joined.count(u'b'), 1'000);
}

void TestIntentFeatures::vectorsHaveLengthOneAndNoIndexTwice() {
    const auto features = intentFeatures(intentWords({}, u"Where is my order? Where is it?"_s));
    double square = 0;
    std::set<uint32_t> seen;
    for (const IntentFeature& feature : features) {
        QVERIFY(feature.index < kIntentFeatureCount);
        QVERIFY(seen.insert(feature.index).second);
        square += double(feature.value) * double(feature.value);
    }
    QVERIFY(std::abs(square - 1) < 1e-5);
    QVERIFY(intentFeatures(intentWords({}, {})).empty());
}

// CRC-32 of "wab" in UTF-16, low byte first, by zlib; a change here needs a model trained anew.
void TestIntentFeatures::featuresStayWhatTheModelFileWasTrainedOn() {
    const QByteArray bytes("w\0a\0b\0", 6);
    const auto crc = crc32(0, reinterpret_cast<const Bytef*>(bytes.constData()), uInt(bytes.size()));
    const auto features = intentFeatures(intentWords({}, u"ab"_s));
    QVERIFY(std::any_of(features.begin(), features.end(),
                        [&](const IntentFeature& f) { return f.index == (crc & (kIntentFeatureCount - 1)); }));
    // words "ab" "." and their pair; of " ab . " four grams of three, three of four, two of five
    QCOMPARE(features.size(), size_t(3 + 4 + 3 + 2));
}

void TestIntentFeatures::repeatedWordsWeighByTheirLogarithm() {
    const auto features = intentFeatures(intentWords({}, u"ab ab ab"_s));
    float least = 1;
    float most = 0;
    for (const IntentFeature& feature : features) {
        least = std::min(least, feature.value);
        most = std::max(most, feature.value);
    }
    QVERIFY(std::abs(double(most) / double(least) - (1 + std::log(3.0))) < 1e-4);
}

static QByteArray smallModel() {
    std::vector<float> weights(size_t(kIntentFeatureCount) * kIntentCount);
    for (const IntentFeature& feature : intentFeatures(intentWords({}, u"parcel"_s)))
        weights[feature.index * kIntentCount] = 2;
    IntentScores biases{};
    biases[0] = -1;
    IntentScores slopes{};
    slopes.fill(1);
    return IntentModel::toBytes(weights, biases, slopes, {});
}

void TestIntentFeatures::modelFilesComeBackAsTheyWereWritten() {
    const auto model = IntentModel::fromBytes(smallModel());
    QVERIFY(model);
    const auto features = intentFeatures(intentWords({}, u"parcel"_s));
    double expected = -1;
    for (const IntentFeature& feature : features)
        expected += 2 * double(feature.value);
    QVERIFY(std::abs(model->decisions(features)[0] - expected) < 1e-3);
    QVERIFY(std::abs(model->probabilities(features)[0] - 1 / (1 + std::exp(-expected))) < 1e-3);
    QCOMPARE(model->probabilities(features)[1], 0.5);
}

void TestIntentFeatures::refusesDamagedModelFiles_data() {
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray good = smallModel();
    const auto changed = [&](qsizetype at) {
        QByteArray bytes = good;
        bytes[at] = char(bytes[at] ^ 1);
        return bytes;
    };
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("cut") << good.chopped(1);
    QTest::newRow("longer") << good + 'x';
    QTest::newRow("other version") << changed(7);
    QTest::newRow("other features") << changed(8);
    QTest::newRow("other intents") << changed(12);
    QTest::newRow("a flipped weight") << changed(good.size() / 2);
    QTest::newRow("a flipped checksum") << changed(good.size() - 1);
}

void TestIntentFeatures::refusesDamagedModelFiles() {
    QFETCH(const QByteArray, bytes);
    const auto model = IntentModel::fromBytes(bytes);
    QVERIFY(!model);
    QCOMPARE(model.error().kind, ErrorKind::Invalid);
}

QTEST_GUILESS_MAIN(TestIntentFeatures)
#include "tst_intent_features.moc"
