// What a request to the listener is: a delivery whose signature holds, WooCommerce's first ping, or something to
// refuse. Pure but for the keys. Used by the listener and by `aivactl webhook deliver`.
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
    QString reason; // no_signature wrong_signature unknown_shop no_topic no_id
};

using WebhookVerdict = std::variant<WebhookDelivery, WebhookPing, WebhookRefused>;

WebhookVerdict judgeWebhook(const WebhookRequest& request, const WebhookKeys& keys);

} // namespace aiva
