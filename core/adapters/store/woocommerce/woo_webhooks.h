// WooWebhooks: WebhookSubscriptionPort for one site, by its REST API (/webhooks). The key has to be one for reading and
// writing, of somebody who manages the shop; the site lists everybody's webhooks. Part of WooStore.
#pragma once

#include "core/adapters/store/woocommerce/woo_client.h"
#include "core/ports/webhook_subscription_port.h"

namespace aiva {

class WooWebhooks final : public WebhookSubscriptionPort {
public:
    // Both outlive it. `context` of continuations.
    WooWebhooks(WooClient& client, QObject& context) : m_client(client), m_context(context) {}

    Future<std::vector<WebhookSubscription>> subscriptions() override;
    // An empty key makes WooCommerce sign with the consumer secret of the key that asks.
    Future<QString> subscribe(const SubscriptionWish& wish) override;
    Future<QString> resubscribe(const QString& id, const SubscriptionWish& wish) override;
    Future<bool> unsubscribe(const QString& id) override;

private:
    Future<std::vector<WebhookSubscription>> pagesFrom(int page, std::vector<WebhookSubscription> known);
    Future<QString> write(RestRequest request);
    // The one that was wished for, if the site has it by now.
    Future<QString> made(const SubscriptionWish& wish, const Error& otherwise);

    WooClient& m_client;
    QObject& m_context;
};

} // namespace aiva
