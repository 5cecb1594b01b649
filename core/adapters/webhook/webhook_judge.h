// What a request to the listener or a message from Pub/Sub is: a delivery that is a shop's, WooCommerce's first ping,
// or something to refuse. Pure but for the keys. Used by the listener, by who pulls, and by `aivactl webhook deliver`.
#pragma once

#include "core/ports/webhook_port.h"

#include <QByteArray>

#include <utility>
#include <variant>
#include <vector>

namespace aiva {

struct WebhookRequest {
    StoreKind source = StoreKind::Shopify;
    std::vector<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body; // raw

    // Case-insensitive; empty when absent.
    QByteArray header(QByteArrayView name) const;
};

struct WebhookPing {}; // not signed, changes nothing

struct WebhookRefused {
    int status = 401;
    QString reason; // no_signature wrong_signature unknown_shop no_key no_topic no_id
};

using WebhookVerdict = std::variant<WebhookDelivery, WebhookPing, WebhookRefused>;

// Anybody may reach the listener: only a signature proves a request. Into a Pub/Sub topic only those publish whom its
// owner lets, and Shopify need not sign there: what is unsigned passes if its shop is known; a signature that is there
// has to hold where the shop's key is known.
enum class WebhookRoute { Listener, PubSub };

WebhookVerdict judgeWebhook(const WebhookRequest& request, const WebhookKeys& keys,
                            WebhookRoute route = WebhookRoute::Listener);

// Refused for what was known of its shop's keys, which may have changed since they were read.
bool wantsAnotherKey(const WebhookVerdict& verdict);

} // namespace aiva
