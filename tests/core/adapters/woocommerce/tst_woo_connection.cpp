// How a site is let in to, and what a failing connection is told to be.
#include "core/adapters/store/woocommerce/oauth_signature.h"
#include "core/adapters/store/woocommerce/woo_client.h"
#include "core/ports/webhook_subscription_port.h"
#include "tests/core/adapters/woocommerce/woo_site.h"

#include <set>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class TestWooConnection : public QObject {
    Q_OBJECT

    void expectError(Site& site, ErrorKind kind, ErrorCause cause) {
        QVERIFY(site.store);
        const auto facts = await(site.store->shop());
        QVERIFY(!facts);
        QCOMPARE(errorWords(facts.error()), errorWords({kind, {}, cause}));
        QVERIFY(!facts.error().detail.contains(QString::fromLatin1(kSecret)));
        QVERIFY(!facts.error().detail.contains(QString::fromLatin1(kKey)));
        QVERIFY(!site.leaksSecret());
    }

private Q_SLOTS:
    void asksBasicOverHttps() {
        Site site(Scheme::Https,
                  siteThat([](const ScriptedRequest& request) { return isBasic(request) ? kStatus : stranger(); }));
        const auto facts = await(site.store->shop());
        QVERIFY2(facts, facts ? "" : qPrintable(facts.error().detail));
        QCOMPARE(facts->name, u"Acme & Co"_s);
        QCOMPARE(facts->currency, u"EUR"_s);
        QCOMPARE(facts->timeZone, u"UTC+05:30"_s);
        QCOMPARE(facts->plan, u"WooCommerce 10.3.0"_s);
        QVERIFY(!facts->historyLimited);
        QCOMPARE(site.server.requests().size(), 2);
        QVERIFY(site.server.requests().at(0).header("Authorization").isEmpty()); // the index is for everybody
        QVERIFY(!isSigned(site.server.requests().at(1)));
    }

    void signsOverHttp() {
        Site site(Scheme::Http,
                  siteThat([](const ScriptedRequest& request) { return isSigned(request) ? kStatus : stranger(); }));
        QVERIFY(await(site.store->shop()));
        for (const ScriptedRequest& request : site.server.requests())
            QVERIFY(request.header("Authorization").isEmpty());
        QVERIFY(!site.leaksSecret());
    }

    void signsWhereTheHeaderIsDropped() {
        Site site(Scheme::Https,
                  siteThat([](const ScriptedRequest& request) { return isSigned(request) ? kStatus : stranger(); }));
        QVERIFY(await(site.store->shop()));
        QVERIFY(await(site.store->count({Resource::Orders, {}, {}})));
        // Found out once: index, Basic in vain, signed; then signed at once.
        QCOMPARE(site.server.requests().size(), 4);
        QVERIFY(isSigned(site.server.requests().at(3)) && !isBasic(site.server.requests().at(3)));
    }

    void saysWhatFails_data() {
        QTest::addColumn<bool>("https");
        QTest::addColumn<ScriptedServer::Handler>("handler");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<ErrorCause>("cause");
        const auto row = [](const char* name, bool https, const ScriptedServer::Handler& handler, ErrorKind kind,
                            ErrorCause cause) { QTest::newRow(name) << https << handler << kind << cause; };
        const auto always = [](const ScriptedAnswer& answer) {
            return [answer](const ScriptedRequest&) { return answer; };
        };
        row("no WordPress", true, always(page(404)), ErrorKind::NotFound, ErrorCause::NoRestApi);
        row("a front page for everything", false, always(page(200)), ErrorKind::NotFound, ErrorCause::NoRestApi);
        row("another API", false, always(answered(R"({"ok":true})")), ErrorKind::NotFound, ErrorCause::NoRestApi);
        row("WordPress without WooCommerce", false, always(answered(R"({"namespaces":["wp/v2"]})")),
            ErrorKind::NotFound, ErrorCause::NoRestApi);
        row("no such route", false, siteThat(always(refusal("rest_no_route", "No route", 404))), ErrorKind::NotFound,
            ErrorCause::NoRestApi);
        row("a firewall", false, siteThat(always(page(403))), ErrorKind::Refused, ErrorCause::NoRestApi);
        row("a password on the site", false, always(page(401)), ErrorKind::Auth, ErrorCause::HeaderBlocked);
        row("unknown key, signed", false, siteThat(always(keyError("Consumer key is invalid."))), ErrorKind::Auth,
            ErrorCause::TokenRefused);
        row("unknown key, Basic", true, siteThat([](const ScriptedRequest& request) {
                return isSigned(request) ? keyError("Consumer key is invalid.") : stranger();
            }),
            ErrorKind::Auth, ErrorCause::TokenRefused);
        row("wrong secret, Basic", true, siteThat(always(keyError("Consumer secret is invalid."))), ErrorKind::Auth,
            ErrorCause::TokenRefused);
        row("wrong secret, signed", false,
            siteThat(always(keyError("Invalid signature - provided signature does not match."))), ErrorKind::Auth,
            ErrorCause::TokenRefused);
        row("header dropped and addresses rewritten", true, siteThat([](const ScriptedRequest& request) {
                return isSigned(request) ? keyError("Invalid signature - provided signature does not match.")
                                         : stranger();
            }),
            ErrorKind::Auth, ErrorCause::HeaderBlocked);
        row("header and signature dropped", true, siteThat(always(stranger())), ErrorKind::Auth,
            ErrorCause::HeaderBlocked);
        row("signature dropped", false, siteThat(always(stranger())), ErrorKind::Auth, ErrorCause::HeaderBlocked);
        row("half the signature dropped", false,
            siteThat(always(refusal("woocommerce_rest_authentication_missing_parameter", "Missing"))), ErrorKind::Auth,
            ErrorCause::HeaderBlocked);
        row("clocks differ", false, siteThat(always(keyError("Invalid timestamp."))), ErrorKind::Auth,
            ErrorCause::ClockSkew);
        row("clocks differ, in German", false, siteThat([](const ScriptedRequest&) {
                ScriptedAnswer answer = keyError("Ung&uuml;ltiger Zeitstempel.");
                answer.headers = {{"Content-Type", "application/json"}, {"Date", "Sat, 01 Jan 2000 00:00:00 GMT"}};
                return answer;
            }),
            ErrorKind::Auth, ErrorCause::ClockSkew);
        row("wrong key, in German", false, siteThat(always(keyError("Nein."))), ErrorKind::Auth,
            ErrorCause::TokenRefused);
        row("may not read", false, siteThat(always(keyError("The API key provided does not have read permissions."))),
            ErrorKind::Auth, ErrorCause::ScopeMissing);
        row("no manager, no orders", false, siteThat(always(refusal("woocommerce_rest_cannot_view", "Sorry", 403))),
            ErrorKind::Auth, ErrorCause::ScopeMissing);
        row("unknown key, said behind a notice", false,
            siteThat(always(behindNotices(answered(R"({"code":"woocommerce_rest_authentication_error",)"
                                                   R"("message":"Consumer key is invalid.","data":{"status":401}})")))),
            ErrorKind::Auth, ErrorCause::TokenRefused);
        row("a page that shows its errors", false, always(behindNotices(page(200))), ErrorKind::NotFound,
            ErrorCause::NoRestApi);
        ScriptedAnswer updating = page(503);
        updating.headers.emplace_back("Retry-After", "600");
        row("updating itself", false, always(updating), ErrorKind::Network, ErrorCause::None);
        row("server in trouble", false, always(page(502)), ErrorKind::Network, ErrorCause::None);
    }
    void saysWhatFails() {
        QFETCH(const bool, https);
        QFETCH(const ScriptedServer::Handler, handler);
        QFETCH(const ErrorKind, kind);
        QFETCH(const ErrorCause, cause);
        Site site(https ? Scheme::Https : Scheme::Http, handler);
        expectError(site, kind, cause);
    }

    void doesNotFollowASiteElsewhere() {
        Site site(Scheme::Http, [](const ScriptedRequest&) {
            ScriptedAnswer answer = page(301);
            answer.headers.emplace_back("Location", "https://shop.example/wp-json/");
            return answer;
        });
        expectError(site, ErrorKind::Refused, ErrorCause::RedirectRefused);
    }

    void findsPlainPermalinks() {
        Site site(Scheme::Http, [](const ScriptedRequest& request) {
            if (request.path() != "/") return page(404);
            if (isIndex(request)) return kIndex;
            const QString route = queryOf(request).queryItemValue(u"rest_route"_s, QUrl::FullyDecoded);
            return route == "/wc/v3/system_status"_L1 && isSigned(request) ? kStatus : page(200);
        });
        QVERIFY(await(site.store->shop()));
        QCOMPARE(site.server.requests().size(), 3); // pretty in vain, plain, and plain from then on
    }

    void readsAShopThatHidesItsSettings() {
        Site site(Scheme::Http, [](const ScriptedRequest& request) {
            if (isIndex(request)) return refusal("rest_cannot_access", "Members only");
            if (request.path() == "/wp-json/wc/v3/orders") return answered(R"([{"id":1,"currency":"JPY"}])");
            return refusal("woocommerce_rest_cannot_view", "Sorry", 403);
        });
        const auto facts = await(site.store->shop());
        QVERIFY2(facts, facts ? "" : qPrintable(facts.error().detail));
        QCOMPARE(facts->currency, u"JPY"_s);
        QVERIFY(facts->name.isEmpty());
    }

    // Behind a proxy that ends TLS, under a name without www: WordPress has both otherwise.
    void signsForTheAddressTheSiteBelievesToHave() {
        const QByteArray believed = "http://www.shop.example/wp-json/wc/v3/system_status";
        Site site(Scheme::Https, [believed](const ScriptedRequest& request) {
            if (isIndex(request))
                return answered(R"({"name":"Acme","home":"https:\/\/www.shop.example","namespaces":["wc/v3"]})");
            if (!isSigned(request)) return stranger();
            RestParameters parameters;
            for (const auto& [name, value] : queryOf(request).queryItems(QUrl::FullyDecoded))
                if (name != "oauth_signature"_L1) parameters.emplace_back(name.toUtf8(), value.toUtf8());
            const QByteArray wanted =
                oauthSignature(signatureBase("GET", believed, parameters), SecretString(kSecret.toStdString()));
            const QString given = queryOf(request).queryItemValue(u"oauth_signature"_s, QUrl::FullyDecoded);
            return given.toLatin1() == wanted ? kStatus
                                              : keyError("Invalid signature - provided signature does not match.");
        });
        const auto facts = await(site.store->shop());
        QVERIFY2(facts, facts ? "" : qPrintable(facts.error().detail));
    }

    // It has just read: what it is refused in German is the writing.
    void aKeyThatReadsIsNoWrongKey() {
        Site site(Scheme::Http, siteThat([](const ScriptedRequest& request) {
                      if (request.method == "GET") return answered("[]");
                      return keyError("Der API-Schluessel hat keine Schreibrechte.");
                  }));
        QVERIFY(await(site.store->webhooks()->subscriptions()));
        SubscriptionWish wish;
        wish.topic = u"order.updated"_s;
        wish.address = u"https://tunnel.example/webhooks/woocommerce"_s;
        const auto made = await(site.store->webhooks()->subscribe(wish));
        QVERIFY(!made);
        QCOMPARE(errorWords(made.error()), errorWords({ErrorKind::Auth, {}, ErrorCause::KeyReadsOnly}));
    }

    // Something on the way sent it twice: the second is refused, and the first has made what was wished for.
    void aWebhookIsMadeOnce_data() {
        QTest::addColumn<QByteArray>("words");
        QTest::addColumn<bool>("isMade");
        const QByteArray english = "Invalid nonce - nonce has already been used.";
        QTest::newRow("made by the first") << english << true;
        QTest::newRow("never arrived") << english << false;
        QTest::newRow("in another language") << QByteArray("Nonce wurde bereits verwendet.") << true;
    }
    void aWebhookIsMadeOnce() {
        QFETCH(const QByteArray, words);
        QFETCH(const bool, isMade);
        int posts = 0;
        const QByteArray hook = "[{\"id\":7,\"name\":\"aiva-1 order.updated\",\"status\":\"active\","
                                "\"topic\":\"order.updated\","
                                "\"delivery_url\":\"https://tunnel.example/webhooks/woocommerce\"}]";
        Site site(Scheme::Http, siteThat([&](const ScriptedRequest& request) {
                      if (request.method == "GET") return answered(posts > 0 && isMade ? hook : QByteArray("[]"));
                      ++posts;
                      return keyError(words);
                  }));
        SubscriptionWish wish;
        wish.topic = u"order.updated"_s;
        wish.address = u"https://tunnel.example/webhooks/woocommerce"_s;
        wish.name = u"aiva-1 order.updated"_s;
        QVERIFY(await(site.store->webhooks()->subscriptions()));
        const auto id = await(site.store->webhooks()->subscribe(wish));
        QCOMPARE(posts, 1);
        QCOMPARE(id.has_value(), isMade);
        if (id) QCOMPARE(*id, u"7"_s);
        if (!isMade) QCOMPARE(id.error().kind, ErrorKind::Network);
    }

    // What one question is refused with belongs to it, whatever else is answered beside it.
    void aRefusalIsOfItsOwnQuestion() {
        ScriptedServer server(siteThat([](const ScriptedRequest& request) {
            if (!request.path().endsWith("/orders")) return answered("[]");
            return refusal("rest_invalid_param", "Invalid parameter(s): orderby", 400);
        }));
        HttpTransport transport;
        const SystemClock clock;
        WooEndpoint endpoint;
        endpoint.site = server.baseUrl();
        endpoint.policy.plainHosts = {endpoint.site.host()};
        WooClient client(transport, clock, endpoint);
        RestRequest refused{"wc/v3/orders"};
        RestRequest answered{"wc/v3/products"};
        refused.refusal = std::make_shared<RestRefusal>();
        answered.refusal = std::make_shared<RestRefusal>();
        const auto first = client.send(refused);
        const auto second = client.send(answered);
        QVERIFY(await(second));
        QVERIFY(!await(first));
        QCOMPARE(refused.refusal->kind, RestRefusal::Kind::BadParameter);
        QCOMPARE(refused.refusal->status, 400);
        QCOMPARE(answered.refusal->status, 0);
    }

    void refusesKeysThatCannotBeRight_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QByteArray>("secret");
        QTest::newRow("swapped") << u"cs_1"_s << QByteArray("ck_1");
        QTest::newRow("no key") << QString() << QByteArray("cs_1");
        QTest::newRow("no secret") << u"ck_1"_s << QByteArray();
        QTest::newRow("both in one") << u"ck_1:cs_1"_s << QByteArray("cs_1");
    }
    void refusesKeysThatCannotBeRight() {
        QFETCH(const QString, key);
        QFETCH(const QByteArray, secret);
        HttpTransport transport;
        const SystemClock clock;
        WooConnection connection;
        connection.site = u"https://shop.example"_s;
        connection.consumerKey = key;
        connection.consumerSecret = SecretString(secret.toStdString());
        const auto made = makeWooStore(transport, clock, std::move(connection));
        QVERIFY(!made && made.error().kind == ErrorKind::Invalid);
    }
};

QTEST_GUILESS_MAIN(TestWooConnection)
#include "tst_woo_connection.moc"
