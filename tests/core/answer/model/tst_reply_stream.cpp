#include "core/answer/model/reply_stream.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace Qt::StringLiterals;

class ReplyStreamTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsTheReplyWhereverThePiecesEnd_data();
    void readsTheReplyWhereverThePiecesEnd();
    void stopsShowingAnEndlessReply();
    void showsNoHalfOfAnything_data();
    void showsNoHalfOfAnything();
};

void ReplyStreamTest::readsTheReplyWhereverThePiecesEnd_data() {
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("reply");
    QTest::newRow("plain") << uR"({"reply":"Hi"})"_s << u"Hi"_s;
    QTest::newRow("spaces") << u" {\n \"reply\" :\t\"Hi\" }"_s << u"Hi"_s;
    QTest::newRow("escapes") << uR"({"reply":"a\n\"b\"\\\/\tc"})"_s << u"a\n\"b\"\\/\tc"_s;
    QTest::newRow("code points") << uR"({"reply":"Gr\u00fc\u00DFe \ud83d\udce6!"})"_s
                                 << u"Gr\u00fc\u00dfe \U0001F4E6!"_s;
    QTest::newRow("after others") << uR"({"facts":["reply","x"],"n":{"reply":"no"},"reply":"yes"})"_s << u"yes"_s;
    QTest::newRow("as a value") << uR"({"intent":"reply","reason":"x","reply":"yes"})"_s << u"yes"_s;
    QTest::newRow("before others") << uR"({"reply":"yes","reason":"\"reply\":\"no\""})"_s << u"yes"_s;
    QTest::newRow("twice") << uR"({"reply":"first","reply":"second"})"_s << u"first"_s;
    QTest::newRow("brackets inside") << uR"({"reason":"}{][","reply":"{\"reply\":\"x\"}"})"_s << uR"({"reply":"x"})"_s;
    QTest::newRow("a code block") << u"```json\n{\"reply\":\"Hi\"}\n```"_s << u"Hi"_s;
    QTest::newRow("not a text") << uR"({"reply":["Hi"],"x":"y"})"_s << QString();
    QTest::newRow("none") << uR"({"other":"Hi"})"_s << QString();
    QTest::newRow("no JSON") << u"reply: Hi, \"there\""_s << QString();
}

void ReplyStreamTest::readsTheReplyWhereverThePiecesEnd() {
    QFETCH(QString, json);
    QFETCH(QString, reply);
    for (qsizetype size = 1; size <= json.size(); ++size) {
        ReplyStream stream;
        QString before;
        for (qsizetype at = 0; at < json.size(); at += size) {
            stream.feed(json.mid(at, size));
            QVERIFY(stream.replySoFar().startsWith(before)); // it only grows
            before = stream.replySoFar();
        }
        QCOMPARE(stream.replySoFar(), reply);
    }
}

void ReplyStreamTest::stopsShowingAnEndlessReply() {
    ReplyStream stream;
    stream.feed(u"{\"reply\": \""_s);
    for (int i = 0; i < 100; ++i)
        stream.feed(QString(10'000, u'x'));
    QCOMPARE(stream.replySoFar().size(), ReplyStream::kMostShown);
}

void ReplyStreamTest::showsNoHalfOfAnything_data() {
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("shown");
    QTest::newRow("the name") << uR"({"repl)"_s << QString();
    QTest::newRow("before the text") << uR"({"reply": )"_s << QString();
    QTest::newRow("letters") << uR"({"reply":"Hel)"_s << u"Hel"_s;
    QTest::newRow("an escape") << uR"({"reply":"a\)"_s << u"a"_s;
    QTest::newRow("a code point") << uR"({"reply":"a\u00f)"_s << u"a"_s;
    QTest::newRow("half a character") << uR"({"reply":"a\ud83d)"_s << u"a"_s;
    QTest::newRow("another member") << uR"({"reason":"a)"_s << QString();
}

void ReplyStreamTest::showsNoHalfOfAnything() {
    QFETCH(QString, json);
    QFETCH(QString, shown);
    ReplyStream stream;
    stream.feed(json);
    QCOMPARE(stream.replySoFar(), shown);
}

QTEST_GUILESS_MAIN(ReplyStreamTest)
#include "tst_reply_stream.moc"
