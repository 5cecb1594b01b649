#include "core/answer/model/answer_parsing.h"

#include "core/answer/model/answer_schema.h"
#include "tests/core/answer/model/draft_script.h"
#include "tests/support/patience.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class AnswerParsingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void makesADraftOfAnAnswer();
    void carriesTheWishForAPerson();
    void refusesWhatIsNotAsAsked_data();
    void refusesWhatIsNotAsAsked();
    void aWishForAPersonWithoutWordsIsNoDraft();
    void dropsWhatCannotBeSeen();
    void theSchemaAsksForExactlyWhatIsRead();
    void theSchemaHoldsNothingOfACustomer();
};

void AnswerParsingTest::makesADraftOfAnAnswer() {
    const auto draft = parseAnswer(asJson(goodAnswer()), oneOrder());
    QVERIFY2(draft, qPrintable(draft ? QString() : draft.error().detail));
    QCOMPARE(draft->source, AnswerSource::Model);
    QCOMPARE(draft->reply, u"Hi Jane,\n\nOrder #1042 is on its way with USPS."_s);
    QCOMPARE(draft->intent, Intent::OrderStatus);
    QCOMPARE(draft->declaredFacts, (QStringList{u"F2"_s, u"F4"_s}));
    QCOMPARE(draft->cards, QStringList{u"#1042"_s});
    QVERIFY(!draft->needsPerson);
}

void AnswerParsingTest::carriesTheWishForAPerson() {
    QJsonObject answer = goodAnswer();
    answer[u"needs_human"_s] = true;
    answer[u"reason"_s] = u" the date\nis missing "_s;
    const auto draft = parseAnswer(asJson(answer), oneOrder());
    QVERIFY(draft);
    QVERIFY(draft->needsPerson);
    QCOMPARE(draft->reason, u"the date is missing"_s);
}

void AnswerParsingTest::refusesWhatIsNotAsAsked_data() {
    QTest::addColumn<QByteArray>("json");
    const auto with = [](const char* name, const QString& member, const QJsonValue& value) {
        QJsonObject answer = goodAnswer();
        answer[member] = value;
        QTest::newRow(name) << asJson(answer);
    };
    for (const QString& member : goodAnswer().keys()) {
        QJsonObject answer = goodAnswer();
        answer.remove(member);
        QTest::addRow("without %s", qPrintable(member)) << asJson(answer);
        answer[member] = 7;
        QTest::addRow("%s is a number", qPrintable(member)) << asJson(answer);
        answer[member] = QJsonValue::Null;
        QTest::addRow("%s is null", qPrintable(member)) << asJson(answer);
    }
    with("an unknown member", u"auto_send"_s, true);
    with("an empty reply", u"reply"_s, u" \n\t"_s);
    with("a reply of invisible letters", u"reply"_s, QString(QChar(1)));
    with("an endless reply", u"reply"_s, QString(kLongestReply + 1, u'x'));
    with("an endless reason", u"reason"_s, QString(501, u'x'));
    with("a made-up intent", u"intent"_s, u"give_refund"_s);
    with("needs_human as a word", u"needs_human"_s, u"false"_s);
    with("an unknown fact", u"facts"_s, QJsonArray{u"F2"_s, u"F99"_s});
    with("a fact as an object", u"facts"_s, QJsonArray{QJsonObject{{u"id"_s, u"F2"_s}}});
    const auto card = [](const QString& type, const QString& order) {
        return QJsonArray{QJsonObject{{u"type"_s, type}, {u"order"_s, order}}};
    };
    with("another widget", u"widgets"_s, card(u"REFUND_BUTTON"_s, u"#1042"_s));
    with("somebody else's order", u"widgets"_s, card(u"SHOPIFY_ORDER_CARD"_s, u"#1043"_s));
    with("a widget as a text", u"widgets"_s, QJsonArray{u"#1042"_s});
    with("a widget with data", u"widgets"_s,
         QJsonArray{QJsonObject{{u"type"_s, u"SHOPIFY_ORDER_CARD"_s}, {u"order"_s, u"#1042"_s}, {u"total"_s, u"1"_s}}});
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("half") << asJson(goodAnswer()).chopped(1);
    QTest::newRow("two") << asJson(goodAnswer()) + asJson(goodAnswer());
}

void AnswerParsingTest::refusesWhatIsNotAsAsked() {
    QFETCH(QByteArray, json);
    const auto draft = parseAnswer(json, oneOrder());
    QVERIFY(!draft);
    QCOMPARE(draft.error().kind, ErrorKind::Invalid);
    QCOMPARE(draft.error().cause, ErrorCause::AnswerMalformed);
    QVERIFY(!draft.error().detail.contains("#10"_L1));
}

void AnswerParsingTest::aWishForAPersonWithoutWordsIsNoDraft() {
    QJsonObject answer = goodAnswer();
    answer[u"needs_human"_s] = true;
    answer[u"reply"_s] = QString();
    QCOMPARE(parseAnswer(asJson(answer), oneOrder()).error().cause, ErrorCause::ModelDeclined);
}

void AnswerParsingTest::dropsWhatCannotBeSeen() {
    QJsonObject answer = goodAnswer();
    answer[u"reply"_s] = u"Hi\u0007 Jane\u0000,\rbye"_s;
    const auto draft = parseAnswer(asJson(answer), oneOrder());
    QVERIFY(draft);
    QCOMPARE(draft->reply, u"Hi Jane,\nbye"_s);
}

void AnswerParsingTest::theSchemaAsksForExactlyWhatIsRead() {
    const QJsonObject schema = QJsonDocument::fromJson(answerSchema()).object();
    QCOMPARE(schema["properties"_L1].toObject().keys(), goodAnswer().keys());
    QCOMPARE(schema["required"_L1].toArray().size(), goodAnswer().size());
    QCOMPARE(schema["additionalProperties"_L1], QJsonValue(false));
    const QJsonArray words = schema["properties"_L1]["intent"_L1]["enum"_L1].toArray();
    QCOMPARE(words.size(), kIntentCount);
    for (const QJsonValue word : words)
        QVERIFY(intentFromWord(word.toString()));
}

void AnswerParsingTest::theSchemaHoldsNothingOfACustomer() {
    QVERIFY(!answerSchema().contains("1042"));
    QVERIFY(!answerSchema().contains("Jane"));
}

QTEST_GUILESS_MAIN(AnswerParsingTest)
#include "tst_answer_parsing.moc"
