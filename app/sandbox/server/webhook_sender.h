// Sends signed webhooks to an address on this machine, as the shops would. Used by the sandbox's control; blocks.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace aiva::sandbox {

struct OutgoingWebhook {
    std::string topic;
    std::string shop; // WooCommerce: the site's address
    std::string id;
    std::string triggeredAt;
    std::string body;
};

// base64(HMAC-SHA256(secret, body)).
std::string webhookSignature(const std::string& secret, const std::string& body);

// `url`: http://127.0.0.1:PORT/path. The status of the answer; 0 when there was none, -1 for an address elsewhere.
int sendWebhook(const std::string& url, const std::string& secret, const OutgoingWebhook& webhook);
// The same with WooCommerce's headers; `hook`: the number of the webhook.
int sendWooWebhook(const std::string& url, const std::string& secret, const OutgoingWebhook& webhook,
                   const std::string& hook);
// WooCommerce's first word to a new address: a form, not signed.
int sendWooPing(const std::string& url, const std::string& hook);

} // namespace aiva::sandbox
