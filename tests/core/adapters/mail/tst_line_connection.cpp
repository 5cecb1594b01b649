// The connection under IMAP and SMTP against a server that behaves as badly as each case says.
#include "core/adapters/mail/wire/line_connection.h"
#include "tests/support/line_server.h"
#include "tests/support/patience.h"

#include <QSignalSpy>

#include <memory>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kLine = 1000;
const WirePace kQuick{20'000, 20'000, 300};

struct Fixture {
    std::unique_ptr<LineServer> server;
    std::unique_ptr<LineConnection> line;
    QByteArrayList lines;
    std::optional<Error> error;
    int opened = 0;
    int encrypted = 0;

    void connectTo(MailSecurity security, const QByteArray& pem = {}, const QString& host = u"localhost"_s,
                   const WirePace& pace = kQuick) {
        line = std::make_unique<LineConnection>(MailServer{host, server ? server->serverPort() : quint16(9), security},
                                                pem, kLine, pace);
        QObject::connect(line.get(), &LineConnection::opened, line.get(), [this] { ++opened; });
        QObject::connect(line.get(), &LineConnection::encrypted, line.get(), [this] { ++encrypted; });
        QObject::connect(line.get(), &LineConnection::failed, line.get(), [this](const Error& e) { error = e; });
        QObject::connect(line.get(), &LineConnection::arrived, line.get(), [this] {
            while (const auto read = line->takeLine())
                lines.append(*read);
        });
        line->open();
    }
};

LineServer::Greeting greets(const QByteArray& words) {
    return [words](Talk& talk) { talk.say(words); };
}

void echo(Talk& talk, const QByteArray& line) {
    talk.say(line + "\r\n");
}

} // namespace

class TestLineConnection : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void speaksTlsFromTheStart();
    void refusesBadCertificates_data();
    void refusesBadCertificates();
    void startsTlsLaterAndForgetsWhatCameBefore();
    void keepsPlainTextOnThisMachine();
    void tellsWhyItCannotConnect();
    void givesUpOnSilence();
    void givesUpOnSilentHandshakes();
    void capsLines();
    void readsPartingWords();
    void saysNothingOnceClosed();
};

void TestLineConnection::speaksTlsFromTheStart() {
    const ServerIdentity identity = selfSignedIdentity();
    Fixture f;
    f.server = std::make_unique<LineServer>(greets("hello\r\n"), echo, LineServer::Security::Tls, identity);
    f.connectTo(MailSecurity::Tls, identity.certificate.toPem());
    QTRY_COMPARE(f.lines, QByteArrayList{"hello"});
    QCOMPARE(f.opened, 1);
    QVERIFY(f.line->isEncrypted());
    f.line->write("one\r\ntwo\r\n");
    QTRY_COMPARE(f.lines.size(), 3);
    QCOMPARE(f.line->bytesOut(), 10);
    QCOMPARE(f.line->bytesIn(), 17);
    QVERIFY(!f.error);
}

void TestLineConnection::refusesBadCertificates_data() {
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<int>("validSeconds");
    QTest::addColumn<bool>("trusted");
    QTest::addColumn<MailSecurity>("security");
    QTest::addColumn<ErrorCause>("cause");
    for (const MailSecurity security : {MailSecurity::Tls, MailSecurity::StartTls}) {
        const QByteArray how = toWord(security).toUtf8();
        QTest::newRow("untrusted " + how)
            << QByteArrayLiteral("localhost") << 86400 << false << security << ErrorCause::CertificateInvalid;
        QTest::newRow("other name " + how)
            << QByteArrayLiteral("mail.example") << 86400 << true << security << ErrorCause::CertificateForAnother;
        QTest::newRow("expired " + how) << QByteArrayLiteral("localhost") << -60 << true << security
                                        << ErrorCause::CertificateExpired;
    }
}

void TestLineConnection::refusesBadCertificates() {
    QFETCH(QByteArray, name);
    QFETCH(int, validSeconds);
    QFETCH(bool, trusted);
    QFETCH(MailSecurity, security);
    const ServerIdentity authority = selfSignedIdentity("authority.example");
    const ServerIdentity identity = signedIdentity(authority, name, validSeconds);
    Fixture f;
    f.server = std::make_unique<LineServer>(
        greets("hello\r\n"), [](Talk& talk, const QByteArray&) { talk.startTls(); },
        security == MailSecurity::Tls ? LineServer::Security::Tls : LineServer::Security::StartTls, identity);
    f.connectTo(security, trusted ? authority.certificate.toPem() : QByteArray());
    if (security == MailSecurity::StartTls) {
        QTRY_COMPARE(f.opened, 1);
        f.line->write("STARTTLS\r\n");
        QTRY_COMPARE(f.server->lines().size(), 1);
        f.line->startTls();
    }
    QTRY_VERIFY(f.error.has_value());
    QTEST(f.error->cause, "cause");
    QCOMPARE(f.error->kind, ErrorKind::Network);
    QVERIFY(!f.line->isOpen());
    QCOMPARE(f.encrypted, 0);
}

void TestLineConnection::startsTlsLaterAndForgetsWhatCameBefore() {
    const ServerIdentity identity = selfSignedIdentity();
    Fixture f;
    f.server = std::make_unique<LineServer>(
        greets("hello\r\n"),
        [](Talk& talk, const QByteArray& line) {
            if (line != "STARTTLS") return echo(talk, line);
            talk.say("go\r\ninjected\r\nhalf an injected li");
            talk.startTls();
        },
        LineServer::Security::StartTls, identity);
    f.connectTo(MailSecurity::StartTls, identity.certificate.toPem());
    QTRY_COMPARE(f.lines.size(), 1);
    QVERIFY(!f.line->isEncrypted());
    f.line->disconnect(SIGNAL(arrived()));
    connect(f.line.get(), &LineConnection::arrived, f.line.get(), [&f] {
        while (const auto read = f.line->takeLine()) {
            f.lines.append(*read);
            if (*read == "go") f.line->startTls();
        }
    });
    f.line->write("STARTTLS\r\n");
    QTRY_COMPARE(f.encrypted, 1);
    f.line->write("secret\r\n");
    QTRY_COMPARE(f.lines, (QByteArrayList{"hello", "go", "secret"}));
    QVERIFY(f.line->isEncrypted());
}

void TestLineConnection::keepsPlainTextOnThisMachine() {
    Fixture f;
    f.server = std::make_unique<LineServer>(greets("hello\r\n"), echo);
    f.connectTo(MailSecurity::Plain, {}, u"mail.example"_s);
    QVERIFY(f.error.has_value());
    QCOMPARE(f.error->cause, ErrorCause::PlainTextRefused);
    QCOMPARE(f.server->connections(), 0);
    f.error.reset();
    f.connectTo(MailSecurity::Plain, {}, u"127.0.0.1"_s);
    QTRY_COMPARE(f.lines, QByteArrayList{"hello"});
    QVERIFY(isLoopbackMailHost(u"LOCALHOST"_s) && isLoopbackMailHost(u"::1"_s));
    QVERIFY(!isLoopbackMailHost(u"localhost.example"_s) && !isLoopbackMailHost(u"10.0.0.1"_s));
}

void TestLineConnection::tellsWhyItCannotConnect() {
    Fixture f;
    f.connectTo(MailSecurity::Tls, {}, u"no-such-host.invalid"_s);
    QTRY_VERIFY(f.error.has_value());
    QCOMPARE(f.error->cause, ErrorCause::HostNotFound);
    f.error.reset();
    f.connectTo(MailSecurity::Plain); // nobody listens on the discard port
    QTRY_VERIFY(f.error.has_value());
    QCOMPARE(f.error->kind, ErrorKind::Network);
    QCOMPARE(f.error->detail, u"connection refused"_s);
    f.error.reset();
    f.server = std::make_unique<LineServer>(greets("hello\r\n"), [](Talk& talk, const QByteArray&) { talk.reset(); });
    f.connectTo(MailSecurity::Plain);
    QTRY_COMPARE(f.lines.size(), 1);
    f.line->write("reset\r\n");
    QTRY_VERIFY(f.error.has_value());
    QVERIFY2(f.error->cause == ErrorCause::ConnectionReset, qPrintable(f.error->detail));
}

void TestLineConnection::givesUpOnSilence() {
    Fixture f;
    f.server = std::make_unique<LineServer>(greets("hello\r\n"), [](Talk&, const QByteArray&) {});
    f.connectTo(MailSecurity::Plain);
    QTRY_COMPARE(f.lines.size(), 1);
    QTest::qWait(kQuick.silenceMs + 100);
    QVERIFY(!f.error); // nobody waits for an answer
    f.line->write("anyone?\r\n");
    f.line->expectAnswer();
    QTRY_VERIFY(f.error.has_value());
    QCOMPARE(f.error->kind, ErrorKind::Timeout);
}

void TestLineConnection::givesUpOnSilentHandshakes() {
    Fixture f;
    f.server = std::make_unique<LineServer>([](Talk&) {}, [](Talk&, const QByteArray&) {});
    f.connectTo(MailSecurity::Tls, {}, u"localhost"_s, {20'000, 500, 300});
    QTRY_VERIFY(f.error.has_value());
    QCOMPARE(f.error->kind, ErrorKind::Timeout);
    QCOMPARE(f.error->detail, u"timed out: TLS handshake"_s);
    f.error.reset();
    f.server = std::make_unique<LineServer>(greets("220 not TLS at all\r\n"), echo);
    f.connectTo(MailSecurity::Tls);
    QTRY_VERIFY(f.error.has_value());
    QCOMPARE(f.error->cause, ErrorCause::ProtocolBroken);
}

void TestLineConnection::capsLines() {
    for (const QByteArray& end : {QByteArray(), QByteArrayLiteral("\r\n")}) {
        Fixture f;
        f.server = std::make_unique<LineServer>(greets("ok\r\n" + QByteArray(kLine * 3, 'x') + end), echo);
        f.connectTo(MailSecurity::Plain);
        QTRY_VERIFY(f.error.has_value());
        QCOMPARE(f.error->cause, ErrorCause::ProtocolBroken);
        QCOMPARE(f.lines, QByteArrayList{"ok"});
    }
}

void TestLineConnection::readsPartingWords() {
    Fixture f;
    f.server = std::make_unique<LineServer>(
        [](Talk& talk) {
            talk.say("hello\r\nbye\r\n");
            talk.hangUp();
        },
        echo);
    f.connectTo(MailSecurity::Plain);
    QTRY_VERIFY(f.error.has_value());
    QCOMPARE(f.error->cause, ErrorCause::ConnectionReset);
    QCOMPARE(f.lines, (QByteArrayList{"hello", "bye"}));
}

void TestLineConnection::saysNothingOnceClosed() {
    Fixture f;
    f.server = std::make_unique<LineServer>(greets("hello\r\n"), echo);
    f.connectTo(MailSecurity::Plain);
    QTRY_COMPARE(f.lines.size(), 1);
    f.line->write("last words\r\n");
    f.line->close();
    QTRY_COMPARE(f.server->lines(), QByteArrayList{"last words"});
    QTRY_VERIFY(!f.server->talk(1));
    QVERIFY(!f.error);
    QCOMPARE(f.lines.size(), 1);
}

QTEST_GUILESS_MAIN(TestLineConnection)
#include "tst_line_connection.moc"
