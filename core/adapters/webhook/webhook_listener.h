// The listener of webhooks: HTTP on 127.0.0.1, bounded in every direction, with threads of its own. It proves each
// request, hands deliveries to the inbox and answers 200 only when they are on the disk. Made by app; never sees
// storage.
#pragma once

#include "core/base/result.h"
#include "core/ports/webhook_port.h"

#include <memory>

namespace aiva {

struct WebhookLimits {
    qint64 headerBytes = 16 * 1024;     // beyond: 431
    qint64 bodyBytes = 5 * 1024 * 1024; // beyond: 413
    int requestMs = 10'000;             // from the first byte to the last; beyond: 408
    int idleMs = 10'000;                // between two requests of one connection
    int connections = 64;               // beyond: 503 at once
};

// `port` 0: any. POST /webhooks/shopify and /webhooks/woocommerce. Network when the port cannot be had. Inbox and keys
// outlive the listener.
Result<std::unique_ptr<WebhookListener>> listenForWebhooks(quint16 port, WebhookInbox& inbox, WebhookKeys& keys,
                                                           WebhookLimits limits = {});

} // namespace aiva
