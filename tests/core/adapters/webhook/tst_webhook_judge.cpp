// Which requests are deliveries: published vectors, and everything that must not pass for one.
#include "core/adapters/webhook/webhook_judge.h"
#include "core/adapters/webhook/webhook_signature.h"
#include "tests/support/patience.h"
#include "tests/support/webhook_client.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kKey = "test_secret_key";
constexpr auto kBody = R"({"foo": "bar"})";
constexpr auto kSignature = "B23tXN681gZ0qIWNRrgtzBE9XSDo5yaUu6wfmhu3a7g=";

class OneShop final : public WebhookKeys {
public:
    std::vector<SecretString> keys{SecretString(std::string_view(kKey))};
    bool isParted = false;
    std::optional<Shop> find(StoreKind source, const QString& name) const override {
        if (source == StoreKind::Shopify && name.toLower() == u"acme.myshopify.com"_s)
            return Shop{u"acme.myshopify.com"_s, keys, isParted};
        if (source == StoreKind::WooCommerce && name == u"https://shop.example/"_s)
            return Shop{u"shop.example"_s, keys, isParted};
        return std::nullopt;
    }
};

WebhookRequest genuine() {
    WebhookRequest request;
    request.headers = {{"X-Shopify-Topic", "orders/create"},
                       {"X-Shopify-Hmac-Sha256", kSignature},
                       {"X-Shopify-Shop-Domain", "acme.myshopify.com"},
                       {"X-Shopify-API-Version", "2026-10"},
                       {"X-Shopify-Webhook-Id", "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043"},
                       {"X-Shopify-Triggered-At", "2026-11-20T10:00:00.5Z"}};
    request.body = kBody;
    return request;
}

void setHeader(WebhookRequest& request, const QByteArray& name, const QByteArray& value) {
    for (auto& header : request.headers)
        if (header.first == name) header.second = value;
}

QString verdictOf(const WebhookRequest& request, const WebhookKeys& keys = OneShop()) {
    const WebhookVerdict verdict = judgeWebhook(request, keys);
    if (const auto* refused = std::get_if<WebhookRefused>(&verdict))
        return u"%1 %2"_s.arg(refused->status).arg(refused->reason);
    return std::holds_alternative<WebhookPing>(verdict) ? u"ping"_s : u"delivery"_s;
}

} // namespace

class TestWebhookJudge : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void holdsForPublishedVectors_data() {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("signature");
        QTest::newRow("space after the colon") << QByteArray(kKey) << QByteArray(kBody) << QByteArray(kSignature);
        QTest::newRow("empty object") << QByteArray("API_SECRET_KEY") << QByteArray("{}")
                                      << QByteArray("+ihUB5l+D7QrohDEi/6NcBcJRyKssyWqos13LmnsBbs=");
        QTest::newRow("WooCommerce") << QByteArray("s3cret") << QByteArray(R"({"id":1})")
                                     << QByteArray("Y92rNNpYOOODVF6ckLQPdKTj2qvF3ZqNSaUYda1LJBg=");
    }
    void holdsForPublishedVectors() {
        QFETCH(QByteArray, key);
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, signature);
        const SecretString secret(std::string_view(key.constData(), static_cast<size_t>(key.size())));
        QVERIFY(isSignedWith(secret, body, signature));
        // Every single changed bit of body and signature breaks it.
        for (qsizetype i = 0; i < body.size(); ++i) {
            QByteArray other = body;
            other[i] = static_cast<char>(other[i] ^ 1);
            QVERIFY(!isSignedWith(secret, other, signature));
        }
        for (qsizetype i = 0; i < signature.size(); ++i) {
            QByteArray other = signature;
            other[i] = other[i] == 'A' ? 'B' : 'A';
            QVERIFY2(other == signature || !isSignedWith(secret, body, other), qPrintable(QString::number(i)));
        }
    }

    void neverHoldsWithoutKeyOrSignature() {
        const SecretString key{std::string_view(kKey)};
        QVERIFY(!isSignedWith(SecretString(), kBody, signatureOf({}, kBody)));
        QVERIFY(!isSignedWith(key, kBody, ""));
        QVERIFY(!isSignedWith(key, kBody, QByteArray(kSignature).left(43)));
        QVERIFY(!isSignedWith(key, kBody, QByteArray(kSignature) + kSignature));
        QVERIFY(!isSignedWith(key, kBody, QByteArray::fromBase64(kSignature)));
        QVERIFY(!isSignedWith(key, kBody, QByteArray::fromBase64(kSignature).toHex()));
        QVERIFY(!isSignedWith(key, "", kSignature));
        QVERIFY(isSignedWith(key, "", signatureOf(kKey, "")));
    }

    void unescapesTheKeysOfWooCommerce_data() {
        QTest::addColumn<QByteArray>("stored");
        QTest::addColumn<QByteArray>("key");
        QTest::newRow("plain") << QByteArray("s3cret") << QByteArray("s3cret");
        QTest::newRow("ampersand") << QByteArray("a&amp;b") << QByteArray("a&b");
        QTest::newRow("once only") << QByteArray("a&amp;lt;b") << QByteArray("a&lt;b");
        QTest::newRow("quotes") << QByteArray("&quot;&#039;&#39;&#x27;") << QByteArray("\"'''");
        QTest::newRow("angles") << QByteArray("&lt;x&gt;") << QByteArray("<x>");
        QTest::newRow("lonely") << QByteArray("fish & chips &unknown; &") << QByteArray("fish & chips &unknown; &");
    }
    void unescapesTheKeysOfWooCommerce() {
        QFETCH(QByteArray, stored);
        QFETCH(QByteArray, key);
        const SecretString plain =
            wooCommerceKey(SecretString(std::string_view(stored.constData(), static_cast<size_t>(stored.size()))));
        QCOMPARE(QByteArray(plain.reveal().data(), static_cast<qsizetype>(plain.size())), key);
    }

    void takesAGenuineDeliveryWhole() {
        const WebhookVerdict verdict = judgeWebhook(genuine(), OneShop());
        const auto* delivery = std::get_if<WebhookDelivery>(&verdict);
        QVERIFY(delivery);
        QCOMPARE(delivery->source, StoreKind::Shopify);
        QCOMPARE(delivery->id, u"b54557e4-bdd9-4b37-8a5f-bf7d70bcd043"_s);
        QCOMPARE(delivery->shop, u"acme.myshopify.com"_s);
        QCOMPARE(delivery->topic, u"orders/create"_s);
        QCOMPARE(delivery->apiVersion, u"2026-10"_s);
        QCOMPARE(delivery->triggeredAt->isoText(), u"2026-11-20T10:00:00.500Z"_s);
        QCOMPARE(delivery->body, QByteArray(kBody));
    }

    void readsHeadersInAnyCaseAndTheNewerNames() {
        WebhookRequest lower = genuine();
        for (auto& header : lower.headers)
            header.first = header.first.toLower();
        QCOMPARE(verdictOf(lower), u"delivery"_s);
        WebhookRequest newer = genuine();
        for (auto& header : newer.headers)
            header.first = header.first.toLower().mid(2);
        QCOMPARE(verdictOf(newer), u"delivery"_s);
    }

    void acceptsTheFormerKeyWhileItIsKept() {
        OneShop shop;
        shop.keys.insert(shop.keys.begin(), SecretString(std::string_view("the new one")));
        QCOMPARE(verdictOf(genuine(), shop), u"delivery"_s);
    }

    void refusesWhatIsNotProved_data() {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("verdict");
        const QByteArray hmac = "X-Shopify-Hmac-Sha256";
        const QByteArray shop = "X-Shopify-Shop-Domain";
        QTest::newRow("no signature") << hmac << QByteArray() << u"401 no_signature"_s;
        QTest::newRow("blank signature") << hmac << QByteArray("  ") << u"401 no_signature"_s;
        QTest::newRow("another body's signature") << hmac << signatureOf(kKey, "{}") << u"401 wrong_signature"_s;
        QTest::newRow("another key's signature") << hmac << signatureOf("hush", kBody) << u"401 wrong_signature"_s;
        // Of the cookie, or of the query of an authorisation: hex, and of another text.
        QTest::newRow("an OAuth signature")
            << hmac << QByteArray("4712bf92ffc2917d15a2f5a273e39f0116667419aa4b6ac0b3baaf26fa3c4d20")
            << u"401 wrong_signature"_s;
        QTest::newRow("no shop") << shop << QByteArray() << u"401 unknown_shop"_s;
        QTest::newRow("a look-alike shop") << shop << QByteArray("acme.myshopify.com.nope") << u"401 unknown_shop"_s;
        QTest::newRow("another shop") << shop << QByteArray("other.myshopify.com") << u"401 unknown_shop"_s;
        QTest::newRow("the admin's address")
            << shop << QByteArray("admin.shopify.com/store/acme") << u"401 unknown_shop"_s;
        QTest::newRow("no topic") << QByteArray("X-Shopify-Topic") << QByteArray() << u"400 no_topic"_s;
        QTest::newRow("no id") << QByteArray("X-Shopify-Webhook-Id") << QByteArray() << u"400 no_id"_s;
        QTest::newRow("an endless id") << QByteArray("X-Shopify-Webhook-Id") << QByteArray(5'000, 'x')
                                       << u"400 no_id"_s;
        QTest::newRow("an id of control characters")
            << QByteArray("X-Shopify-Webhook-Id") << QByteArray("a\x01z") << u"400 no_id"_s;
    }
    void refusesWhatIsNotProved() {
        QFETCH(QByteArray, header);
        QFETCH(QByteArray, value);
        QFETCH(QString, verdict);
        WebhookRequest request = genuine();
        setHeader(request, header, value);
        QCOMPARE(verdictOf(request), verdict);
    }

    void knowsWooCommerce() {
        WebhookRequest request;
        request.source = StoreKind::WooCommerce;
        request.body = R"({"id":1})";
        request.headers = {{"X-WC-Webhook-Source", "https://shop.example/"},
                           {"X-WC-Webhook-Topic", "order.updated"},
                           {"X-WC-Webhook-Signature", signatureOf(kKey, request.body)},
                           {"X-WC-Webhook-ID", "7"},
                           {"X-WC-Webhook-Delivery-ID", "a1b2"}};
        QCOMPARE(verdictOf(request), u"delivery"_s);
        request.body = R"({"id":2})";
        QCOMPARE(verdictOf(request), u"401 wrong_signature"_s);
    }

    void tellsTwoDeliveriesOfWooCommerceInOneSecondApart() {
        const auto idOf = [](const QByteArray& body) {
            WebhookRequest request;
            request.source = StoreKind::WooCommerce;
            request.body = body;
            request.headers = {{"X-WC-Webhook-Source", "https://shop.example/"},
                               {"X-WC-Webhook-Topic", "order.updated"},
                               {"X-WC-Webhook-Signature", signatureOf(kKey, body)},
                               {"X-WC-Webhook-Delivery-ID", "a1b2"}};
            const WebhookVerdict verdict = judgeWebhook(request, OneShop());
            const auto* delivery = std::get_if<WebhookDelivery>(&verdict);
            return delivery ? delivery->id : QString();
        };
        QVERIFY(idOf(R"({"id":1})").startsWith(u"a1b2-"_s));
        QCOMPARE(idOf(R"({"id":1})"), idOf(R"({"id":1})"));
        QVERIFY(idOf(R"({"id":1})") != idOf(R"({"id":2})"));
    }

    void saysThatAShopHasNoKey() {
        OneShop shop;
        shop.keys.clear();
        QCOMPARE(verdictOf(genuine(), shop), u"401 no_key"_s);
    }

    void takesAPulledMessageOfAKnownShopUnsignedButNeverWronglySigned() {
        const auto pulled = [](const WebhookRequest& request, const WebhookKeys& keys) {
            const WebhookVerdict verdict = judgeWebhook(request, keys, WebhookRoute::PubSub);
            const auto* refused = std::get_if<WebhookRefused>(&verdict);
            return refused ? refused->reason : u"delivery"_s;
        };
        WebhookRequest request = genuine();
        QCOMPARE(pulled(request, OneShop()), u"delivery"_s);
        setHeader(request, "X-Shopify-Hmac-Sha256", "");
        QCOMPARE(pulled(request, OneShop()), u"delivery"_s);
        setHeader(request, "X-Shopify-Hmac-Sha256", signatureOf("guess", kBody));
        QCOMPARE(pulled(request, OneShop()), u"wrong_signature"_s);
        OneShop keyless;
        keyless.keys.clear();
        QCOMPARE(pulled(request, keyless), u"delivery"_s);
        setHeader(request, "X-Shopify-Shop-Domain", "other.myshopify.com");
        QCOMPARE(pulled(request, keyless), u"unknown_shop"_s);
        // What opens the listener to a ping opens nothing here.
        WebhookRequest ping;
        ping.source = StoreKind::WooCommerce;
        ping.body = "webhook_id=7";
        QCOMPARE(pulled(ping, OneShop()), u"unknown_shop"_s);
    }

    // Where a shop could not be told that it is disconnected, it goes on delivering.
    void takesNothingOfAShopOnePartedFromButWhatTheLawLetsItAsk() {
        OneShop parted;
        parted.keys.clear();
        parted.isParted = true;
        for (const char* topic :
             {"customers/data_request", "customers/redact", "shop/redact", "orders/create", "app/uninstalled"}) {
            WebhookRequest request = genuine();
            setHeader(request, "X-Shopify-Topic", topic);
            setHeader(request, "X-Shopify-Hmac-Sha256", "");
            const bool isTaken =
                std::holds_alternative<WebhookDelivery>(judgeWebhook(request, parted, WebhookRoute::PubSub));
            QCOMPARE(isTaken, QByteArrayView(topic).contains("request") || QByteArrayView(topic).contains("redact"));
            QVERIFY(verdictOf(request, parted).startsWith(u"401 "_s));
        }
    }

    void letsOnlyTheFirstPingOfWooCommercePassUnsigned() {
        WebhookRequest ping;
        ping.source = StoreKind::WooCommerce;
        ping.body = "webhook_id=7";
        QCOMPARE(verdictOf(ping), u"ping"_s);
        ping.source = StoreKind::Shopify;
        QCOMPARE(verdictOf(ping), u"401 no_signature"_s);
        ping.source = StoreKind::WooCommerce;
        ping.body = R"({"id":1})";
        QCOMPARE(verdictOf(ping), u"401 no_signature"_s);
    }
};

QTEST_GUILESS_MAIN(TestWebhookJudge)
#include "tst_webhook_judge.moc"
