#include "core/domain/mail/quoted_text.h"
#include "tests/support/corpora.h"
#include "tests/support/patience.h"
#include "tests/support/time_allowance.h"

#include <QDir>
#include <QFile>

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

QString fileText(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) qFatal("cannot read %s", qPrintable(path));
    return QString::fromUtf8(file.readAll()).replace(u"\r\n"_s, u"\n"_s);
}

// What both sides may differ in without meaning: blanks at line ends, runs of empty lines.
QString normalised(const QString& text) {
    QStringList lines;
    for (const QString& line : text.trimmed().split(u'\n')) {
        QString clean = line;
        while (!clean.isEmpty() && clean.back().isSpace())
            clean.chop(1);
        if (!clean.isEmpty() || (!lines.isEmpty() && !lines.last().isEmpty())) lines << clean;
    }
    return lines.join(u'\n');
}

QString said(const QString& text) {
    return unfoldedText(text, foldedRanges(text));
}

} // namespace

class TestQuotedText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void foldsInManyLanguages_data();
    void foldsInManyLanguages();
    void keepsWhatIsSaid_data();
    void keepsWhatIsSaid();
    void rangesAreAscendingAndInside_data();
    void rangesAreAscendingAndInside();
    void tellsSignaturesFromQuotations();
    void agreesWithTheReplyTrimmerCorpus();
    void agreesWithTheReplyParserCorpus();
    void staysLinearOnHostileText();
};

void TestQuotedText::foldsInManyLanguages_data() {
    QTest::addColumn<QString>("mark");
    const QStringList marks{
        u"On Mon, Feb 2, 2026 at 10:00 AM Shop <help@shop.example> wrote:"_s,
        u"On Mon, Feb 2, 2026 at 10:00 AM Shop\n<help@shop.example>\nwrote:"_s,
        u"Am 02.02.2026 um 10:00 schrieb Shop <help@shop.example>:"_s,
        u"Am Mo., 2. Feb. 2026 um 10:00 Uhr schrieb Shop <\nhelp@shop.example>:"_s,
        u"Le lun. 2 févr. 2026 à 10:00, Shop <help@shop.example> a écrit :"_s,
        u"El lun, 2 feb 2026 a las 10:00, Shop (<help@shop.example>) escribió:"_s,
        u"Il giorno lun 2 feb 2026 alle ore 10:00 Shop <help@shop.example> ha scritto:"_s,
        u"Em seg., 2 de fev. de 2026 às 10:00, Shop <help@shop.example> escreveu:"_s,
        u"Op ma 2 feb 2026 om 10:00 schreef Shop <help@shop.example>:"_s,
        u"Den mån 2 feb. 2026 kl 10:00 skrev Shop <help@shop.example>:"_s,
        u"pon., 2 lut 2026 o 10:00 Shop <help@shop.example> napisał(a):"_s,
        u"пн, 2 февр. 2026 г. в 10:00, Shop <help@shop.example>:\nпн, 2 февр. 2026 г. в 10:00 Shop написал:"_s,
        u"2026年2月2日(月) 10:00 Shop <help@shop.example>のメール:"_s,
        u"在 2026年2月2日，上午10:00，Shop <help@shop.example> 写道："_s,
        u"-----Original Message-----"_s,
        u"-----Ursprüngliche Nachricht-----\nVon: Shop <help@shop.example>\nGesendet: Montag"_s,
        u"-------- Message d'origine --------"_s,
        u"From: Shop <help@shop.example>\nSent: Monday, February 2, 2026 10:00\nTo: Ann\nSubject: Lamp"_s,
        u"Von: Shop <help@shop.example>\nGesendet: Montag, 2. Februar 2026\nAn: Ann\nBetreff: Lampe"_s,
        u"________________________________\nDe : Shop <help@shop.example>\nEnvoyé : lundi\nÀ : Ann\nObjet : Lampe"_s,
        u"差出人: Shop\n送信日時: 2026年2月2日\n宛先: Ann\n件名: ランプ"_s,
        u"Begin forwarded message:"_s,
    };
    for (const QString& mark : marks)
        QTest::newRow(qPrintable(mark.left(40).simplified())) << mark;
}

void TestQuotedText::foldsInManyLanguages() {
    QFETCH(QString, mark);
    QCOMPARE(said(u"My lamp is broken.\n\nAnn\n\n"_s + mark + u"\n\nWe are sorry to hear that.\nThe shop\n"_s),
             u"My lamp is broken.\n\nAnn"_s);
    QCOMPARE(said(u"My lamp is broken.\n"_s + mark + u"\n> We are sorry\n>\n> The shop\n"_s), u"My lamp is broken."_s);
}

void TestQuotedText::keepsWhatIsSaid_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const auto whole = [](const char* name, const QString& text) { QTest::newRow(name) << text << text.trimmed(); };
    whole("plain", u"Where is my order #1042?\nThanks, Ann"_s);
    whole("only a quotation", u"> All of this\n> is quoted"_s);
    whole("only an attribution", u"On Mon, Feb 2, 2026 at 10:00 AM Shop <help@shop.example> wrote:"_s);
    whole("prose with wrote", u"On Monday I wrote something:\nnobody answered."_s);
    whole("prose with a time", u"I waited from 10:00 on:\nnothing came."_s);
    whole("a list of dashes", u"I want\n- a lamp\n- a table\n-- and chairs"_s);
    whole("answers between", u"> Which colour?\nRed.\n> Which size?\nLarge."_s);
    whole("a form", u"Name: Ann\nEmail: ann@x.example\nMessage: hello"_s);
    whole("prose about a phone", u"Text\nSent from my old address, which I left when I bought a phone"_s);
    whole("a rule in the middle", u"First part\n-----\n"_s + u"line\n"_s.repeated(40) + u"Second part?"_s);
    QTest::newRow("answer below")
        << u"On 2 Feb 2026 at 10:00, Shop <h@s.example> wrote:\n> Which one?\n\nThe red one."_s << u"The red one."_s;
    QTest::newRow("signature") << u"Hello\n\n-- \nAnn Example\nExample Ltd"_s << u"Hello"_s;
    QTest::newRow("device") << u"Hello\n\nSent from my iPhone"_s << u"Hello"_s;
    QTest::newRow("device, German") << u"Hallo\n\nVon meinem iPhone gesendet"_s << u"Hallo"_s;
    QTest::newRow("device, French") << u"Bonjour\n\nEnvoyé de mon iPhone"_s << u"Bonjour"_s;
    QTest::newRow("device, Japanese") << u"こんにちは\n\niPhoneから送信"_s << u"こんにちは"_s;
    QTest::newRow("device, Spanish") << u"Hola\n\nEnviado desde mi iPhone"_s << u"Hola"_s;
    QTest::newRow("forward only")
        << u"---------- Forwarded message ---------\nFrom: A <a@b.c>\nDate: Mon\nSubject: s\nTo: x\n\nLook at this"_s
        << u"Look at this"_s;
}

void TestQuotedText::keepsWhatIsSaid() {
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(said(text), expected);
}

void TestQuotedText::rangesAreAscendingAndInside_data() {
    QTest::addColumn<QString>("text");
    for (const QString& text : {QString(), u"\n"_s, u"\n\n\n"_s, u"x"_s, u"> a\n\nb\n> c"_s, u"--"_s, u"a\n--\n"_s,
                                u"a\n\n> b\n\n-- \nc\n\nOn 1 Jan 2026 10:00 x@y.zz wrote:\n> d\n"_s})
        QTest::newRow(qPrintable(QString(text).replace(u'\n', u'|') + u'.')) << text;
}

void TestQuotedText::rangesAreAscendingAndInside() {
    QFETCH(QString, text);
    int next = 0;
    for (const FoldedRange& range : foldedRanges(text)) {
        QVERIFY(range.firstLine >= next);
        QVERIFY(range.lineCount > 0);
        next = range.firstLine + range.lineCount;
    }
    QVERIFY(next <= text.count(u'\n') + 1);
}

void TestQuotedText::tellsSignaturesFromQuotations() {
    const QString text =
        u"Hello\n\n-- \nAnn\n+49 170 1234567\n\nOn 2 Feb 2026 at 10:00, Shop <h@s.ex> wrote:\n> Hi\n"_s;
    const std::vector<FoldedRange> folded = foldedRanges(text);
    QCOMPARE(folded, (std::vector<FoldedRange>{{2, 3, true}, {6, 3, false}}));
    QVERIFY(signatureText(text, folded).contains(u"+49 170"_s));
}

void TestQuotedText::agreesWithTheReplyTrimmerCorpus() {
    const QString root = test::corpus(u"mail/email_reply_trimmer/test"_s);
    if (root.isEmpty()) QSKIP("corpora absent");
    int cases = 0;
    QStringList different;
    for (const QString& name : QDir(root + u"/emails"_s).entryList(QDir::Files, QDir::Name)) {
        ++cases;
        const QString ours = normalised(said(fileText(root + u"/emails/"_s + name)));
        if (ours != normalised(fileText(root + u"/trimmed/"_s + name))) different << name;
    }
    const double rate = 100.0 * (cases - static_cast<int>(different.size())) / cases;
    qInfo("%d of %d trimmed bodies agree exactly (%.1f %%); different: %s", cases - static_cast<int>(different.size()),
          cases, rate, qPrintable(different.join(u' ')));
    QVERIFY(cases >= 60);
    QVERIFY2(rate >= 85.0, "fewer than 85 % of the expected bodies");
}

void TestQuotedText::agreesWithTheReplyParserCorpus() {
    const QString root = test::corpus(u"mail/email_reply_parser/test/emails"_s);
    if (root.isEmpty()) QSKIP("corpora absent");
    // What that project's own tests expect to stay visible, by the first and last words of it.
    struct Expected {
        const char* file;
        const char* starts;
        const char* ends;
        const char* without;
    };
    static constexpr Expected table[] = {
        {"email_1_1.txt", "Hi folks", "", "riak-users mailing list"},
        {"email_1_2.txt", "Hi,", "", "Abhishek Kona"},
        {"email_1_3.txt", "Oh thanks.", "", "On 01/03/11"},
        {"email_1_4.txt", "Awesome!", "", "defunkt"},
        {"email_1_5.txt", "One:", "", "Sent from my iPhone"},
        {"email_1_6.txt", "I get proper rendering", "", "Sent from a magnificent"},
        {"email_2_1.txt", "Outlook with a reply", "Outlook with a reply", "Google Apps Sync Team"},
        {"email_BlackBerry.txt", "Here is another email", "", "Sent from my BlackBerry"},
        {"email_iPhone.txt", "Here is another email", "", "Sent from my iPhone"},
        {"email_multi_word_sent_from_my_mobile_device.txt", "Here is another email", "", "Sent from my Verizon"},
        {"email_sent_from_my_not_signature.txt", "Here is another email", "", ""},
        {"correct_sig.txt", "this is an email with a correct -- signature.", "signature.", "rick"},
        {"greedy_on.txt", "On your remote host", "", "On 9 Jan 2014"},
        {"pathological.txt", "I think you're onto something.", "", ""},
    };
    int agree = 0;
    int cases = 0;
    for (const Expected& expected : table) {
        ++cases;
        const QString ours = said(fileText(root + u'/' + QString::fromLatin1(expected.file)));
        const bool without = !*expected.without || !ours.contains(QString::fromLatin1(expected.without));
        const bool ok = ours.startsWith(QString::fromLatin1(expected.starts)) &&
                        ours.endsWith(QString::fromLatin1(expected.ends)) && without;
        if (!ok) qInfo("%s: %s", expected.file, qPrintable(ours.left(300)));
        agree += ok ? 1 : 0;
    }
    qInfo("%d of %d bodies agree", agree, cases);
    QVERIFY(agree * 100 >= cases * 85);
}

void TestQuotedText::staysLinearOnHostileText() {
    QElapsedTimer timer;
    timer.start();
    int cases = 0;
    for (const QString& unit : {u">"_s, u"> \n"_s, u"On 10:00 2026 a@b.cc "_s, u"On 10:00 2026 a@b.cc\n"_s,
                                u"From: \n"_s, u"From: To: Subject: \n"_s, u"-- \n"_s, u"-"_s, u"----- Original "_s,
                                u"Sent from my "_s, u"wrote:\n"_s, u"```\n"_s, u"\n"_s, u"1:11 "_s}) {
        foldedRanges(unit.repeated(300'000 / unit.size()));
        ++cases;
    }
    qInfo("%d hostile texts of 300,000 characters in %lld ms", cases, timer.elapsed());
    QVERIFY(timer.elapsed() < test::allowed(10'000));
}

QTEST_GUILESS_MAIN(TestQuotedText)
#include "tst_quoted_text.moc"
