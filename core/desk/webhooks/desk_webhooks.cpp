#include "core/desk/webhooks/desk_webhooks.h"

#include "core/desk/webhooks/webhook_core.h"

namespace aiva {

QString WebhookChoice::deliveryAddress() const {
    if (way == WebhookWay::Tunnel) return address;
    if (way == WebhookWay::PubSub) return QStringLiteral("pubsub://%1:%2").arg(place.project, topic);
    return {};
}

DeskWebhooks::DeskWebhooks(const WebhookCore* core, CorePost<WebhookCore>::Post post)
    : m_core(core ? CorePost<WebhookCore>::Other::There : CorePost<WebhookCore>::Other::Absent, std::move(post)) {
    if (core) connect(core, &WebhookCore::stateChanged, this, &WebhookDesk::webhooksChanged);
}

Future<WebhookStatus> DeskWebhooks::webhookStatus(StoreId store) {
    return m_core.ask<WebhookStatus>([=](WebhookCore& core) { return readyFuture(core.status(store)); });
}

Future<bool> DeskWebhooks::openWebhooks(StoreId store, const WebhookChoice& choice) {
    return m_core.ask<bool>([=](WebhookCore& core) { return core.openDoor(store, choice); });
}

Future<SubscriptionReport> DeskWebhooks::subscribeWebhooks(StoreId store, const QString& address) {
    return m_core.ask<SubscriptionReport>([=](WebhookCore& core) { return core.subscribe(store, address); });
}

Future<SubscriptionReport> DeskWebhooks::lookAtWebhooks(StoreId store) {
    return m_core.ask<SubscriptionReport>([=](WebhookCore& core) { return core.subscriber().look(store); });
}

Future<SubscriptionReport> DeskWebhooks::stopWebhooks(StoreId store) {
    return m_core.ask<SubscriptionReport>([=](WebhookCore& core) { return core.stop(store); });
}

} // namespace aiva
