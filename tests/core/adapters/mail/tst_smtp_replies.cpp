#include "core/adapters/mail/smtp/dot_stuffing.h"
#include "core/adapters/mail/smtp/smtp_errors.h"
#include "core/adapters/mail/smtp/smtp_login.h"
#include "tests/support/patience.h"

#include <QRandomGenerator>

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

// The reply all lines make together; code 0 when they make none.
SmtpReply replyOf(const QByteArrayList& lines) {
    SmtpReplyReader reader;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const auto outcome = reader.take(lines.at(i));
        if (outcome == SmtpReplyReader::Outcome::Broken) return {};
        if (outcome == SmtpReplyReader::Outcome::Whole) return i + 1 == lines.size() ? reader.takeReply() : SmtpReply();
    }
    return {};
}

} // namespace

class TestSmtpReplies : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void putsRepliesTogether();
    void readsAbilities();
    void tellsRefusalsApart_data();
    void tellsRefusalsApart();
    void stuffsDots_data();
    void stuffsDots();
    void neverEndsTheMailByItself();
};

void TestSmtpReplies::putsRepliesTogether() {
    QCOMPARE(replyOf({"250 2.1.0 OK"}).code, 250);
    QVERIFY(replyOf({"250 2.1.0 OK"}).status.is(1, 0));
    QCOMPARE(replyOf({"250"}).lines, QByteArrayList{""});
    QCOMPARE(replyOf({"550-5.7.1 No.", "550 5.7.1 Never."}).lines.size(), 2);
    QCOMPARE(replyOf({"550-5.7.1 No.", "550 5.7.1 Never."}).words(), u"550 5.7.1 No. 5.7.1 Never."_s);
    QCOMPARE(replyOf({"250 a\x1b[31m\tb" + QByteArray(500, 'x')}).words().size(), 200);
    QVERIFY(!replyOf({"250 a\x1b[31m"}).words().contains(QChar(0x1b)));
    for (const QByteArray& bad : QByteArrayList{"", "25", "25x ok", "150 x", "650 x", "250x", "hello", "\xff\xff\xff "})
        QCOMPARE(replyOf({bad}).code, 0);
    QCOMPARE(replyOf({"250-a", "251 b"}).code, 0);
    QByteArrayList flood(1'000, "250-more");
    QCOMPARE(replyOf(flood << "250 end").code, 0);
    QCOMPARE(replyOf({"550 5.7.1234 x"}).status.subject, -1);
    QCOMPARE(replyOf({"550 5.7 x"}).status.subject, -1);
    QCOMPARE(replyOf({"550 see 5.7.1"}).status.subject, -1);
}

void TestSmtpReplies::readsAbilities() {
    const SmtpAbilities able =
        abilitiesIn(replyOf({"250-mx STARTTLS", "250-size 1000", "250-PIPELINING", "250-8bitmime",
                             "250-AUTH LOGIN  PLAIN", "250-AUTH=XOAUTH2", "250 SMTPUTF8"}));
    QVERIFY(!able.startTls && able.pipelining && able.eightBit && able.smtpUtf8 && able.sizeOffered);
    QCOMPARE(able.size, 1'000);
    QCOMPARE(able.saslMechanisms, (QByteArrayList{"LOGIN", "PLAIN", "XOAUTH2"}));
    QCOMPARE(abilitiesIn(replyOf({"250-mx", "250 SIZE -5"})).size, 0);
    QCOMPARE(abilitiesIn(replyOf({"250-mx", "250 SIZE 99999999999999999999999"})).size, 0);
    QVERIFY(abilitiesIn(replyOf({"250 mx"})).saslMechanisms.isEmpty());
}

void TestSmtpReplies::tellsRefusalsApart_data() {
    QTest::addColumn<int>("step");
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("cause");
    const auto row = [](SmtpStep step, const QByteArray& line, ErrorKind kind, ErrorCause cause) {
        QTest::addRow("%d %s", int(step), line.left(40).constData()) << int(step) << line << int(kind) << int(cause);
    };
    constexpr auto later = ErrorKind::RateLimited;
    constexpr auto never = ErrorKind::Refused;
    using S = SmtpStep;
    using C = ErrorCause;
    row(S::Greeting, "421 4.3.2 too busy", later, C::ServerBusy);
    row(S::Greeting, "554 5.7.1 go away", later, C::ServerBusy);
    row(S::Hello, "550 bad name", later, C::ServerBusy);
    row(S::StartTls, "454 4.7.0 TLS not available", later, C::ServerBusy);
    row(S::StartTls, "502 unknown", never, C::PlainTextRefused);
    row(S::Login, "535 5.7.8 bad credentials", ErrorKind::Auth, C::LoginRefused);
    row(S::Login, "535 5.7.139 SmtpClientAuthentication is disabled", ErrorKind::Auth, C::LoginRefused);
    row(S::Login, "534 5.7.9 Application-specific password required", ErrorKind::Auth, C::LoginRefused);
    row(S::Login, "538 5.7.11 Encryption required", never, C::PlainTextRefused);
    row(S::Login, "504 5.5.4 unknown mechanism", never, C::NotSupported);
    row(S::Login, "454 4.7.0 Too many login attempts", later, C::ServerBusy);
    row(S::Sender, "530 5.7.0 Authentication Required", ErrorKind::Auth, C::LoginRefused);
    row(S::Sender, "550 5.7.1 not your address", never, C::SenderRefused);
    row(S::Sender, "553 5.1.8 sender domain", never, C::SenderRefused);
    row(S::Sender, "552 5.3.4 too big", never, C::MailTooLarge);
    row(S::Sender, "552 too big", never, C::MailTooLarge);
    row(S::Sender, "550 5.4.5 Daily user sending limit exceeded", later, C::SendingLimit);
    row(S::Sender, "452 4.3.1 out of space", later, C::ServerBusy);
    row(S::Sender, "450 4.7.1 slow down", later, C::SendingLimit);
    row(S::Sender, "555 parameter", never, C::NotSupported);
    row(S::Recipient, "450 4.7.1 Greylisted", later, C::Greylisted);
    row(S::Recipient, "451 4.7.1 Please try again later", later, C::Greylisted);
    row(S::Recipient, "450 try again", later, C::Greylisted);
    row(S::Recipient, "450 4.2.1 receiving mail too quickly", later, C::ServerBusy);
    row(S::Recipient, "451 local error", later, C::ServerBusy);
    row(S::Recipient, "452 4.5.3 too many recipients", later, C::SendingLimit);
    row(S::Recipient, "452 4.2.2 mailbox full", later, C::MailboxFull);
    row(S::Recipient, "552 5.2.2 mailbox full", never, C::MailboxFull);
    row(S::Recipient, "552 over quota", never, C::MailboxFull);
    row(S::Recipient, "550 5.1.1 no such user", never, C::RecipientRefused);
    row(S::Recipient, "550 no such user", never, C::RecipientRefused);
    row(S::Recipient, "501 5.1.3 bad syntax", never, C::RecipientRefused);
    row(S::Recipient, "554 5.7.1 Relay access denied", never, C::RecipientRefused);
    row(S::Recipient, "550 5.2.1 mailbox disabled", never, C::RecipientRefused);
    row(S::Recipient, "553 5.6.7 needs SMTPUTF8", never, C::NotSupported);
    row(S::Data, "421 4.4.2 timeout", later, C::ServerBusy);
    row(S::Data, "554 no valid recipients", never, C::ContentRefused);
    row(S::Message, "554 5.7.1 spam", never, C::ContentRefused);
    row(S::Message, "550 5.7.26 unauthenticated sender", never, C::ContentRefused);
    row(S::Message, "554 rejected", never, C::ContentRefused);
    row(S::Message, "550 5.6.0 malformed", never, C::ContentRefused);
    row(S::Message, "552 5.2.3 too large", never, C::MailTooLarge);
    row(S::Message, "552 5.2.2 full", never, C::MailboxFull);
    row(S::Message, "550 5.7.60 SendAsDenied", never, C::SenderRefused);
    row(S::Message, "554 5.2.252 SendAsDenied", never, C::SenderRefused);
    row(S::Message, "550 5.1.90 daily limit for recipients", later, C::SendingLimit);
    row(S::Message, "421 4.7.28 unusual rate", later, C::SendingLimit);
    row(S::Message, "550 5.7.28 unusual rate", later, C::SendingLimit);
    row(S::Message, "451 4.3.0 queue", later, C::ServerBusy);
    row(S::Message, "354 go on", ErrorKind::Network, C::ProtocolBroken);
}

void TestSmtpReplies::tellsRefusalsApart() {
    QFETCH(int, step);
    QFETCH(QByteArray, line);
    const Error error = smtpError(SmtpStep(step), replyOf({line}));
    QTEST(int(error.kind), "kind");
    QTEST(int(error.cause), "cause");
    // Codes only: the words may hold addresses.
    QVERIFY(error.detail.startsWith(u"the server answered "_s + QString::fromLatin1(line.left(3))));
    QVERIFY(error.detail.size() < 60);
}

void TestSmtpReplies::stuffsDots_data() {
    QTest::addColumn<QByteArray>("mail");
    QTest::addColumn<QByteArray>("stuffed");
    QTest::newRow("plain") << QByteArray("a\r\nb\r\n") << QByteArray("a\r\nb\r\n");
    QTest::newRow("no last line end") << QByteArray("a") << QByteArray("a\r\n");
    QTest::newRow("dots") << QByteArray(".\r\n..a\r\nb.\r\n.") << QByteArray("..\r\n...a\r\nb.\r\n..\r\n");
    QTest::newRow("lone LF") << QByteArray("a\n.\nb\r\n") << QByteArray("a\r\n..\r\nb\r\n");
    QTest::newRow("lone CR") << QByteArray("a\r.\rb\r\n") << QByteArray("a\r\n..\r\nb\r\n");
    QTest::newRow("LF CR") << QByteArray("a\n\r.\r\n") << QByteArray("a\r\n\r\n..\r\n");
    QTest::newRow("empty") << QByteArray() << QByteArray();
    QTest::newRow("longest") << QByteArray(998, 'x') + "\r\n" << QByteArray(998, 'x') + "\r\n";
    QTest::newRow("too long") << QByteArray(999, 'x') + "\r\n" << QByteArray("invalid");
    QTest::newRow("NUL") << QByteArray("a\0b\r\n", 5) << QByteArray("invalid");
}

void TestSmtpReplies::stuffsDots() {
    QFETCH(QByteArray, mail);
    const Result<QByteArray> stuffed = dotStuffed(mail);
    QTEST(stuffed ? *stuffed : QByteArray("invalid"), "stuffed");
}

void TestSmtpReplies::neverEndsTheMailByItself() {
    QRandomGenerator random(5);
    const QByteArray letters = "..\r\n\r\nab";
    constexpr int runs = 20'000;
    for (int run = 0; run < runs; ++run) {
        QByteArray mail;
        for (int i = random.bounded(30); i > 0; --i)
            mail += letters.at(random.bounded(int(letters.size())));
        const QByteArray sent = "\r\n" + *dotStuffed(mail);
        QVERIFY(!sent.contains("\r\n.\r\n") && !sent.contains("\n.\n") && !sent.contains("\r.\r"));
        QVERIFY(QByteArray(sent).replace("\r\n", "").count('\n') == 0);
    }
    qInfo("%d mails", runs);
}

QTEST_GUILESS_MAIN(TestSmtpReplies)
#include "tst_smtp_replies.moc"
