#include "tests/support/mail_rig.h"
#include "tests/support/patience.h"

#include <QElapsedTimer>
#include <QSslConfiguration>
#include <QSslSocket>

using namespace Qt::StringLiterals;
using namespace aiva;
using namespace aiva::test;

namespace {

// A blocking conversation, so that the rig is proved without any client of ours.
class Talk {
public:
    Talk(const MailServer& server, const QByteArray& ca) {
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setCaCertificates(QSslCertificate::fromData(ca));
        m_socket.setSslConfiguration(configuration);
        if (server.security == MailSecurity::Tls)
            m_socket.connectToHostEncrypted(server.host, server.port);
        else
            m_socket.connectToHost(server.host, server.port);
        m_isOpen = server.security == MailSecurity::Tls ? m_socket.waitForEncrypted() : m_socket.waitForConnected();
    }
    bool isOpen() const { return m_isOpen; }
    QByteArray line(int ms = 30'000) {
        while (!m_socket.canReadLine() && m_socket.waitForReadyRead(ms)) {
        }
        return m_socket.readLine().trimmed();
    }
    // IMAP: everything up to the tagged answer.
    QByteArray imap(const QByteArray& command) {
        m_socket.write("a " + command + "\r\n");
        QByteArray all, one;
        while (!(one = line()).isEmpty()) {
            all += one + '\n';
            if (one.startsWith("a ")) break;
        }
        return all;
    }
    // SMTP: the last line of the reply.
    QByteArray smtp(const QByteArray& command) {
        m_socket.write(command + "\r\n");
        QByteArray one;
        while ((one = line()).size() > 3 && one.at(3) == '-') {
        }
        return one;
    }

private:
    QSslSocket m_socket;
    bool m_isOpen = false;
};

QByteArray plain(const QString& user) {
    const SecretString secret = MailRig::password(user);
    QByteArray blob = '\0' + user.toUtf8() + '\0';
    blob.append(secret.reveal().data(), qsizetype(secret.size()));
    return "AUTH PLAIN " + blob.toBase64();
}

QByteArray uidValidity(Talk& talk) {
    static const QRegularExpression pattern(u"UIDVALIDITY (\\d+)"_s);
    return pattern.match(QString::fromLatin1(talk.imap("SELECT INBOX"))).captured(1).toLatin1();
}

} // namespace

class MailRigTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void deliversWhatIsSubmittedOnce();
    void keepsWhatWasAcceptedBeforeTheServerDied();
    void misbehavesAsTold();
    void showsTheCertificateAskedFor();
    void letsTokensIn();
    void changesUidValidity();
    void hangsWhileSuspended();

private:
    QByteArray submit(const QString& from, const QString& to);
    MailRig m_rig;
};

void MailRigTest::initTestCase() {
    if (const QString why = MailRig::missing(); !why.isEmpty()) QSKIP(qPrintable(u"aiva-skip: "_s + why));
    QElapsedTimer taken;
    taken.start();
    QVERIFY2(m_rig.start(), qPrintable(m_rig.error()));
    qInfo("started in %lld ms", taken.elapsed());
}

// The final answer.
QByteArray MailRigTest::submit(const QString& from, const QString& to) {
    Talk talk(m_rig.account(from).smtp, m_rig.caCertificates());
    talk.line();
    talk.smtp("EHLO test");
    talk.smtp(plain(from));
    const QByteArray sender = talk.smtp("MAIL FROM:<" + MailRig::address(from).toUtf8() + ">");
    if (!sender.startsWith("250")) return sender;
    const QByteArray recipient = talk.smtp("RCPT TO:<" + MailRig::address(to).toUtf8() + ">");
    if (!recipient.startsWith("250")) return recipient;
    talk.smtp("DATA");
    return talk.smtp("Message-ID: <one@shop.example>\r\nSubject: Hello\r\n\r\n..dot\r\n.");
}

void MailRigTest::deliversWhatIsSubmittedOnce() {
    const QString from = m_rig.freshUser(), to = m_rig.freshUser();
    QCOMPARE(submit(from, to).left(3), "250");
    const QList<RigMail> mails = m_rig.mailsOf(to);
    QCOMPARE(mails.size(), 1);
    QVERIFY(mails.first().raw.endsWith("Subject: Hello\n\n.dot\n"));
    QCOMPARE(m_rig.submissions().constLast().messageId, u"one@shop.example"_s);
    QCOMPARE(m_rig.submissions().constLast().recipients, QStringList{MailRig::address(to)});
    QVERIFY(m_rig.submissions().constLast().overTls);

    Talk talk(m_rig.account(to).imap, m_rig.caCertificates());
    QVERIFY(talk.line().startsWith("* OK"));
    const SecretString secret = MailRig::password(to);
    const QByteArray quoted = '"' + QByteArray(secret.reveal().data(), qsizetype(secret.size())) + '"';
    QVERIFY(talk.imap("LOGIN " + to.toUtf8() + ' ' + quoted).contains("a OK"));
    QVERIFY(talk.imap("SELECT INBOX").contains("1 EXISTS"));
    m_rig.deliver(to, "Subject: second\r\n\r\nText\r\n");
    QVERIFY(talk.imap("NOOP").contains("2 EXISTS"));
    QVERIFY(talk.imap("LIST \"\" *").contains("\\Sent"));
}

void MailRigTest::keepsWhatWasAcceptedBeforeTheServerDied() {
    const QString from = m_rig.freshUser(), to = m_rig.freshUser();
    SmtpBehaviour behaviour;
    behaviour.dieAfterAccept = true;
    behaviour.filesSent = true;
    m_rig.setSmtp(behaviour);
    const auto before = m_rig.submissions().size();
    QCOMPARE(submit(from, to), QByteArray());
    QCOMPARE(m_rig.submissions().size(), before + 1);
    QCOMPARE(m_rig.mailsOf(to).size(), 0);
    m_rig.setSmtp({});
    QVERIFY(m_rig.startSmtp());
    QCOMPARE(m_rig.mailsOf(to).size(), 1);
    QCOMPARE(m_rig.mailsOf(from, u"Sent"_s).size(), 1);
    m_rig.killSmtp();
    QVERIFY(m_rig.startSmtp());
    QCOMPARE(m_rig.mailsOf(to).size(), 1);
    QCOMPARE(m_rig.mailsOf(from, u"Sent"_s).size(), 1);
}

void MailRigTest::misbehavesAsTold() {
    const QString from = m_rig.freshUser(), to = m_rig.freshUser();
    SmtpBehaviour behaviour;
    behaviour.greylist = true;
    m_rig.setSmtp(behaviour);
    QVERIFY(submit(from, to).startsWith("450 4.7.1"));
    QVERIFY(submit(from, to).startsWith("250"));
    behaviour = {};
    behaviour.replyToMessage = u"552 5.2.2 Mailbox full"_s;
    m_rig.setSmtp(behaviour);
    QVERIFY(submit(from, to).startsWith("552 5.2.2"));
    behaviour = {};
    behaviour.drop = SmtpBehaviour::Drop::BeforeAccept;
    m_rig.setSmtp(behaviour);
    QCOMPARE(submit(from, to), QByteArray());
    QCOMPARE(m_rig.mailsOf(to).size(), 1);
    behaviour.drop = SmtpBehaviour::Drop::AfterAccept;
    m_rig.setSmtp(behaviour);
    QCOMPARE(submit(from, to), QByteArray());
    QTRY_COMPARE(m_rig.mailsOf(to).size(), 2);
    m_rig.setSmtp({});
    QVERIFY(submit(from, u"nobody"_s).startsWith("550 5.1.1"));
}

void MailRigTest::showsTheCertificateAskedFor() {
    for (const RigCertificate which : {RigCertificate::Expired, RigCertificate::WrongHost, RigCertificate::Untrusted}) {
        m_rig.useCertificate(which);
        QVERIFY(!Talk(m_rig.account(u"anna"_s).imap, m_rig.caCertificates()).isOpen());
        QVERIFY(!Talk(m_rig.account(u"anna"_s).smtp, m_rig.caCertificates()).isOpen());
    }
    m_rig.useCertificate(RigCertificate::Good);
    QVERIFY(Talk(m_rig.account(u"anna"_s).imap, m_rig.caCertificates()).isOpen());
    QVERIFY(Talk(m_rig.account(u"anna"_s).smtp, m_rig.caCertificates()).isOpen());
}

void MailRigTest::letsTokensIn() {
    m_rig.setToken(u"good"_s, u"anna"_s);
    const auto xoauth2 = [](const QByteArray& token) {
        return QByteArray("user=anna@shop.example\x01"
                          "auth=Bearer " +
                          token + "\x01\x01")
            .toBase64();
    };
    Talk imap(m_rig.account(u"anna"_s).imap, m_rig.caCertificates());
    imap.line();
    QVERIFY(imap.imap("AUTHENTICATE XOAUTH2 " + xoauth2("good")).contains("a OK"));
    Talk smtp(m_rig.account(u"anna"_s).smtp, m_rig.caCertificates());
    smtp.line();
    smtp.smtp("EHLO test");
    QVERIFY(smtp.smtp("AUTH XOAUTH2 " + xoauth2("bad")).startsWith("334 "));
    QVERIFY(smtp.smtp("").startsWith("535"));
    QVERIFY(smtp.smtp("AUTH XOAUTH2 " + xoauth2("good")).startsWith("235"));
}

void MailRigTest::changesUidValidity() {
    const QString user = m_rig.freshUser();
    m_rig.deliver(user, "Subject: one\n\nText\n");
    const auto open = [&] {
        auto talk = std::make_unique<Talk>(m_rig.account(user).imap, m_rig.caCertificates());
        talk->line();
        talk->imap("LOGIN " + user.toUtf8() + " \"pass " + user.toUtf8() + '"');
        return talk;
    };
    const QByteArray first = uidValidity(*open());
    QVERIFY(!first.isEmpty());
    m_rig.deleteIndexes(user);
    QCOMPARE(uidValidity(*open()), first);
    m_rig.recreateFolder(user);
    const auto talk = open();
    const QByteArray second = uidValidity(*talk);
    QVERIFY(!second.isEmpty() && second != first);
    QVERIFY(talk->imap("SELECT INBOX").contains("1 EXISTS"));
}

void MailRigTest::hangsWhileSuspended() {
    Talk talk(m_rig.account(u"ben"_s).imap, m_rig.caCertificates());
    QVERIFY(talk.line().startsWith("* OK"));
    m_rig.suspend();
    Talk silent(m_rig.account(u"ben"_s, MailSecurity::Plain).imap, m_rig.caCertificates());
    QVERIFY(silent.isOpen());
    QCOMPARE(silent.line(200), QByteArray());
    m_rig.resume();
    QVERIFY(silent.line().startsWith("* OK"));
}

QTEST_GUILESS_MAIN(MailRigTest)
#include "tst_mail_rig.moc"
