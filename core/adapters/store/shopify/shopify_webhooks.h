// ShopifyWebhooks: WebhookSubscriptionPort for one shop, by the Admin API (webhookSubscriptionCreate and its kin). The
// shop lists to each app only what that app made; what stands in the app's configuration it does not list. Deliveries
// are signed with the app's client secret, whatever is wished. Part of ShopifyStore.
#pragma once

#include "core/adapters/store/shopify/graphql_client.h"
#include "core/ports/webhook_subscription_port.h"

namespace aiva {

class ShopifyWebhooks final : public WebhookSubscriptionPort {
public:
    // Both outlive it. `context` of continuations.
    ShopifyWebhooks(GraphQlClient& client, QObject& context) : m_client(client), m_context(context) {}

    Future<std::vector<WebhookSubscription>> subscriptions() override;
    Future<QString> subscribe(const SubscriptionWish& wish) override;
    Future<QString> resubscribe(const QString& id, const SubscriptionWish& wish) override;
    Future<bool> unsubscribe(const QString& id) override;

private:
    Future<std::vector<WebhookSubscription>> pagesAfter(const QString& cursor, std::vector<WebhookSubscription> known);

    GraphQlClient& m_client;
    QObject& m_context;
};

// "orders/updated" and "customer.tags_added" as WebhookSubscriptionTopic has them, and back.
QString topicEnum(const QString& topic);
QString topicOfEnum(const QString& word);

} // namespace aiva
