// Whether the bytes of a delivery are signed with a key: base64(HMAC-SHA256(key, raw body)), as Shopify and WooCommerce
// do it. Pure.
#pragma once

#include "core/base/secret_string.h"

#include <QByteArrayView>

namespace aiva {

// Compared in constant time. Never true for an empty signature or key.
bool isSignedWith(const SecretString& key, QByteArrayView body, QByteArrayView signature);

// WooCommerce stores its webhooks' secrets with the characters of HTML escaped, and signs with them unescaped.
SecretString wooCommerceKey(const SecretString& stored);

} // namespace aiva
