// Signing in: the browser is a socket here, the provider a loopback server.
#include "core/adapters/oauth/oauth_sign_in.h"
#include "core/domain/mail/oauth_presets.h"
#include "tests/support/await.h"
#include "tests/support/patience.h"
#include "tests/support/scripted_server.h"

#include <QElapsedTimer>
#include <QTcpSocket>
#include <QUrlQuery>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

constexpr char kTokens[] = R"({"access_token":"at","refresh_token":"rt","expires_in":3599,"token_type":"Bearer"})";

QByteArray formValue(const QByteArray& body, const QString& name) {
    return QUrlQuery(QString::fromLatin1(body)).queryItemValue(name, QUrl::FullyDecoded).toUtf8();
}

QString told(const Error& error) {
    return errorKindName(error.kind) + u'/' + errorCauseName(error.cause);
}

} // namespace

class TestOAuth : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void derivesTheChallengeOfTheStandard();
    void asksForWhatTheProviderNeeds();
    void refusesEndpointsThatAreNotSafe_data();
    void refusesEndpointsThatAreNotSafe();
    void signsIn();
    void listensToNobodyElse_data();
    void listensToNobodyElse();
    void endsWhenThePersonDeclines();
    void endsWhenNobodyComes();
    void waitsForTheTokensOnceThePersonCame();
    void endsWhenCancelled();
    void diesWhileWaiting();
    void readsTokenAnswers_data();
    void readsTokenAnswers();

private:
    OAuthClient client() const;
    // Sends a request to the redirect as a browser would; the whole answer.
    QByteArray browse(const QByteArray& request);
    QByteArray visit(const QByteArray& query, const QByteArray& host = {});
    Future<TokenAnswer> start(int timeoutMs = 5'000);

    ScriptedAnswer m_answer;
    std::unique_ptr<ScriptedServer> m_provider;
    std::unique_ptr<HttpTransport> m_transport;
    std::unique_ptr<OAuthSignIn> m_signIn;
    QUrl m_opened;
};

void TestOAuth::init() {
    m_answer = {};
    m_answer.body = kTokens;
    m_provider = std::make_unique<ScriptedServer>([this](const ScriptedRequest&) { return m_answer; });
    m_transport = std::make_unique<HttpTransport>();
    m_signIn = std::make_unique<OAuthSignIn>(*m_transport, client());
}

OAuthClient TestOAuth::client() const {
    OAuthProvider provider;
    provider.name = u"own"_s;
    provider.clientId = u"client id"_s;
    provider.authorizeUrl = u"https://login.example/authorize?tenant=a"_s;
    provider.tokenUrl = m_provider->baseUrl().toString() + u"/token"_s;
    provider.scopes = QStringList{u"https://mail.example/all"_s, u"offline_access"_s};
    return {provider, SecretString("s&cret")};
}

Future<TokenAnswer> TestOAuth::start(int timeoutMs) {
    return m_signIn->start({u"support@shop.example"_s, {}, timeoutMs}, [this](const QUrl& url) { m_opened = url; });
}

QByteArray TestOAuth::browse(const QByteArray& request) {
    const QUrl redirect(QUrlQuery(m_opened).queryItemValue(u"redirect_uri"_s, QUrl::FullyDecoded));
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), quint16(redirect.port()));
    if (!socket.waitForConnected()) return "closed";
    socket.write(request);
    const bool isOver = QTest::qWaitFor([&] { return socket.state() == QAbstractSocket::UnconnectedState; }, 30'000);
    if (!isOver) return "still open";
    return socket.readAll();
}

QByteArray TestOAuth::visit(const QByteArray& query, const QByteArray& host) {
    const QUrl redirect(QUrlQuery(m_opened).queryItemValue(u"redirect_uri"_s, QUrl::FullyDecoded));
    const QByteArray own = "127.0.0.1:" + QByteArray::number(redirect.port());
    return browse("GET /?" + query + " HTTP/1.1\r\nHost: " + (host.isEmpty() ? own : host) + "\r\n\r\n");
}

void TestOAuth::derivesTheChallengeOfTheStandard() {
    // RFC 7636, appendix B.
    QCOMPARE(codeChallenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
             "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    const SignInSecrets secrets = signInSecretsFrom(QByteArray(32, 'a') + QByteArray(32, '\xff'));
    QCOMPARE(secrets.codeVerifier.size(), 43);
    QVERIFY(secrets.state != secrets.codeVerifier && !secrets.codeVerifier.contains('='));
}

void TestOAuth::asksForWhatTheProviderNeeds() {
    for (OAuthProvider provider : {googleOAuth(), microsoftOAuth()}) {
        provider.clientId = u"id+&"_s;
        QVERIFY(checkEndpoints(provider));
        const QUrlQuery query(authorizeUrl(provider, u"http://127.0.0.1:5/"_s, {"st", "ve"}, u"a+b@x.example"_s));
        const auto value = [&](const QString& name) { return query.queryItemValue(name, QUrl::FullyDecoded); };
        QCOMPARE(value(u"client_id"_s), u"id+&"_s);
        QCOMPARE(value(u"login_hint"_s), u"a+b@x.example"_s);
        QCOMPARE(value(u"response_type"_s) + value(u"code_challenge_method"_s), u"codeS256"_s);
        QCOMPARE(value(u"scope"_s), provider.scopes.join(u' '));
        QCOMPARE(value(u"access_type"_s), provider.name == u"google"_s ? u"offline"_s : QString());
        QVERIFY(query.toString(QUrl::FullyEncoded).contains(u"login_hint=a%2Bb%40x.example"_s));
    }
}

void TestOAuth::refusesEndpointsThatAreNotSafe_data() {
    QTest::addColumn<QString>("url");
    for (const QString& url : {u"http://login.example/token"_s, u"ftp://login.example"_s,
                               u"https://me@login.example/"_s, u"https://"_s, u""_s, u"javascript:alert(1)"_s})
        QTest::newRow(qPrintable(url)) << url;
}

void TestOAuth::refusesEndpointsThatAreNotSafe() {
    QFETCH(QString, url);
    OAuthProvider provider = client().provider;
    provider.tokenUrl = url;
    QVERIFY(!checkEndpoints(provider));
    provider = client().provider;
    provider.authorizeUrl = url;
    QVERIFY(!checkEndpoints(provider));
}

void TestOAuth::signsIn() {
    const Future<TokenAnswer> future = start();
    const QUrlQuery query(m_opened);
    QCOMPARE(query.queryItemValue(u"tenant"_s), u"a"_s);
    const QByteArray state = query.queryItemValue(u"state"_s).toLatin1();
    const QByteArray page = visit("code=4%2Fabc&state=" + state);
    QVERIFY(page.startsWith("HTTP/1.1 200 OK\r\n") && page.contains("You are signed in"));
    const Result<TokenAnswer> tokens = await(future);
    QVERIFY(tokens && tokens->accessToken.equals(SecretString("at")) &&
            tokens->refreshToken.equals(SecretString("rt")));
    QCOMPARE(tokens->lifetimeSeconds, 3'599);
    QCOMPARE(m_provider->requests().size(), 1);
    const QByteArray body = m_provider->requests().first().body;
    QCOMPARE(formValue(body, u"code"_s), "4/abc");
    QCOMPARE(formValue(body, u"client_id"_s), "client id");
    QCOMPARE(formValue(body, u"client_secret"_s), "s&cret");
    QCOMPARE(formValue(body, u"redirect_uri"_s), query.queryItemValue(u"redirect_uri"_s, QUrl::FullyDecoded).toUtf8());
    QCOMPARE(codeChallenge(formValue(body, u"code_verifier"_s)), query.queryItemValue(u"code_challenge"_s).toLatin1());
    QCOMPARE(visit("code=again&state=" + state), "closed");
    QCOMPARE(told(await(start()).error()), u"Internal/None"_s);
}

void TestOAuth::listensToNobodyElse_data() {
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("status");
    const QByteArray host = "\r\nHost: 127.0.0.1:PORT\r\n\r\n";
    QTest::newRow("no state") << QByteArray("GET /?code=x HTTP/1.1") + host << QByteArray("400");
    QTest::newRow("wrong state") << QByteArray("GET /?code=x&state=guess HTTP/1.1") + host << QByteArray("400");
    QTest::newRow("two states") << QByteArray("GET /?code=x&state=STATE&state=b HTTP/1.1") + host << QByteArray("400");
    QTest::newRow("another name") << QByteArray("GET /?code=x&state=STATE HTTP/1.1\r\nHost: evil.example:PORT\r\n\r\n")
                                  << QByteArray("421");
    QTest::newRow("no name") << QByteArray("GET /?code=x&state=STATE HTTP/1.0\r\n\r\n") << QByteArray("421");
    QTest::newRow("post") << QByteArray("POST /?code=x&state=STATE HTTP/1.1") + host << QByteArray("405");
    QTest::newRow("icon") << QByteArray("GET /favicon.ico HTTP/1.1") + host << QByteArray("404");
    QTest::newRow("other server") << QByteArray("GET http://evil.example/ HTTP/1.1") + host << QByteArray("404");
    QTest::newRow("nonsense") << QByteArray("\r\n\r\n") << QByteArray("421");
    QTest::newRow("too much") << QByteArray(20'000, 'x') << QByteArray("431");
}

void TestOAuth::listensToNobodyElse() {
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, status);
    const Future<TokenAnswer> future = start();
    const QUrlQuery query(m_opened);
    const QByteArray state = query.queryItemValue(u"state"_s).toLatin1();
    const QUrl redirect(query.queryItemValue(u"redirect_uri"_s, QUrl::FullyDecoded));
    request.replace("STATE", state).replace("PORT", QByteArray::number(redirect.port()));
    const QByteArray answer = browse(request);
    QVERIFY2(answer.startsWith("HTTP/1.1 " + status), answer.constData());
    QVERIFY(!future.isFinished());
    visit("code=right&state=" + state); // the right one still gets in
    QVERIFY(await(future));
}

void TestOAuth::endsWhenThePersonDeclines() {
    const Future<TokenAnswer> future = start();
    const QByteArray state = QUrlQuery(m_opened).queryItemValue(u"state"_s).toLatin1();
    QVERIFY(visit("error=access_denied&state=" + state).contains("did not work"));
    QCOMPARE(told(await(future).error()), u"Refused/None"_s);
    QVERIFY(m_provider->requests().isEmpty());
}

void TestOAuth::endsWhenNobodyComes() {
    QCOMPARE(told(await(start(50)).error()), u"Timeout/None"_s);
    QTRY_COMPARE(visit("x=y"), "closed");
}

void TestOAuth::waitsForTheTokensOnceThePersonCame() {
    m_answer.isHeld = true;
    QElapsedTimer sinceStart;
    sinceStart.start();
    const Future<TokenAnswer> future = start(2'500);
    visit("code=c&state=" + QUrlQuery(m_opened).queryItemValue(u"state"_s).toLatin1());
    QTRY_VERIFY(sinceStart.hasExpired(2'700)); // longer than the person is given
    QTRY_COMPARE(m_provider->requests().size(), 1);
    m_provider->sendHeld();
    const Result<TokenAnswer> tokens = await(future);
    QVERIFY2(tokens, tokens ? "" : qPrintable(told(tokens.error())));
}

void TestOAuth::endsWhenCancelled() {
    const Future<TokenAnswer> future = start();
    m_signIn->cancel();
    QCOMPARE(told(await(future).error()), u"Refused/None"_s);
    m_signIn->cancel();
}

void TestOAuth::diesWhileWaiting() {
    const Future<TokenAnswer> waiting = start();
    m_signIn.reset();
    QVERIFY(waiting.isCanceled());
    QCOMPARE(visit("x=y"), "closed");
    m_answer.isHeld = true;
    m_signIn = std::make_unique<OAuthSignIn>(*m_transport, client());
    const Future<TokenAnswer> redeeming = start();
    visit("code=c&state=" + QUrlQuery(m_opened).queryItemValue(u"state"_s).toLatin1());
    m_signIn.reset();
    QVERIFY(redeeming.isCanceled());
    m_provider->sendHeld();
    QTest::qWait(20);
}

void TestOAuth::readsTokenAnswers_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("error");
    const auto row = [](const char* name, int status, const QByteArray& body, const QString& error) {
        QTest::newRow(name) << status << body << error;
    };
    row("good", 200, kTokens, {});
    row("lifetime as text", 200, R"({"access_token":"a","expires_in":"60"})", {});
    row("all scopes", 200, R"({"access_token":"a","scope":"openid https://mail.example/all"})", {});
    row("a scope less", 200, R"({"access_token":"a","scope":"openid"})", u"Auth/LoginRefused"_s);
    row("revoked", 400, R"({"error":"invalid_grant","error_description":"who@x.example"})", u"Auth/LoginExpired"_s);
    row("client unknown", 401, R"({"error":"invalid_client"})", u"Auth/LoginRefused"_s);
    row("busy", 503, "<html>", u"RateLimited/ServerBusy"_s);
    row("slow down", 429, "{}", u"RateLimited/ServerBusy"_s);
    row("no token", 200, "{}", u"Invalid/None"_s);
    row("no JSON", 200, "<html>", u"Invalid/None"_s);
    row("token that breaks a line", 200, R"({"access_token":"a\r\nX: y"})", u"Invalid/None"_s);
    row("token too long", 200, R"({"access_token":")" + QByteArray(9'000, 'x') + "\"}", u"Invalid/None"_s);
    row("another kind of token", 200, R"({"access_token":"a","token_type":"mac"})", u"Invalid/None"_s);
}

void TestOAuth::readsTokenAnswers() {
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    HttpResponse response;
    response.status = status;
    response.body = body;
    const Result<TokenAnswer> tokens = readTokenAnswer(client().provider, response);
    QTEST(tokens ? QString() : told(tokens.error()), "error");
    if (!tokens) QVERIFY(!tokens.error().detail.contains(u'@'));
}

QTEST_GUILESS_MAIN(TestOAuth)
#include "tst_oauth.moc"
