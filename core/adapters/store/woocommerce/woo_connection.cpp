#include "core/adapters/store/woocommerce/woo_connection.h"

#include "core/adapters/store/woocommerce/site_url.h"
#include "core/adapters/store/woocommerce/woo_store.h"

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

Result<void> checkKeys(const WooConnection& connection) {
    const QString key = connection.consumerKey;
    if (key.startsWith("cs_"_L1) || connection.consumerSecret.reveal().starts_with("ck_"))
        return Error{ErrorKind::Invalid, u"consumer key and consumer secret are swapped"_s};
    const bool isBroken = key.isEmpty() || key.contains(u':') || key.contains(u' ');
    if (isBroken || connection.consumerSecret.isEmpty())
        return Error{ErrorKind::Invalid, u"a consumer key (ck_…) and its secret (cs_…) are needed"_s};
    return {};
}

} // namespace

Result<std::unique_ptr<StorePort>> makeWooStore(HttpTransport& transport, const Clock& clock,
                                                WooConnection connection) {
    WooEndpoint endpoint;
    AIVA_TRY(endpoint.site, normalizedSiteUrl(connection.site));
    AIVA_CHECK(checkKeys(connection));
    // Over http the secret only signs; nothing that could be used again travels.
    if (endpoint.site.scheme() == "http"_L1)
        endpoint.policy.plainHosts = {endpoint.site.host()};
    else
        endpoint.policy.hosts = {endpoint.site.host()};
    endpoint.timeouts = connection.timeouts;
    endpoint.consumerKey = connection.consumerKey.toUtf8();
    endpoint.consumerSecret = std::move(connection.consumerSecret);
    return std::unique_ptr<StorePort>(
        std::make_unique<WooStore>(transport, clock, std::move(endpoint), connection.currency));
}

} // namespace aiva
