#include "app/common/store_connection.h"

#include "app/common/woocommerce_connection.h"
#include "core/adapters/secrets/keychain_secret_store.h"
#include "core/adapters/store/shopify/shopify_connection.h"

#include <QUrl>

namespace aiva {
namespace {

QString clientSecretName(const QString& domain) {
    return QStringLiteral("shopify-client-secret/") + domain;
}

QString consumerSecretName(const QString& domain) {
    return QStringLiteral("woocommerce-consumer-secret/") + domain;
}

QString webhookKeyName(const StoreRow& store) {
    return QStringLiteral("webhook-key/%1/%2").arg(toWord(store.kind), store.domain);
}

QString tokenName(const QString& domain) {
    return QStringLiteral("shopify-token/") + domain;
}

Error missing(const char* what) {
    return {ErrorKind::Auth, QStringLiteral("the %1 of this store is gone").arg(QLatin1String(what)),
            ErrorCause::TokenRefused};
}

const QString kClientCredentials = QStringLiteral("client_credentials");
const QString kToken = QStringLiteral("token");

Result<std::unique_ptr<StorePort>> shopifyPort(HttpTransport& http, const Clock& clock,
                                               const ShopifyCredentials& credentials, const QString& currency) {
    ShopifyConnection connection;
    AIVA_TRY(connection.shopDomain, normalizedShopDomain(credentials.shop));
    connection.baseUrl = QUrl(credentials.baseUrl);
    connection.currency = currency;
    if (credentials.token.isEmpty())
        connection.credentials = ShopifyClientCredentials{credentials.clientId, credentials.clientSecret};
    else
        connection.credentials = ShopifyAdminToken{credentials.token};
    return makeShopifyStore(http, clock, std::move(connection));
}

} // namespace

StoreSecrets::StoreSecrets(const Workspace& workspace, std::unique_ptr<SettingsRepository> settings, bool useKeychain)
    : m_workspace(&workspace), m_settings(std::move(settings)), m_useKeychain(useKeychain) {}

Result<StoreSecrets> StoreSecrets::open(const Workspace& workspace, Database& writer) {
    AIVA_TRY(auto settings, SettingsRepository::create(writer));
    AIVA_TRY(const KeySource source, Workspace::keySource(workspace.dir()));
    return StoreSecrets(workspace, std::move(settings), source == KeySource::Keychain);
}

Result<void> StoreSecrets::save(const QString& name, const SecretString& secret) {
    if (!m_useKeychain) return m_settings->setSecret(*m_workspace, name, secret);
    KeychainSecretStore keychain;
    return keychain.write(name, secret);
}

Result<SecretString> StoreSecrets::load(const QString& name, const char* what) {
    std::optional<SecretString> secret;
    if (m_useKeychain) {
        KeychainSecretStore keychain;
        AIVA_TRY(secret, keychain.read(name));
    } else {
        AIVA_TRY(secret, m_settings->secret(*m_workspace, name));
    }
    if (!secret) return missing(what);
    return *secret;
}

Result<void> StoreSecrets::forget(const QString& name) {
    if (!m_useKeychain) return m_settings->removeSecret(name);
    KeychainSecretStore keychain;
    return keychain.remove(name);
}

Result<void> StoreSecrets::saveClientSecret(const QString& domain, const SecretString& secret) {
    return save(clientSecretName(domain), secret);
}

Result<SecretString> StoreSecrets::clientSecret(const QString& domain) {
    return load(clientSecretName(domain), "client secret");
}

Result<void> StoreSecrets::saveConsumerSecret(const QString& domain, const SecretString& secret) {
    return save(consumerSecretName(domain), secret);
}

Result<SecretString> StoreSecrets::consumerSecret(const QString& domain) {
    return load(consumerSecretName(domain), "consumer secret");
}

Result<void> StoreSecrets::saveToken(const QString& domain, const SecretString& token) {
    return m_settings->setSecret(*m_workspace, tokenName(domain), token);
}

Result<SecretString> StoreSecrets::token(const QString& domain) {
    AIVA_TRY(const std::optional<SecretString> token, m_settings->secret(*m_workspace, tokenName(domain)));
    if (!token) return missing("access token");
    return *token;
}

Result<std::optional<SecretString>> StoreSecrets::webhookKey(const StoreRow& store) {
    AIVA_TRY(std::optional<SecretString> own, m_settings->secret(*m_workspace, webhookKeyName(store)));
    if (own || store.kind != StoreKind::Shopify || store.auth == kToken) return own;
    Result<SecretString> secret = clientSecret(store.domain);
    if (!secret && secret.error().kind == ErrorKind::Auth) return std::optional<SecretString>();
    if (!secret) return secret.error();
    return std::optional(*std::move(secret));
}

Result<void> StoreSecrets::saveWebhookKey(const StoreRow& store, const SecretString& key) {
    return m_settings->setSecret(*m_workspace, webhookKeyName(store), key);
}

Result<void> StoreSecrets::remove(const QString& domain) {
    AIVA_CHECK(m_settings->removeSecret(tokenName(domain)));
    AIVA_CHECK(forget(consumerSecretName(domain)));
    return forget(clientSecretName(domain));
}

Result<void> StoreSecrets::removeAll(const StoreRow& store) {
    AIVA_CHECK(remove(store.domain));
    return m_settings->removeSecret(webhookKeyName(store));
}

Result<std::unique_ptr<StorePort>> openStorePort(HttpTransport& http, const Clock& clock, StoreSecrets& secrets,
                                                 const StoreRow& store) {
    if (store.kind == StoreKind::WooCommerce) return openWooCommerce(http, clock, secrets, store);
    if (store.kind != StoreKind::Shopify)
        return Error{ErrorKind::Invalid, QStringLiteral("this kind of store cannot be synced yet")};
    ShopifyCredentials credentials;
    credentials.shop = store.domain;
    credentials.baseUrl = store.baseUrl;
    credentials.clientId = store.clientId;
    if (store.auth == kToken) {
        AIVA_TRY(credentials.token, secrets.token(store.domain));
    } else {
        AIVA_TRY(credentials.clientSecret, secrets.clientSecret(store.domain));
    }
    return shopifyPort(http, clock, credentials, store.currency);
}

Result<std::unique_ptr<StorePort>> tryShopify(HttpTransport& http, const Clock& clock,
                                              const ShopifyCredentials& credentials) {
    return shopifyPort(http, clock, credentials, QString());
}

Result<StoreRow> saveShopify(Database& writer, StoreSecrets& secrets, const Clock& clock,
                             const ShopifyCredentials& credentials, const ShopFacts& facts) {
    AIVA_TRY(const QString domain, normalizedShopDomain(credentials.shop));
    AIVA_TRY(const auto stores, StoreRepository::create(writer));
    const bool usesToken = !credentials.token.isEmpty();
    if (usesToken) {
        AIVA_CHECK(secrets.saveToken(domain, credentials.token));
    } else {
        AIVA_CHECK(secrets.saveClientSecret(domain, credentials.clientSecret));
    }
    StoreRow row;
    row.domain = domain;
    row.externalId = facts.externalId;
    row.name = facts.name.isEmpty() ? domain : facts.name;
    row.currency = facts.currency;
    row.timeZone = facts.timeZone;
    row.plan = facts.plan;
    row.baseUrl = credentials.baseUrl;
    row.auth = usesToken ? kToken : kClientCredentials;
    row.clientId = credentials.clientId;
    row.scopes = facts.scopes;
    row.historyLimited = facts.historyLimited;
    row.createdAt = clock.now();
    AIVA_TRY(row.id, stores->save(row));
    AIVA_TRY(const std::optional<StoreRow> saved, stores->byId(row.id));
    return saved.value_or(row);
}

} // namespace aiva
