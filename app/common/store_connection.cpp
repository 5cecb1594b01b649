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

QString webhookKeyName(StoreKind kind, const QString& domain) {
    return QStringLiteral("webhook-key/%1/%2").arg(toWord(kind), domain);
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

Result<std::optional<SecretString>> StoreSecrets::find(const QString& name) {
    if (!m_useKeychain) return m_settings->secret(*m_workspace, name);
    KeychainSecretStore keychain;
    return keychain.read(name);
}

Result<SecretString> StoreSecrets::load(const QString& name, const char* what) {
    AIVA_TRY(const std::optional<SecretString> secret, find(name));
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

Result<std::optional<SecretString>> StoreSecrets::ownWebhookKey(const StoreRow& store) {
    return find(webhookKeyName(store.kind, store.domain));
}

Result<std::vector<SecretString>> StoreSecrets::webhookKeys(const StoreRow& store) {
    std::vector<SecretString> keys;
    AIVA_TRY(const auto own, ownWebhookKey(store));
    if (own) keys.push_back(*own);
    const bool isShopify = store.kind == StoreKind::Shopify;
    const bool isWoo = store.kind == StoreKind::WooCommerce;
    if (!isShopify && !isWoo) return keys;
    // A store connected by a token alone has none.
    AIVA_TRY(const auto usual, find(isShopify ? clientSecretName(store.domain) : consumerSecretName(store.domain)));
    if (usual && !usual->isEmpty()) keys.push_back(*usual);
    return keys;
}

Result<void> StoreSecrets::saveWebhookKey(const StoreRow& store, const SecretString& key) {
    return save(webhookKeyName(store.kind, store.domain), key);
}

// A keychain is one for all workspaces.
Result<QString> StoreSecrets::pullAccountName() const {
    AIVA_TRY(const QString id, Workspace::keyId(m_workspace->dir()));
    return QStringLiteral("webhook-pull-account/") + id;
}

Result<std::optional<SecretString>> StoreSecrets::pullAccount() {
    AIVA_TRY(const QString name, pullAccountName());
    return find(name);
}

Result<void> StoreSecrets::savePullAccount(const SecretString& account) {
    AIVA_TRY(const QString name, pullAccountName());
    return save(name, account);
}

Result<void> StoreSecrets::remove(const QString& domain) {
    AIVA_CHECK(m_settings->removeSecret(tokenName(domain)));
    AIVA_CHECK(forget(consumerSecretName(domain)));
    for (const StoreKind kind : {StoreKind::Shopify, StoreKind::WooCommerce})
        AIVA_CHECK(forget(webhookKeyName(kind, domain)));
    return forget(clientSecretName(domain));
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
