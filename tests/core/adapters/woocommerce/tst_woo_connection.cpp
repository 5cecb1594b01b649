// How a site is asked, and what a failing connection is told to be: servers that behave as sites in the wild do.
#include "core/adapters/http/http_transport.h"
#include "core/adapters/store/woocommerce/oauth_signature.h"
#include "core/adapters/store/woocommerce/woo_connection.h"
#include "core/ports/webhook_subscription_port.h"
#include "tests/support/await.h"
#include "tests/support/scripted_server.h"

#include <QTest>
#include <QUrlQuery>

#include <set>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kKey = "ck_0123456789abcdef";
const QByteArray kSecret = "cs_fedcba9876543210";

ScriptedAnswer answered(const QByteArray& body, int status = 200) {
    ScriptedAnswer answer;
    answer.status = status;
    answer.body = body;
    return answer;
}

ScriptedAnswer refusal(const QByteArray& code, const QByteArray& message, int status = 401) {
    return answered("{\"code\":\"" + code + "\",\"message\":\"" + message + "\",\"data\":{}}", status);
}

ScriptedAnswer keyError(const QByteArray& message) {
    return refusal("woocommerce_rest_authentication_error", message);
}

ScriptedAnswer stranger() {
    return refusal("woocommerce_rest_cannot_view", "Sorry, you cannot list resources.");
}

ScriptedAnswer page(int status) {
    ScriptedAnswer answer = answered("<!doctype html><title>Shop</title>", status);
    answer.headers = {{"Content-Type", "text/html"}};
    return answer;
}

// As PHP writes it where a site shows its errors.
const QByteArray kNotice = "<br />\n<b>Deprecated</b>:  Creation of dynamic property Slider::$[cache] is deprecated in "
                           "<b>/srv/wp-content/plugins/slider/main.php</b> on line <b>12</b><br />\n";

// Written before the headers, it keeps the status from being set.
ScriptedAnswer behindNotices(const ScriptedAnswer& answer) {
    return answered(kNotice + kNotice + answer.body);
}

const ScriptedAnswer kIndex = answered(R"({"name":"Acme &amp; Co","home":"","namespaces":["wc/v3"],)"
                                       R"("timezone_string":"","gmt_offset":"5.5"})");
const ScriptedAnswer kStatus = answered(R"({"environment":{"version":"10.3.0"},"settings":{"currency":"EUR"}})");

QUrlQuery queryOf(const ScriptedRequest& request) {
    return QUrlQuery(QString::fromLatin1(request.target.mid(request.target.indexOf('?') + 1)));
}

bool isSigned(const ScriptedRequest& request) {
    return queryOf(request).hasQueryItem(u"oauth_signature"_s);
}

bool isBasic(const ScriptedRequest& request) {
    return request.header("Authorization") == "Basic " + (kKey + ':' + kSecret).toBase64();
}

bool isIndex(const ScriptedRequest& request) {
    return request.path() == "/wp-json/" ||
           queryOf(request).queryItemValue(u"rest_route"_s, QUrl::FullyDecoded) == "/"_L1;
}

// A site that answers the index to everybody and the rest as `rest` says.
ScriptedServer::Handler siteThat(std::function<ScriptedAnswer(const ScriptedRequest&)> rest) {
    return [rest](const ScriptedRequest& request) { return isIndex(request) ? kIndex : rest(request); };
}

enum class Scheme { Http, Https };

// Making one takes half a second.
const ServerIdentity& identityOfAll() {
    static const ServerIdentity identity = selfSignedIdentity();
    return identity;
}

// A copy read anew: client and server look at it from two threads, and Qt's certificates share what they cache.
QList<QSslCertificate> authorities(const std::optional<ServerIdentity>& identity) {
    if (!identity) return {};
    return {QSslCertificate(identity->certificate.toPem())};
}

// A site and a store that is connected to it.
class Site {
public:
    Site(Scheme scheme, const ScriptedServer::Handler& handler)
        : m_identity(scheme == Scheme::Https ? std::optional(identityOfAll()) : std::nullopt)
        , server(handler, m_identity)
        , m_transport(authorities(m_identity)) {
        WooConnection connection;
        connection.site = server.baseUrl().toString();
        connection.consumerKey = QString::fromLatin1(kKey);
        connection.consumerSecret = SecretString(kSecret.toStdString());
        auto made = makeWooStore(m_transport, clock, std::move(connection));
        if (made) store = *std::move(made);
    }

    // Nothing secret may stand in an address, where logs keep it.
    bool leaksSecret() const {
        for (const ScriptedRequest& request : server.requests())
            if (request.target.contains(kSecret)) return true;
        return false;
    }

private:
    std::optional<ServerIdentity> m_identity;

public:
    ScriptedServer server;
    SystemClock clock;

private:
    HttpTransport m_transport;

public:
    std::unique_ptr<StorePort> store;
};

} // namespace

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

    void waitsAsLongAsItIsAskedTo() {
        int asked = 0;
        Site site(Scheme::Http, siteThat([&asked](const ScriptedRequest&) {
                      if (++asked > 1) return kStatus;
                      ScriptedAnswer answer = page(429);
                      answer.headers.emplace_back("Retry-After", "0.2");
                      return answer;
                  }));
        QList<qint64> waits;
        site.store->setThrottleListener([&waits](qint64 ms) { waits.append(ms); });
        QVERIFY(await(site.store->shop()));
        QCOMPARE(waits, (QList<qint64>{200, 0}));
    }

    void waitsUntilTheMomentTheShopNames() {
        int asked = 0;
        Site site(Scheme::Http, siteThat([&asked](const ScriptedRequest&) {
                      if (++asked > 1) return kStatus;
                      ScriptedAnswer answer = page(429);
                      answer.headers.emplace_back("Date", "Sat, 01 Jan 2000 00:00:00 GMT");
                      answer.headers.emplace_back("Retry-After", "Sat, 01 Jan 2000 00:00:00 GMT");
                      return answer;
                  }));
        QList<qint64> waits;
        site.store->setThrottleListener([&waits](qint64 ms) { waits.append(ms); });
        QVERIFY(await(site.store->shop()));
        QCOMPARE(waits, (QList<qint64>{100, 0}));
    }

    void asksAgainWithAnotherNonceWhenOneWasSeen() {
        int asked = 0;
        Site site(Scheme::Http, siteThat([&asked](const ScriptedRequest&) {
                      return ++asked == 1 ? keyError("Invalid nonce - nonce has already been used.") : kStatus;
                  }));
        QVERIFY(await(site.store->shop()));
        std::set<QString> nonces;
        for (const ScriptedRequest& request : site.server.requests())
            if (isSigned(request)) nonces.insert(queryOf(request).queryItemValue(u"oauth_nonce"_s));
        QCOMPARE(nonces.size(), size_t(2));
    }

    void readsJsonBehindAByteOrderMark() {
        ScriptedAnswer marked = kStatus;
        marked.body.prepend("\xEF\xBB\xBF\n\n");
        Site site(Scheme::Http, siteThat([marked](const ScriptedRequest&) { return marked; }));
        QVERIFY(await(site.store->shop()));
    }

    void readsJsonAmongNotices() {
        ScriptedAnswer noisy = behindNotices(kStatus);
        noisy.body += "\n<!-- Cached for you -->\n";
        Site site(Scheme::Http, siteThat([noisy](const ScriptedRequest&) { return noisy; }));
        const auto facts = await(site.store->shop());
        QVERIFY2(facts, facts ? "" : qPrintable(facts.error().detail));
        QCOMPARE(facts->currency, u"EUR"_s);
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

    // Caches keep the lists and drop what their headers say.
    void readsAllVariationsWhereNobodySaysHowManyThereAre() {
        Site site(Scheme::Http, siteThat([](const ScriptedRequest& request) {
                      if (request.path().endsWith("/system_status")) return kStatus;
                      if (!request.path().endsWith("/variations"))
                          return answered(R"([{"id":60,"name":"Tee","status":"publish","variations":[61,62],)"
                                          R"("date_modified_gmt":"2026-01-03T03:04:05"}])");
                      const int first = queryOf(request).queryItemValue(u"page"_s).toInt() * 100;
                      QByteArrayList variations;
                      for (int id = first; id < std::min(first + 100, 205); ++id)
                          variations.append("{\"id\":" + QByteArray::number(id) + ",\"price\":\"1.00\"}");
                      return answered('[' + variations.join(',') + ']');
                  }));
        QVERIFY(await(site.store->shop()));
        const auto page = await(site.store->page({Resource::Products, {}, {}}, {}));
        QVERIFY(page && page->products.size() == 1);
        QCOMPARE(page->products[0].variants.size(), size_t(105));
        QVERIFY(page->faults.empty());
    }

    // Older sites do not sort by change.
    void countsInNoOrder() {
        Site site(Scheme::Http, siteThat([](const ScriptedRequest& request) {
                      if (queryOf(request).hasQueryItem(u"orderby"_s))
                          return refusal("rest_invalid_param", "Invalid parameter(s): orderby", 400);
                      ScriptedAnswer answer = answered("[]");
                      answer.headers = {{"Content-Type", "application/json"}, {"X-WP-Total", "7"}};
                      return answer;
                  }));
        const auto count = await(site.store->count({Resource::Orders, UtcTime(1'000'000'000'000), {}}));
        QCOMPARE(count.value_or(std::nullopt), std::optional<qint64>(7));
    }

    void hasNoBulkExport() {
        Site site(Scheme::Http, siteThat([](const ScriptedRequest&) { return kStatus; }));
        const auto started = await(site.store->startBulk({Resource::Orders, {}, {}}));
        QVERIFY(!started);
        QCOMPARE(started.error().cause, ErrorCause::NotSupported);
        QCOMPARE(started.error().kind, ErrorKind::Invalid); // what makes sync page instead
        QCOMPARE(await(site.store->revoke()).value_or(true), false);
    }

    void answersWhenItIsCancelled() {
        Site site(Scheme::Http, [](const ScriptedRequest&) {
            ScriptedAnswer silent = kStatus;
            silent.ending = ScriptedAnswer::Ending::Silence;
            return silent;
        });
        const auto asked = site.store->count({Resource::Orders, {}, {}});
        QTRY_COMPARE(site.server.requests().size(), 1);
        site.store->cancelAll();
        const auto count = await(asked);
        QVERIFY(!count && count.error().kind == ErrorKind::Refused);
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
