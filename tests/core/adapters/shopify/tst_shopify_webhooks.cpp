// Webhook subscriptions at a Shopify shop: what is asked, what is read, and what each refusal means.
#include "core/adapters/store/shopify/shopify_webhooks.h"
#include "core/webhook/subscription_topics.h"
#include "tests/core/adapters/shopify/shop_script.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray page(const QByteArray& nodes, const QByteArray& cursor = {}) {
    return "{\"data\":{\"webhookSubscriptions\":{\"nodes\":[" + nodes +
           "],\"pageInfo\":{\"hasNextPage\":" + QByteArray(cursor.isEmpty() ? "false" : "true") + ",\"endCursor\":\"" +
           cursor + "\"}}}}";
}

QByteArray refusal(const char* mutation, const QByteArray& message) {
    return "{\"data\":{\"" + QByteArray(mutation) +
           "\":{\"webhookSubscription\":null,\"userErrors\":[{\"field\":[\"webhookSubscription\"],\"message\":\"" +
           message + "\"}]}}}";
}

} // namespace

class TestShopifyWebhooks : public QObject {
    Q_OBJECT

    std::unique_ptr<ShopScript> m_shop;
    WebhookSubscriptionPort& port() const { return *m_shop->store().webhooks(); }

private Q_SLOTS:
    void init() { m_shop = std::make_unique<ShopScript>(); }

    void spellsTopicsBothWays() {
        for (const WantedTopic& wanted : wantedTopics(StoreKind::Shopify))
            QCOMPARE(topicOfEnum(topicEnum(wanted.topic)), wanted.topic);
        QCOMPARE(topicEnum(u"customer.tags_added"_s), u"CUSTOMER_TAGS_ADDED"_s);
        QCOMPARE(topicEnum(u"bulk_operations/finish"_s), u"BULK_OPERATIONS_FINISH"_s);
        QCOMPARE(topicOfEnum(u"FULFILLMENT_EVENTS_CREATE"_s), u"fulfillment_events/create"_s);
        QCOMPARE(topicOfEnum(u"SOMETHING_NEW"_s), u"something_new"_s);
    }

    void listsEveryPage() {
        m_shop->next = {
            ShopScript::json(page("{\"id\":\"gid:/"
                                  "/shopify/WebhookSubscription/1\",\"topic\":\"ORDERS_UPDATED\",\"uri\":\"https:/"
                                  "/a.example/x\",\"format\":\"JSON\",\"name\":\"aiva-1-x\"}",
                                  "abc")),
            ShopScript::json(page("{\"id\":\"gid:/"
                                  "/shopify/WebhookSubscription/2\",\"topic\":\"APP_UNINSTALLED\",\"uri\":\"pubsub:/"
                                  "/p:t\",\"format\":\"XML\",\"name\":null}"))};
        const auto listed = await(port().subscriptions());
        QVERIFY(listed);
        QCOMPARE(listed->size(), size_t(2));
        QCOMPARE(listed->at(0).topic, u"orders/updated"_s);
        QCOMPARE(listed->at(0).name, u"aiva-1-x"_s);
        QVERIFY(listed->at(0).isJson);
        QCOMPARE(listed->at(1).topic, u"app/uninstalled"_s);
        QVERIFY(!listed->at(1).isJson);
        QVERIFY(listed->at(1).name.isEmpty());
        QCOMPARE(m_shop->graphQl.at(1).variables.value(u"after"_s).toString(), u"abc"_s);
    }

    void aListWithAHoleIsNoList() {
        m_shop->next = {ShopScript::json(
            "{\"data\":{\"webhookSubscriptions\":null},\"errors\":[{\"message\":\"Access denied for "
            "webhookSubscriptions field. Required access: `read_orders` access "
            "scope.\",\"extensions\":{\"code\":\"ACCESS_DENIED\"},\"path\":[\"webhookSubscriptions\"]}]}")};
        const auto listed = await(port().subscriptions());
        QCOMPARE(listed.error().cause, ErrorCause::ScopeMissing);
    }

    // Going on from the same place would never end.
    void aListThatDoesNotAdvanceIsNoList() {
        m_shop->otherwise = [](const GraphQlRequest&) { return ShopScript::json(page({}, "abc")); };
        const auto listed = await(port().subscriptions());
        QCOMPARE(listed.error().kind, ErrorKind::Invalid);
        QCOMPARE(m_shop->graphQl.size(), 2);
    }

    void asksForATopicAtAnAddress() {
        m_shop->next = {
            ShopScript::json("{\"data\":{\"webhookSubscriptionCreate\":{\"webhookSubscription\":{\"id\":\"gid:/"
                             "/shopify/WebhookSubscription/7\"},\"userErrors\":[]}}}")};
        const auto made =
            await(port().subscribe({u"orders/updated"_s, u"https://a.example/x"_s, u"aiva-1-x"_s, SecretString("s")}));
        QCOMPARE(made.value_or(QString()), u"gid://shopify/WebhookSubscription/7"_s);
        const QJsonObject asked = m_shop->graphQl.at(0).variables;
        QCOMPARE(asked.value(u"topic"_s).toString(), u"ORDERS_UPDATED"_s);
        QCOMPARE(
            asked.value(u"webhook"_s).toObject(),
            (QJsonObject{{u"uri"_s, u"https://a.example/x"_s}, {u"format"_s, u"JSON"_s}, {u"name"_s, u"aiva-1-x"_s}}));
    }

    void saysWhatARefusalMeans_data() {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<ErrorCause>("cause");
        const auto row = [](const char* message, ErrorKind kind, ErrorCause cause) {
            QTest::newRow(message) << QByteArray(message) << kind << cause;
        };
        row("Address protocol http:// is not supported", ErrorKind::Invalid, ErrorCause::HostNotAllowed);
        row("Address cannot be a Shopify or an internal domain", ErrorKind::Invalid, ErrorCause::HostNotAllowed);
        row("Address is not a valid GCP pub/sub format. Format should be pubsub://project:topic", ErrorKind::Invalid,
            ErrorCause::HostNotAllowed);
        row("Address for this topic has already been taken", ErrorKind::Conflict, ErrorCause::None);
        row("You do not have permission to create or update webhooks with orders/create topic. This topic contains "
            "protected customer data.",
            ErrorKind::Auth, ErrorCause::ScopeMissing);
        row("Webhook subscription does not exist", ErrorKind::NotFound, ErrorCause::None);
        row("Something nobody foresaw: ada@mail.example", ErrorKind::Invalid, ErrorCause::None);
    }
    void saysWhatARefusalMeans() {
        QFETCH(const QByteArray, message);
        QFETCH(const ErrorKind, kind);
        QFETCH(const ErrorCause, cause);
        m_shop->next = {ShopScript::json(refusal("webhookSubscriptionUpdate", message))};
        const auto refused = await(port().resubscribe(u"gid://shopify/WebhookSubscription/7"_s, {}));
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, kind);
        QCOMPARE(refused.error().cause, cause);
        QVERIFY(!refused.error().detail.contains(u"ada@"_s));
    }

    void whatIsGoneAlreadyIsTakenBack() {
        m_shop->next = {
            ShopScript::json("{\"data\":{\"webhookSubscriptionDelete\":{\"deletedWebhookSubscriptionId\":\"gid:/"
                             "/shopify/WebhookSubscription/7\",\"userErrors\":[]}}}"),
            ShopScript::json(
                "{\"data\":{\"webhookSubscriptionDelete\":{\"deletedWebhookSubscriptionId\":null,\"userErrors\":[{"
                "\"field\":[\"id\"],\"message\":\"Webhook subscription does not exist\"}]}}}"),
            ShopScript::status(402)};
        QVERIFY(await(port().unsubscribe(u"gid://shopify/WebhookSubscription/7"_s)).value_or(false));
        QVERIFY(await(port().unsubscribe(u"gid://shopify/WebhookSubscription/7"_s)).value_or(false));
        QCOMPARE(await(port().unsubscribe(u"gid://shopify/WebhookSubscription/7"_s)).error().cause,
                 ErrorCause::ShopFrozen);
    }
};

QTEST_GUILESS_MAIN(TestShopifyWebhooks)
#include "tst_shopify_webhooks.moc"
