#include "core/adapters/mail/mime/attachment_name.h"
#include "core/adapters/mail/mime/mail_charset.h"
#include "core/adapters/mail/mime/mail_decoder.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

MessageRecord decoded(const QByteArray& raw) {
    auto record = decodeMail(raw, UtcTime(1'600'000'000'000));
    if (!record) qFatal("refused: %s", qPrintable(record.error().detail));
    return *std::move(record);
}

QByteArray textMail(const QByteArray& contentHeaders, const QByteArray& body) {
    return "From: a@b.example\nMessage-ID: <1@x>\n" + contentHeaders + "\n\n" + body;
}

// Parts separated by the boundary "b".
QByteArray multipart(const QByteArray& subtype, const QList<QByteArray>& parts) {
    QByteArray raw = "From: a@b.example\nMessage-ID: <1@x>\nMIME-Version: 1.0\nContent-Type: multipart/" + subtype +
                     "; boundary=\"b\"\n\npreamble\n";
    for (const QByteArray& part : parts)
        raw += "--b\n" + part + '\n';
    return raw + "--b--\n";
}

} // namespace

class TestMailDecoder : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsHeaders();
    void readsAddressesOfAnyShape_data();
    void readsAddressesOfAnyShape();
    void readsIds_data();
    void readsIds();
    void capsReferences();
    void datesMail_data();
    void datesMail();
    void recognisesAutomatedMail_data();
    void recognisesAutomatedMail();
    void decodesCharsets_data();
    void decodesCharsets();
    void unwrapsFlowed();
    void prefersPlainText();
    void makesTextOfHtml();
    void joinsInlineTexts();
    void keepsRelatedPicturesInline();
    void readsDeliveryReports();
    void attachesWhatIsNotText();
    void namesAttachmentsSafely_data();
    void namesAttachmentsSafely();
    void decodesAttachmentNames_data();
    void decodesAttachmentNames();
    void cutsLongTextAndKeepsTheRest();
    void survivesWithoutHeaders();
    void sameBytesSameSyntheticId();
    void controlCharactersNeverReachALine();
};

void TestMailDecoder::readsHeaders() {
    const MessageRecord mail = decoded("From: =?utf-8?q?Ann_M=C3=BCller?= <Ann@X.example>\r\n"
                                       "To: \"Shop, the\" <help@shop.example>, other@shop.example\r\n"
                                       "Cc: c@x.example\r\nReply-To: reply@x.example\r\n"
                                       "Message-ID: <1@x>\r\nIn-Reply-To: <0@x>\r\n"
                                       "References: <a@x>\r\n <b@x>\r\n"
                                       "Date: Fri, 20 Feb 2026 15:02:03 +0100\r\n"
                                       "Subject: =?iso-8859-1?Q?Gr=FC=DFe?=\r\n =?utf-8?b?IOKCrA==?=\r\n\r\nHello\r\n");
    QCOMPARE(mail.from, (MailAddress{u"Ann Müller"_s, u"Ann@X.example"_s}));
    QCOMPARE(mail.to, (QList<MailAddress>{{u"Shop, the"_s, u"help@shop.example"_s}, {{}, u"other@shop.example"_s}}));
    QCOMPARE(mail.cc.size(), 1);
    QCOMPARE(mail.replyTo.first().email, u"reply@x.example"_s);
    QCOMPARE(mail.messageId, u"1@x"_s);
    QCOMPARE(mail.inReplyTo, u"0@x"_s);
    QCOMPARE(mail.references, (QStringList{u"a@x"_s, u"b@x"_s}));
    QCOMPARE(mail.date.isoText(), u"2026-02-20T14:02:03Z"_s);
    QCOMPARE(mail.subject, u"Grüße €"_s);
    QCOMPARE(mail.text, u"Hello\n"_s);
    QVERIFY(mail.safeHtml.isEmpty() && mail.attachments.empty() && mail.warnings.isEmpty() && !mail.isAutomated);
    QVERIFY(mail.rawSize > 300);
}

void TestMailDecoder::readsAddressesOfAnyShape_data() {
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("email");
    const auto row = [](const char* header, const QString& name, const QString& email) {
        QTest::newRow(header) << QByteArray(header) << name << email;
    };
    row("ann@x.example", {}, u"ann@x.example"_s);
    row("<ann@x.example>", {}, u"ann@x.example"_s);
    row("ann@x.example (Ann)", u"Ann"_s, u"ann@x.example"_s);
    row("\"Ann \\\"A\\\" B\" <ann@x.example>", u"Ann \"A\" B"_s, u"ann@x.example"_s);
    row("Group: ann@x.example, bob@x.example;", {}, u"ann@x.example"_s);
    row("undisclosed-recipients:;", {}, {});
    row("=?utf-8?B?QW5uIOKCrA==?= <ann@x.example>", u"Ann €"_s, u"ann@x.example"_s);
    row("Ann M\xFCller <ann@x.example>", u"Ann Müller"_s, u"ann@x.example"_s);
    row("Ann M\xC3\xBCller <ann@x.example>", u"Ann Müller"_s, u"ann@x.example"_s);
    row("=?utf-8?Q?support=40bank=2Eexample?= <eve@evil.example>", u"support@bank.example"_s, u"eve@evil.example"_s);
    row("", {}, {});
}

void TestMailDecoder::readsAddressesOfAnyShape() {
    QFETCH(QByteArray, header);
    QFETCH(QString, name);
    QFETCH(QString, email);
    const MessageRecord mail = decoded("Message-ID: <1@x>\nFrom: " + header + "\n\nx");
    QCOMPARE(mail.from.email, email);
    QCOMPARE(mail.from.name, name);
}

void TestMailDecoder::readsIds_data() {
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QString>("parent");
    QTest::newRow("plain") << QByteArray("<a@x>") << u"a@x"_s;
    QTest::newRow("words around") << QByteArray("Your message of Monday <a@x> (was: b)") << u"a@x"_s;
    QTest::newRow("bare") << QByteArray("a@x") << u"a@x"_s;
    QTest::newRow("words only") << QByteArray("your message of yesterday") << QString();
    QTest::newRow("doubled brackets") << QByteArray("<<a@x>>") << u"a@x"_s;
    QTest::newRow("unclosed") << QByteArray("<a@x") << QString();
    QTest::newRow("folded inside") << QByteArray("<a\n @x>") << u"a@x"_s;
    QTest::newRow("two") << QByteArray("<a@x> <b@x>") << u"a@x"_s;
}

void TestMailDecoder::readsIds() {
    QFETCH(QByteArray, header);
    QTEST(decoded("Message-ID: <1@x>\nIn-Reply-To: " + header + "\n\nx").inReplyTo, "parent");
}

void TestMailDecoder::capsReferences() {
    QByteArray header;
    for (int i = 0; i < 5000; ++i)
        header += "<" + QByteArray::number(i) + "@x>\n ";
    const QStringList references = decoded("Message-ID: <1@x>\nReferences: " + header + "<last@x>\n\nx").references;
    QCOMPARE(references.size(), 100);
    QCOMPARE(references.first(), u"0@x"_s);
    QCOMPARE(references.last(), u"last@x"_s);
}

void TestMailDecoder::datesMail_data() {
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QString>("time");
    const QByteArray received = "Received: from x by y; Fri, 20 Feb 2026 10:00:00 +0000\n";
    QTest::newRow("date") << QByteArray("Date: Fri, 20 Feb 2026 09:00:00 -0500\n") << u"2026-02-20T14:00:00Z"_s;
    QTest::newRow("none") << QByteArray() << u"2020-09-13T12:26:40Z"_s;
    QTest::newRow("received") << received << u"2026-02-20T10:00:00Z"_s;
    QTest::newRow("nonsense") << QByteArray("Date: soon\n" + received) << u"2026-02-20T10:00:00Z"_s;
    QTest::newRow("from the future") << QByteArray("Date: Fri, 20 Feb 2099 09:00:00 +0000\n" + received)
                                     << u"2026-02-20T10:00:00Z"_s;
    QTest::newRow("two-digit year") << QByteArray("Date: 20 Feb 26 09:00:00 GMT\n") << u"2026-02-20T09:00:00Z"_s;
}

void TestMailDecoder::datesMail() {
    QFETCH(QByteArray, headers);
    QTEST(decoded("Message-ID: <1@x>\n" + headers + "\nx").date.isoText(), "time");
}

void TestMailDecoder::recognisesAutomatedMail_data() {
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<bool>("automated");
    const auto row = [](const char* header, bool automated) {
        QTest::newRow(header) << QByteArray(header) << automated;
    };
    row("Auto-Submitted: auto-replied", true);
    row("Auto-Submitted: no", false);
    row("Precedence: bulk", true);
    row("Precedence: first-class", false);
    row("List-Id: <news.shop.example>", true);
    row("List-Unsubscribe: <https://x.example>", true);
    row("Return-Path: <>", true);
    row("Return-Path: <ann@x.example>", false);
    row("Content-Type: multipart/report; report-type=delivery-status; boundary=x", true);
    row("X-Mailer: Mutt", false);
}

void TestMailDecoder::recognisesAutomatedMail() {
    QFETCH(QByteArray, header);
    QTEST(decoded("Message-ID: <1@x>\n" + header + "\n\nx").isAutomated, "automated");
}

void TestMailDecoder::decodesCharsets_data() {
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("text");
    const auto row = [](const char* name, const QByteArray& charset, const QByteArray& body, const QString& text) {
        QTest::newRow(name) << QByteArray("Content-Type: text/plain; charset=" + charset) << body << text;
    };
    row("utf-8", "utf-8", "gr\xC3\xBC\xC3\x9F", u"grüß"_s);
    row("latin 1 is windows-1252", "iso-8859-1", "\x93gr\xFC\xDF\x94 \x80", u"“grüß” €"_s);
    row("iso-8859-15", "iso-8859-15", "\xA4", u"€"_s);
    row("koi8-r", "koi8-r", "\xD0\xD2\xC9\xD7\xC5\xD4", u"привет"_s);
    row("shift_jis", "Shift_JIS", "\x83\x89\x83\x93\x83\x76", u"ランプ"_s);
    row("iso-2022-jp", "iso-2022-jp", "\x1B$B%i%s%W\x1B(B", u"ランプ"_s);
    row("gb2312", "gb2312", "\xC4\xE3\xBA\xC3", u"你好"_s);
    row("a lie: utf-8 called ascii", "us-ascii", "gr\xC3\xBC\xC3\x9F", u"grüß"_s);
    row("a lie: latin 1 called utf-8", "utf-8", "gr\xFC\xDF", u"grüß"_s);
    row("broken utf-8", "utf-8", "gr\xC3\xBC\xC3", u"grü\uFFFD"_s);
    row("unknown charset", "x-klingon", "gr\xC3\xBC", u"grü"_s);
    row("unknown charset, 8 bit", "x-klingon", "gr\xFC", u"grü"_s);
    row("windows-1251", "\"windows-1251\"", "\xEF\xF0\xE8\xE2\xE5\xF2", u"привет"_s);
    row("truncated multi-byte", "Shift_JIS", "\x83\x89\x83", u"ラ\uFFFD"_s);
    row("nul bytes", "utf-8", QByteArray("a\0b", 3), u"a\uFFFDb"_s);
    QTest::newRow("no charset, utf-8") << QByteArray("X: y") << QByteArray("gr\xC3\xBC") << u"grü"_s;
    QTest::newRow("no charset, 8 bit") << QByteArray("X: y") << QByteArray("gr\xFC") << u"grü"_s;
    QTest::newRow("quoted-printable") << QByteArray("Content-Type: text/plain; charset=utf-8\n"
                                                    "Content-Transfer-Encoding: quoted-printable")
                                      << QByteArray("gr=C3=BC=C3=\n=9F") << u"grüß"_s;
    QTest::newRow("base64") << QByteArray("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64")
                            << QByteArray("Z3LDvMOf") << u"grüß"_s;
}

void TestMailDecoder::decodesCharsets() {
    QFETCH(QByteArray, headers);
    QFETCH(QByteArray, body);
    QTEST(decoded(textMail(headers, body)).text, "text");
}

void TestMailDecoder::unwrapsFlowed() {
    const QByteArray header = "Content-Type: text/plain; charset=utf-8; format=flowed";
    QCOMPARE(decoded(textMail(header, "one \ntwo\n> quoted \n> on\n")).text, u"one two\n> quoted on\n"_s);
    QCOMPARE(decoded(textMail(header + "; delsp=yes", "o \nne\n")).text, u"one\n"_s);
}

void TestMailDecoder::prefersPlainText() {
    const MessageRecord mail = decoded(
        multipart("alternative", {"Content-Type: text/plain\n\nplain words", "Content-Type: text/html\n\n<p>rich "
                                                                             "<b>words</b><script>x</script>"}));
    QCOMPARE(mail.text.trimmed(), u"plain words"_s);
    QCOMPARE(mail.safeHtml, u"<p>rich <b>words</b></p>"_s);
    QVERIFY(mail.attachments.empty());
    const MessageRecord empty =
        decoded(multipart("alternative", {"Content-Type: text/plain\n\n \n", "Content-Type: text/html\n\n<p>rich"}));
    QCOMPARE(empty.text.trimmed(), u"rich"_s);
}

void TestMailDecoder::makesTextOfHtml() {
    const MessageRecord mail =
        decoded(textMail("Content-Type: text/html; charset=utf-8",
                         "<p>The red one</p><blockquote>Which one?</blockquote><img src=\"https://t.example/p\">"));
    QCOMPARE(mail.text.trimmed(), u"The red one\n\n> Which one?"_s);
    QCOMPARE(mail.folded.size(), size_t(1));
    QVERIFY(mail.safeHtml.contains(u"data-blocked-src"_s));
}

void TestMailDecoder::joinsInlineTexts() {
    const MessageRecord mail =
        decoded(multipart("mixed", {"Content-Type: text/plain\n\nfirst", "Content-Type: image/png; name=p.png\n\nx",
                                    "Content-Type: text/plain\nContent-Disposition: inline\n\nsecond",
                                    "Content-Type: text/html\n\n<p>third"}));
    QCOMPARE(mail.text.trimmed(), u"first\n\nsecond\n\nthird"_s);
    QVERIFY(mail.safeHtml.contains(u"first"_s) && mail.safeHtml.contains(u"<p>third</p>"_s));
    QCOMPARE(mail.attachments.size(), size_t(1));
}

void TestMailDecoder::keepsRelatedPicturesInline() {
    const MessageRecord mail = decoded(multipart(
        "related", {"Content-Type: text/html\n\n<img src=\"cid:logo@x\">hi",
                    "Content-Type: image/png\nContent-ID: <logo@x>\nContent-Transfer-Encoding: base64\n\nAAEC"}));
    QCOMPARE(mail.attachments.size(), size_t(1));
    const AttachmentRecord& logo = mail.attachments.front();
    QCOMPARE(logo.contentId, u"logo@x"_s);
    QVERIFY(logo.isInline);
    QCOMPARE(logo.content, QByteArray("\0\1\2", 3));
    QCOMPARE(logo.name, u"attachment-1.png"_s);
    QVERIFY(mail.safeHtml.contains(u"src=\"cid:logo@x\""_s));
}

void TestMailDecoder::readsDeliveryReports() {
    const MessageRecord mail = decoded(
        multipart("report; report-type=delivery-status",
                  {"Content-Type: text/plain\n\nYour mail could not be delivered.",
                   "Content-Type: message/delivery-status\n\nReporting-MTA: dns; x.example\n\nFinal-Recipient: rfc822; "
                   "ann@x.example\nStatus: 5.1.1\n",
                   "Content-Type: message/rfc822\n\nSubject: Your parcel\nMessage-ID: <orig@shop>\n\nold text"}));
    QVERIFY(mail.isAutomated);
    QVERIFY(mail.text.contains(u"could not be delivered"_s));
    QVERIFY(mail.text.contains(u"Status: 5.1.1"_s));
    QVERIFY(!mail.text.contains(u"old text"_s));
    QCOMPARE(mail.attachments.size(), size_t(1));
    QCOMPARE(mail.attachments.front().name, u"Your parcel.eml"_s);
    QVERIFY(mail.attachments.front().content.contains("Message-ID: <orig@shop>"));
}

void TestMailDecoder::attachesWhatIsNotText() {
    const MessageRecord mail = decoded(multipart(
        "mixed", {"Content-Type: text/plain\n\nhi", "Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR",
                  "Content-Type: application/ms-tnef; name=winmail.dat\n\nx",
                  "Content-Type: text/plain\nContent-Disposition: attachment; filename=notes.txt\n\nlong notes",
                  "Content-Type: text/html; name=page.html\n\n<script>x</script>"}));
    QStringList names;
    for (const AttachmentRecord& attachment : mail.attachments)
        names << attachment.name;
    QCOMPARE(names, (QStringList{u"attachment-1.ics"_s, u"winmail.dat"_s, u"notes.txt"_s, u"page.html"_s}));
    QCOMPARE(mail.text.trimmed(), u"hi"_s);
    QVERIFY(mail.safeHtml.isEmpty());
}

void TestMailDecoder::namesAttachmentsSafely_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("safe");
    const auto row = [](const QString& name, const QString& safe) {
        QTest::newRow(qPrintable(name.left(30))) << name << safe;
    };
    row(u"invoice.pdf"_s, u"invoice.pdf"_s);
    row(u"../../etc/passwd"_s, u"passwd"_s);
    row(u"C:\\Windows\\system32\\cmd.exe"_s, u"cmd.exe"_s);
    row(u"..\\..\\x"_s, u"x"_s);
    row(u"/"_s, u"attachment-3.pdf"_s);
    row(u".."_s, u"attachment-3.pdf"_s);
    row(u".bashrc"_s, u"bashrc"_s);
    row(u"a\nb\tc.pdf"_s, u"a b c.pdf"_s);
    row(u"photo\u202Efdp.exe"_s, u"photofdp.exe"_s);
    row(u"a\u200E\u200F\uFEFF.txt"_s, u"a.txt"_s);
    row(u"a<b>c:d\"e|f?g*.txt"_s, u"a_b_c_d_e_f_g_.txt"_s);
    row(u"CON"_s, u"_CON"_s);
    row(u"com1.txt"_s, u"_com1.txt"_s);
    row(u"name. . ."_s, u"name"_s);
    row(u"größe 日本.png"_s, u"größe 日本.png"_s);
    row(QString(), u"attachment-3.pdf"_s);
    row(u"x"_s.repeated(500) + u".pdf"_s, u"x"_s.repeated(116) + u".pdf"_s);
}

void TestMailDecoder::namesAttachmentsSafely() {
    QFETCH(QString, name);
    QTEST(safeAttachmentName(name, u"application/pdf"_s, 3), "safe");
}

void TestMailDecoder::decodesAttachmentNames_data() {
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QString>("name");
    const auto row = [](const QByteArray& header, const QString& name) { QTest::newRow(header) << header << name; };
    row("Content-Disposition: attachment; filename=a.txt", u"a.txt"_s);
    row("Content-Disposition: attachment; filename*=utf-8''gr%C3%B6%C3%9Fe.bin", u"größe.bin"_s);
    row("Content-Disposition: attachment; filename*0=\"long\"; filename*1=\"name.txt\"", u"longname.txt"_s);
    row("Content-Disposition: attachment; filename*0*=utf-8''%E2%82%AC; filename*1=\".txt\"", u"€.txt"_s);
    row("Content-Disposition: attachment; filename=\"=?utf-8?q?=E2=82=AC.txt?=\"", u"€.txt"_s);
    row("Content-Type: application/pdf; name=\"../x.pdf\"\nContent-Disposition: attachment", u"x.pdf"_s);
    row("Content-Disposition: attachment; filename=\"gr\xFC.txt\"", u"grü.txt"_s);
}

void TestMailDecoder::decodesAttachmentNames() {
    QFETCH(QByteArray, header);
    const MessageRecord mail = decoded(multipart("mixed", {"Content-Type: text/plain\n\nhi", header + "\n\nx"}));
    QCOMPARE(mail.attachments.size(), size_t(1));
    QTEST(mail.attachments.front().name, "name");
}

void TestMailDecoder::cutsLongTextAndKeepsTheRest() {
    const MessageRecord mail = decoded(textMail("Content-Type: text/plain", QByteArray("line\n").repeated(400'000)));
    QCOMPARE(mail.text.size(), 1024 * 1024);
    QCOMPARE(mail.attachments.size(), size_t(1));
    QCOMPARE(mail.attachments.front().content.size(), 2'000'000);
    QCOMPARE(mail.warnings.size(), 1);
    const MessageRecord rich = decoded(textMail("Content-Type: text/html", QByteArray("<b>x</b>").repeated(300'000)));
    QVERIFY(rich.safeHtml.isEmpty());
    QVERIFY(rich.warnings.join(u' ').contains(u"HTML"_s));
}

void TestMailDecoder::survivesWithoutHeaders() {
    const MessageRecord mail = decoded("just some words\nand more\n");
    QVERIFY(mail.text.contains(u"and more"_s));
    QVERIFY(mail.messageId.endsWith(u"@missing.aiva"_s));
    QVERIFY(mail.from.email.isEmpty());
    QCOMPARE(mail.date.ms(), 1'600'000'000'000);
    for (const QByteArray& raw :
         {QByteArray(), QByteArray("\n"), QByteArray("\0", 1), QByteArray("\r\n\r\n"), QByteArray(":"),
          QByteArray("From: x"), QByteArray("Content-Type: multipart/mixed\n\n")})
        QVERIFY(decodeMail(raw, UtcTime(0)));
}

void TestMailDecoder::sameBytesSameSyntheticId() {
    const QByteArray raw = "From: a@b\nSubject: s\n\nx";
    QCOMPARE(decoded(raw).messageId, decoded(raw).messageId);
    QVERIFY(decoded(raw).messageId != decoded(raw + 'y').messageId);
}

void TestMailDecoder::controlCharactersNeverReachALine() {
    const MessageRecord mail = decoded("Message-ID: <1@x>\nFrom: =?utf-8?q?A=0Ann=E2=80=AEx=00?= <a@b.example>\n"
                                       "Subject: =?utf-8?q?one=0D=0ABcc:_x=07?=\n\nx");
    QCOMPARE(mail.subject, u"one Bcc: x"_s);
    QCOMPARE(mail.from.name.contains(u'\n') || mail.from.name.contains(QChar(0x202E)), false);
    QCOMPARE(singleLine(u" a\u2028b\u0085c\u2066d "_s), u"a b cd"_s);
}

QTEST_GUILESS_MAIN(TestMailDecoder)
#include "tst_mail_decoder.moc"
