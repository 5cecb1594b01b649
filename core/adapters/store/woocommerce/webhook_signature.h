// How WooCommerce signs a webhook: X-WC-Webhook-Signature is base64(HMAC-SHA256(raw body)) under the webhook's secret
// after HTML entities in it were decoded. Pure; called by whoever receives webhooks.
#pragma once

#include "core/base/secret_string.h"

#include <QByteArray>
#include <QByteArrayView>

#include <string_view>

namespace aiva {

// Empty only when the machine's own cryptography fails.
QByteArray hmacSha256Base64(std::string_view key, QByteArrayView message);

QByteArray wooWebhookSignature(const SecretString& secret, QByteArrayView rawBody);
// In constant time; an absent signature or secret never holds.
bool isWooWebhookSigned(const SecretString& secret, QByteArrayView rawBody, const QByteArray& signatureHeader);

} // namespace aiva
