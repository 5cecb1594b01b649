// aivactl and a mailbox on a real server: connected, synced, and told what is wrong by exit status.
#include "tests/support/mail_rig.h"
#include "tests/support/patience.h"
#include "tests/support/programs.h"
#include "tests/support/scripted_server.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class MailCliTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    std::unique_ptr<MailRig> m_rig;
    std::unique_ptr<Ctl> m_ctl;
    QString m_user;
    int m_syncMs = 0; // of a few mails

    QStringList connectArguments(const QString& user) const {
        const MailAccount account = m_rig->account(user);
        return {u"mail"_s,
                u"connect"_s,
                u"--address"_s,
                MailRig::address(user),
                u"--imap"_s,
                u"%1:%2"_s.arg(account.imap.host).arg(account.imap.port),
                u"--smtp"_s,
                u"%1:%2"_s.arg(account.smtp.host).arg(account.smtp.port),
                u"--ca-file"_s,
                m_dir.filePath(u"ca.pem"_s),
                u"--name"_s,
                u"Licht"_s,
                u"--password-stdin"_s};
    }
    static QByteArray passwordLine(const QString& user) {
        const SecretString password = MailRig::password(user);
        const std::string_view secret = password.reveal();
        return QByteArray(secret.data(), static_cast<qsizetype>(secret.size())) + '\n';
    }
    static QByteArray mail(int number) {
        return "From: Kim <kim" + QByteArray::number(number) +
               "@home.example>\nTo: support@shop.example\nMessage-ID: <m" + QByteArray::number(number) +
               "@home.example>\nDate: Mon, 02 Feb 2026 14:02:03 +0000\nSubject: Lamp " + QByteArray::number(number) +
               "\n\nWhere is it?\n";
    }
    // While this test serves what the program asks for.
    Finished runServed(const QStringList& arguments, const QByteArray& input = {}) const {
        const auto process = m_ctl->start(arguments);
        process->write(input);
        process->closeWriteChannel();
        Finished finished;
        if (!QTest::qWaitFor([&] { return process->state() == QProcess::NotRunning; }, 180'000)) process->kill();
        if (process->exitStatus() == QProcess::NormalExit) finished.exitStatus = process->exitCode();
        finished.out = process->readAllStandardOutput();
        finished.err = process->readAllStandardError();
        return finished;
    }
    QJsonObject messagesOf(const Finished& sync) const {
        return sync.lastLine().value(u"records"_s).toObject().value(u"messages"_s).toObject();
    }

private Q_SLOTS:
    void initTestCase() {
        if (!MailRig::missing().isEmpty()) QSKIP(qPrintable(u"aiva-skip: "_s + MailRig::missing()));
        m_rig = std::make_unique<MailRig>();
        QVERIFY2(m_rig->start(), qPrintable(m_rig->error()));
        QFile pem(m_dir.filePath(u"ca.pem"_s));
        QVERIFY(pem.open(QIODevice::WriteOnly));
        pem.write(m_rig->caCertificates());
        m_ctl = std::make_unique<Ctl>(m_dir.path());
        QCOMPARE(m_ctl->run({u"workspace"_s, u"init"_s}).exitStatus, 0);
        m_user = m_rig->freshUser();
    }
    void cleanupTestCase() { m_rig.reset(); }

    void refusesWrongUsage() {
        QCOMPARE(m_ctl->run({u"mail"_s, u"connect"_s}).exitStatus, 2);
        QStringList both = connectArguments(m_user) << u"--oauth-token-stdin"_s;
        QCOMPARE(m_ctl->run(both, "x\n").exitStatus, 2);
        QCOMPARE(m_ctl->run(connectArguments(m_user), "\n").exitStatus, 2);
        QStringList nobodysToken = connectArguments(m_user);
        nobodysToken.replace(nobodysToken.indexOf(u"--password-stdin"_s), u"--oauth-token-stdin"_s);
        QCOMPARE(m_ctl->run(nobodysToken, "rt\n").exitStatus, 2);
        QCOMPARE(m_ctl->run(nobodysToken << u"--oauth"_s << u"google"_s, "rt\n").exitStatus, 2);
        QStringList plain = connectArguments(m_user);
        plain.replace(plain.indexOf(u"--imap"_s) + 1, u"mail.example:143"_s);
        QCOMPARE(m_ctl->run(plain << u"--security"_s << u"plain"_s, "x\n").exitStatus, 2);
        QCOMPARE(m_ctl->run({u"mail"_s, u"sync"_s}).exitStatus, 3);
    }

    void tellsALoginFromALine() {
        const Finished refused = m_ctl->run(connectArguments(m_user), "wrong\n");
        QCOMPARE(refused.exitStatus, 4);
        QVERIFY(!refused.err.contains("wrong"));
        QStringList nobody = connectArguments(m_user);
        nobody.replace(nobody.indexOf(u"--imap"_s) + 1, u"127.0.0.1:1"_s);
        QCOMPARE(m_ctl->run(nobody, passwordLine(m_user)).exitStatus, 6);
        QStringList unnamed = connectArguments(m_user);
        unnamed.remove(unnamed.indexOf(u"--imap"_s), 4);
        unnamed.replace(unnamed.indexOf(u"--address"_s) + 1, u"help@shop.invalid"_s);
        QVERIFY(m_ctl->run(unnamed, passwordLine(m_user)).exitStatus >= 3);
        QStringList untrusting = connectArguments(m_user);
        untrusting.remove(untrusting.indexOf(u"--ca-file"_s), 2);
        QCOMPARE(m_ctl->run(untrusting, passwordLine(m_user)).exitStatus, 6);
        QVERIFY(m_ctl->run({u"mail"_s, u"list"_s}).json().value(u"mailboxes"_s).toArray().isEmpty());
    }

    void connectsAndSyncs() {
        for (int i = 1; i <= 12; ++i)
            m_rig->deliver(m_user, mail(i));
        const Finished connected = m_ctl->run(connectArguments(m_user), passwordLine(m_user));
        QVERIFY2(connected.exitStatus == 0, connected.err.constData());
        const QJsonObject mailbox = connected.json();
        for (const char* key : {"id", "address", "name", "user", "auth", "imap", "smtp", "store_id", "status",
                                "last_error", "last_sync_at", "messages", "messages_to_fetch", "faults", "folders"})
            QVERIFY2(mailbox.contains(QLatin1String(key)), key);
        QCOMPARE(mailbox.value(u"address"_s).toString(), MailRig::address(m_user));
        QCOMPARE(mailbox.value(u"status"_s).toString(), u"connected"_s);

        QElapsedTimer timer;
        timer.start();
        const Finished sync = m_ctl->run({u"mail"_s, u"sync"_s});
        m_syncMs = static_cast<int>(timer.elapsed());
        QVERIFY2(sync.exitStatus == 0, sync.err.constData());
        QCOMPARE(sync.lastLine().value(u"event"_s).toString(), u"finished"_s);
        QCOMPARE(sync.lastLine().value(u"status"_s).toString(), u"completed"_s);
        QVERIFY(sync.lastLine().contains(u"duration_ms"_s));
        QCOMPARE(messagesOf(sync).value(u"processed"_s).toInt(), 12);
        QCOMPARE(messagesOf(sync).value(u"created"_s).toInt(), 12);
        const Finished again =
            m_ctl->run({u"mail"_s, u"sync"_s, u"--mailbox"_s, QString::number(mailbox.value(u"id"_s).toInteger())});
        QCOMPARE(messagesOf(again).value(u"processed"_s).toInt(), 0);
        QCOMPARE(m_ctl->run({u"workspace"_s, u"info"_s}).json().value(u"counts"_s)[u"messages"_s].toInt(), 12);
        QCOMPARE(m_ctl->run({u"mail"_s, u"sync"_s, u"--mailbox"_s, u"99"_s}).exitStatus, 3);
    }

    void survivesBeingKilled() {
        constexpr int kMails = 300;
        for (int i = 13; i <= kMails; ++i)
            m_rig->deliver(m_user, mail(i));
        int kills = 0;
        for (int i = 5; i <= 10; ++i) { // from when it has hardly begun to the middle of what it reads
            const auto process = m_ctl->start({u"mail"_s, u"sync"_s});
            if (process->waitForFinished(std::max(m_syncMs, 60) * i / 10)) continue;
            process->kill();
            process->waitForFinished(60'000);
            ++kills;
        }
        const Finished sync = m_ctl->run({u"mail"_s, u"sync"_s});
        QVERIFY2(sync.exitStatus == 0, sync.err.constData());
        QCOMPARE(m_ctl->run({u"workspace"_s, u"info"_s}).json().value(u"counts"_s)[u"messages"_s].toInt(), kMails);
        const QJsonObject mailbox = m_ctl->run({u"mail"_s, u"list"_s}).json().value(u"mailboxes"_s)[0].toObject();
        QCOMPARE(mailbox.value(u"messages"_s).toInt(), kMails);
        QCOMPARE(mailbox.value(u"messages_to_fetch"_s).toInt(), 0);
        QCOMPARE(m_ctl->run({u"workspace"_s, u"check"_s}).json().value(u"ok"_s).toBool(), true);
        qInfo("killed %d times", kills);
    }

    void tellsOfAServerThatIsDown() {
        m_rig->stopDovecot();
        QCOMPARE(m_ctl->run({u"mail"_s, u"sync"_s}).exitStatus, 6);
        const QJsonObject listed = m_ctl->run({u"mail"_s, u"list"_s}).json().value(u"mailboxes"_s)[0].toObject();
        QCOMPARE(listed.value(u"status"_s).toString(), u"connected"_s);
        QVERIFY(listed.value(u"last_error"_s).toString().startsWith(u"Network"_s));
        const Finished doctor = m_ctl->run({u"doctor"_s});
        QVERIFY2(doctor.out.contains(MailRig::address(m_user).toUtf8()), doctor.out.constData());
        QVERIFY(m_rig->startDovecot());
        QCOMPARE(m_ctl->run({u"mail"_s, u"sync"_s}).exitStatus, 0);
    }

    // Last: its mailbox stays, and the server of its tokens is gone afterwards.
    void renewsTheTokensOfASignIn() {
        int issued = 0;
        ScriptedServer provider([&](const ScriptedRequest& request) {
            ScriptedAnswer answer;
            const QByteArray wanted = "refresh_token=rt" + QByteArray::number(issued);
            const bool isOurs = request.body.contains(wanted) && request.body.contains("client_secret=desktop") &&
                                request.body.contains("client_id=id");
            answer.status = isOurs ? 200 : 400;
            const QByteArray number = QByteArray::number(++issued);
            answer.body = isOurs ? "{\"access_token\":\"at" + number + "\",\"refresh_token\":\"rt" + number + "\"}"
                                 : QByteArray("{\"error\":\"invalid_grant\"}");
            return answer;
        });
        const QString user = m_rig->freshUser();
        m_rig->deliver(user, mail(900));
        QStringList connect = connectArguments(user);
        connect.replace(connect.indexOf(u"--password-stdin"_s), u"--oauth-token-stdin"_s);
        connect << u"--client-id"_s << u"id"_s << u"--token-url"_s << provider.baseUrl().toString() + u"/token"_s;
        m_rig->setToken(u"at1"_s, user);
        const Finished connected = runServed(connect, "rt0 desktop\n");
        QVERIFY2(connected.exitStatus == 0, connected.err.constData());
        const QString id = QString::number(connected.json().value(u"id"_s).toInteger());
        issued = 0; // what came with the test is not kept: the next one begins with the token given
        for (int run = 1; run <= 2; ++run) {
            m_rig->setToken(u"at%1"_s.arg(run), user);
            const Finished sync = runServed({u"mail"_s, u"sync"_s, u"--mailbox"_s, id});
            QVERIFY2(sync.exitStatus == 0, sync.err.constData());
            QCOMPARE(messagesOf(sync).value(u"processed"_s).toInt(), run == 1 ? 1 : 0);
            QCOMPARE(issued, run); // the exchanged refresh token is kept
        }
        m_rig->setToken(u"at3"_s, {});
        QCOMPARE(runServed({u"mail"_s, u"sync"_s, u"--mailbox"_s, id}).exitStatus, 4);
    }
};

QTEST_GUILESS_MAIN(MailCliTest)
#include "tst_mail_cli.moc"
