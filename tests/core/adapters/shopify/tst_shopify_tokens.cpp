// How a shop's token is kept: renewed in time and once when it is refused, held from one connection to the next, and
// never written over a newer one.
#include "core/adapters/store/shopify/access_token.h"
#include "tests/support/await.h"
#include "tests/support/patience.h"
#include "tests/support/scripted_server.h"

#include <QUrlQuery>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kNowMs = 1'337'178'173'000;
constexpr char kTokens[] = R"({"access_token":"shpua_1","scope":"read_customers,write_orders","expires_in":3600,)"
                           R"("refresh_token":"shprt_1","refresh_token_expires_in":7776000})";

QString formItem(const QByteArray& body, const QString& name) {
    return QUrlQuery(QString::fromLatin1(body)).queryItemValue(name, QUrl::FullyDecoded);
}

} // namespace

class ShopifyTokensTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        m_body = kTokens;
        m_status = 200;
        m_shop = std::make_unique<ScriptedServer>([this](const ScriptedRequest&) {
            ScriptedAnswer answer;
            answer.status = m_status;
            answer.body = m_body;
            return answer;
        });
        m_transport = std::make_unique<HttpTransport>();
    }

    // Five minutes before its end; each new pair on the disk before it is used; a lost answer asks again with the old
    // one.
    void renewsWithTheRefreshToken() {
        ShopifyEndpoint endpoint = *shopifyEndpoint(u"some-shop.myshopify.com"_s, m_shop->baseUrl());
        endpoint.group = m_transport->newGroup();
        QStringList kept;
        bool canKeep = true;
        ShopifyOfflineGrant grant{u"client"_s,
                                  SecretString("hush"),
                                  SecretString("shpua_0"),
                                  SecretString("shprt_0"),
                                  m_clock.now().plusSeconds(600),
                                  {}};
        grant.keep = [&](const ShopifyTokens& tokens, UtcTime expiresAt, const SecretString&) -> Result<void> {
            if (!canKeep) return Error{ErrorKind::Storage, u"the disk is full"_s};
            kept << QString::fromStdString(std::string(tokens.refreshToken.reveal())) + u' ' +
                        QString::number(expiresAt.msSince(m_clock.now()) / 1000);
            return {};
        };
        AccessToken token(*m_transport, m_clock, endpoint, grant);
        QVERIFY(await(token.current())->equals(SecretString("shpua_0")));
        m_clock.advanceMs(301'000);
        canKeep = false; // what cannot be kept must not be used: the shop would forget the old one
        QCOMPARE(await(token.current()).error().kind, ErrorKind::Storage);
        canKeep = true;
        QVERIFY(await(token.current())->equals(SecretString("shpua_1")));
        QCOMPARE(kept, QStringList{u"shprt_1 3600"_s});
        QCOMPARE(m_shop->requests().size(), 2);
        for (const ScriptedRequest& request : m_shop->requests()) {
            QCOMPARE(formItem(request.body, u"grant_type"_s), u"refresh_token"_s);
            QCOMPARE(formItem(request.body, u"refresh_token"_s), u"shprt_0"_s);
        }
        m_status = 400;
        QCOMPARE(await(token.renewedAfter(SecretString("shpua_1"))).error().cause, ErrorCause::TokenRefused);
        QCOMPARE(formItem(m_shop->requests().last().body, u"refresh_token"_s), u"shprt_1"_s);
    }

    // Another process renewed it meanwhile: its pair is ours, and the shop is not asked.
    void takesWhatAnotherProcessRenewed() {
        ShopifyEndpoint endpoint = *shopifyEndpoint(u"some-shop.myshopify.com"_s, m_shop->baseUrl());
        endpoint.group = m_transport->newGroup();
        const auto pair = [this](const char* access, const char* refresh) {
            return ShopifyGrant{SecretString(access), SecretString(refresh), m_clock.now().plusSeconds(3'600)};
        };
        std::optional<ShopifyGrant> kept = pair("shpua_0", "shprt_0");
        std::weak_ptr<int> held;
        std::shared_ptr<int> elsewhere = std::make_shared<int>();
        ShopifyOfflineGrant grant{u"client"_s,        SecretString("hush"), kept->accessToken,
                                  kept->refreshToken, m_clock.now(),        {}};
        grant.keep = [&](const ShopifyTokens& tokens, UtcTime expiresAt, const SecretString&) -> Result<void> {
            kept = ShopifyGrant{tokens.accessToken, tokens.refreshToken, expiresAt};
            return {};
        };
        grant.kept = [&] { return Result<std::optional<ShopifyGrant>>(kept); };
        grant.claim = [&]() -> Result<std::shared_ptr<void>> {
            if (elsewhere || !held.expired()) return std::shared_ptr<void>();
            const auto claim = std::make_shared<int>();
            held = claim;
            return std::shared_ptr<void>(claim);
        };
        AccessToken token(*m_transport, m_clock, endpoint, grant);
        const auto asked = token.current();
        QTest::qWait(250);
        QVERIFY(!asked.isFinished()); // somebody else renews
        kept = pair("shpua_9", "shprt_9");
        elsewhere.reset();
        QVERIFY(await(asked)->equals(SecretString("shpua_9")));
        QVERIFY(m_shop->requests().isEmpty());
        QVERIFY(held.expired());
        // Its own renewal begins with what is kept.
        QVERIFY(await(token.renewedAfter(SecretString("shpua_9")))->equals(SecretString("shpua_1")));
        QCOMPARE(formItem(m_shop->requests().last().body, u"refresh_token"_s), u"shprt_9"_s);
        QVERIFY(kept->refreshToken.equals(SecretString("shprt_1")));
        // Disconnected here: nothing is renewed, and nothing kept again.
        kept.reset();
        QCOMPARE(await(token.renewedAfter(SecretString("shpua_1"))).error().cause, ErrorCause::TokenRefused);
        QCOMPARE(m_shop->requests().size(), 1);
        QVERIFY(!kept && held.expired());
    }

    // An answer without a refresh token: the one that was used stays good, and stays on the disk.
    void keepsTheRefreshTokenThatWasNotReplaced() {
        ShopifyEndpoint endpoint = *shopifyEndpoint(u"some-shop.myshopify.com"_s, m_shop->baseUrl());
        endpoint.group = m_transport->newGroup();
        m_body = R"({"access_token":"shpua_1","scope":"read_orders","expires_in":3600})";
        ShopifyOfflineGrant grant{
            u"client"_s, SecretString("hush"), SecretString("shpua_0"), SecretString("shprt_0"), m_clock.now(), {}};
        SecretString kept;
        grant.keep = [&kept](const ShopifyTokens& tokens, UtcTime, const SecretString&) -> Result<void> {
            kept = tokens.refreshToken;
            return {};
        };
        AccessToken token(*m_transport, m_clock, endpoint, grant);
        QVERIFY(await(token.current())->equals(SecretString("shpua_1")));
        QVERIFY(kept.equals(SecretString("shprt_0")));
        QVERIFY(await(token.renewedAfter(SecretString("shpua_1"))));
        QCOMPARE(formItem(m_shop->requests().last().body, u"refresh_token"_s), u"shprt_0"_s);
    }

    // Signed in anew while this renewal was under way: the newer sign-in stays, and is what is used.
    void leavesANewerSignInInItsPlace() {
        ShopifyEndpoint endpoint = *shopifyEndpoint(u"some-shop.myshopify.com"_s, m_shop->baseUrl());
        endpoint.group = m_transport->newGroup();
        ShopifyGrant kept{SecretString("shpua_0"), SecretString("shprt_0"), m_clock.now()};
        ShopifyOfflineGrant grant{u"client"_s,       SecretString("hush"), kept.accessToken,
                                  kept.refreshToken, kept.expiresAt,       {}};
        grant.kept = [&] { return Result<std::optional<ShopifyGrant>>(kept); };
        grant.keep = [&](const ShopifyTokens&, UtcTime, const SecretString& replaced) -> Result<void> {
            kept = {SecretString("shpua_7"), SecretString("shprt_7"), m_clock.now().plusSeconds(3'600)};
            if (!replaced.equals(kept.refreshToken)) return Error{ErrorKind::Conflict, u"another sign-in"_s};
            return {};
        };
        AccessToken token(*m_transport, m_clock, endpoint, grant);
        QVERIFY(await(token.current())->equals(SecretString("shpua_7")));
        QVERIFY(await(token.current())->equals(SecretString("shpua_7")));
        QCOMPARE(m_shop->requests().size(), 1);
    }

    // A connection lives as long as a sync, a token for a day: who comes after uses it, until it ends or is refused.
    void handsATokenOnToTheNextConnection() {
        ShopifyEndpoint endpoint = *shopifyEndpoint(u"some-shop.myshopify.com"_s, m_shop->baseUrl());
        endpoint.group = m_transport->newGroup();
        const auto number = [this] { return m_shop->requests().size(); };
        const auto give = [this](const char* token) {
            m_body = R"({"access_token":"TOKEN","scope":"read_orders","expires_in":86399})";
            m_body.replace("TOKEN", token);
        };
        const ShopifyClientCredentials app{u"client"_s, SecretString("hush"), std::make_shared<ShopifyTokenMemory>()};
        give("issued-1");
        {
            AccessToken first(*m_transport, m_clock, endpoint, app);
            QVERIFY(await(first.current())->equals(SecretString("issued-1")));
        }
        AccessToken second(*m_transport, m_clock, endpoint, app);
        AccessToken third(*m_transport, m_clock, endpoint, app);
        QVERIFY(await(second.current())->equals(SecretString("issued-1")));
        QVERIFY(await(third.current())->equals(SecretString("issued-1")));
        QCOMPARE(number(), 1);
        m_clock.advanceMs(86'100'000); // five minutes before its end
        give("issued-2");
        QVERIFY(await(second.current())->equals(SecretString("issued-2")));
        QVERIFY(await(third.current())->equals(SecretString("issued-2")));
        QCOMPARE(number(), 2);
        // Refused by the shop: one asks, the other takes what came.
        give("issued-3");
        QVERIFY(await(second.renewedAfter(SecretString("issued-2")))->equals(SecretString("issued-3")));
        QVERIFY(await(third.renewedAfter(SecretString("issued-2")))->equals(SecretString("issued-3")));
        QCOMPARE(number(), 3);
        second.forget(); // revoked: nobody goes on with it
        QVERIFY(app.memory->token.isEmpty());
    }

    // A shop that gives a token without an end: it is used as long as it is taken.
    void doesWithoutARefreshToken() {
        ShopifyEndpoint endpoint = *shopifyEndpoint(u"some-shop.myshopify.com"_s, m_shop->baseUrl());
        endpoint.group = m_transport->newGroup();
        AccessToken token(
            *m_transport, m_clock, endpoint,
            ShopifyOfflineGrant{u"client"_s, SecretString("hush"), SecretString("shpat_0"), {}, m_clock.now(), {}});
        m_clock.advanceMs(1'000'000'000);
        QVERIFY(await(token.current())->equals(SecretString("shpat_0")));
        QCOMPARE(await(token.renewedAfter(SecretString("shpat_0"))).error().cause, ErrorCause::TokenRefused);
        QVERIFY(m_shop->requests().isEmpty());
    }

    // Nothing renews it: it is sent as long as our clock knows it for good, and not once more.
    void sendsTheTokenOfADayToItsEnd() {
        ShopifyEndpoint endpoint = *shopifyEndpoint(u"some-shop.myshopify.com"_s, m_shop->baseUrl());
        endpoint.group = m_transport->newGroup();
        const SecretString day("shpua_2");
        AccessToken token(*m_transport, m_clock, endpoint,
                          ShopifyOnlineGrant{day, m_clock.now().plusSeconds(86'399), {u"read_orders"_s}});
        m_clock.advanceMs(86'398'000);
        QVERIFY(await(token.current())->equals(day));
        m_clock.advanceMs(1'000);
        const auto over = await(token.current());
        QVERIFY(!over);
        QCOMPARE(over.error().kind, ErrorKind::Auth);
        QCOMPARE(over.error().cause, ErrorCause::SignInOver);
        QVERIFY(m_shop->requests().isEmpty());
    }

    // A clock set back knows it for good still: then the shop's word counts, and nobody is told a reason one only
    // guesses. Minutes before the end it is no guess.
    void believesTheShopThatTheDayIsOver() {
        ShopifyEndpoint endpoint = *shopifyEndpoint(u"some-shop.myshopify.com"_s, m_shop->baseUrl());
        endpoint.group = m_transport->newGroup();
        const SecretString day("shpua_2");
        const UtcTime end = m_clock.now().plusSeconds(86'399);
        AccessToken token(*m_transport, m_clock, endpoint, ShopifyOnlineGrant{day, end, {}});
        QCOMPARE(await(token.renewedAfter(day)).error().cause, ErrorCause::TokenRefused);
        m_clock.advanceMs(86'300'000);
        QVERIFY(await(token.current()));
        QCOMPARE(await(token.renewedAfter(day)).error().cause, ErrorCause::SignInOver);
        m_clock.advanceMs(-90'000'000);
        QVERIFY(await(token.current())->equals(day));
        QCOMPARE(await(token.renewedAfter(day)).error().cause, ErrorCause::TokenRefused);
        QVERIFY(m_shop->requests().isEmpty());
    }

private:
    QByteArray m_body;
    int m_status = 200;
    ManualClock m_clock{UtcTime(kNowMs)};
    std::unique_ptr<ScriptedServer> m_shop;
    std::unique_ptr<HttpTransport> m_transport;
};

QTEST_GUILESS_MAIN(ShopifyTokensTest)
#include "tst_shopify_tokens.moc"
