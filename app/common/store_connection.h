// Connecting a shop: credentials tested at the source, then the store row and its secrets saved. Used by `aivactl store
// connect` and the desk's wizard.
#pragma once

#include "app/common/kept_secrets.h"
#include "core/adapters/http/http_transport.h"
#include "core/base/async.h"
#include "core/base/clock.h"
#include "core/domain/shop/store_access.h"
#include "core/ports/store_port.h"
#include "core/storage/stores/store_repository.h"

#include <memory>
#include <optional>
#include <vector>

namespace aiva {

// A store's secrets. Access tokens are always sealed in the workspace (C5). What is asked for and is not there is
// Auth/TokenRefused; a keychain that is locked or gone is NoSecretService.
class StoreSecrets {
public:
    static Result<StoreSecrets> open(const Workspace& workspace, Database& writer);
    // With this keychain; null: sealed in the workspace.
    static Result<StoreSecrets> open(const Workspace& workspace, Database& writer,
                                     std::shared_ptr<SecretStore> keychain);

    Result<void> saveClientSecret(const QString& domain, const SecretString& secret);
    Result<SecretString> clientSecret(const QString& domain);
    Result<void> saveToken(const QString& domain, const SecretString& token);
    Result<SecretString> token(const QString& domain);
    // Both tokens of a sign-in in the browser, packed; sealed in the workspace. Absent when none is kept.
    Result<void> saveGrant(const QString& domain, const SecretString& packed);
    Result<std::optional<SecretString>> grant(const QString& domain);
    // Of a WooCommerce site; kept as client secrets are.
    Result<void> saveConsumerSecret(const QString& domain, const SecretString& secret);
    Result<SecretString> consumerSecret(const QString& domain);
    // What the shop may sign its webhooks with, likeliest first: the key given to them, then what it falls back to by
    // itself (Shopify: the app's client secret; WooCommerce: the consumer secret). None of a store that has neither.
    Result<std::vector<SecretString>> webhookKeys(const StoreRow& store);
    // The key given to webhooks, or by the person; absent when there is none.
    Result<std::optional<SecretString>> ownWebhookKey(const StoreRow& store);
    Result<void> saveWebhookKey(const StoreRow& store, const SecretString& key);
    Result<void> removeTokens(const QString& domain); // what is sealed, of whatever way in
    // Everything of a store; goes on after an error, and answers the first one.
    Result<void> remove(const QString& domain);
    const Workspace& workspace() const { return m_kept.workspace(); }
    // The service account that fetches webhooks from Google Pub/Sub, one for the workspace.
    Result<std::optional<SecretString>> pullAccount();
    Result<void> savePullAccount(const SecretString& account);

private:
    explicit StoreSecrets(KeptSecrets kept) : m_kept(std::move(kept)) {}
    Result<QString> pullAccountName() const;
    Result<QString> webhookKeyName(StoreKind kind, const QString& domain) const;
    Result<SecretString> load(const QString& name, const char* what);
    KeptSecrets m_kept;
};

struct ShopifyCredentials {
    QString shop;     // as typed; normalised here
    QString baseUrl;  // loopback only
    QString clientId; // with clientSecret: client-credentials grant (C1)
    SecretString clientSecret;
    SecretString token;                        // else an existing shpat_ token (C3)
    SecretString grant;                        // beside client id and secret: what ShopifyBrowser answered (C2)
    StoreAccess access = StoreAccess::Offline; // what it is to ask for
};

// Connected by a token alone: nobody told the client secret of its app.
bool isByToken(const StoreRow& store);

struct ShopifyTokenMemory;

// The adapter for a connected store, of whatever kind. `memory`: where a token may outlive it.
Result<std::unique_ptr<StorePort>> openStorePort(HttpTransport& http, const Clock& clock, StoreSecrets& secrets,
                                                 const StoreRow& store,
                                                 std::shared_ptr<ShopifyTokenMemory> memory = {});
// An adapter for credentials not saved yet, to test them with shop().
Result<std::unique_ptr<StorePort>> tryShopify(HttpTransport& http, const Clock& clock,
                                              const ShopifyCredentials& credentials);
// After shop() answered: saves row and secrets; the same domain keeps its id and history.
Result<StoreRow> saveShopify(Database& writer, StoreSecrets& secrets, const Clock& clock,
                             const ShopifyCredentials& credentials, const ShopFacts& facts);
// The secrets of a store that was parted from, or dropped (of the row only kind and domain count). Conflict when it is
// in use again, by another process perhaps: what that one keeps is its own.
Result<void> forgetStore(Database& writer, StoreSecrets& secrets, const StoreRow& store);

} // namespace aiva
