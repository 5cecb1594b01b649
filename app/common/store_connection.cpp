#include "app/common/store_connection.h"

#include "app/common/secrets_claim.h"
#include "app/common/shopify_grant.h"
#include "app/common/woocommerce_connection.h"
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

// As it was before the name of the workspace was part of it.
QString formerWebhookKeyName(StoreKind kind, const QString& domain) {
    return QStringLiteral("webhook-key/%1/%2").arg(toWord(kind), domain);
}

QString tokenName(const QString& domain) {
    return QStringLiteral("shopify-token/") + domain;
}

QString grantName(const QString& domain) {
    return QStringLiteral("shopify-grant/") + domain;
}

Error missing(const char* what) {
    return {ErrorKind::Auth, QStringLiteral("the %1 of this store is gone").arg(QLatin1String(what)),
            ErrorCause::TokenRefused};
}

const QString kClientCredentials = QStringLiteral("client_credentials");
const QString kToken = QStringLiteral("token");
const QString kAuthorizationCode = QStringLiteral("authorization_code");

const QString& authOf(const ShopifyCredentials& credentials) {
    if (!credentials.grant.isEmpty()) return kAuthorizationCode;
    return credentials.token.isEmpty() ? kClientCredentials : kToken;
}

// Absent of one that stays, and of every other way in.
Result<std::optional<UtcTime>> endOfSignIn(const ShopifyCredentials& credentials) {
    if (credentials.grant.isEmpty()) return std::optional<UtcTime>();
    AIVA_TRY(const ShopifyGrant grant, shopifyGrantFrom(credentials.grant));
    return grant.userScopes ? std::optional(grant.expiresAt) : std::nullopt;
}

} // namespace

Result<StoreSecrets> StoreSecrets::open(const Workspace& workspace, Database& writer) {
    AIVA_TRY(KeptSecrets kept, KeptSecrets::open(workspace, writer));
    return StoreSecrets(std::move(kept));
}

Result<StoreSecrets> StoreSecrets::open(const Workspace& workspace, Database& writer,
                                        std::shared_ptr<SecretStore> keychain) {
    AIVA_TRY(KeptSecrets kept, KeptSecrets::open(workspace, writer, std::move(keychain)));
    return StoreSecrets(std::move(kept));
}

Result<SecretString> StoreSecrets::load(const QString& name, const char* what) {
    AIVA_TRY(const std::optional<SecretString> secret, m_kept.findForSure(name));
    if (!secret) return missing(what);
    return *secret;
}

Result<void> StoreSecrets::saveClientSecret(const QString& domain, const SecretString& secret) {
    return m_kept.saveHere(clientSecretName(domain), secret);
}

Result<SecretString> StoreSecrets::clientSecret(const QString& domain) {
    return load(clientSecretName(domain), "client secret");
}

Result<void> StoreSecrets::saveConsumerSecret(const QString& domain, const SecretString& secret) {
    return m_kept.saveHere(consumerSecretName(domain), secret);
}

Result<SecretString> StoreSecrets::consumerSecret(const QString& domain) {
    return load(consumerSecretName(domain), "consumer secret");
}

Result<void> StoreSecrets::saveToken(const QString& domain, const SecretString& token) {
    return m_kept.settings().setSecret(workspace(), tokenName(domain), token);
}

Result<SecretString> StoreSecrets::token(const QString& domain) {
    AIVA_TRY(const std::optional<SecretString> token, m_kept.settings().secret(workspace(), tokenName(domain)));
    if (!token) return missing("access token");
    return *token;
}

// A keychain is one for all workspaces, and each has its own webhooks at a shop.
Result<QString> StoreSecrets::webhookKeyName(StoreKind kind, const QString& domain) const {
    AIVA_TRY(const QString id, Workspace::keyId(workspace().dir()));
    return formerWebhookKeyName(kind, domain) + QLatin1Char('/') + id;
}

Result<std::optional<SecretString>> StoreSecrets::ownWebhookKey(const StoreRow& store) {
    AIVA_TRY(const QString name, webhookKeyName(store.kind, store.domain));
    AIVA_TRY(auto key, m_kept.find(name));
    return key ? Result<std::optional<SecretString>>(std::move(key))
               : m_kept.find(formerWebhookKeyName(store.kind, store.domain));
}

Result<std::vector<SecretString>> StoreSecrets::webhookKeys(const StoreRow& store) {
    std::vector<SecretString> keys;
    AIVA_TRY(const auto own, ownWebhookKey(store));
    if (own) keys.push_back(*own);
    const bool isShopify = store.kind == StoreKind::Shopify;
    const bool isWoo = store.kind == StoreKind::WooCommerce;
    if (!isShopify && !isWoo) return keys;
    // What is kept of an earlier way in is another app's, perhaps.
    if (isByToken(store)) return keys;
    AIVA_TRY(const auto usual,
             m_kept.findHere(isShopify ? clientSecretName(store.domain) : consumerSecretName(store.domain)));
    if (usual && !usual->isEmpty()) keys.push_back(*usual);
    return keys;
}

Result<void> StoreSecrets::saveWebhookKey(const StoreRow& store, const SecretString& key) {
    AIVA_TRY(const QString name, webhookKeyName(store.kind, store.domain));
    AIVA_CHECK(m_kept.save(name, key));
    return m_kept.remove(formerWebhookKeyName(store.kind, store.domain));
}

Result<QString> StoreSecrets::pullAccountName() const {
    AIVA_TRY(const QString id, Workspace::keyId(workspace().dir()));
    return QStringLiteral("webhook-pull-account/") + id;
}

Result<std::optional<SecretString>> StoreSecrets::pullAccount() {
    AIVA_TRY(const QString name, pullAccountName());
    return m_kept.find(name);
}

Result<void> StoreSecrets::savePullAccount(const SecretString& account) {
    AIVA_TRY(const QString name, pullAccountName());
    return m_kept.save(name, account);
}

Result<void> StoreSecrets::saveGrant(const QString& domain, const SecretString& packed) {
    return m_kept.settings().setSecret(workspace(), grantName(domain), packed);
}

Result<std::optional<SecretString>> StoreSecrets::grant(const QString& domain) {
    return m_kept.settings().secret(workspace(), grantName(domain));
}

Result<void> StoreSecrets::removeTokens(const QString& domain) {
    AIVA_CHECK(m_kept.settings().removeSecret(tokenName(domain)));
    return m_kept.settings().removeSecret(grantName(domain));
}

Result<void> StoreSecrets::remove(const QString& domain) {
    QStringList webhookKeys;
    for (const StoreKind kind : {StoreKind::Shopify, StoreKind::WooCommerce}) {
        AIVA_TRY(const QString key, webhookKeyName(kind, domain));
        webhookKeys << key << formerWebhookKeyName(kind, domain);
    }
    // What would stay because another one could not be forgotten would stay for good.
    Result<void> removed = removeTokens(domain);
    const auto note = [&removed](const Result<void>& forgotten) {
        if (removed && !forgotten) removed = forgotten;
    };
    note(m_kept.removeHere(clientSecretName(domain)));
    note(m_kept.removeHere(consumerSecretName(domain)));
    for (const QString& name : webhookKeys)
        note(m_kept.remove(name));
    return removed;
}

bool isByToken(const StoreRow& store) {
    return store.kind == StoreKind::Shopify && store.auth == kToken;
}

Result<std::unique_ptr<StorePort>> openStorePort(HttpTransport& http, const Clock& clock, StoreSecrets& secrets,
                                                 const StoreRow& store, std::shared_ptr<ShopifyTokenMemory> memory) {
    if (store.kind == StoreKind::WooCommerce) return openWooCommerce(http, clock, secrets, store);
    if (store.kind != StoreKind::Shopify)
        return Error{ErrorKind::Invalid, QStringLiteral("this kind of store cannot be synced yet")};
    ShopifyConnection connection;
    connection.shopDomain = store.domain;
    connection.baseUrl = QUrl(store.baseUrl);
    connection.currency = store.currency;
    if (store.auth == kAuthorizationCode && store.signedInUntil) {
        AIVA_TRY(connection.credentials, openOnlineGrant(secrets, store));
    } else if (store.auth == kAuthorizationCode) {
        AIVA_TRY(connection.credentials, openShopifyGrant(secrets.workspace(), secrets, store));
    } else if (isByToken(store)) {
        AIVA_TRY(const SecretString token, secrets.token(store.domain));
        connection.credentials = ShopifyAdminToken{token};
    } else {
        AIVA_TRY(const SecretString secret, secrets.clientSecret(store.domain));
        connection.credentials = ShopifyClientCredentials{store.clientId, secret, std::move(memory)};
    }
    return makeShopifyStore(http, clock, std::move(connection));
}

Result<std::unique_ptr<StorePort>> tryShopify(HttpTransport& http, const Clock& clock,
                                              const ShopifyCredentials& credentials) {
    ShopifyConnection connection;
    AIVA_TRY(connection.shopDomain, normalizedShopDomain(credentials.shop));
    connection.baseUrl = QUrl(credentials.baseUrl);
    if (!credentials.grant.isEmpty()) {
        // Not renewed as long as it is not kept: the shop would forget the pair that is saved afterwards.
        AIVA_TRY(const ShopifyGrant grant, shopifyGrantFrom(credentials.grant));
        if (grant.userScopes)
            connection.credentials = ShopifyOnlineGrant{grant.accessToken, grant.expiresAt, *grant.userScopes};
        else
            connection.credentials = ShopifyAdminToken{grant.accessToken};
    } else if (!credentials.token.isEmpty()) {
        connection.credentials = ShopifyAdminToken{credentials.token};
    } else {
        connection.credentials = ShopifyClientCredentials{credentials.clientId, credentials.clientSecret};
    }
    return makeShopifyStore(http, clock, std::move(connection));
}

Result<StoreRow> saveShopify(Database& writer, StoreSecrets& secrets, const Clock& clock,
                             const ShopifyCredentials& credentials, const ShopFacts& facts) {
    AIVA_TRY(const QString domain, normalizedShopDomain(credentials.shop));
    AIVA_TRY(const auto stores, StoreRepository::create(writer));
    AIVA_TRY(const std::optional<UtcTime> signedInUntil, endOfSignIn(credentials));
    const QString& auth = authOf(credentials);
    AIVA_TRY(const auto claim, claimSecrets(secrets.workspace()));
    // A keychain may ask the person: not inside a transaction.
    if (auth != kToken) AIVA_CHECK(secrets.saveClientSecret(domain, credentials.clientSecret));
    AIVA_TRY(const auto transaction, Transaction::begin(writer));
    AIVA_CHECK(secrets.removeTokens(domain)); // an earlier way in may have left one
    if (auth == kToken) AIVA_CHECK(secrets.saveToken(domain, credentials.token));
    if (auth == kAuthorizationCode) AIVA_CHECK(secrets.saveGrant(domain, credentials.grant));
    StoreRow row;
    row.domain = domain;
    row.externalId = facts.externalId;
    row.name = facts.name.isEmpty() ? domain : facts.name;
    row.currency = facts.currency;
    row.timeZone = facts.timeZone;
    row.plan = facts.plan;
    row.baseUrl = credentials.baseUrl;
    row.auth = auth;
    row.clientId = credentials.clientId;
    row.signedInUntil = signedInUntil;
    row.scopes = facts.scopes;
    row.historyLimited = facts.historyLimited;
    row.createdAt = clock.now();
    AIVA_TRY(row.id, stores->save(row));
    AIVA_TRY(const std::optional<StoreRow> saved, stores->byId(row.id));
    AIVA_CHECK(transaction->commit());
    return saved.value_or(row);
}

// Saving claims, too: a row that is connected has its secrets beside it, one that is parted from has none to come.
Result<void> forgetStore(Database& writer, StoreSecrets& secrets, const StoreRow& store) {
    AIVA_TRY(const auto claim, claimSecrets(secrets.workspace()));
    AIVA_TRY(const auto stores, StoreRepository::create(writer));
    AIVA_TRY(const std::vector<StoreRow> rows, stores->all());
    for (const StoreRow& row : rows)
        if (row.kind == store.kind && row.domain == store.domain && row.status != StoreStatus::Disconnected)
            return Error{ErrorKind::Conflict, QStringLiteral("the store is in use again, and keeps its keys")};
    return secrets.remove(store.domain);
}

} // namespace aiva
