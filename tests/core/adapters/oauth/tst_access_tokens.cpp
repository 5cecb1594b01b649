#include "core/adapters/oauth/access_tokens.h"
#include "core/adapters/oauth/oauth_grant.h"
#include "tests/support/await.h"
#include "tests/support/patience.h"
#include "tests/support/scripted_server.h"

#include <QUrlQuery>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class TestAccessTokens : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void renewsBeforeItExpires();
    void sharesOneRequest();
    void keepsTheNewRefreshToken();
    void takesWhatAnotherProcessRenewed();
    void goesOnAfterASignInElsewhere();
    void goesOnWithWhatCouldNotBeStored();
    void asksForAFreshOneOnlyWhenTheRefusedOneIsStillOurs();
    void stopsAskingOnceRevoked();
    void triesAgainAfterATrouble();
    void keepsTheClientsSecretBesideTheToken();

private:
    static QByteArray bytesOf(const SecretString& secret) {
        return QByteArray(secret.reveal().data(), qsizetype(secret.size()));
    }
    QByteArray token() {
        const Result<SecretString> answer = await(m_tokens->current());
        return answer ? bytesOf(*answer) : answer.error().detail.toUtf8();
    }
    QByteArray sentRefreshToken(int request) const {
        const QUrlQuery form(QString::fromLatin1(m_server->requests().at(request).body));
        return form.queryItemValue(u"refresh_token"_s, QUrl::FullyDecoded).toUtf8();
    }

    ManualClock m_clock{UtcTime(1'700'000'000'000)};
    int m_status = 200;
    int m_issued = 0;
    QByteArray m_more; // of the answer
    QByteArrayList m_kept;
    QByteArrayList m_replaced;
    SecretString m_stored; // as another process sees it, too
    bool m_isDiskFull = false;
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<HttpTransport> m_transport;
    std::unique_ptr<AccessTokens> m_tokens;
};

void TestAccessTokens::init() {
    m_status = 200;
    m_issued = 0;
    m_more.clear();
    m_kept.clear();
    m_replaced.clear();
    m_stored = SecretString("first");
    m_isDiskFull = false;
    m_server = std::make_unique<ScriptedServer>([this](const ScriptedRequest&) {
        ScriptedAnswer answer;
        answer.status = m_status;
        answer.body = m_status == 200 ? "{\"access_token\":\"at" + QByteArray::number(++m_issued) +
                                            "\",\"expires_in\":3600" + m_more + "}"
                                      : "{\"error\":\"invalid_grant\"}";
        return answer;
    });
    m_transport = std::make_unique<HttpTransport>();
    OAuthProvider provider;
    provider.clientId = u"id"_s;
    provider.authorizeUrl = u"https://login.example/"_s;
    provider.tokenUrl = m_server->baseUrl().toString() + u"/token"_s;
    m_tokens = std::make_unique<AccessTokens>(
        *m_transport, m_clock, OAuthClient{provider, {}}, SecretString("first"),
        [this](const SecretString& fresh, const SecretString& replaced) {
            m_kept << bytesOf(fresh);
            m_replaced << bytesOf(replaced);
            if (m_isDiskFull) return false;
            m_stored = fresh;
            return true;
        },
        [this] { return Result<SecretString>(m_stored); });
}

void TestAccessTokens::renewsBeforeItExpires() {
    QCOMPARE(token(), "at1");
    m_clock.advanceMs(3'299'000);
    QCOMPARE(token(), "at1");
    m_clock.advanceMs(2'000);
    QCOMPARE(token(), "at2");
    QCOMPARE(m_server->requests().size(), 2);
    QVERIFY(m_kept.isEmpty());
}

void TestAccessTokens::sharesOneRequest() {
    const Future<SecretString> one = m_tokens->current(), two = m_tokens->current();
    QVERIFY(await(one) && await(two));
    QCOMPARE(m_server->requests().size(), 1);
}

void TestAccessTokens::keepsTheNewRefreshToken() {
    m_more = ",\"refresh_token\":\"second\"";
    QCOMPARE(token(), "at1");
    QCOMPARE(m_kept, QByteArrayList{"second"});
    m_clock.advanceMs(3'600'000);
    QCOMPARE(token(), "at2");
    QCOMPARE(sentRefreshToken(0), "first");
    QCOMPARE(sentRefreshToken(1), "second");
    QCOMPARE(m_kept.size(), 1); // the same again is no news
    m_tokens->adopt({SecretString("signed-in"), SecretString("third"), 3'600});
    QCOMPARE(token(), "signed-in");
    QCOMPARE(m_kept.constLast(), "third");
    QCOMPARE(m_replaced, (QByteArrayList{"first", "second"}));
}

void TestAccessTokens::takesWhatAnotherProcessRenewed() {
    QCOMPARE(token(), "at1");
    m_stored = SecretString("theirs");
    m_clock.advanceMs(3'600'000);
    QCOMPARE(token(), "at2");
    QCOMPARE(sentRefreshToken(0), "first");
    QCOMPARE(sentRefreshToken(1), "theirs");
}

// Signed in anew by another process: nobody has to restart this one.
void TestAccessTokens::goesOnAfterASignInElsewhere() {
    m_status = 400;
    QCOMPARE(await(m_tokens->current()).error().cause, ErrorCause::LoginExpired);
    m_status = 200;
    QCOMPARE(await(m_tokens->current()).error().cause, ErrorCause::LoginExpired);
    QCOMPARE(m_server->requests().size(), 1);
    m_stored = SecretString("anew");
    QCOMPARE(token(), "at1");
    QCOMPARE(sentRefreshToken(1), "anew");
}

// What is stored is the one that was exchanged; the provider would take its use for theft.
void TestAccessTokens::goesOnWithWhatCouldNotBeStored() {
    m_isDiskFull = true;
    for (const char* next : {"second", "third", "fourth"}) {
        m_more = ",\"refresh_token\":\"" + QByteArray(next) + "\"";
        QVERIFY(token().startsWith("at"));
        m_clock.advanceMs(3'600'000);
    }
    QCOMPARE(sentRefreshToken(1), "second");
    QCOMPARE(sentRefreshToken(2), "third");
}

void TestAccessTokens::asksForAFreshOneOnlyWhenTheRefusedOneIsStillOurs() {
    QCOMPARE(token(), "at1");
    QVERIFY(await(m_tokens->renewedAfter(SecretString("at1")))->equals(SecretString("at2")));
    QVERIFY(await(m_tokens->renewedAfter(SecretString("at1")))->equals(SecretString("at2")));
    QCOMPARE(m_server->requests().size(), 2);
}

void TestAccessTokens::stopsAskingOnceRevoked() {
    m_status = 400;
    QCOMPARE(await(m_tokens->current()).error().cause, ErrorCause::LoginExpired);
    QCOMPARE(await(m_tokens->current()).error().cause, ErrorCause::LoginExpired);
    QCOMPARE(await(m_tokens->renewedAfter(SecretString("x"))).error().kind, ErrorKind::Auth);
    QCOMPARE(m_server->requests().size(), 1);
    m_tokens->adopt({SecretString("back"), SecretString("new"), 3'600});
    QCOMPARE(token(), "back");
}

void TestAccessTokens::triesAgainAfterATrouble() {
    m_status = 503;
    QCOMPARE(await(m_tokens->current()).error().cause, ErrorCause::ServerBusy);
    m_status = 200;
    const quint16 port = m_server->serverPort();
    m_server->close();
    QCOMPARE(await(m_tokens->current()).error().kind, ErrorKind::Network);
    QVERIFY(m_server->listen(QHostAddress::LocalHost, port));
    QCOMPARE(token(), "at1");
}

void TestAccessTokens::keepsTheClientsSecretBesideTheToken() {
    const SecretString alone("rt");
    QVERIFY(packedGrant({alone, {}}).equals(alone));
    QVERIFY(grantFrom(alone).refreshToken.equals(alone) && grantFrom(alone).clientSecret.isEmpty());
    const SecretString both("rt desktop");
    QVERIFY(packedGrant({alone, SecretString("desktop")}).equals(both));
    QVERIFY(grantFrom(both).refreshToken.equals(alone) && grantFrom(both).clientSecret.equals(SecretString("desktop")));
}

QTEST_GUILESS_MAIN(TestAccessTokens)
#include "tst_access_tokens.moc"
