// SASL responses byte for byte, and the choice of the mechanism.
#include "core/adapters/mail/wire/sasl.h"
#include "core/adapters/mail/wire/wire_buffer.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

MailCredentials credentials(MailAuth auth) {
    return {u"grüße,=@shop.example"_s, SecretString("s3 cret\x7f"), auth};
}

QByteArray plainText(const SecretString& response) {
    const auto bytes = response.reveal();
    return QByteArray::fromBase64(QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())));
}

SaslExchange exchange(SaslMechanism mechanism, MailAuth auth) {
    return SaslExchange(mechanism, credentials(auth), u"imap.shop.example"_s, 993);
}

} // namespace

class TestSasl : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void saysPlainInOneGo();
    void answersLoginPromptsInOrder();
    void endsRefusedTokensAsEachMechanismLaysDown();
    void choosesTheBestOffered_data();
    void choosesTheBestOffered();
    void buffersLinesAndBlocks();
};

void TestSasl::saysPlainInOneGo() {
    SaslExchange plain = exchange(SaslMechanism::Plain, MailAuth::Password);
    QVERIFY(plain.hasInitialResponse());
    QCOMPARE(plainText(plain.respond()), QByteArray("\0gr\xc3\xbc\xc3\x9f"
                                                    "e,=@shop.example\0s3 cret\x7f",
                                                    32));
    QCOMPARE(QByteArray(plain.respond("YQ==").reveal().data(), 1), QByteArrayLiteral("*"));
}

void TestSasl::answersLoginPromptsInOrder() {
    SaslExchange login = exchange(SaslMechanism::Login, MailAuth::Password);
    QVERIFY(!login.hasInitialResponse());
    QCOMPARE(plainText(login.respond("VXNlcm5hbWU6")), u"grüße,=@shop.example"_s.toUtf8());
    QCOMPARE(plainText(login.respond("UGFzc3dvcmQ6")), QByteArrayLiteral("s3 cret\x7f"));
    QCOMPARE(login.respond("YQ==").reveal(), std::string_view("*"));
}

void TestSasl::endsRefusedTokensAsEachMechanismLaysDown() {
    SaslExchange google = exchange(SaslMechanism::XOAuth2, MailAuth::OAuth);
    QCOMPARE(plainText(google.respond()),
             u"user=grüße,=@shop.example\u0001auth=Bearer s3 cret\u007f\u0001\u0001"_s.toUtf8());
    QVERIFY(google.respond("eyJzdGF0dXMiOiI0MDAifQ==").isEmpty());
    QCOMPARE(google.respond("YQ==").reveal(), std::string_view("*"));

    SaslExchange bearer = exchange(SaslMechanism::OAuthBearer, MailAuth::OAuth);
    QCOMPARE(plainText(bearer.respond()),
             u"n,a=grüße=2C=3D@shop.example,\u0001host=imap.shop.example\u0001port=993\u0001"
             u"auth=Bearer s3 cret\u007f\u0001\u0001"_s.toUtf8());
    QCOMPARE(plainText(bearer.respond("eyJzdGF0dXMiOiI0MDAifQ==")), QByteArray(1, '\x01'));
    QCOMPARE(bearer.respond("YQ==").reveal(), std::string_view("*"));
}

void TestSasl::choosesTheBestOffered_data() {
    QTest::addColumn<QByteArrayList>("offered");
    QTest::addColumn<MailAuth>("auth");
    QTest::addColumn<QByteArray>("chosen");
    const auto row = [](const char* name, const QByteArrayList& offered, MailAuth auth, const char* chosen) {
        QTest::newRow(name) << offered << auth << QByteArray(chosen);
    };
    row("plain before login", {"LOGIN", "PLAIN"}, MailAuth::Password, "PLAIN");
    row("login alone, lower case", {"login", "NTLM"}, MailAuth::Password, "LOGIN");
    row("no password over OAuth", {"XOAUTH2", "OAUTHBEARER"}, MailAuth::Password, "");
    row("bearer before XOAUTH2", {"PLAIN", "XOAUTH2", "OAUTHBEARER"}, MailAuth::OAuth, "OAUTHBEARER");
    row("XOAUTH2", {"PLAIN", "xoauth2"}, MailAuth::OAuth, "XOAUTH2");
    row("no token over PLAIN", {"PLAIN", "LOGIN"}, MailAuth::OAuth, "");
    row("nothing", {}, MailAuth::Password, "");
}

void TestSasl::choosesTheBestOffered() {
    QFETCH(QByteArrayList, offered);
    QFETCH(MailAuth, auth);
    const auto chosen = chooseSasl(offered, auth);
    QTEST(chosen ? saslName(*chosen) : QByteArray(), "chosen");
}

void TestSasl::buffersLinesAndBlocks() {
    // Every way of cutting the same bytes gives the same lines and blocks.
    const QByteArray bytes = "a\r\n\r\nb c\nblock\r\n!tail\r\n";
    for (qsizetype piece = 1; piece <= bytes.size(); ++piece) {
        WireBuffer buffer;
        QByteArrayList lines;
        QByteArray block;
        for (qsizetype at = 0; at < bytes.size(); at += piece) {
            buffer.append(bytes.mid(at, piece));
            for (;;) {
                if (lines.size() == 3 && block.size() < 8 && buffer.takeInto(block, 8 - block.size()) > 0) continue;
                if (lines.size() == 3 && block.size() < 8) break;
                const auto line = buffer.takeLine();
                if (!line) break;
                lines.append(*line);
            }
        }
        QCOMPARE(lines, (QByteArrayList{"a", "", "b c", "tail"}));
        QCOMPARE(block, QByteArrayLiteral("block\r\n!"));
        QVERIFY(buffer.isEmpty());
    }
}

QTEST_GUILESS_MAIN(TestSasl)
#include "tst_sasl.moc"
