#include "app/common/woocommerce_connection.h"

#include "app/common/secrets_claim.h"
#include "core/adapters/store/woocommerce/site_url.h"
#include "core/adapters/store/woocommerce/woo_connection.h"

namespace aiva {
namespace {

const QString kConsumerKey = QStringLiteral("consumer_key");

} // namespace

Result<std::unique_ptr<StorePort>> tryWooCommerce(HttpTransport& http, const Clock& clock,
                                                  const WooCredentials& credentials) {
    WooConnection connection;
    connection.site = credentials.url;
    connection.consumerKey = credentials.consumerKey;
    connection.consumerSecret = credentials.consumerSecret;
    return makeWooStore(http, clock, std::move(connection));
}

Result<StoreRow> saveWooCommerce(Database& writer, StoreSecrets& secrets, const Clock& clock,
                                 const WooCredentials& credentials, const ShopFacts& facts) {
    AIVA_TRY(const QUrl site, normalizedSiteUrl(credentials.url));
    AIVA_TRY(const auto stores, StoreRepository::create(writer));
    const QString domain = siteDomain(site);
    AIVA_TRY(const auto claim, claimSecrets(secrets.workspace()));
    AIVA_CHECK(secrets.saveConsumerSecret(domain, credentials.consumerSecret));
    StoreRow row;
    row.kind = StoreKind::WooCommerce;
    row.domain = domain;
    row.externalId = facts.externalId;
    row.name = facts.name.isEmpty() ? domain : facts.name;
    row.currency = facts.currency;
    row.timeZone = facts.timeZone;
    row.plan = facts.plan;
    row.baseUrl = site.toString(QUrl::FullyEncoded);
    row.auth = kConsumerKey;
    row.clientId = credentials.consumerKey;
    row.scopes = facts.scopes;
    row.historyLimited = facts.historyLimited;
    row.createdAt = clock.now();
    AIVA_TRY(row.id, stores->save(row));
    AIVA_TRY(const std::optional<StoreRow> saved, stores->byId(row.id));
    return saved.value_or(row);
}

bool isInsecureStore(const StoreRow& store) {
    return isInsecureSite(QUrl(store.baseUrl));
}

Result<std::unique_ptr<StorePort>> openWooCommerce(HttpTransport& http, const Clock& clock, StoreSecrets& secrets,
                                                   const StoreRow& store) {
    WooConnection connection;
    connection.site = store.baseUrl;
    connection.consumerKey = store.clientId;
    connection.currency = store.currency;
    AIVA_TRY(connection.consumerSecret, secrets.consumerSecret(store.domain));
    return makeWooStore(http, clock, std::move(connection));
}

} // namespace aiva
