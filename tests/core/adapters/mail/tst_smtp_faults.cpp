// Submission to a server that says exactly what each case says.
#include "core/adapters/mail/smtp/smtp_submission.h"
#include "tests/support/await.h"
#include "tests/support/line_server.h"
#include "tests/support/patience.h"

#include <QMap>
#include <QPointer>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

constexpr char kHello[] = "250-test\r\n250-SIZE 1000\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 AUTH PLAIN\r\n";
const QByteArray kMail = "Subject: x\r\n\r\n.text\r\n";
const MailEnvelope kEnvelope{u"support@shop.example"_s, {u"a@home.example"_s, u"b@home.example"_s}};
const SmtpPace kQuick{{20'000, 20'000, 1'200}, 1'200};
const SmtpPace kPatient{{20'000, 20'000, 20'000}, 20'000};

// Answers by the first word of a command; the mail's end is ".". An empty answer is silence, "RESET" a reset.
struct Script {
    QMap<QByteArray, QByteArray> answers{{"EHLO", kHello},       {"AUTH", "235 2.7.0 ok\r\n"},
                                         {"MAIL", "250 ok\r\n"}, {"RCPT", "250 ok\r\n"},
                                         {"DATA", "354 go\r\n"}, {".", "250 2.0.0 queued as 77\r\n"}};
    QByteArray greeting = "220 test\r\n";
    bool inMail = false;

    // Only silence is waited for; whoever answers may take as long as a busy machine needs.
    const SmtpPace& pace() const {
        const auto leavesWaiting = [](const QByteArray& answer) {
            return answer != "RESET" && answer != "CLOSE" && !answer.endsWith("\r\n");
        };
        const bool isSilent = leavesWaiting(greeting) || std::any_of(answers.begin(), answers.end(), leavesWaiting);
        return isSilent ? kQuick : kPatient;
    }

    void react(Talk& talk, const QByteArray& line) {
        const QByteArray word = line.left(line.indexOf(' ') < 0 ? line.size() : line.indexOf(' '));
        if (inMail && line != ".") return;
        const QByteArray answer = answers.value(inMail ? "." : answers.contains(line) ? line : word);
        inMail = answer.startsWith("354");
        if (answer == "RESET")
            talk.reset();
        else if (answer == "CLOSE")
            talk.hangUp();
        else
            talk.say(answer);
    }
};

CredentialSource passwordOf(const char* secret) {
    return [secret](const SecretString&) {
        return readyFuture<MailCredentials>(MailCredentials{u"ann"_s, SecretString(secret), {}});
    };
}

struct Fixture {
    Script script;
    LineServer server{[this](Talk& talk) { talk.say(script.greeting); },
                      [this](Talk& talk, const QByteArray& line) { script.react(talk, line); }};
    std::unique_ptr<SmtpSubmission> submission;

    Result<bool> prepare(const MailEnvelope& envelope = kEnvelope, const QByteArray& mail = kMail,
                         MailSecurity security = MailSecurity::Plain) {
        submission = std::make_unique<SmtpSubmission>(MailServer{u"127.0.0.1"_s, server.serverPort(), security},
                                                      QByteArray(), passwordOf("secret"), script.pace());
        return await(submission->prepare(envelope, mail));
    }
    Result<SubmissionReceipt> finish() { return await(submission->finish()); }
    qsizetype count(const QByteArray& word) const {
        return std::count_if(server.lines().begin(), server.lines().end(),
                             [&](const QByteArray& line) { return line.startsWith(word); });
    }
};

QString told(const Error& error) {
    return errorKindName(error.kind) + u'/' + errorCauseName(error.cause);
}

} // namespace

class TestSmtpFaults : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sendsOneMail();
    void asksForOneAnswerAtATimeWithoutPipelining();
    void checksBeforeItSends_data();
    void checksBeforeItSends();
    void leavesNothingBehindWhenPreparingFails_data();
    void leavesNothingBehindWhenPreparingFails();
    void knowsWhenTheOutcomeIsUnknown_data();
    void knowsWhenTheOutcomeIsUnknown();
    void namesTheRecipientsRefused();
    void isCertainWhenTheLineIsLostBeforeTheEnd();
    void isCertainWhenTheServerSpeaksOutOfTurn();
    void withdrawsUntilTheEnd();
    void diesAtAnyMoment();
    void trustsNothingSaidBeforeTls();
};

void TestSmtpFaults::sendsOneMail() {
    Fixture it;
    QVERIFY(it.prepare());
    QCOMPARE(it.count("."), 1); // "..text"
    const Result<SubmissionReceipt> receipt = it.finish();
    QVERIFY(receipt);
    QCOMPARE(receipt->reply, u"250 2.0.0 queued as 77"_s);
    QTRY_COMPARE(it.server.lines().last(), "QUIT");
    QCOMPARE(it.server.lines().join('\n').split('\n').mid(2, 9),
             (QByteArrayList{"MAIL FROM:<support@shop.example> SIZE=21", "RCPT TO:<a@home.example>",
                             "RCPT TO:<b@home.example>", "DATA", "Subject: x", "", "..text", ".", "QUIT"}));
    QVERIFY(it.submission->refusedRecipients().isEmpty());
    QCOMPARE(await(it.submission->prepare(kEnvelope, kMail)).error().kind, ErrorKind::Internal);
}

void TestSmtpFaults::asksForOneAnswerAtATimeWithoutPipelining() {
    Fixture it;
    it.script.answers["EHLO"] = "250-test\r\n250 AUTH PLAIN\r\n";
    it.script.answers["RCPT TO:<a@home.example>"] = ""; // silence: nothing more may follow
    QCOMPARE(told(it.prepare().error()), u"Timeout/None"_s);
    QCOMPARE(it.server.lines().last(), "RCPT TO:<a@home.example>");
    QVERIFY(!it.server.lines().contains("MAIL FROM:<support@shop.example> SIZE=21")); // SIZE was not offered
}

void TestSmtpFaults::checksBeforeItSends_data() {
    QTest::addColumn<MailEnvelope>("envelope");
    QTest::addColumn<QByteArray>("mail");
    QTest::addColumn<QString>("error");
    const auto row = [](const char* name, const QStringList& to, const QByteArray& mail, const QString& error) {
        QTest::newRow(name) << MailEnvelope{u"support@shop.example"_s, to} << mail << error;
    };
    const QStringList to{u"a@home.example"_s};
    row("too large", to, QByteArray("S: x\r\n\r\n") + QByteArray("0123456789\r\n").repeated(90),
        u"Refused/MailTooLarge"_s);
    row("nobody", {}, kMail, u"Invalid/NoRecipient"_s);
    row("address that breaks out", {u"a@home.example>\r\nRCPT TO:<b@home.example"_s}, kMail,
        u"Invalid/RecipientRefused"_s);
    row("address for SMTPUTF8", {u"jürgen@home.example"_s}, kMail, u"Refused/NotSupported"_s);
    row("header for SMTPUTF8", to, "Subject: gr\xc3\xbc\xc3\x9f\r\n\r\nx\r\n", u"Refused/NotSupported"_s);
    row("NUL", to, QByteArray("a\0b", 3), u"Invalid/None"_s);
}

void TestSmtpFaults::checksBeforeItSends() {
    QFETCH(MailEnvelope, envelope);
    QFETCH(QByteArray, mail);
    Fixture it;
    QTEST(told(it.prepare(envelope, mail).error()), "error");
    QCOMPARE(it.count("MAIL"), 0);
    QCOMPARE(it.finish().error().kind, ErrorKind::Refused);
}

void TestSmtpFaults::leavesNothingBehindWhenPreparingFails_data() {
    QTest::addColumn<QByteArray>("command");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("error");
    const auto row = [](const char* command, const QByteArray& answer, const QString& error) {
        QTest::addRow("%s %s", command, answer.simplified().left(12).constData())
            << QByteArray(command) << answer << error;
    };
    row("", "", u"Timeout/None"_s);
    row("", "554 no\r\n", u"RateLimited/ServerBusy"_s);
    row("", "SSH-2.0-x\r\n", u"Network/ProtocolBroken"_s);
    row("EHLO", "250-" + QByteArray(100'000, 'x'), u"Network/ProtocolBroken"_s);
    row("EHLO", QByteArray("250-x\r\n").repeated(1'000), u"Network/ProtocolBroken"_s);
    row("EHLO", "250 nothing\r\n", u"Refused/NotSupported"_s);
    row("EHLO", "250 a\r\n250 b\r\n", u"Network/ProtocolBroken"_s);
    row("AUTH", "535 5.7.8 no\r\n", u"Auth/LoginRefused"_s);
    row("AUTH", "CLOSE", u"Network/ConnectionReset"_s);
    row("MAIL", "550 5.7.1 no\r\n", u"Refused/SenderRefused"_s);
    row("MAIL", "421 4.3.2 bye\r\n", u"RateLimited/ServerBusy"_s);
    row("RCPT", "450 4.7.1 later\r\n", u"RateLimited/Greylisted"_s);
    row("RCPT", "RESET", u"Network/ConnectionReset"_s);
    row("RCPT", "999 what\r\n", u"Network/ProtocolBroken"_s);
    row("DATA", "250 ok\r\n", u"Network/ProtocolBroken"_s);
    row("DATA", "554 no\r\n", u"Refused/ContentRefused"_s);
    row("DATA", "", u"Timeout/None"_s);
}

void TestSmtpFaults::leavesNothingBehindWhenPreparingFails() {
    QFETCH(QByteArray, command);
    QFETCH(QByteArray, answer);
    Fixture it;
    if (command.isEmpty())
        it.script.greeting = answer;
    else
        it.script.answers[command] = answer;
    QTEST(told(it.prepare().error()), "error");
    QCOMPARE(it.count("."), 0);
    const Result<SubmissionReceipt> receipt = it.finish();
    QVERIFY(!receipt && receipt.error().kind == ErrorKind::Refused);
}

void TestSmtpFaults::knowsWhenTheOutcomeIsUnknown_data() {
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("error");
    QTest::newRow("silence") << QByteArray() << u"Timeout/None"_s;
    QTest::newRow("reset") << QByteArray("RESET") << u"Network/ConnectionReset"_s;
    QTest::newRow("closed") << QByteArray("CLOSE") << u"Network/ConnectionReset"_s;
    QTest::newRow("nonsense") << QByteArray("yes\r\n") << u"Network/ProtocolBroken"_s;
    QTest::newRow("half a reply") << QByteArray("250-2.0.0 o") << u"Timeout/None"_s;
    QTest::newRow("no answer for this place") << QByteArray("354 go on\r\n") << u"Network/ProtocolBroken"_s;
    QTest::newRow("refused") << QByteArray("554 5.7.1 spam\r\n") << u"Refused/ContentRefused"_s;
    QTest::newRow("refused for now") << QByteArray("451 4.3.0 queue\r\n") << u"RateLimited/ServerBusy"_s;
    QTest::newRow("shutting down") << QByteArray("421 4.3.2 bye\r\n") << u"RateLimited/ServerBusy"_s;
}

void TestSmtpFaults::knowsWhenTheOutcomeIsUnknown() {
    QFETCH(QByteArray, answer);
    Fixture it;
    it.script.answers["."] = answer;
    QVERIFY(it.prepare());
    QTEST(told(it.finish().error()), "error");
}

void TestSmtpFaults::namesTheRecipientsRefused() {
    Fixture it;
    it.script.answers["RCPT TO:<b@home.example>"] = "550 5.1.1 <b@home.example> unknown\r\n";
    const Error error = it.prepare().error();
    QCOMPARE(told(error), u"Refused/RecipientRefused"_s);
    QVERIFY(!error.detail.contains(u'@'));
    QCOMPARE(it.submission->refusedRecipients(), QStringList{u"b@home.example"_s});
    QCOMPARE(it.count("DATA"), 0);

    Fixture foreign; // named as the envelope has them, not as the wire does
    foreign.script.answers["RCPT TO:<c@xn--mnchen-3ya.example>"] = "550 5.1.1 unknown\r\n";
    const QStringList given{u"a@home.example"_s, u"c@münchen.example"_s};
    QVERIFY(!foreign.prepare({kEnvelope.from, given}));
    QCOMPARE(foreign.submission->refusedRecipients(), given.mid(1));

    Fixture mixed; // refused for good outweighs refused for now
    mixed.script.answers["RCPT TO:<a@home.example>"] = "450 4.7.1 later\r\n";
    mixed.script.answers["RCPT TO:<b@home.example>"] = "550 5.1.1 unknown\r\n";
    QCOMPARE(told(mixed.prepare().error()), u"Refused/RecipientRefused"_s);
    QCOMPARE(mixed.submission->refusedRecipients(), QStringList{u"b@home.example"_s});

    Fixture sender; // who was not asked properly is not refused
    sender.script.answers["MAIL"] = "550 5.7.1 not you\r\n";
    sender.script.answers["RCPT"] = "503 5.5.1 MAIL first\r\n";
    QCOMPARE(told(sender.prepare().error()), u"Refused/SenderRefused"_s);
    QVERIFY(sender.submission->refusedRecipients().isEmpty());
}

void TestSmtpFaults::isCertainWhenTheLineIsLostBeforeTheEnd() {
    Fixture it;
    QVERIFY(it.prepare());
    it.server.talk(1)->reset();
    QTest::qWait(200);
    const Error error = it.finish().error();
    QCOMPARE(told(error), u"RateLimited/ServerBusy"_s);
    QCOMPARE(it.count("QUIT"), 0);
}

void TestSmtpFaults::isCertainWhenTheServerSpeaksOutOfTurn() {
    for (const QByteArray& word : QByteArrayList{"250 ok already\r\n", "250-ok", "250-ok\r\n"}) {
        Fixture it;
        QVERIFY(it.prepare());
        it.server.talk(1)->say(word);
        QTest::qWait(200);
        QCOMPARE(told(it.finish().error()), u"RateLimited/ServerBusy"_s);
        QVERIFY(!it.server.lines().contains("."));
    }
}

void TestSmtpFaults::withdrawsUntilTheEnd() {
    Fixture it;
    QVERIFY(it.prepare());
    it.submission->abandon();
    QCOMPARE(it.finish().error().kind, ErrorKind::Refused);
    QTest::qWait(20);
    QVERIFY(!it.server.lines().contains("."));

    Fixture late;
    late.script.answers["."] = "";
    QVERIFY(late.prepare());
    const Future<SubmissionReceipt> outcome = late.submission->finish();
    late.submission->abandon();
    QCOMPARE(told(await(outcome).error()), u"Network/OutcomeUnknown"_s);
}

void TestSmtpFaults::diesAtAnyMoment() {
    int moments = 0;
    for (const char* word : {"EHLO", "AUTH", "MAIL", "RCPT", "DATA", "."}) {
        Fixture it;
        SmtpSubmission* victim = nullptr;
        const QByteArray normal = it.script.answers.value(word);
        it.script.answers[word] = "";
        it.submission =
            std::make_unique<SmtpSubmission>(MailServer{u"127.0.0.1"_s, it.server.serverPort(), MailSecurity::Plain},
                                             QByteArray(), passwordOf("x"), kPatient);
        victim = it.submission.get();
        const Future<bool> prepared = victim->prepare(kEnvelope, kMail);
        if (QByteArray(word) == ".") {
            QVERIFY(await(prepared));
            victim->finish();
        }
        QTRY_VERIFY(it.count(word) > 0);
        it.submission.reset();
        ++moments;
        QTest::qWait(5);
    }
    QCOMPARE(moments, 6);
}

void TestSmtpFaults::trustsNothingSaidBeforeTls() {
    Fixture it; // offers no STARTTLS
    QCOMPARE(told(it.prepare(kEnvelope, kMail, MailSecurity::StartTls).error()), u"Refused/PlainTextRefused"_s);
    QCOMPARE(it.count("AUTH"), 0);

    // Answers waiting behind the go-ahead, as if they had come through TLS (CVE-2011-0411).
    Fixture injected;
    injected.script.answers["EHLO"] = "250-test\r\n250 STARTTLS\r\n";
    injected.script.answers["STARTTLS"] = "220 go\r\n250-test\r\n250 AUTH PLAIN\r\n235 ok\r\n";
    QVERIFY(!injected.prepare(kEnvelope, kMail, MailSecurity::StartTls));
    QCOMPARE(injected.count("AUTH"), 0);
}

QTEST_GUILESS_MAIN(TestSmtpFaults)
#include "tst_smtp_faults.moc"
