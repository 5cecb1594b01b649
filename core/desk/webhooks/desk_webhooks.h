// DeskWebhooks: WebhookDesk as Desk owns it, on the GUI thread: posts commands to WebhookCore and brings its answers
// back. Does nothing by itself.
#pragma once

#include "core/desk/core_post.h"
#include "core/desk/webhooks/webhook_desk.h"

namespace aiva {

class WebhookCore;

class DeskWebhooks final : public WebhookDesk {
    Q_OBJECT
public:
    // `core` lives on the core thread and outlives this; null: a desk without webhooks.
    DeskWebhooks(const WebhookCore* core, CorePost<WebhookCore>::Post post);

    Future<WebhookStatus> webhookStatus(StoreId store) override;
    Future<bool> openWebhooks(StoreId store, const WebhookChoice& choice) override;
    Future<SubscriptionReport> subscribeWebhooks(StoreId store, const QString& address) override;
    Future<SubscriptionReport> lookAtWebhooks(StoreId store) override;
    Future<SubscriptionReport> stopWebhooks(StoreId store) override;

private:
    CorePost<WebhookCore> m_core;
};

} // namespace aiva
