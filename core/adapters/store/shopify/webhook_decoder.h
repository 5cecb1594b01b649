// What a Shopify webhook means. Its bodies are shaped like Shopify's former REST API: snake case, numeric ids, amounts
// as text, tags in one text. Made by app; used by core/webhook through its port.
#pragma once

#include "core/ports/webhook_port.h"

#include <memory>

namespace aiva {

std::unique_ptr<WebhookDecoder> makeShopifyWebhookDecoder();

} // namespace aiva
