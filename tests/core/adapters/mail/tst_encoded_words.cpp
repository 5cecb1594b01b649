#include "core/adapters/mail/mime/encoded_words.h"
#include "core/adapters/mail/mime/mail_decoder.h"
#include "tests/support/patience.h"
#include "tests/support/time_allowance.h"

#include <QElapsedTimer>
#include <QRandomGenerator>

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

MessageRecord mailWith(const QByteArray& headers) {
    const auto record = decodeMail(headers + "\r\n\r\nText\r\n", UtcTime(1'600'000'000'000));
    return record ? *record : MessageRecord();
}

QByteArray base64Word(const QString& text) {
    return "=?UTF-8?B?" + text.toUtf8().toBase64() + "?=";
}

} // namespace

class TestEncodedWords : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsWhatFollowsAPaddedWord_data();
    void keepsWhatFollowsAPaddedWord();
    void keepsNamesWhole();
    void leavesOtherHeadersAlone_data();
    void leavesOtherHeadersAlone();
    void joinsAnyCut();
    void staysLinear();
};

void TestEncodedWords::keepsWhatFollowsAPaddedWord_data() {
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<QString>("subject");
    const auto row = [](const char* name, const QByteArray& words, const QString& subject) {
        QTest::newRow(name) << words << subject;
    };
    row("one pad", base64Word(u"ab"_s) + ' ' + base64Word(u"ß?"_s), u"abß?"_s);
    row("two pads", base64Word(u"a"_s) + "\r\n " + base64Word(u"文"_s) + "\r\n\t" + base64Word(u"b"_s), u"a文b"_s);
    row("between words", "Re: " + base64Word(u"ab"_s) + ' ' + base64Word(u"cd"_s) + " end", u"Re: abcd end"_s);
    row("lower case", "=?utf-8?b?YWI=?= =?utf-8?b?Y2Q=?=", u"abcd"_s);
    row("latin", "=?iso-8859-1?B?R3L8?= =?iso-8859-1?B?3w==?= =?iso-8859-1?B?ZQ==?=", u"Grüße"_s);
    row("a character in two words", "=?UTF-8?B?YcM=?= =?UTF-8?B?n2I=?=", u"aßb"_s);
    row("japanese", "=?ISO-2022-JP?B?GyRCRnwbKEI=?= =?ISO-2022-JP?B?GyRCS1wbKEI=?=", u"日本"_s);
    row("signs that mean something in Q", base64Word(u"_?"_s) + ' ' + base64Word(u"=_ "_s) + " x", u"_?=_ x"_s);
    row("no pad", base64Word(u"abc"_s) + ' ' + base64Word(u"def"_s), u"abcdef"_s);
}

void TestEncodedWords::keepsWhatFollowsAPaddedWord() {
    QFETCH(QByteArray, words);
    QTEST(mailWith("Subject: " + words).subject.simplified(), "subject");
}

void TestEncodedWords::keepsNamesWhole() {
    const QByteArray name = base64Word(u"Jürg"_s) + "\r\n " + base64Word(u"en Ä"_s);
    const MessageRecord mail = mailWith("From: " + name + " <a@x.example>\r\nTo: " + name +
                                        " <b@x.example>,\r\n plain@x.example\r\nReply-To: " + name + " <c@x.example>");
    QCOMPARE(mail.from, (MailAddress{u"Jürgen Ä"_s, u"a@x.example"_s}));
    QCOMPARE(mail.to, (QList<MailAddress>{{u"Jürgen Ä"_s, u"b@x.example"_s}, {{}, u"plain@x.example"_s}}));
    QCOMPARE(mail.replyTo.first().name, u"Jürgen Ä"_s);
    // What is decoded can still not become an address or a line of its own.
    const QByteArray evil = base64Word(u"a"_s) + ' ' + base64Word(u"\" <evil@x.example>,\r\nBcc: x"_s);
    const MessageRecord trap = mailWith("From: " + evil + " <a@x.example>");
    QCOMPARE(trap.from.email, u"a@x.example"_s);
    QVERIFY(!trap.from.name.contains(u'\n'));
}

void TestEncodedWords::leavesOtherHeadersAlone_data() {
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("plain") << QByteArray("Hello =?= there");
    QTest::newRow("one word") << base64Word(u"ab"_s);
    QTest::newRow("text between") << base64Word(u"ab"_s) + " and " + base64Word(u"ab"_s);
    QTest::newRow("quoted words") << QByteArray("=?UTF-8?Q?a=3D?= =?UTF-8?Q?b?=");
    QTest::newRow("raw bytes") << QByteArray("\xff\xfe =?=");
}

void TestEncodedWords::leavesOtherHeadersAlone() {
    QFETCH(QByteArray, header);
    QCOMPARE(joinableWords(header), header);
}

void TestEncodedWords::joinsAnyCut() {
    QRandomGenerator random(3);
    const QString letters = u"ab cß文🙂_=?"_s;
    constexpr int runs = 2'000;
    for (int run = 0; run < runs; ++run) {
        QString text = u"x"_s;
        QByteArray words;
        for (int word = random.bounded(1, 6); word > 0; --word) {
            QString piece;
            for (int i = random.bounded(1, 12); i > 0; --i)
                piece += letters.at(random.bounded(letters.size()));
            piece = QString::fromUtf8(piece.toUtf8());
            text += piece;
            words += "\r\n " + base64Word(piece);
        }
        const QString seen = mailWith("Subject: " + base64Word(u"x"_s) + words).subject;
        QCOMPARE(seen, text.simplified());
    }
    qInfo("%d subjects", runs);
}

void TestEncodedWords::staysLinear() {
    QElapsedTimer taken;
    taken.start();
    for (const QByteArray& piece :
         QByteArrayList{"=?UTF-8?B?YWI=?= ", "=?UTF-8?B?", "=?= =?", "?B?AAAA", "?B?A=?=     ", "=?UTF-8?B?YWI=?=\t"})
        QVERIFY(!joinableWords(piece.repeated(800'000 / piece.size())).isEmpty());
    QVERIFY2(taken.elapsed() < test::allowed(3'000), qPrintable(u"%1 ms"_s.arg(taken.elapsed())));
    qInfo("%lld ms", taken.elapsed());
}

QTEST_GUILESS_MAIN(TestEncodedWords)
#include "tst_encoded_words.moc"
