#include "app/common/adapters.h"

#include "app/common/answer_adapters.h"
#include "app/common/mail_adapters.h"
#include "app/common/shopify_grant.h"
#include "app/common/store_connection.h"
#include "app/common/webhook_adapters.h"
#include "app/common/woocommerce_connection.h"

#include "core/adapters/csv/csv_file_reader.h"
#include "core/adapters/mail/files/mail_file_reader.h"
#include "core/adapters/spelling/hunspell_spelling.h"
#include "core/adapters/store/shopify/shopify_connection.h"

#include <map>
#include <utility>

namespace aiva {
namespace {

// Of the same app at the same shop: another app's secret would prove nothing.
Result<SecretString> keptClientSecret(const Workspace& workspace, const StoreSignIn& signIn) {
    AIVA_TRY(const QString domain, normalizedShopDomain(signIn.address));
    AIVA_TRY(const auto reader, workspace.openReader());
    AIVA_TRY(const auto stores, StoreRepository::create(*reader));
    AIVA_TRY(const std::vector<StoreRow> rows, stores->all());
    for (const StoreRow& row : rows) {
        if (row.kind != StoreKind::Shopify || row.domain != domain || row.clientId != signIn.clientId) continue;
        AIVA_TRY(StoreSecrets secrets, StoreSecrets::open(workspace, *reader));
        return secrets.clientSecret(domain);
    }
    return Error{ErrorKind::Auth, QStringLiteral("no client secret of this app is kept"), ErrorCause::TokenRefused};
}

// Who signs in again, perhaps each day, does not copy the client secret again.
Result<ShopifyCredentials> credentialsOf(const Workspace& workspace, const StoreSignIn& signIn) {
    ShopifyCredentials credentials{signIn.address, signIn.baseUrl, signIn.clientId, signIn.secret,
                                   signIn.token,   signIn.grant,   signIn.access};
    if (!signIn.secret.isEmpty() || !signIn.token.isEmpty()) return credentials;
    AIVA_TRY(credentials.clientSecret, keptClientSecret(workspace, signIn));
    return credentials;
}

WooCredentials wooCredentialsOf(const StoreSignIn& signIn) {
    return {signIn.address, signIn.clientId, signIn.secret};
}

Error notConnectable() {
    return {ErrorKind::Refused, QStringLiteral("this kind of store cannot be connected yet"), ErrorCause::NotSupported};
}

// The browser's sign-in, made on the core thread at first use.
void addSignIn(StoreAdapters& adapters, const Workspace& workspace, const Clock& clock,
               const std::shared_ptr<std::unique_ptr<HttpTransport>>& transport) {
    const auto browser = std::make_shared<std::unique_ptr<ShopifyBrowser>>();
    adapters.signIn = [&workspace, &clock, transport, browser](const StoreSignIn& signIn,
                                                               const std::function<void(const QUrl&)>& openUrl) {
        if (signIn.kind != StoreKind::Shopify) return readyFuture<SecretString>(notConnectable());
        if (!*transport) *transport = std::make_unique<HttpTransport>();
        if (!*browser) *browser = std::make_unique<ShopifyBrowser>(**transport, clock);
        const auto credentials = credentialsOf(workspace, signIn);
        if (!credentials) return readyFuture<SecretString>(credentials.error());
        return (*browser)->signIn(*credentials, kStoreRedirectPort, openUrl, signIn.pages);
    };
    adapters.cancelSignIn = [browser] {
        if (*browser) (*browser)->cancel();
    };
}

// The tokens of the workspace's Shopify stores, each from one sync to the next. On the core thread.
class ShopTokens {
public:
    std::shared_ptr<ShopifyTokenMemory> of(const StoreRow& store) {
        auto& memory = m_byApp[{store.domain, store.clientId}];
        if (!memory) memory = std::make_shared<ShopifyTokenMemory>();
        return memory;
    }
    // Its keys came or went.
    void forget(const QString& domain) {
        std::erase_if(m_byApp, [&domain](const auto& one) { return one.first.first == domain; });
    }

private:
    std::map<std::pair<QString, QString>, std::shared_ptr<ShopifyTokenMemory>> m_byApp; // domain, client id
};

StoreAdapters storeAdapters(const Workspace& workspace, const Clock& clock,
                            const std::shared_ptr<std::unique_ptr<HttpTransport>>& transport,
                            const std::shared_ptr<ShopTokens>& tokens) {
    StoreAdapters adapters;
    adapters.tryStore = [&workspace, &clock,
                         transport](const StoreSignIn& signIn) -> Result<std::unique_ptr<StorePort>> {
        if (!*transport) *transport = std::make_unique<HttpTransport>();
        if (signIn.kind == StoreKind::Shopify) {
            AIVA_TRY(const ShopifyCredentials credentials, credentialsOf(workspace, signIn));
            return tryShopify(**transport, clock, credentials);
        }
        if (signIn.kind == StoreKind::WooCommerce) return tryWooCommerce(**transport, clock, wooCredentialsOf(signIn));
        return notConnectable();
    };
    adapters.save = [&workspace, &clock, tokens](Database& writer, const StoreSignIn& signIn,
                                                 const ShopFacts& facts) -> Result<StoreId> {
        AIVA_TRY(StoreSecrets secrets, StoreSecrets::open(workspace, writer));
        if (signIn.kind == StoreKind::WooCommerce) {
            AIVA_TRY(const StoreRow row, saveWooCommerce(writer, secrets, clock, wooCredentialsOf(signIn), facts));
            return row.id;
        }
        if (signIn.kind != StoreKind::Shopify) return notConnectable();
        AIVA_TRY(const ShopifyCredentials credentials, credentialsOf(workspace, signIn));
        AIVA_TRY(const StoreRow row, saveShopify(writer, secrets, clock, credentials, facts));
        tokens->forget(row.domain);
        return row.id;
    };
    adapters.removeSecrets = [&workspace, tokens](Database& writer, const StoreRow& row) -> Result<void> {
        tokens->forget(row.domain);
        AIVA_TRY(StoreSecrets secrets, StoreSecrets::open(workspace, writer));
        return forgetStore(writer, secrets, row);
    };
    addSignIn(adapters, workspace, clock, transport);
    return adapters;
}

} // namespace

DeskAdapters deskAdapters(const Workspace& workspace, const Clock& clock) {
    DeskAdapters adapters;
    // One transport for all stores, made on the core thread at first use.
    auto transport = std::make_shared<std::unique_ptr<HttpTransport>>();
    const auto tokens = std::make_shared<ShopTokens>();
    adapters.storePort = [&workspace, &clock, transport,
                          tokens](const StoreRow& store) -> Result<std::unique_ptr<StorePort>> {
        if (!*transport) *transport = std::make_unique<HttpTransport>();
        // Secrets are read once, through a connection that lives no longer than that.
        AIVA_TRY(const auto reader, workspace.openReader());
        AIVA_TRY(StoreSecrets secrets, StoreSecrets::open(workspace, *reader));
        return openStorePort(**transport, clock, secrets, store, tokens->of(store));
    };
    adapters.stores = storeAdapters(workspace, clock, transport, tokens);
    adapters.stores.recordFiles = [] { return std::make_unique<CsvFileReader>(); };
    adapters.mailFiles = [] { return std::make_unique<MailFileReader>(); };
    adapters.mail = mailAdapters(workspace, clock);
    adapters.answer = answerAdapters(workspace, clock);
    adapters.webhooks = webhookAdapters(workspace, clock);
    return adapters;
}

std::unique_ptr<SpellingPort> makeSpelling() {
    return std::make_unique<HunspellSpelling>();
}

} // namespace aiva
