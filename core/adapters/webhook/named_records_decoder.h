// WooCommerce's webhooks, read for nothing but which record they are about: the shop is then asked for it. So what a
// delivery carries is never taken for the shop's own word, and plug-ins that change it do no harm.
#pragma once

#include "core/ports/webhook_port.h"

#include <memory>

namespace aiva {

std::unique_ptr<WebhookDecoder> makeWooCommerceWebhookDecoder();

} // namespace aiva
