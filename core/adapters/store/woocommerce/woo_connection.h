// What connects one WooCommerce site, and the one function app calls to get a StorePort from it. Everything else in
// this folder is private to the adapter, but site_url.h.
#pragma once

#include "core/adapters/http/http_types.h"
#include "core/base/clock.h"
#include "core/base/secret_string.h"
#include "core/ports/store_port.h"

#include <QString>

#include <memory>

namespace aiva {

class HttpTransport;

struct WooConnection {
    QString site;                // anything normalizedSiteUrl() accepts; http only where http was typed
    QString consumerKey;         // ck_…
    SecretString consumerSecret; // cs_…
    QString currency;            // the shop's, when known from earlier
    HttpTimeouts timeouts = {};
};

// Invalid when the address is none, or key and secret are not what they should be (most often: swapped). The transport
// and the clock outlive the port; the port lives on the thread that made it.
Result<std::unique_ptr<StorePort>> makeWooStore(HttpTransport& transport, const Clock& clock, WooConnection connection);

} // namespace aiva
