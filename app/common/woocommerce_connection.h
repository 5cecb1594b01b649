// Connecting a WooCommerce site: its key tested at the source, then the store row and the secret saved. Used by
// `aivactl store connect` and the desk's wizard; store_connection opens what is connected.
#pragma once

#include "app/common/store_connection.h"

namespace aiva {

struct WooCredentials {
    QString url;         // as typed; normalised here
    QString consumerKey; // ck_…
    SecretString consumerSecret;
};

// An adapter for credentials not saved yet, to test them with shop().
Result<std::unique_ptr<StorePort>> tryWooCommerce(HttpTransport& http, const Clock& clock,
                                                  const WooCredentials& credentials);
// After shop() answered: saves row and secret; the same site keeps its id and history.
Result<StoreRow> saveWooCommerce(Database& writer, StoreSecrets& secrets, const Clock& clock,
                                 const WooCredentials& credentials, const ShopFacts& facts);
// Its data travels in clear to another machine.
bool isInsecureStore(const StoreRow& store);
// The adapter for a connected site.
Result<std::unique_ptr<StorePort>> openWooCommerce(HttpTransport& http, const Clock& clock, StoreSecrets& secrets,
                                                   const StoreRow& store);

} // namespace aiva
