// Logging in: what is said in which order, what a man in the middle may not achieve, and which credentials are asked
// for how often.
#include "core/adapters/mail/imap/imap_mailbox.h"
#include "tests/support/await.h"
#include "tests/support/patience.h"
#include "tests/support/scripted_imap.h"

#include <memory>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

using Security = LineServer::Security;

Future<MailCredentials> password(const SecretString&) {
    return readyFuture<MailCredentials>(MailCredentials{u"agent"_s, SecretString("secret"), MailAuth::Password});
}

ImapPace patient() {
    ImapPace pace;
    pace.wire = {20'000, 20'000, 20'000};
    return pace;
}

void startTls(Talk& talk, const QByteArray& tag, const QByteArray& extra = {}) {
    talk.say(tag + " OK begin\r\n" + extra);
    talk.startTls();
}

} // namespace

class TestImapLogin : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void believesNothingSaidBeforeTls();
    void wantsEncryptionBeforeSecrets_data();
    void wantsEncryptionBeforeSecrets();
    void refusesBadCertificates_data();
    void refusesBadCertificates();
    void asksForCapabilitiesItWasNotTold();
    void asksOnceMoreForARefusedToken();
    void passesOnWhyThereAreNoCredentials();
    void asksCredentialsOnItsOwnersThread();
    void placesFoldersBelowTheUsersPrefix();
};

void TestImapLogin::believesNothingSaidBeforeTls() {
    ScriptedImap imap(Security::StartTls, selfSignedIdentity());
    imap.greeting = "* OK [CAPABILITY IMAP4rev1 STARTTLS AUTH=XOAUTH2 MOVE X-EVIL] mitm\r\n";
    imap.capabilities = "IMAP4rev1 AUTH=PLAIN SASL-IR";
    imap.on("STARTTLS", [](Talk& talk, const QByteArray& tag, const QByteArray&) {
        startTls(talk, tag, "* CAPABILITY IMAP4rev1 MOVE UIDPLUS\r\na2 OK injected\r\na3 OK injected\r\n");
    });
    ImapMailbox box(imap.account(), password, patient());
    const auto abilities = await(box.open());
    QVERIFY2(abilities, qPrintable(abilities ? QString() : abilities.error().detail));
    QVERIFY(!abilities->move && !abilities->uidPlus);
    QVERIFY(!abilities->serverName.contains(u"mitm"_s));
    QCOMPARE(imap.commands("AUTHENTICATE").size(), 1);
    QVERIFY(imap.server().talk(1)->isEncrypted());
}

void TestImapLogin::wantsEncryptionBeforeSecrets_data() {
    QTest::addColumn<QByteArray>("greeting");
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("not offered") << QByteArray("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] x\r\n") << QByteArray();
    QTest::newRow("already in") << QByteArray("* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] x\r\n") << QByteArray();
    QTest::newRow("refused") << QByteArray("* OK [CAPABILITY IMAP4rev1 STARTTLS] x\r\n") << QByteArray("NO sorry");
}

void TestImapLogin::wantsEncryptionBeforeSecrets() {
    ScriptedImap imap(Security::StartTls, selfSignedIdentity());
    QFETCH(QByteArray, greeting);
    QFETCH(QByteArray, answer);
    imap.greeting = greeting;
    imap.on("STARTTLS", {}, answer);
    ImapMailbox box(imap.account(), password, patient());
    QCOMPARE(await(box.open()).error().cause, ErrorCause::PlainTextRefused);
    QVERIFY(imap.commands("LOGIN").isEmpty() && imap.commands("AUTHENTICATE").isEmpty());

    ScriptedImap plain;
    plain.capabilities = "IMAP4rev1 LOGINDISABLED";
    ImapMailbox disabled(plain.account(), password, patient());
    QCOMPARE(await(disabled.open()).error().cause, ErrorCause::PlainTextRefused);
    QVERIFY(plain.commands("LOGIN").isEmpty());
}

void TestImapLogin::refusesBadCertificates_data() {
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<int>("validSeconds");
    QTest::addColumn<bool>("trusted");
    QTest::addColumn<ErrorCause>("cause");
    QTest::newRow("untrusted") << QByteArray("localhost") << 1000 << false << ErrorCause::CertificateInvalid;
    QTest::newRow("other name") << QByteArray("imap.elsewhere.example") << 1000 << true
                                << ErrorCause::CertificateForAnother;
    QTest::newRow("expired") << QByteArray("localhost") << -60 << true << ErrorCause::CertificateExpired;
}

void TestImapLogin::refusesBadCertificates() {
    QFETCH(QByteArray, name);
    QFETCH(int, validSeconds);
    QFETCH(bool, trusted);
    const ServerIdentity authority = selfSignedIdentity("authority.example");
    for (const Security security : {Security::Tls, Security::StartTls}) {
        ScriptedImap imap(security, signedIdentity(authority, name, validSeconds));
        imap.capabilities += " STARTTLS";
        imap.on("STARTTLS", [](Talk& talk, const QByteArray& tag, const QByteArray&) { startTls(talk, tag); });
        MailAccount account = imap.account();
        account.caCertificates = trusted ? authority.certificate.toPem() : QByteArray();
        ImapMailbox box(account, password, patient());
        const auto refused = await(box.open());
        QTEST(refused.error().cause, "cause");
        QVERIFY(imap.commands("AUTHENTICATE").isEmpty());
    }
}

void TestImapLogin::asksForCapabilitiesItWasNotTold() {
    ScriptedImap imap;
    imap.greeting = "* OK hello\r\n";
    imap.capabilities = "IMAP4rev1 AUTH=PLAIN";
    imap.on("AUTHENTICATE PLAIN", [&](Talk& talk, const QByteArray& tag, const QByteArray& command) {
        QCOMPARE(command, QByteArray("AUTHENTICATE PLAIN")); // no SASL-IR: the response waits
        talk.say("+ \r\n");
        imap.on("AGFnZW50AHNlY3JldA==", [&imap, tag](Talk& later, const QByteArray&, const QByteArray&) {
            imap.capabilities = "IMAP4rev1 MOVE"; // more once logged in
            later.say(tag + " OK in\r\n");
        });
    });
    ImapMailbox box(imap.account(), password, patient());
    QVERIFY(await(box.open())->move);
    QCOMPARE(imap.commands("CAPABILITY").size(), 2);
}

void TestImapLogin::asksOnceMoreForARefusedToken() {
    for (const QByteArray& mechanism : {QByteArray("XOAUTH2"), QByteArray("OAUTHBEARER")}) {
        for (const int good : {1, 2, 3}) {
            ScriptedImap imap;
            imap.capabilities = "IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=" + mechanism;
            int asked = 0;
            bool tellsWhich = true;
            QByteArray tagOfLogin;
            imap.on("AUTHENTICATE " + mechanism, [&](Talk& talk, const QByteArray& tag, const QByteArray&) {
                tagOfLogin = tag;
                talk.say(asked == good ? tag + " OK in\r\n" : QByteArray("+ eyJzdGF0dXMiOiI0MDEifQ==\r\n"));
            });
            const auto refuse = [&](Talk& talk, const QByteArray&, const QByteArray&) {
                talk.say(tagOfLogin + " NO [AUTHENTICATIONFAILED] no\r\n");
            };
            imap.on(mechanism == "XOAUTH2" ? "" : "AQ==", refuse);
            if (mechanism == "XOAUTH2")
                for (const char* ordinary : {"CAPABILITY", "NOOP", "LOGOUT"})
                    imap.on(ordinary, {}, "OK done");
            imap.on("AUTHENTICATE " + mechanism, [&](Talk& talk, const QByteArray& tag, const QByteArray&) {
                tagOfLogin = tag;
                talk.say(asked == good ? tag + " OK [CAPABILITY IMAP4rev1] in\r\n"
                                       : QByteArray("+ eyJzdGF0dXMiOiI0MDEifQ==\r\n"));
            });
            ImapMailbox box(
                imap.account(),
                [&](const SecretString& refused) {
                    ++asked;
                    tellsWhich &= refused.equals(SecretString(asked == 1 ? "" : "token1"));
                    const SecretString token("token" + std::to_string(asked));
                    return readyFuture<MailCredentials>(MailCredentials{u"agent"_s, token, MailAuth::OAuth});
                },
                patient());
            const auto opened = await(box.open());
            QCOMPARE(asked, good == 1 ? 1 : 2);
            QVERIFY(tellsWhich);
            QCOMPARE(opened.has_value(), good <= 2);
            if (!opened) QCOMPARE(opened.error().cause, ErrorCause::LoginRefused);
        }
    }
}

void TestImapLogin::passesOnWhyThereAreNoCredentials() {
    ScriptedImap imap;
    ImapMailbox box(
        imap.account(),
        [](const SecretString&) {
            return readyFuture<MailCredentials>(Error{ErrorKind::Auth, u"revoked"_s, ErrorCause::LoginExpired});
        },
        patient());
    QCOMPARE(await(box.open()).error().cause, ErrorCause::LoginExpired);
    MailAccount nowhere = imap.account();
    nowhere.imap.host = u"no-such-host.invalid"_s;
    nowhere.imap.security = MailSecurity::Tls;
    ImapMailbox lost(nowhere, password, patient());
    QCOMPARE(await(lost.open()).error().cause, ErrorCause::HostNotFound);
}

void TestImapLogin::asksCredentialsOnItsOwnersThread() {
    ScriptedImap imap;
    QThread* asked = nullptr;
    QPromise<Result<MailCredentials>> late;
    late.start();
    ImapPace pace = patient();
    pace.wire.silenceMs = 1'500;
    ImapMailbox box(
        imap.account(),
        [&](const SecretString&) {
            asked = QThread::currentThread();
            return late.future();
        },
        pace);
    const auto opening = box.open();
    QTRY_COMPARE(asked, QThread::currentThread());
    QTest::qWait(pace.wire.silenceMs + 100); // longer than the server may be silent: it is we who make it wait
    QVERIFY(!opening.isFinished());
    late.addResult(MailCredentials{u"agent"_s, SecretString("secret"), MailAuth::Password});
    late.finish();
    QVERIFY(await(opening));
}

void TestImapLogin::placesFoldersBelowTheUsersPrefix() {
    ScriptedImap imap;
    imap.on("NAMESPACE", "* NAMESPACE ((\"INBOX.\" \".\")) ((\"user.\" \".\")) ((\"Public.\" \".\"))\r\n");
    imap.on("LIST", "* LIST (\\HasNoChildren) \".\" INBOX\r\n* LIST () \".\" INBOX.Gesendet\r\n"
                    "* LIST (\\Noselect) \".\" \"Entw&APw-rfe\"\r\n");
    ImapMailbox box(imap.account(), password, patient());
    const auto folders = await(box.folders());
    QVERIFY(folders && folders->size() == 3);
    QCOMPARE(folders->at(0).role, FolderRole::Inbox);
    QCOMPARE(folders->at(1).role, FolderRole::Sent);
    QVERIFY(!folders->at(2).canSelect);
    QCOMPARE(folders->at(2).name, u"Entwürfe"_s);
    for (const QString& folder : {u"INBOX.Gesendet"_s, u"inbox"_s, u"Entwürfe"_s, u"Public.news"_s, u"Aiva"_s})
        QVERIFY(await(box.folderState(folder)));
    QVERIFY(await(box.createFolder(u"Aiva"_s)));
    QByteArrayList names;
    for (const QByteArray& command : imap.commands("SELECT"))
        names << command.split('"').at(1);
    QCOMPARE(names, (QByteArrayList{"INBOX.Gesendet", "INBOX", "Entw&APw-rfe", "Public.news", "INBOX.Aiva"}));
    QCOMPARE(imap.commands("CREATE"), QByteArrayList{"CREATE \"INBOX.Aiva\""});
}

QTEST_GUILESS_MAIN(TestImapLogin)
#include "tst_imap_login.moc"
