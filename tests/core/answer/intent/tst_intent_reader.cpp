#include "core/answer/intent/intent_reader.h"
#include "core/answer/intent/store_learning.h"
#include "tests/support/patience.h"
#include "tests/support/time_allowance.h"

#include <QElapsedTimer>

using namespace aiva;
using namespace Qt::StringLiterals;

class TestIntentReader : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void shipsAModelAndRules();
    void onlyBothVotesTogetherAreCertain_data();
    void onlyBothVotesTogetherAreCertain();
    void readsPlainOrderQuestionsWithConfidence_data();
    void readsPlainOrderQuestionsWithConfidence();
    void actsNotOnWhatMerelySoundsAlike_data();
    void actsNotOnWhatMerelySoundsAlike();
    void assertsSeveralIntentsOfOneMail();
    void knowsTheLanguageOfShortMails_data();
    void knowsTheLanguageOfShortMails();
    void tellsItsVotes();
    void readsNothingFromNothing();
    void takesWhatAStoreTaught();
    void learnsFromMailsAStoreLabelled();
    void readsTheLongestMailsQuickly();

private:
    std::shared_ptr<const IntentReader> m_reader;
    IntentReading read(const QString& text) {
        if (!m_reader) m_reader = *IntentReader::shipped();
        return m_reader->read({}, text);
    }
};

void TestIntentReader::shipsAModelAndRules() {
    const auto reader = IntentReader::shipped();
    QVERIFY2(reader, reader ? "" : qPrintable(reader.error().detail));
}

void TestIntentReader::onlyBothVotesTogetherAreCertain_data() {
    QTest::addColumn<double>("model");
    QTest::addColumn<bool>("rule");
    QTest::addColumn<bool>("others");
    QTest::addColumn<double>("least");
    QTest::addColumn<double>("most");
    QTest::newRow("model alone, certain") << 1.0 << false << false << 0.6 << 0.6999;
    QTest::newRow("rules alone") << 0.0 << true << false << 0.3 << 0.4999;
    QTest::newRow("rules against a doubting model") << 0.49 << true << false << 0.5 << 0.7;
    QTest::newRow("model against the rules") << 0.99 << false << true << 0.0 << 0.6;
    QTest::newRow("agreed") << 0.75 << true << false << 0.85 << 0.95;
    QTest::newRow("agreed and certain") << 1.0 << true << false << 0.95 << 0.99;
    QTest::newRow("nobody") << 0.0 << false << false << 0.0 << 0.0;
}

void TestIntentReader::onlyBothVotesTogetherAreCertain() {
    QFETCH(const double, model);
    QFETCH(const bool, rule);
    QFETCH(const bool, others);
    QFETCH(const double, least);
    QFETCH(const double, most);
    const double confidence = combinedConfidence({model, rule, others});
    QVERIFY2(confidence >= least && confidence <= most, qPrintable(QString::number(confidence)));
}

void TestIntentReader::readsPlainOrderQuestionsWithConfidence_data() {
    QTest::addColumn<QString>("text");
    const auto row = [](const char* text) { QTest::newRow(text) << QString::fromUtf8(text); };
    row("Where is my order?");
    row("Hi, where is my order #1042? I ordered two weeks ago. Thanks, Anna");
    row("Hello,\n\nwhen will my package arrive? Order 55321.\n\nBest regards\nTom");
    row("I still have not received my order #2093, could you check?");
    row("Guten Tag, wo ist meine Bestellung #1042? Vielen Dank, Jonas");
    row("Wo bleibt mein Paket?");
    row("Bonjour, où est ma commande #1042 ? Merci, Claire");
    row("Hola, ¿dónde está mi pedido #1042? Gracias");
}

void TestIntentReader::readsPlainOrderQuestionsWithConfidence() {
    QFETCH(const QString, text);
    const IntentReading reading = read(text);
    QCOMPARE(reading.intents.size(), size_t(1));
    QCOMPARE(reading.intents.front().intent, Intent::OrderStatus);
    QVERIFY2(reading.intents.front().confidence >= 0.85,
             qPrintable(QString::number(reading.intents.front().confidence)));
    QVERIFY(reading.handOver.empty());
}

void TestIntentReader::actsNotOnWhatMerelySoundsAlike_data() {
    QTest::addColumn<QString>("text");
    const auto row = [](const char* text) { QTest::newRow(text) << QString::fromUtf8(text); };
    row("if i order today when will i get my mattress");
    row("If I order now, when will it be delivered?");
    row("How long does shipping to Canada take?");
    row("I am thinking of buying the lamp. When would it arrive?");
    row("Where is my new bank card? I ordered it last week.");
    row("When will my transfer arrive?");
    row("Wenn ich heute bestelle, wann kommt es an?");
    row("Si je commande aujourd'hui, quand serai-je livré ?");
    row("Si pido hoy, ¿cuándo llega?");
    row("Thanks, my order arrived!");
}

void TestIntentReader::actsNotOnWhatMerelySoundsAlike() {
    QFETCH(const QString, text);
    for (const IntentGuess& guess : read(text).intents)
        QVERIFY2(guess.intent != Intent::OrderStatus || guess.confidence < 0.85,
                 qPrintable(QString::number(guess.confidence)));
}

void TestIntentReader::assertsSeveralIntentsOfOneMail() {
    const IntentReading reading = read(u"Where is my order #1042? And please change my shipping address."_s);
    QVERIFY(reading.intents.size() >= 2);
    QStringList words;
    for (const IntentGuess& guess : reading.intents)
        words.append(toWord(guess.intent));
    QVERIFY2(words.contains(u"order_status"_s) && words.contains(u"address_change"_s), qPrintable(words.join(u' ')));
    QVERIFY(reading.intents[0].confidence >= reading.intents[1].confidence);
}

void TestIntentReader::knowsTheLanguageOfShortMails_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("language");
    QTest::newRow("en") << u"Where is my order?"_s << u"en"_s;
    QTest::newRow("de") << u"Retoure"_s << u"de"_s;
    QTest::newRow("fr") << u"Où est mon colis ?"_s << u"fr"_s;
    QTest::newRow("es") << u"Seguimiento"_s << u"es"_s;
    QTest::newRow("unknown") << u"1042"_s << QString();
}

void TestIntentReader::knowsTheLanguageOfShortMails() {
    QFETCH(const QString, text);
    QTEST(read(text).language, "language");
}

void TestIntentReader::tellsItsVotes() {
    const IntentReading reading = read(u"Where is my order?"_s);
    QCOMPARE(reading.votes.value(u"rules"_s), u"order_status"_s);
    QVERIFY(reading.votes.value(u"model"_s).startsWith(u"order_status 0."_s));
}

void TestIntentReader::readsNothingFromNothing() {
    for (const QString& text : {QString(), u"  \n"_s, u"…!?"_s, QString(100'000, u'x'), u"注文はどこですか"_s}) {
        const IntentReading reading = read(text);
        QCOMPARE(reading.intents.size(), size_t(1));
        QVERIFY(reading.intents.front().confidence < 0.85 || reading.intents.front().intent == Intent::Other);
    }
}

void TestIntentReader::takesWhatAStoreTaught() {
    const QString text = u"Where is my order?"_s;
    const double before = read(text).intents.front().confidence;
    const std::vector<LabelledGuess> wrong(50, {Intent::OrderStatus, before, Intent::Complaint});
    const IntentReading after = m_reader->read({}, text, StoreCalibration::fittedTo(wrong));
    QCOMPARE(after.intents.front().intent, Intent::OrderStatus);
    QVERIFY(after.intents.front().confidence < 0.5);
}

// What was predicted at the time does not count: the mail is read again.
void TestIntentReader::learnsFromMailsAStoreLabelled() {
    const QString text = u"Where is my order?"_s;
    LabelledMail mail;
    mail.text = text;
    mail.label.predicted = Intent::Refund;
    mail.label.label = Intent::Complaint;
    (void)read(text);
    const StoreCalibration calibration = learntFrom(*m_reader, std::vector<LabelledMail>(50, mail));
    QVERIFY(m_reader->read({}, text, calibration).intents.front().confidence < 0.5);
    QCOMPARE(calibration.calibrated(Intent::Refund, 0.9), 0.9);
}

// The promise is half a millisecond in an optimised build on a quiet machine; here a wide bound catches a square law.
void TestIntentReader::readsTheLongestMailsQuickly() {
    const QString text = u"Where is my order not received yet, and when will my parcel arrive? "_s.repeated(200);
    (void)read(text);
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < 20; ++i)
        (void)read(text);
    QVERIFY2(timer.elapsed() < test::allowed(3'000), qPrintable(QString::number(timer.elapsed())));
}

QTEST_GUILESS_MAIN(TestIntentReader)
#include "tst_intent_reader.moc"
