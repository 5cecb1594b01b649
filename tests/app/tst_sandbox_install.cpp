// Our own sign-in against the sandbox's page, with a browser that is only an HTTP client: what is granted, what is
// refused, and how a grant is renewed and ended.
#include "app/sandbox/sandbox_server.h"
#include "core/adapters/store/shopify/shopify_connection.h"
#include "core/adapters/store/shopify/shopify_sign_in.h"
#include "tests/support/await.h"
#include "tests/support/patience.h"
#include "tests/support/plain_browser.h"
#include "tests/support/rig_process.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace aiva;
using namespace aiva::test;

namespace {

SandboxOptions littleShop() {
    SandboxOptions options;
    options.customers = 20;
    options.orders = 30;
    return options;
}

} // namespace

class TestSandboxInstall : public QObject {
    Q_OBJECT

    std::unique_ptr<SandboxServer> m_shop;
    std::unique_ptr<HttpTransport> m_http;
    std::unique_ptr<ShopifySignIn> m_signIn;
    SystemClock m_clock;
    PlainBrowser m_browser;
    RigPort m_place; // where the browser comes back to
    const quint16 m_port = m_place.number();
    QUrl m_opened;

    Result<HttpResponse> ask(const QString& path, const QByteArray& body, const char* type = "application/json") {
        HttpRequest request;
        request.method = HttpRequest::Method::Post;
        request.url = QUrl(m_shop->baseUrl() + path);
        request.headers = {{"Content-Type", type}};
        request.body = body;
        request.policy.loopback = HttpPolicy::Loopback::Allowed;
        return await(m_http->send(request));
    }
    void control(const QJsonObject& wanted) {
        const auto answer = ask(u"/sandbox/oauth"_s, QJsonDocument(wanted).toJson());
        QVERIFY(answer && answer->status == 200);
    }
    // A form sent to the token's endpoint, as any client could.
    HttpResponse tokenRequest(const QByteArray& body) {
        const SecretString secret = m_shop->clientSecret();
        const QByteArray client = "client_id=" + m_shop->clientId().toLatin1() + "&client_secret=" +
                                  QByteArray(secret.reveal().data(), static_cast<qsizetype>(secret.size()));
        return ask(u"/admin/oauth/access_token"_s, client + '&' + body, "application/x-www-form-urlencoded")
            .value_or(HttpResponse());
    }
    static QString field(const HttpResponse& response, const char* name) {
        return QJsonDocument::fromJson(response.body).object().value(QLatin1StringView(name)).toString();
    }
    int requests(const QString& name) {
        const BrowserPage page = m_browser.open(QUrl(m_shop->baseUrl() + u"/sandbox/stats"_s));
        return QJsonDocument::fromJson(page.text).object()[u"requests"_s][name].toInt();
    }

    ShopifyInstallWish wish() const {
        ShopifyInstallWish wish;
        wish.shop = m_shop->shopDomain();
        wish.baseUrl = m_shop->baseUrl();
        wish.clientId = m_shop->clientId();
        wish.clientSecret = m_shop->clientSecret();
        wish.scopes = neededStoreScopes();
        wish.port = m_port;
        return wish;
    }
    Future<ShopifyTokens> start(const ShopifyInstallWish& wish) {
        m_signIn = std::make_unique<ShopifySignIn>(*m_http, m_clock);
        return m_signIn->start(wish, [this](const QUrl& url) { m_opened = url; });
    }
    Result<ShopifyTokens> install() {
        const auto tokens = start(wish());
        m_browser.open(m_opened);
        return await(tokens);
    }
    std::unique_ptr<StorePort> store(const ShopifyTokens& tokens, QStringList* kept = nullptr,
                                     UtcTime expiresAt = SystemClock().now().plusSeconds(3'600)) {
        ShopifyOfflineGrant grant{
            m_shop->clientId(), m_shop->clientSecret(), tokens.accessToken, tokens.refreshToken, expiresAt, {}};
        grant.keep = [kept](const ShopifyTokens& next, UtcTime, const SecretString&) -> Result<void> {
            if (kept) *kept << QString::fromStdString(std::string(next.refreshToken.reveal()));
            return {};
        };
        ShopifyConnection connection;
        connection.shopDomain = m_shop->shopDomain();
        connection.baseUrl = QUrl(m_shop->baseUrl());
        connection.credentials = grant;
        return makeShopifyStore(*m_http, m_clock, connection);
    }

private Q_SLOTS:
    void init() {
        m_signIn.reset();
        m_shop = *SandboxServer::start(littleShop());
        m_http = std::make_unique<HttpTransport>();
        QVERIFY(m_port > 0);
        control({{u"redirect_urls"_s, QJsonArray{storeRedirect(m_port)}}});
    }
    void cleanup() {
        m_signIn.reset();
        m_http.reset(); // a server that stops waits for open connections
        m_shop.reset();
    }

    void installsInTheBrowser() {
        const auto tokens = start(wish());
        const BrowserPage page = m_browser.open(m_opened);
        QCOMPARE(page.status, 200);
        QVERIFY(page.url.toString().startsWith(storeRedirect(m_port) + u"?code="_s));
        QVERIFY(page.text.contains("You are signed in"));
        const auto got = await(tokens);
        QVERIFY2(got, got ? "" : qPrintable(got.error().detail));
        QCOMPARE(got->scopes, neededStoreScopes());
        QCOMPARE(got->lifetimeSeconds, 3'600);
        QVERIFY(got->refreshToken.reveal().starts_with("shprt_"));
        const auto facts = await(store(*got)->shop());
        QVERIFY2(facts, facts ? "" : qPrintable(facts.error().detail));
        QCOMPARE(facts->name, u"Acme Outdoor"_s);
    }

    void lendsOnesOwnRightsForADay() {
        control({{u"rights"_s, QJsonArray{u"read_customers"_s, u"read_orders"_s, u"read_products"_s}}});
        ShopifyInstallWish own = wish();
        own.access = StoreAccess::Online;
        const auto offline = install();
        const auto tokens = start(own);
        m_browser.open(m_opened);
        const auto got = await(tokens);
        QVERIFY2(got, got ? "" : qPrintable(got.error().detail));
        QCOMPARE(got->access, StoreAccess::Online);
        QCOMPARE(got->lifetimeSeconds, 86'399);
        QVERIFY(got->refreshToken.isEmpty());
        QVERIFY(!got->scopes.contains(u"read_inventory"_s));
        ShopifyConnection connection;
        connection.shopDomain = m_shop->shopDomain();
        connection.baseUrl = QUrl(m_shop->baseUrl());
        connection.credentials =
            ShopifyOnlineGrant{got->accessToken, m_clock.now().plusSeconds(got->lifetimeSeconds), got->scopes};
        const auto open = makeShopifyStore(*m_http, m_clock, connection);
        const auto facts = await(open->shop());
        QVERIFY2(facts, facts ? "" : qPrintable(facts.error().detail));
        QCOMPARE(facts->scopes, got->scopes); // the shop names what the app may see
        // The day ends early, by a clock that runs ahead of ours.
        control({{u"expire"_s, true}});
        QCOMPARE(await(open->shop()).error().cause, ErrorCause::TokenRefused);
        QCOMPARE(requests(u"refresh"_s), 0);
        // What was granted to the app is another matter.
        QVERIFY(offline);
        QVERIFY(await(store(*offline)->shop()));
        // One who may not see orders has nothing to lend.
        control({{u"rights"_s, QJsonArray{u"read_customers"_s}}});
        const auto little = start(own);
        m_browser.open(m_opened);
        QCOMPARE(await(little).error().cause, ErrorCause::ScopeMissing);
    }

    void hearsOfANo() {
        control({{u"person"_s, u"declines"_s}});
        const auto got = install();
        QVERIFY(!got);
        QCOMPARE(got.error().kind, ErrorKind::Refused);
    }

    // The shop shows an error, and the browser never comes back.
    void wantsTheExactRedirect() {
        control({{u"redirect_urls"_s, QJsonArray{storeRedirect(m_port) + u'/'}}});
        ShopifyInstallWish hasty = wish();
        hasty.timeoutMs = 400;
        const auto tokens = start(hasty);
        const BrowserPage page = m_browser.open(m_opened);
        QCOMPARE(page.status, 400);
        QVERIFY(page.text.contains("redirect_uri is not whitelisted"));
        QCOMPARE(await(tokens).error().kind, ErrorKind::Timeout);
    }

    void refusesAnotherAppAndOddScopes() {
        ShopifyInstallWish other = wish();
        other.clientId = u"somebody"_s;
        start(other);
        QVERIFY(m_browser.open(m_opened).text.contains("application_cannot_be_found"));
        ShopifyInstallWish odd = wish();
        odd.scopes = QStringList{u"everything"_s};
        start(odd);
        QVERIFY(m_browser.open(m_opened).text.contains("invalid_scope"));
    }

    void saysWhatWasNotGranted() {
        control({{u"grants"_s, QJsonArray{u"read_customers"_s, u"write_orders"_s, u"read_inventory"_s}}});
        const auto got = install();
        QVERIFY(!got);
        QCOMPARE(got.error().cause, ErrorCause::ScopeMissing);
        QVERIFY(got.error().detail.endsWith(" read_products"_L1));
    }

    void saysThatTheSecretIsWrong() {
        ShopifyInstallWish wrong = wish();
        wrong.clientSecret = SecretString("shpss_wrong");
        const auto tokens = start(wrong);
        // The shop signs with the right one: its answer proves nothing to who knows another.
        QCOMPARE(m_browser.open(m_opened).status, 400);
        QCOMPARE(await(tokens).error().cause, ErrorCause::TokenRefused);
    }

    void takesACodeOnce() {
        control({{u"redirect_urls"_s, QJsonArray{m_shop->baseUrl() + u"/nowhere"_s}}});
        const QUrl page(m_shop->baseUrl() + u"/admin/oauth/authorize?client_id="_s + m_shop->clientId() +
                        u"&scope=read_orders&state=s&redirect_uri="_s + m_shop->baseUrl() + u"/nowhere"_s);
        const QString back = m_browser.open(page).url.toString();
        const QByteArray code = back.section(u"code="_s, 1).section(u'&', 0, 0).toLatin1();
        QCOMPARE(code.size(), 32);
        const HttpResponse first = tokenRequest("code=" + code);
        QCOMPARE(first.status, 200);
        QCOMPARE(field(first, "scope"), u"read_orders"_s);
        QVERIFY(field(first, "refresh_token").isEmpty()); // not asked to expire
        QCOMPARE(tokenRequest("code=" + code).status, 400);
        QCOMPARE(tokenRequest("code=guess").status, 400);
        QCOMPARE(tokenRequest("grant_type=password").status, 400);
    }

    void renewsOnceAtA401AndBeforeTheEnd() {
        const auto got = install();
        QVERIFY(got);
        QStringList kept;
        const auto open = store(*got, &kept);
        QVERIFY(await(open->shop()));
        control({{u"expire"_s, true}});
        QVERIFY(await(open->shop()));
        QCOMPARE(kept.size(), 1);
        QCOMPARE(requests(u"unauthorized"_s), 1);
        // Four minutes before its end it is not even tried.
        const auto late =
            store({{}, SecretString(kept.front().toStdString()), {}, 0}, &kept, m_clock.now().plusSeconds(240));
        QVERIFY(await(late->shop()));
        QCOMPARE(kept.size(), 2);
        QCOMPARE(requests(u"unauthorized"_s), 1);
    }

    void endsWhatItGaveForTheAppsCredentials() {
        ShopifyConnection connection;
        connection.shopDomain = m_shop->shopDomain();
        connection.baseUrl = QUrl(m_shop->baseUrl());
        connection.credentials = ShopifyClientCredentials{m_shop->clientId(), m_shop->clientSecret()};
        const auto open = makeShopifyStore(*m_http, m_clock, connection);
        QVERIFY(await(open->shop()));
        for (const char* end : {"expire", "revoke"}) {
            const int before = requests(u"unauthorized"_s);
            control({{QLatin1StringView(end), true}});
            QVERIFY(await(open->shop())); // with a token asked for anew
            QCOMPARE(requests(u"unauthorized"_s), before + 1);
        }
    }

    // "The previous refresh token is kept until the replacement is first used."
    void keepsTheOldRefreshTokenUntilTheNewIsUsed() {
        const auto got = install();
        QVERIFY(got);
        const QByteArray first =
            QByteArray("grant_type=refresh_token&refresh_token=") + std::string(got->refreshToken.reveal()).c_str();
        const HttpResponse lost = tokenRequest(first);
        const HttpResponse again = tokenRequest(first);
        QCOMPARE(again.status, 200);
        QVERIFY(field(lost, "refresh_token") != field(again, "refresh_token"));
        // The pair of the lost answer is no more.
        QCOMPARE(
            tokenRequest("grant_type=refresh_token&refresh_token=" + field(lost, "refresh_token").toLatin1()).status,
            400);
        const ShopifyTokens next{SecretString(field(again, "access_token").toStdString()),
                                 SecretString(field(again, "refresh_token").toStdString()),
                                 {},
                                 3'600};
        QVERIFY(await(store(next)->shop()));
        QCOMPARE(tokenRequest(first).status, 400); // used: the old one is no more
    }

    void endsEverythingWhenRevoked() {
        for (const bool isOurs : {true, false}) {
            const auto got = install();
            QVERIFY(got);
            const auto open = store(*got);
            QVERIFY(await(open->shop()));
            if (isOurs)
                QVERIFY(await(open->revoke()).value_or(false));
            else
                control({{u"revoke"_s, true}});
            const auto facts = await(open->shop());
            QVERIFY(!facts);
            QCOMPARE(facts.error().cause, ErrorCause::TokenRefused);
            QCOMPARE(tokenRequest(QByteArray("grant_type=refresh_token&refresh_token=") +
                                  std::string(got->refreshToken.reveal()).c_str())
                         .status,
                     400);
            QVERIFY(await(open->revoke()).value_or(false)); // there is nothing left to revoke
        }
    }

    void aNewInstallationEndsTheOneBefore() {
        const auto first = install();
        const auto second = install();
        QVERIFY(first && second);
        QCOMPARE(tokenRequest(QByteArray("grant_type=refresh_token&refresh_token=") +
                              std::string(first->refreshToken.reveal()).c_str())
                     .status,
                 400);
    }

    void refusesUnknownControls() {
        for (const char* body : {"", "[]", "{}", R"({"person":"sings"})", R"({"lifetime_s":0})", R"({"more":1})"})
            QCOMPARE(ask(u"/sandbox/oauth"_s, body)->status, 400);
    }
};

QTEST_GUILESS_MAIN(TestSandboxInstall)
#include "tst_sandbox_install.moc"
