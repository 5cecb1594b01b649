#include "core/adapters/mail/mime/mail_decoder.h"
#include "core/adapters/mail/mime/mail_writer.h"
#include "tests/support/patience.h"

#include <QRandomGenerator>
#include <QRegularExpression>

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

OutgoingMail simpleMail() {
    OutgoingMail mail;
    mail.messageId = u"abc.def@shop.example"_s;
    mail.from = {u"Ann Support"_s, u"support@shop.example"_s};
    mail.to = {{u"Carl"_s, u"carl@home.example"_s}};
    mail.date = UtcTime(1'700'000'000'000);
    mail.subject = u"Your order"_s;
    mail.text = u"Hello Carl,\n\nit is on its way.\n-- \nAnn"_s;
    return mail;
}

QByteArray written(const OutgoingMail& mail) {
    const Result<QByteArray> bytes = MailWriter().write(mail);
    return bytes ? *bytes : "error: " + bytes.error().detail.toUtf8();
}

MessageRecord readBack(const OutgoingMail& mail) {
    const Result<MessageRecord> record = decodeMail(written(mail), UtcTime(0));
    return record ? *record : MessageRecord();
}

// Names of the header fields, in order; a folded line belongs to the field above.
QByteArrayList fields(const QByteArray& mail) {
    QByteArrayList names;
    for (const QByteArray& line : mail.left(mail.indexOf("\r\n\r\n")).split('\n'))
        if (!line.startsWith(' ') && !line.startsWith('\t')) names << line.left(line.indexOf(':'));
    return names;
}

QString longestLine(const QByteArray& mail) {
    qsizetype longest = 0;
    for (const QByteArray& line : mail.split('\n'))
        longest = std::max(longest, line.size() - 1);
    return longest <= 998 ? QString() : u"a line of %1 bytes"_s.arg(longest);
}

AttachmentRecord file(const QString& name, const QString& type, const QByteArray& content, const QString& cid = {}) {
    AttachmentRecord attachment;
    attachment.name = name;
    attachment.mimeType = type;
    attachment.content = content;
    attachment.contentId = cid;
    attachment.isInline = !cid.isEmpty();
    return attachment;
}

} // namespace

class TestMailWriter : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void writesThePlainestMail();
    void keepsEveryPartInItsPlace();
    void writesReferencesUpToTheParent();
    void marksAnswersOfTheMachine();
    void leavesBlindCopiesOut();
    void neutralisesWhatWouldStartALine_data();
    void neutralisesWhatWouldStartALine();
    void refusesWhatCannotBeWritten_data();
    void refusesWhatCannotBeWritten();
    void foldsWhatIsLong();
    void readsBackWhatItWrote();
};

void TestMailWriter::writesThePlainestMail() {
    QCOMPARE(written(simpleMail()), QByteArray("From: Ann Support <support@shop.example>\r\n"
                                               "To: Carl <carl@home.example>\r\n"
                                               "Subject: Your order\r\n"
                                               "Date: Tue, 14 Nov 2023 22:13:20 +0000\r\n"
                                               "Message-ID: <abc.def@shop.example>\r\n"
                                               "User-Agent: Aiva\r\n"
                                               "MIME-Version: 1.0\r\n"
                                               "Content-Type: text/plain; charset=utf-8; format=flowed\r\n"
                                               "Content-Transfer-Encoding: 7bit\r\n"
                                               "\r\n"
                                               "Hello Carl,\r\n\r\nit is on its way.\r\n-- \r\nAnn\r\n"));
    QCOMPARE(written(simpleMail()), written(simpleMail()));
}

void TestMailWriter::keepsEveryPartInItsPlace() {
    OutgoingMail mail = simpleMail();
    mail.html = u"<p>Größe <img src=\"cid:logo@aiva\"></p>"_s;
    const QByteArray pixels = QByteArray::fromHex("89504e470d0a1a0a000d0a0dff00");
    mail.attachments = {file(u"logo.png"_s, u"image/png"_s, pixels, u"logo@aiva"_s),
                        file(u"größe & maß.pdf"_s, u"application/pdf"_s, QByteArray("%PDF\r\n.\r\n\0x", 10)),
                        file(u"unused.png"_s, u"image/png"_s, pixels, u"other@aiva"_s),
                        file(u"mail.eml"_s, u"message/rfc822"_s, "Subject: x\r\n\r\n")};
    const QByteArray bytes = written(mail);
    static const QRegularExpression types(u"^Content-Type: ([a-z/0-9-]+)"_s, QRegularExpression::MultilineOption);
    QStringList tree;
    for (auto it = types.globalMatch(QString::fromLatin1(bytes)); it.hasNext();)
        tree << it.next().captured(1);
    QCOMPARE(tree.join(u' '), u"multipart/mixed multipart/alternative text/plain multipart/related text/html image/png "
                              u"application/pdf image/png application/octet-stream"_s);
    const MessageRecord record = readBack(mail);
    QCOMPARE(record.text, mail.text + u'\n');
    QVERIFY(record.safeHtml.contains(u"Größe"_s));
    QCOMPARE(record.attachments.size(), 4U);
    for (size_t i = 0; i < 4; ++i) {
        QCOMPARE(record.attachments[i].name, mail.attachments[i].name);
        QCOMPARE(record.attachments[i].content, mail.attachments[i].content);
    }
    QVERIFY(record.attachments[0].isInline && record.attachments[0].contentId == u"logo@aiva"_s);
    QVERIFY(!record.attachments[2].isInline);
    QVERIFY(bytes.contains("filename*=UTF-8''gr%C3%B6%C3%9Fe"));
}

void TestMailWriter::writesReferencesUpToTheParent() {
    OutgoingMail mail = simpleMail();
    for (int i = 0; i < 500; ++i)
        mail.references << u"%1-%2@home.example"_s.arg(QString(40, u'r')).arg(i);
    mail.references << u"not an id"_s << u"<@>"_s << QString(2'000, u'x');
    mail.inReplyTo = u"parent@home.example"_s;
    const MessageRecord record = readBack(mail);
    QCOMPARE(record.inReplyTo, mail.inReplyTo);
    QCOMPARE(record.references.size(), 30);
    QCOMPARE(record.references.first(), mail.references.first());
    QCOMPARE(record.references.at(28), mail.references.at(499));
    QCOMPARE(record.references.last(), mail.inReplyTo);
    QCOMPARE(longestLine(written(mail)), QString());
    mail.references = {};
    QCOMPARE(readBack(mail).references, QStringList{mail.inReplyTo});
}

void TestMailWriter::marksAnswersOfTheMachine() {
    OutgoingMail mail = simpleMail();
    QVERIFY(!readBack(mail).isAutomated);
    mail.origin = MailOrigin::AutoReply;
    QVERIFY(readBack(mail).isAutomated);
    QVERIFY(written(mail).contains("\r\nAuto-Submitted: auto-replied\r\n"));
}

void TestMailWriter::leavesBlindCopiesOut() {
    OutgoingMail mail = simpleMail();
    mail.bcc = {{u"Secret"_s, u"secret@home.example"_s}};
    QVERIFY(!written(mail).contains("ecret"));
    mail.to.clear();
    QVERIFY(written(mail).contains("\r\nTo: undisclosed-recipients:;\r\n"));
}

void TestMailWriter::neutralisesWhatWouldStartALine_data() {
    QTest::addColumn<QString>("poison");
    const QString evil = u"Bcc: evil@x.example"_s;
    QTest::newRow("CR LF") << u"a\r\n"_s + evil;
    QTest::newRow("LF") << u"a\n"_s + evil;
    QTest::newRow("CR") << u"a\r"_s + evil;
    QTest::newRow("CR LF CR LF") << u"a\r\n\r\n"_s + evil;
    QTest::newRow("NUL") << u"a"_s + QChar(u'\0') + u'\n' + evil;
    QTest::newRow("U+2028") << u"a\u2028"_s + evil;
    QTest::newRow("U+2029") << u"a\u2029"_s + evil;
    QTest::newRow("U+0085") << u"a\u0085"_s + evil;
    QTest::newRow("VT FF") << u"a\v\f"_s + evil;
    QTest::newRow("encoded word") << u"=?utf-8?q?a=0D=0ABcc:_evil@x.example?="_s;
    QTest::newRow("quote") << u"a\" <evil@x.example>, \""_s;
    QTest::newRow("half a surrogate") << u"a"_s + QChar(0xD800) + evil;
    QTest::newRow("very long") << QString(100'000, u'y') + u"\r\n"_s + evil;
}

void TestMailWriter::neutralisesWhatWouldStartALine() {
    QFETCH(QString, poison);
    OutgoingMail mail = simpleMail();
    mail.html = u"<p>x</p>"_s;
    mail.attachments = {file(u"a.txt"_s, u"text/plain"_s, "x")};
    const QByteArrayList innocent = fields(written(mail));
    mail.subject = poison;
    mail.from.name = poison;
    mail.to.first().name = poison;
    mail.attachments.front().name = poison;
    mail.attachments.front().mimeType = u"text/plain; "_s + poison;
    mail.references = {poison};
    mail.inReplyTo = poison;
    const QByteArray bytes = written(mail);
    QByteArrayList names = fields(bytes);
    // An odd id is an id as long as it stays between its brackets.
    names.removeAll("In-Reply-To");
    names.removeAll("References");
    QCOMPARE(names, innocent);
    QCOMPARE(longestLine(bytes), QString());
    QCOMPARE(bytes.count("\nBcc"), 0);
    QVERIFY(!bytes.contains('\0'));
    const MessageRecord record = readBack(mail);
    QCOMPARE(record.to.size(), 1);
    QCOMPARE(record.to.first().email, u"carl@home.example"_s);
    QCOMPARE(record.from.email, u"support@shop.example"_s);
    QCOMPARE(record.attachments.size(), 1U);
}

void TestMailWriter::refusesWhatCannotBeWritten_data() {
    QTest::addColumn<QString>("address");
    for (const QString& bad : {u"a@x.example\r\nBcc: b@x.example"_s, u"a@x.example, b@x.example"_s, u""_s,
                               u"a b@x.example"_s, u"a@x.example>\nX: y"_s, u"a\u2028@x.example"_s})
        QTest::newRow(qPrintable(bad.toHtmlEscaped().simplified())) << bad;
}

void TestMailWriter::refusesWhatCannotBeWritten() {
    QFETCH(QString, address);
    OutgoingMail mail = simpleMail();
    mail.to.first().email = address;
    QCOMPARE(MailWriter().write(mail).error().kind, ErrorKind::Invalid);
    mail = simpleMail();
    mail.from.email = address;
    QCOMPARE(MailWriter().write(mail).error().kind, ErrorKind::Invalid);
    mail = simpleMail();
    mail.messageId = address + u"\r\nX: y"_s;
    QCOMPARE(MailWriter().write(mail).error().kind, ErrorKind::Invalid);
    mail = simpleMail();
    mail.to.clear();
    QCOMPARE(MailWriter().write(mail).error().cause, ErrorCause::NoRecipient);
}

void TestMailWriter::foldsWhatIsLong() {
    OutgoingMail mail = simpleMail();
    mail.subject = u"word "_s.repeated(300) + QString(3'000, u'x') + u" 文字"_s.repeated(200);
    for (int i = 0; i < 400; ++i)
        mail.cc << MailAddress{u"Person number %1, of many"_s.arg(i), u"person%1@home.example"_s.arg(i)};
    mail.text = QString(5'000, u'z') + u'\n' + u"文"_s.repeated(5'000);
    mail.html = QString(5'000, u'h');
    const QByteArray bytes = written(mail);
    QCOMPARE(longestLine(bytes), QString());
    for (const QByteArray& line : bytes.left(bytes.indexOf("\r\n\r\n")).split('\n'))
        QVERIFY2(line.size() <= 78, line.constData());
    const MessageRecord record = readBack(mail);
    QCOMPARE(record.subject, mail.subject.left(2'000)); // the decoder's own cap
    QCOMPARE(record.cc.size(), 400);
    QCOMPARE(record.cc.last(), mail.cc.last());
    QCOMPARE(record.text, mail.text + u'\n');
}

void TestMailWriter::readsBackWhatItWrote() {
    QRandomGenerator random(11);
    const QString letters = u"abc ABC,.;:<>\"'\\()[]@=?_-/é文ßЖ🙂\t\u202e"_s;
    const auto some = [&](int most) {
        QString text;
        for (int i = random.bounded(most); i > 0; --i)
            text += letters.at(random.bounded(letters.size()));
        return QString::fromUtf8(text.toUtf8());
    };
    const auto oneLine = [](QString text) {
        text.remove(QChar(0x202e));
        return text.simplified();
    };
    const int runs = qEnvironmentVariableIntValue("AIVA_RUNS") > 0 ? qEnvironmentVariableIntValue("AIVA_RUNS") : 1'000;
    for (int run = 0; run < runs; ++run) {
        OutgoingMail mail = simpleMail();
        mail.subject = some(150);
        mail.from.name = some(60);
        mail.to = {{some(80), u"one@home.example"_s}, {some(20), u"two.x+y@home.example"_s}};
        mail.text = some(300) + u'\n' + some(200).trimmed();
        if (run % 2 == 0) mail.html = u"<p>"_s + some(100).toHtmlEscaped() + u"</p>"_s;
        QByteArray content(random.bounded(200), Qt::Uninitialized);
        for (char& c : content)
            c = char(random.bounded(256));
        if (run % 3 == 0)
            mail.attachments = {file(u"x"_s + QString::number(run) + u".bin"_s, u"application/x-y"_s, content)};
        const MessageRecord record = readBack(mail);
        QCOMPARE(record.messageId, mail.messageId);
        QCOMPARE(record.subject, oneLine(mail.subject));
        QCOMPARE(record.from.name, oneLine(mail.from.name));
        QCOMPARE(record.to.size(), 2);
        QCOMPARE(record.to.first().name, oneLine(mail.to.first().name));
        QCOMPARE(record.to.last().email, mail.to.last().email);
        // Blanks behind quote marks and at line ends are the format's.
        QCOMPARE(record.text.simplified().remove(u' '), mail.text.simplified().remove(u' '));
        QCOMPARE(record.attachments.size(), mail.attachments.size());
        if (!mail.attachments.empty()) QCOMPARE(record.attachments.front().content, content);
        QCOMPARE(longestLine(written(mail)), QString());
    }
    qInfo("%d mails", runs);
}

QTEST_GUILESS_MAIN(TestMailWriter)
#include "tst_mail_writer.moc"
