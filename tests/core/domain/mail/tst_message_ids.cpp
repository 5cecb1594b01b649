#include "core/domain/mail/flowed_text.h"
#include "core/domain/mail/message_ids.h"
#include "core/domain/mail/wire_address.h"
#include "tests/support/patience.h"

#include <QRandomGenerator>
#include <QRegularExpression>

using namespace aiva;
using namespace Qt::StringLiterals;

class TestMessageIds : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void carriesTheTokenOfTheConversation();
    void readsNoTokenWhereNoneOfOursStands_data();
    void readsNoTokenWhereNoneOfOursStands();
    void writesAddressesForTheWire_data();
    void writesAddressesForTheWire();
    void wrapsAsFlowedReadersExpect_data();
    void wrapsAsFlowedReadersExpect();
    void unwrapsWhatItWrapped();
};

void TestMessageIds::carriesTheTokenOfTheConversation() {
    const QString token = newConversationToken(QByteArray(16, '\x5a'));
    QCOMPARE(token, u"ljnfuws2ljnfuws2ljnfuws2li"_s);
    const QString id = newMessageId(QByteArray(16, '\xff'), token, u"support@Größe.example"_s);
    QCOMPARE(id, u"77777777777777777777777774."_s + token + u"@xn--gre-6ka8i.example"_s);
    QCOMPARE(conversationTokenIn(id), token);
    QCOMPARE(conversationTokenIn(u'<' + id.toUpper() + u'>'), token);
    QCOMPARE(newMessageId(QByteArray(16, '\0'), token, u"not an address"_s).section(u'@', 1), u"mail.invalid"_s);
}

void TestMessageIds::readsNoTokenWhereNoneOfOursStands_data() {
    QTest::addColumn<QString>("id");
    const QString token = newConversationToken(QByteArray(16, 'x'));
    QTest::newRow("empty") << QString();
    QTest::newRow("no at") << token + u'.' + token;
    QTest::newRow("one half") << token + u"@shop.example"_s;
    QTest::newRow("half too short") << token.chopped(1) + u'.' + token + u"@shop.example"_s;
    QTest::newRow("token too long") << token + u'.' + token + u"a@shop.example"_s;
    QTest::newRow("a letter of no base32") << token + u'.' + token.chopped(1) + u"1@shop.example"_s;
    QTest::newRow("another program's") << u"CAF1234+x=abc@mail.gmail.com"_s;
}

void TestMessageIds::readsNoTokenWhereNoneOfOursStands() {
    QFETCH(QString, id);
    QCOMPARE(conversationTokenIn(id), QString());
}

void TestMessageIds::writesAddressesForTheWire_data() {
    QTest::addColumn<QString>("written");
    QTest::addColumn<QString>("wire");
    const auto row = [](const QString& written, const QString& wire) {
        QTest::newRow(qPrintable(written.left(60))) << written << wire;
    };
    row(u" ann@shop.example "_s, u"ann@shop.example"_s);
    row(u"a+b=c!#$%&'*/?^_`{|}~.d@x.example"_s, u"a+b=c!#$%&'*/?^_`{|}~.d@x.example"_s);
    row(u"ann@münchen.example"_s, u"ann@xn--mnchen-3ya.example"_s);
    row(u"jürgen@x.example"_s, u"jürgen@x.example"_s);
    row(u"\"a b@c\\\"d\"@x.example"_s, u"\"a b@c\\\"d\"@x.example"_s);
    row(u"odd..dots.@docomo.example"_s, u"odd..dots.@docomo.example"_s);
    for (const QString& bad : {u""_s,
                               u"ann"_s,
                               u"@x.example"_s,
                               u"ann@"_s,
                               u"a b@x.example"_s,
                               u"ann@x.example\r\nBcc: b@x.example"_s,
                               u"ann\r\n@x.example"_s,
                               u"ann@x..example"_s,
                               u"ann@-x.example"_s,
                               u"<ann@x.example>"_s,
                               u"ann,b@x.example"_s,
                               u"ann@x.example> SIZE=1"_s,
                               u"a\"b@x.example"_s,
                               u"\"a\rb\"@x.example"_s,
                               u"\"a\\\"@x.example"_s,
                               u"ann\u2028@x.example"_s,
                               u"ann\u202e@x.example"_s,
                               u"ann@[127.0.0.1]"_s,
                               u"ann;b@x.example"_s,
                               QString(65, u'a') + u"@x.example"_s,
                               u"a@"_s + QString(64, u'x') + u".example"_s,
                               u"a@"_s + QStringList(90, u"xx"_s).join(u'.'),
                               u"ann@x example"_s,
                               u"ann("_s + u"c)@x.example"_s,
                               u"a\0b@x.example"_s})
        row(bad, {});
}

void TestMessageIds::writesAddressesForTheWire() {
    QFETCH(QString, written);
    QTEST(wireAddress(written), "wire");
}

void TestMessageIds::wrapsAsFlowedReadersExpect_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("flowed");
    const QString ten = u"123456789 "_s;
    QTest::newRow("short") << u"Hello"_s << u"Hello"_s;
    QTest::newRow("blanks at the end") << u"Hello  \nyou"_s << u"Hello\nyou"_s;
    QTest::newRow("wrapped") << ten.repeated(9).chopped(1) << ten.repeated(7) + u'\n' + ten.repeated(2).chopped(1);
    QTest::newRow("long word") << u"x "_s + QString(200, u'y') + u" z"_s << u"x \n"_s + QString(200, u'y') + u" \nz"_s;
    QTest::newRow("stuffed") << u" a\nFrom b\nFroma"_s << u"  a\n From b\nFroma"_s;
    QTest::newRow("signature") << u"Hi\n-- \nAnn"_s << u"Hi\n-- \nAnn"_s;
    QTest::newRow("no signature by accident") << u"-- "_s + QString(80, u'y') << u"-- "_s + QString(80, u'y');
    QTest::newRow("quote") << u"> "_s + ten.repeated(9).chopped(1)
                           << u"> "_s + ten.repeated(7) + u"\n> "_s + ten.repeated(2).chopped(1);
    QTest::newRow("quote mark at a break")
        << ten.repeated(7) + u"123 > 5 is wrong"_s << ten.repeated(7) + u"123 \n > 5 is wrong"_s;
    QTest::newRow("empty quote") << u">\n> a"_s << u">\n> a"_s;
}

void TestMessageIds::wrapsAsFlowedReadersExpect() {
    QFETCH(QString, text);
    QTEST(wrapFlowed(text), "flowed");
}

void TestMessageIds::unwrapsWhatItWrapped() {
    static const QRegularExpression trailing(u" +$"_s, QRegularExpression::MultilineOption);
    QRandomGenerator random(7);
    const QString alphabet = u"aé文 >-F "_s;
    int cases = 0;
    for (; cases < 3'000; ++cases) {
        QString text;
        for (int line = 0; line < 4; ++line) {
            if (line > 0) text += u'\n';
            const QString word = line % 2 == 0 ? u"From -- word "_s : u"xy "_s;
            for (int i = random.bounded(40); i > 0; --i)
                text += random.bounded(4) == 0 ? word : QString(alphabet.at(random.bounded(alphabet.size())));
        }
        // What the format cannot carry: blanks at the ends, and no blank or two behind the quote marks.
        static const QRegularExpression marks(u"^(>+) ?"_s, QRegularExpression::MultilineOption);
        QString expected = text;
        expected.replace(trailing, QString()).replace(marks, u"\\1 "_s).replace(trailing, QString());
        QString seen = unwrapFlowed(wrapFlowed(text), FlowedSpace::Keep);
        seen.replace(trailing, QString());
        QCOMPARE(seen, expected);
        for (const QString& line : wrapFlowed(text).split(u'\n'))
            QVERIFY2(line.size() <= 78 || !line.trimmed().contains(u' '), qPrintable(line));
    }
    qInfo("%d texts", cases);
}

QTEST_GUILESS_MAIN(TestMessageIds)
#include "tst_message_ids.moc"
