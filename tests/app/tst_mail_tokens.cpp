// OAuth from the refresh token to a mail in the box: token endpoint on loopback, real IMAP and SMTP servers.
#include "app/common/mail_tokens.h"
#include "core/adapters/mail/smtp/smtp_submission.h"
#include "tests/support/await.h"
#include "tests/support/mail_rig.h"
#include "tests/support/patience.h"
#include "tests/support/scripted_server.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class TestMailTokens : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void logsInWithAFreshTokenWhenTheFirstIsRefused();
    void sharesTokensBetweenConnections();
    void renewsOnlyTheTokenThatWasRefused();
    void readsAnewWhenForgotten();
    void saysThatTheSignInExpired();
    void refusesWhenGone();

private:
    static QByteArray tokenOf(const CredentialSource& source, const char* refused = "") {
        const Result<MailCredentials> credentials = await(source(SecretString(refused)));
        return credentials ? QByteArray(credentials->secret.reveal().data(), qsizetype(credentials->secret.size()))
                           : errorCauseName(credentials.error().cause).toUtf8();
    }

    ManualClock m_clock{UtcTime(1'700'000'000'000)};
    int m_issued = 0;
    int m_read = 0;
    int m_status = 200;
    QByteArrayList m_kept;
    SecretString m_stored;
    MailAccount m_account;
    std::unique_ptr<ScriptedServer> m_provider;
    std::unique_ptr<HttpTransport> m_transport;
    std::unique_ptr<MailTokens> m_tokens;
};

void TestMailTokens::init() {
    m_issued = m_read = 0;
    m_status = 200;
    m_kept.clear();
    m_stored = SecretString("rt0");
    m_provider = std::make_unique<ScriptedServer>([this](const ScriptedRequest& request) {
        ScriptedAnswer answer;
        answer.status = request.body.contains("client_secret=desktop") ? m_status : 401;
        const QByteArray number = QByteArray::number(++m_issued);
        answer.body = answer.status == 200
                          ? R"({"access_token":"at)" + number + R"(","refresh_token":"rt)" + number + "\"}"
                          : QByteArray(R"({"error":"invalid_grant"})");
        return answer;
    });
    m_account = {};
    m_account.address = m_account.userName = MailRig::address(u"anna"_s);
    m_account.auth = MailAuth::OAuth;
    m_account.oauth.clientId = u"id"_s;
    m_account.oauth.authorizeUrl = u"https://login.example/"_s;
    m_account.oauth.tokenUrl = m_provider->baseUrl().toString() + u"/token"_s;
    m_transport = std::make_unique<HttpTransport>();
    m_tokens = std::make_unique<MailTokens>(
        *m_transport, m_clock,
        [this](const MailAccount&) -> Result<OAuthGrant> {
            ++m_read;
            return OAuthGrant{m_stored, SecretString("desktop")};
        },
        [this](const MailAccount&, const OAuthGrant& grant, const SecretString& replaced) {
            if (!m_stored.equals(replaced)) return false;
            m_stored = grant.refreshToken;
            const SecretString packed = packedGrant(grant);
            m_kept << QByteArray(packed.reveal().data(), qsizetype(packed.size()));
            return true;
        });
}

void TestMailTokens::logsInWithAFreshTokenWhenTheFirstIsRefused() {
    if (const QString why = MailRig::missing(); !why.isEmpty()) QSKIP(qPrintable(u"aiva-skip: "_s + why));
    MailRig rig;
    QVERIFY2(rig.start(), qPrintable(rig.error()));
    rig.setToken(u"at2"_s, u"anna"_s); // at1 is refused
    const MailAccount account = rig.account(u"anna"_s);
    SmtpSubmission submission(account.smtp, account.caCertificates, m_tokens->credentialsOf(m_account));
    const MailEnvelope envelope{account.address, {MailRig::address(u"ben"_s)}};
    const Result<bool> prepared = await(submission.prepare(envelope, "Subject: x\r\n\r\nx\r\n"));
    QVERIFY2(prepared, prepared ? "" : qPrintable(prepared.error().detail));
    QVERIFY(await(submission.finish()));
    QCOMPARE(rig.mailsOf(u"ben"_s).size(), 1);
    QCOMPARE(m_issued, 2);
    QCOMPARE(m_kept, (QByteArrayList{"rt1 desktop", "rt2 desktop"}));
}

void TestMailTokens::sharesTokensBetweenConnections() {
    QCOMPARE(tokenOf(m_tokens->credentialsOf(m_account)), "at1");
    QCOMPARE(tokenOf(m_tokens->credentialsOf(m_account)), "at1");
    QCOMPARE(m_read, 1);
}

void TestMailTokens::renewsOnlyTheTokenThatWasRefused() {
    const CredentialSource source = m_tokens->credentialsOf(m_account); // of two connections that log in at once
    QCOMPARE(tokenOf(source), "at1");
    QCOMPARE(tokenOf(source), "at1");
    QCOMPARE(tokenOf(source, "at1"), "at2");
    QCOMPARE(tokenOf(source, "at1"), "at2");
    QCOMPARE(tokenOf(source), "at2");
    QCOMPARE(m_issued, 2);
}

void TestMailTokens::readsAnewWhenForgotten() {
    const CredentialSource source = m_tokens->credentialsOf(m_account);
    QCOMPARE(tokenOf(source), "at1");
    m_tokens->forget(m_account);
    m_tokens->forget(m_account);
    QCOMPARE(tokenOf(source), "at2");
    QCOMPARE(m_read, 2);
}

void TestMailTokens::saysThatTheSignInExpired() {
    m_status = 400;
    QCOMPARE(tokenOf(m_tokens->credentialsOf(m_account)), "LoginExpired");
}

void TestMailTokens::refusesWhenGone() {
    const CredentialSource source = m_tokens->credentialsOf(m_account);
    m_tokens.reset();
    QCOMPARE(await(source(SecretString())).error().kind, ErrorKind::Refused);
}

QTEST_GUILESS_MAIN(TestMailTokens)
#include "tst_mail_tokens.moc"
