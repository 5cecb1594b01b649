// Connecting a shop in the browser: the vectors Shopify publishes, what must be refused, and the whole way with a
// socket for a browser and a loopback server for the shop.
#include "core/adapters/store/shopify/shopify_sign_in.h"
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

constexpr qint64 kNowMs = 1'337'178'173'000;
constexpr char kOnlineToken[] = R"({"access_token":"shpua_2","scope":"read_customers,write_orders","expires_in":86399,)"
                                R"("associated_user_scope":"read_customers,read_orders",)"
                                R"("associated_user":{"id":902541635,"email":"kim@acme.example"}})";
constexpr char kTokens[] = R"({"access_token":"shpua_1","scope":"read_customers,write_orders","expires_in":3600,)"
                           R"("refresh_token":"shprt_1","refresh_token_expires_in":7776000})";

ShopifyInstall someInstall() {
    return {u"some-shop.myshopify.com"_s, u"client"_s, SecretString("hush"), {u"read_orders"_s, u"read_customers"_s},
            storeRedirect(13'580),        "0.6784"};
}

QByteArray withHmac(const QByteArray& query, const SecretString& secret = SecretString("hush")) {
    return query + "&hmac=" + installHmac(secret, query);
}

const QByteArray kGenuine = "code=0907a61c&shop=some-shop.myshopify.com&state=0.6784&timestamp=1337178173";

QStringList usualScopes() {
    return {u"read_customers"_s, u"read_orders"_s};
}

QString formItem(const QByteArray& body, const QString& name) {
    return QUrlQuery(QString::fromLatin1(body)).queryItemValue(name, QUrl::FullyDecoded);
}

} // namespace

class ShopifyInstallTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void signsAsShopifyDoes_data() {
        QTest::addColumn<QByteArray>("secret");
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<QByteArray>("hmac");
        const auto row = [](const char* name, const char* secret, const char* query, const char* hmac) {
            QTest::newRow(name) << QByteArray(secret) << QByteArray(query) << QByteArray(hmac);
        };
        row("the classic", "hush",
            "code=0907a61c0c8d55e99db179b68161bc00&shop=some-shop.myshopify.com&timestamp=1337178173",
            "4712bf92ffc2917d15a2f5a273e39f0116667419aa4b6ac0b3baaf26fa3c4d20");
        row("with a state", "hush",
            "code=0907a61c0c8d55e99db179b68161bc00&shop=some-shop.myshopify.com&state=0.6784241404160823&"
            "timestamp=1337178173",
            "700e2dadb827fcc8609e9d5ce208b2e9cdaab9df07390d2cbca10d7c328fc4bf");
        row("in another order, with its own hmac and signature", "hush",
            "timestamp=1337178173&hmac=x&signature=y&shop=some-shop.myshopify.com&"
            "code=0907a61c0c8d55e99db179b68161bc00",
            "4712bf92ffc2917d15a2f5a273e39f0116667419aa4b6ac0b3baaf26fa3c4d20");
        row("spaces", "my super secret key", "custom=hello%20world&shop=myshop.myshopify.com&timestamp=1337178173",
            "491031fd2566a6987f171305bcbacc1e857ee3780fc2b68c86c7a8279342b8e7");
        row("spaces as a form writes them", "my super secret key",
            "custom=hello+world&shop=myshop.myshopify.com&timestamp=1337178173",
            "491031fd2566a6987f171305bcbacc1e857ee3780fc2b68c86c7a8279342b8e7");
    }
    void signsAsShopifyDoes() {
        QFETCH(QByteArray, secret);
        QFETCH(QByteArray, query);
        QTEST(installHmac(SecretString(std::string_view(secret.constData(), size_t(secret.size()))), query), "hmac");
    }

    void takesTheGenuineAnswer() {
        const auto code = installCode(someInstall(), withHmac(kGenuine), UtcTime(kNowMs));
        QVERIFY2(code, code ? "" : qPrintable(code.error().detail));
        QVERIFY(code->equals(SecretString("0907a61c")));
        QVERIFY(installCode(someInstall(), withHmac(kGenuine + "&host=YWRtaW4&custom=a%26b"), UtcTime(kNowMs)));
        for (const qint64 seconds : {-90, 90})
            QVERIFY(installCode(someInstall(), withHmac(kGenuine), UtcTime(kNowMs + seconds * 1000)));
    }

    void refusesEverythingElse_data() {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<qint64>("now");
        const auto row = [](const char* name, const QByteArray& query, qint64 seconds = 0) {
            QTest::newRow(name) << query << kNowMs + seconds * 1000;
        };
        const auto changed = [](QByteArray from, const char* what, const char* to) {
            return withHmac(from.replace(what, to));
        };
        row("no hmac", kGenuine);
        row("an empty hmac", kGenuine + "&hmac=");
        row("another secret's hmac", withHmac(kGenuine, SecretString("hushh")));
        row("a changed code", withHmac(kGenuine).replace("0907", "0908"));
        row("a parameter more than was signed", withHmac(kGenuine) + "&extra=1");
        row("another state", changed(kGenuine, "0.6784", "0.6785"));
        row("no state", changed(kGenuine, "&state=0.6784", ""));
        row("another shop", changed(kGenuine, "some-shop", "other-shop"));
        row("a shop with something behind it", changed(kGenuine, ".myshopify.com", ".myshopify.com.nope"));
        row("91 s old", withHmac(kGenuine), 91);
        row("91 s early", withHmac(kGenuine), -91);
        row("no time", changed(kGenuine, "&timestamp=1337178173", ""));
        row("no code", changed(kGenuine, "code=0907a61c&", ""));
        row("a code with a line end", changed(kGenuine, "0907a61c", "0907%0d%0aX"));
        row("two codes", withHmac(kGenuine) + "&code=again");
        row("two shops", withHmac(kGenuine) + "&shop=other-shop.myshopify.com");
        row("a name without a value", withHmac(kGenuine) + "&x");
        row("huge", withHmac(kGenuine) + "&x=" + QByteArray(5'000, 'a'));
        row("empty", {});
        row("a webhook's kind of signature", kGenuine + "&hmac=B23tXN681gZ0qIWNRrgtzBE9XSDo5yaUu6wfmhu3a7g%3D");
    }
    void refusesEverythingElse() {
        QFETCH(QByteArray, query);
        QFETCH(qint64, now);
        const auto code = installCode(someInstall(), query, UtcTime(now));
        QVERIFY(!code);
        QCOMPARE(code.error().kind, ErrorKind::Refused);
        QVERIFY(!code.error().detail.contains(u"0907"_s));
    }

    void saysWhatWasNotGranted() {
        const QStringList needed{u"read_customers"_s, u"read_orders"_s, u"read_products"_s};
        QCOMPARE(missingScopes(needed, {u"read_customers"_s, u"write_orders"_s}), QStringList{u"read_products"_s});
        QCOMPARE(missingScopes(needed, needed), QStringList());
        QCOMPARE(missingScopes({u"write_orders"_s}, {u"read_orders"_s}), QStringList{u"write_orders"_s});
    }

    void readsTokenAnswers() {
        HttpResponse response;
        response.status = 200;
        response.body = kTokens;
        const auto tokens = readShopifyTokens(response);
        QVERIFY(tokens);
        QVERIFY(tokens->accessToken.equals(SecretString("shpua_1")));
        QVERIFY(tokens->refreshToken.equals(SecretString("shprt_1")));
        QCOMPARE(tokens->lifetimeSeconds, 3600);
        QCOMPARE(tokens->scopes, (QStringList{u"read_customers"_s, u"write_orders"_s}));
        for (const char* body : {"{}", "[]", R"({"access_token":""})", R"({"access_token":"a\nb"})"}) {
            response.body = body;
            QVERIFY2(!readShopifyTokens(response), body);
        }
        for (const char* end : {"-5", "9223372036854775807"}) {
            response.body = QByteArray(R"({"access_token":"a","expires_in":)") + end + '}';
            const auto odd = readShopifyTokens(response);
            QVERIFY(odd && odd->lifetimeSeconds >= 0 && odd->lifetimeSeconds <= 366 * 86'400);
        }
        response.status = 400;
        QCOMPARE(readShopifyTokens(response).error().cause, ErrorCause::TokenRefused);
    }

    void asksForOnesOwnRights() {
        ShopifyInstall install = someInstall();
        const QUrl base(u"https://some-shop.myshopify.com"_s);
        const auto asked = [&] { return QUrlQuery(installUrl(install, base)).queryItems(QUrl::FullyDecoded); };
        const std::pair<QString, QString> perUser(u"grant_options[]"_s, u"per-user"_s);
        QVERIFY(!asked().contains(perUser));
        QCOMPARE(formItem(codeTokenBody(install, SecretString("c0de")), u"expiring"_s), u"1"_s);
        install.access = StoreAccess::Online;
        QVERIFY(asked().contains(perUser));
        QVERIFY(!codeTokenBody(install, SecretString("c0de")).contains("expiring"));
        QCOMPARE(formItem(codeTokenBody(install, SecretString("c0de")), u"code"_s), u"c0de"_s);
    }

    void readsAnOnlineToken() {
        HttpResponse response;
        response.status = 200;
        response.body = kOnlineToken;
        const auto tokens = readShopifyTokens(response);
        QVERIFY(tokens);
        QCOMPARE(tokens->access, StoreAccess::Online);
        QVERIFY(tokens->accessToken.equals(SecretString("shpua_2")));
        QVERIFY(tokens->refreshToken.isEmpty());
        QCOMPARE(tokens->lifetimeSeconds, 86'399);
        QCOMPARE(tokens->scopes, (QStringList{u"read_customers"_s, u"read_orders"_s})); // the user's, not the app's
        response.body = kTokens;
        QCOMPARE(readShopifyTokens(response)->access, StoreAccess::Offline);
        // A user who may see nothing.
        response.body = R"({"access_token":"a","scope":"read_orders","associated_user_scope":""})";
        QCOMPARE(readShopifyTokens(response)->access, StoreAccess::Online);
        QCOMPARE(readShopifyTokens(response)->scopes, QStringList());
    }

    void connectsWithOnesOwnRights() {
        m_body = kOnlineToken;
        m_access = StoreAccess::Online;
        const auto tokens = start();
        QVERIFY(m_opened.toEncoded().contains("grant_options%5B%5D=per-user"));
        QVERIFY(visit(answer()).contains("200 OK"));
        const auto got = await(tokens);
        QVERIFY2(got, got ? "" : qPrintable(got.error().detail));
        QCOMPARE(got->access, StoreAccess::Online);
        QVERIFY(formItem(m_shop->requests().front().body, u"expiring"_s).isEmpty());
    }

    // What the app may see is of no use to somebody who may not.
    void namesWhatThePersonMayNotSee() {
        m_body = QByteArray(kOnlineToken).replace(R"("read_customers,read_orders")", R"("read_customers")");
        m_access = StoreAccess::Online;
        const auto tokens = start();
        visit(answer());
        const auto got = await(tokens);
        QVERIFY(!got);
        QCOMPARE(got.error().cause, ErrorCause::ScopeMissing);
        QVERIFY(got.error().detail.contains(u"read_orders"_s));
    }

    // Nobody who asked for a day gets something that lasts, or the other way round.
    void takesNoOtherKindOfTokenThanItAskedFor() {
        m_access = StoreAccess::Online;
        const auto lasting = start();
        visit(answer());
        QCOMPARE(await(lasting).error().kind, ErrorKind::Invalid);
        init();
        m_body = kOnlineToken;
        const auto online = start();
        visit(answer());
        QCOMPARE(await(online).error().kind, ErrorKind::Invalid);
    }

    void connectsInTheBrowser() {
        const auto tokens = start();
        QVERIFY(m_opened.toString().startsWith(m_shop->baseUrl().toString() +
                                               u"/admin/oauth/authorize?client_id=client&"_s));
        const QUrlQuery asked(m_opened);
        QCOMPARE(asked.queryItemValue(u"redirect_uri"_s, QUrl::FullyDecoded), storeRedirect(m_port));
        QCOMPARE(asked.queryItemValue(u"scope"_s, QUrl::FullyDecoded), u"read_customers,read_orders"_s);
        // Who merely guesses is turned away, and the genuine answer still gets in.
        QVERIFY(visit("code=x&shop=some-shop.myshopify.com&timestamp=1337178173&state=guess&hmac=00").contains("400"));
        QVERIFY(visit(answer("wrong")).contains("400"));
        QVERIFY(visit(answer()).contains("200 OK"));
        const auto got = await(tokens);
        QVERIFY2(got, got ? "" : qPrintable(got.error().detail));
        QVERIFY(got->refreshToken.equals(SecretString("shprt_1")));
        QCOMPARE(m_shop->requests().size(), 1);
        const ScriptedRequest request = m_shop->requests().front();
        QCOMPARE(request.target, "/admin/oauth/access_token");
        QCOMPARE(formItem(request.body, u"code"_s), u"c0de"_s);
        QCOMPARE(formItem(request.body, u"expiring"_s), u"1"_s);
        QCOMPARE(formItem(request.body, u"client_secret"_s), u"hush"_s);
    }

    void hearsThatThePersonDeclined() {
        const auto tokens = start();
        const QByteArray state = QUrlQuery(m_opened).queryItemValue(u"state"_s).toLatin1();
        QVERIFY(visit("error=access_denied&state=guess").contains("400"));
        QVERIFY(visit("error=&state=" + state).contains("400"));
        QVERIFY(visit("error=access_denied&state=" + state).contains("200 OK"));
        QCOMPARE(await(tokens).error().kind, ErrorKind::Refused);
        QVERIFY(m_shop->requests().isEmpty());
    }

    // A wrong secret or clock is said at once: nobody waits ten minutes for an answer that came already.
    void saysWhyAnAnswerWasTurnedAway() {
        const auto wrongSecret = start();
        QVERIFY(visit(answer("hushh")).contains("400"));
        QCOMPARE(await(wrongSecret).error().cause, ErrorCause::TokenRefused);
        init();
        const auto wrongClock = start();
        const QByteArray sent = answer();
        m_clock.advanceMs(91'000);
        QVERIFY(visit(sent).contains("400"));
        QCOMPARE(await(wrongClock).error().cause, ErrorCause::ClockSkew);
        // Whoever works in two shops may have installed it in the other one.
        init();
        const auto otherShop = start();
        QVERIFY(visit(answer("hush", "other-shop.myshopify.com")).contains("400"));
        const auto got = await(otherShop);
        QCOMPARE(got.error().kind, ErrorKind::Refused);
        QCOMPARE(got.error().cause, ErrorCause::ShopNotFound);
        QVERIFY(m_shop->requests().isEmpty());
    }

    // The person's time, or a doubt from before, ends the waiting and not what is redeemed: the shop has made the pair.
    void waitsForTheTokensOnceTheAnswerCame() {
        m_isHeld = true;
        QElapsedTimer sinceStart;
        sinceStart.start();
        const auto tokens = start(2'500);
        QVERIFY(visit(answer("hushh")).contains("400"));
        QVERIFY(visit(answer()).contains("200 OK"));
        QTRY_VERIFY(sinceStart.hasExpired(2'700)); // longer than a doubt is held, and than the person is given
        QTRY_COMPARE(m_shop->requests().size(), 1);
        m_shop->sendHeld();
        const auto got = await(tokens);
        QVERIFY2(got, got ? "" : qPrintable(got.error().detail));
        QVERIFY(got->accessToken.equals(SecretString("shpua_1")));
    }

    void leavesThePortWhenItEnds() {
        start();
        m_signIn->cancel();
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost, m_port));
    }

    void namesTheScopeThatIsMissing() {
        m_body = R"({"access_token":"shpua_1","scope":"read_customers"})";
        const auto tokens = start();
        visit(answer());
        const auto got = await(tokens);
        QVERIFY(!got);
        QCOMPARE(got.error().cause, ErrorCause::ScopeMissing);
        QVERIFY(got.error().detail.contains(u"read_orders"_s));
    }

    // As with every other way in: a store works without it.
    void doesWithoutStock() {
        const auto tokens = start(30'000, {u"read_customers"_s, u"read_orders"_s, u"read_inventory"_s});
        visit(answer());
        const auto got = await(tokens);
        QVERIFY2(got, got ? "" : qPrintable(got.error().detail));
    }

    void endsWhenNobodyComesAndWhenCancelled() {
        QCOMPARE(await(start(50)).error().kind, ErrorKind::Timeout);
        init();
        const auto tokens = start();
        m_signIn->cancel();
        QCOMPARE(await(tokens).error().kind, ErrorKind::Refused);
    }

    void saysThatThePortIsTaken() {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost, m_port));
        QCOMPARE(await(start()).error().kind, ErrorKind::Conflict);
    }

    void init() {
        m_body = kTokens;
        m_status = 200;
        m_isHeld = false;
        m_access = StoreAccess::Offline;
        m_signIn.reset();
        m_shop = std::make_unique<ScriptedServer>([this](const ScriptedRequest&) {
            ScriptedAnswer answer;
            answer.status = m_status;
            answer.body = m_body;
            answer.isHeld = m_isHeld;
            return answer;
        });
        m_transport = std::make_unique<HttpTransport>();
        m_signIn = std::make_unique<ShopifySignIn>(*m_transport, m_clock);
        QTcpServer free;
        QVERIFY(free.listen(QHostAddress::LocalHost));
        m_port = free.serverPort();
    }

private:
    Future<ShopifyTokens> start(int timeoutMs = 30'000, const QStringList& scopes = usualScopes()) {
        ShopifyInstallWish wish;
        wish.shop = u"some-shop.myshopify.com"_s;
        wish.baseUrl = m_shop->baseUrl().toString();
        wish.clientId = u"client"_s;
        wish.clientSecret = SecretString("hush");
        wish.access = m_access;
        wish.scopes = scopes;
        wish.port = m_port;
        wish.timeoutMs = timeoutMs;
        return m_signIn->start(wish, [this](const QUrl& url) { m_opened = url; });
    }
    // As the shop sends the browser back.
    QByteArray answer(const QByteArray& secret = "hush", const QByteArray& shop = "some-shop.myshopify.com") const {
        const QByteArray state = QUrlQuery(m_opened).queryItemValue(u"state"_s).toLatin1();
        return withHmac("code=c0de&host=aGVsbG8%3D&shop=" + shop + "&state=" + state +
                            "&timestamp=" + QByteArray::number(m_clock.now().ms() / 1000),
                        SecretString(std::string_view(secret.constData(), size_t(secret.size()))));
    }
    QByteArray visit(const QByteArray& query) const {
        QTcpSocket browser;
        browser.connectToHost(QHostAddress::LocalHost, m_port);
        if (!browser.waitForConnected()) return {};
        browser.write("GET /auth/callback?" + query + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(m_port) +
                      "\r\n\r\n");
        QByteArray page;
        const auto isOver = [&] {
            page += browser.readAll();
            return browser.state() == QAbstractSocket::UnconnectedState;
        };
        if (!QTest::qWaitFor(isOver, 30'000)) return {};
        return page + browser.readAll();
    }

    QByteArray m_body;
    int m_status = 200;
    bool m_isHeld = false;
    StoreAccess m_access = StoreAccess::Offline;
    quint16 m_port = 0;
    ManualClock m_clock{UtcTime(kNowMs)};
    std::unique_ptr<ScriptedServer> m_shop;
    std::unique_ptr<HttpTransport> m_transport;
    std::unique_ptr<ShopifySignIn> m_signIn;
    QUrl m_opened;
};

QTEST_GUILESS_MAIN(ShopifyInstallTest)
#include "tst_shopify_install.moc"
