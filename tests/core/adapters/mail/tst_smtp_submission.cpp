// Submission to a real server, through TLS, STARTTLS and every login, down to what lands in the boxes.
#include "core/adapters/mail/smtp/smtp_submission.h"
#include "tests/support/await.h"
#include "tests/support/mail_rig.h"
#include "tests/support/patience.h"

#include <QElapsedTimer>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

CredentialSource credentialsOf(const QString& user) {
    return [user](const SecretString&) {
        return readyFuture<MailCredentials>(MailCredentials{MailRig::address(user), MailRig::password(user), {}});
    };
}

QByteArray mailNamed(const QByteArray& id) {
    return "Message-ID: <" + id + ">\r\nSubject: Hello\r\n\r\n.one dot\r\n..two\r\n.\r\nend\r\n";
}

QString told(const Error& error) {
    return errorKindName(error.kind) + u'/' + errorCauseName(error.cause);
}

} // namespace

class TestSmtpSubmission : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init() { m_rig.setSmtp({}); }
    void deliversThroughEveryKindOfEncryption_data();
    void deliversThroughEveryKindOfEncryption();
    void logsInEveryWay_data();
    void logsInEveryWay();
    void asksForAFreshTokenOnce();
    void refusesBadCertificates();
    void saysWhyItWasRefused_data();
    void saysWhyItWasRefused();
    void comesThroughGreylistingTheSecondTime();
    void leavesTheOutcomeUnknownWhenTheLineDropsAtTheEnd_data();
    void leavesTheOutcomeUnknownWhenTheLineDropsAtTheEnd();
    void sendsNothingWithoutTheFinalDot();
    void carriesALargeMailWhole();

private:
    struct Sent {
        Result<bool> prepared = false;
        Result<SubmissionReceipt> finished = Error{};
        QStringList refused;
    };
    Sent send(const MailAccount& account, const QStringList& to, const QByteArray& mail,
              const CredentialSource& source);
    Sent send(const QString& from, const QString& to, const QByteArray& mail) {
        return send(m_rig.account(from), {MailRig::address(to)}, mail, credentialsOf(from));
    }
    MailRig m_rig;
};

void TestSmtpSubmission::initTestCase() {
    if (const QString why = MailRig::missing(); !why.isEmpty()) QSKIP(qPrintable(u"aiva-skip: "_s + why));
    QVERIFY2(m_rig.start(), qPrintable(m_rig.error()));
}

TestSmtpSubmission::Sent TestSmtpSubmission::send(const MailAccount& account, const QStringList& to,
                                                  const QByteArray& mail, const CredentialSource& source) {
    SmtpSubmission submission(account.smtp, account.caCertificates, source, {{25'000, 25'000, 25'000}, 25'000});
    Sent sent;
    sent.prepared = await(submission.prepare({account.address, to}, mail));
    sent.refused = submission.refusedRecipients();
    if (sent.prepared) sent.finished = await(submission.finish());
    return sent;
}

void TestSmtpSubmission::deliversThroughEveryKindOfEncryption_data() {
    QTest::addColumn<int>("security");
    QTest::newRow("tls") << int(MailSecurity::Tls);
    QTest::newRow("starttls") << int(MailSecurity::StartTls);
    QTest::newRow("plain") << int(MailSecurity::Plain);
}

void TestSmtpSubmission::deliversThroughEveryKindOfEncryption() {
    QFETCH(int, security);
    SmtpBehaviour behaviour;
    behaviour.plainTextAuth = MailSecurity(security) == MailSecurity::Plain;
    m_rig.setSmtp(behaviour);
    const QString from = m_rig.freshUser(), to = m_rig.freshUser(), copy = m_rig.freshUser();
    const MailAccount account = m_rig.account(from, MailSecurity(security));
    const Sent sent = send(account, {MailRig::address(to), MailRig::address(copy), MailRig::address(to)},
                           mailNamed("a@shop.example"), credentialsOf(from));
    QVERIFY2(sent.finished, sent.prepared ? "finish" : qPrintable(sent.prepared.error().detail));
    QVERIFY(sent.finished->reply.startsWith(u"250 2.0.0 OK queued as"_s));
    for (const QString& user : {to, copy}) {
        QCOMPARE(m_rig.mailsOf(user).size(), 1);
        QVERIFY(m_rig.mailsOf(user).front().raw.endsWith("\n\n.one dot\n..two\n.\nend\n"));
    }
    const RigSubmission record = m_rig.submissions().constLast();
    QCOMPARE(record.user, from);
    QCOMPARE(record.recipients.size(), 2);
    QCOMPARE(record.raw, mailNamed("a@shop.example"));
    QCOMPARE(record.overTls, MailSecurity(security) != MailSecurity::Plain);
}

void TestSmtpSubmission::logsInEveryWay_data() {
    QTest::addColumn<QString>("offered");
    QTest::addColumn<QString>("user");
    QTest::addColumn<bool>("token");
    QTest::newRow("PLAIN") << u"PLAIN"_s << u"odd"_s << false;
    QTest::newRow("LOGIN") << u"LOGIN"_s << u"odd"_s << false;
    QTest::newRow("XOAUTH2") << u"PLAIN XOAUTH2"_s << u"anna"_s << true;
    QTest::newRow("OAUTHBEARER") << u"XOAUTH2 OAUTHBEARER"_s << u"anna"_s << true;
}

void TestSmtpSubmission::logsInEveryWay() {
    QFETCH(QString, offered);
    QFETCH(QString, user);
    QFETCH(bool, token);
    m_rig.setToken(u"good"_s, u"anna"_s);
    SmtpBehaviour behaviour;
    behaviour.auth = offered;
    m_rig.setSmtp(behaviour);
    const auto with = [&](const char* tokenText, const SecretString& password) -> CredentialSource {
        const MailCredentials credentials{MailRig::address(user), token ? SecretString(tokenText) : password,
                                          token ? MailAuth::OAuth : MailAuth::Password};
        return [credentials](const SecretString&) { return readyFuture<MailCredentials>(credentials); };
    };
    const QStringList to{u"somebody@elsewhere.example"_s};
    const Sent good = send(m_rig.account(user), to, mailNamed("b@shop.example"), with("good", MailRig::password(user)));
    QVERIFY2(good.finished, good.prepared ? "finish" : qPrintable(good.prepared.error().detail));
    const Sent bad = send(m_rig.account(user), to, mailNamed("c@shop.example"), with("bad", SecretString("bad")));
    QCOMPARE(told(bad.prepared.error()), u"Auth/LoginRefused"_s);
    const Sent none = send(m_rig.account(user), to, mailNamed("c@shop.example"), [](const SecretString&) {
        return readyFuture<MailCredentials>(Error{ErrorKind::Auth, {}, ErrorCause::LoginExpired});
    });
    QCOMPARE(told(none.prepared.error()), u"Auth/LoginExpired"_s);
}

void TestSmtpSubmission::asksForAFreshTokenOnce() {
    m_rig.setToken(u"fresh"_s, u"anna"_s);
    const auto asked = std::make_shared<int>(0);
    const CredentialSource source = [asked](const SecretString& refused) {
        ++*asked;
        const SecretString token(refused.isEmpty() ? "stale" : "fresh");
        return readyFuture<MailCredentials>(MailCredentials{MailRig::address(u"anna"_s), token, MailAuth::OAuth});
    };
    const Sent sent = send(m_rig.account(u"anna"_s), {u"x@elsewhere.example"_s}, mailNamed("d@shop.example"), source);
    QVERIFY(sent.finished);
    QCOMPARE(*asked, 2);
}

void TestSmtpSubmission::refusesBadCertificates() {
    m_rig.useCertificate(RigCertificate::Expired);
    for (const MailSecurity security : {MailSecurity::Tls, MailSecurity::StartTls}) {
        const Sent sent = send(m_rig.account(u"anna"_s, security), {u"x@elsewhere.example"_s},
                               mailNamed("e@shop.example"), credentialsOf(u"anna"_s));
        QCOMPARE(told(sent.prepared.error()), u"Network/CertificateExpired"_s);
    }
    m_rig.useCertificate(RigCertificate::Good);
}

void TestSmtpSubmission::saysWhyItWasRefused_data() {
    QTest::addColumn<QString>("mail");
    QTest::addColumn<QString>("recipient");
    QTest::addColumn<QString>("data");
    QTest::addColumn<QString>("message");
    QTest::addColumn<QString>("error");
    const QString no;
    QTest::newRow("our quota") << u"550 5.4.5 Daily limit"_s << no << no << no << u"RateLimited/SendingLimit"_s;
    QTest::newRow("sender") << u"553 5.7.1 Not yours"_s << no << no << no << u"Refused/SenderRefused"_s;
    QTest::newRow("full") << no << u"552 5.2.2 Full"_s << no << no << u"Refused/MailboxFull"_s;
    QTest::newRow("unknown") << no << u"550 5.1.1 Unknown"_s << no << no << u"Refused/RecipientRefused"_s;
    QTest::newRow("data") << no << no << u"451 4.3.0 Later"_s << no << u"RateLimited/ServerBusy"_s;
    QTest::newRow("spam") << no << no << no << u"554 5.7.1 Spam"_s << u"Refused/ContentRefused"_s;
}

void TestSmtpSubmission::saysWhyItWasRefused() {
    QFETCH(QString, mail);
    QFETCH(QString, recipient);
    QFETCH(QString, data);
    QFETCH(QString, message);
    SmtpBehaviour behaviour;
    behaviour.replyToMail = mail;
    if (!recipient.isEmpty()) behaviour.replyToRecipient[u"*"_s] = recipient;
    behaviour.replyToData = data;
    behaviour.replyToMessage = message;
    m_rig.setSmtp(behaviour);
    const QString to = m_rig.freshUser();
    const Sent sent = send(u"anna"_s, to, mailNamed("f@shop.example"));
    QTEST(told(sent.prepared ? sent.finished.error() : sent.prepared.error()), "error");
    QCOMPARE(sent.refused, recipient.isEmpty() ? QStringList() : QStringList{MailRig::address(to)});
    QVERIFY(m_rig.mailsOf(to).isEmpty());
}

void TestSmtpSubmission::comesThroughGreylistingTheSecondTime() {
    SmtpBehaviour behaviour;
    behaviour.greylist = true;
    m_rig.setSmtp(behaviour);
    const QString to = m_rig.freshUser();
    QCOMPARE(told(send(u"ben"_s, to, mailNamed("g@shop.example")).prepared.error()), u"RateLimited/Greylisted"_s);
    QVERIFY(send(u"ben"_s, to, mailNamed("g@shop.example")).finished);
    QCOMPARE(m_rig.mailsOf(to).size(), 1);
}

void TestSmtpSubmission::leavesTheOutcomeUnknownWhenTheLineDropsAtTheEnd_data() {
    QTest::addColumn<int>("drop");
    QTest::addColumn<int>("arrived");
    QTest::newRow("before it was taken") << int(SmtpBehaviour::Drop::BeforeAccept) << 0;
    QTest::newRow("after it was taken") << int(SmtpBehaviour::Drop::AfterAccept) << 1;
}

void TestSmtpSubmission::leavesTheOutcomeUnknownWhenTheLineDropsAtTheEnd() {
    QFETCH(int, drop);
    SmtpBehaviour behaviour;
    behaviour.drop = SmtpBehaviour::Drop(drop);
    m_rig.setSmtp(behaviour);
    const QString to = m_rig.freshUser();
    const Sent sent = send(u"ben"_s, to, mailNamed("h@shop.example"));
    QVERIFY(sent.prepared);
    QCOMPARE(sent.finished.error().kind, ErrorKind::Network);
    QTEST(int(m_rig.mailsOf(to).size()), "arrived");
}

void TestSmtpSubmission::sendsNothingWithoutTheFinalDot() {
    const auto before = m_rig.submissions().size();
    const MailAccount account = m_rig.account(u"ben"_s);
    {
        SmtpSubmission submission(account.smtp, account.caCertificates, credentialsOf(u"ben"_s));
        QVERIFY(await(submission.prepare({account.address, {account.address}}, mailNamed("i@shop.example"))));
    }
    SmtpSubmission withdrawn(account.smtp, account.caCertificates, credentialsOf(u"ben"_s));
    QVERIFY(await(withdrawn.prepare({account.address, {account.address}}, mailNamed("j@shop.example"))));
    withdrawn.abandon();
    QTest::qWait(100);
    QCOMPARE(m_rig.submissions().size(), before);
}

void TestSmtpSubmission::carriesALargeMailWhole() {
    QByteArray mail = "Message-ID: <large@shop.example>\r\n\r\n";
    while (mail.size() < 10'000'000)
        mail += ".2345678901234567890123456789012345678901234567890123456789012345678901234\r\n";
    QElapsedTimer taken;
    taken.start();
    const Sent sent = send(u"ben"_s, u"carl"_s, mail);
    QVERIFY(sent.finished);
    qInfo("%lld bytes in %lld ms", qint64(mail.size()), taken.elapsed());
    QCOMPARE(m_rig.submissions().constLast().raw, mail);
    SmtpBehaviour behaviour;
    behaviour.sizeLimit = 1'000'000;
    m_rig.setSmtp(behaviour);
    QCOMPARE(told(send(u"ben"_s, u"carl"_s, mail).prepared.error()), u"Refused/MailTooLarge"_s);
}

QTEST_GUILESS_MAIN(TestSmtpSubmission)
#include "tst_smtp_submission.moc"
