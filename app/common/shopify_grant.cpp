#include "app/common/shopify_grant.h"

#include "core/adapters/store/shopify/shopify_sign_in.h"
#include "core/storage/database/durable_transaction.h"

#include <QLockFile>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

// Longer than any answer takes; a holder that died is noticed at once.
constexpr int kStaleClaimMs = 120'000;

// In the place of the pair it renews only: meanwhile the store may have been disconnected, or signed in to anew.
Result<void> keepGrant(const Workspace& workspace, const QString& domain, const ShopifyGrant& grant,
                       const SecretString& replaced) {
    AIVA_TRY(const auto writer, workspace.openWriter());
    AIVA_TRY(StoreSecrets secrets, StoreSecrets::open(workspace, *writer));
    // Not lost to a power failure either: the shop forgets the pair before at the first use of this one.
    AIVA_TRY(const auto transaction, DurableTransaction::begin(*writer));
    AIVA_TRY(const std::optional<SecretString> packed, secrets.grant(domain));
    if (!packed) return Error{ErrorKind::Auth, u"the store was disconnected here"_s, ErrorCause::TokenRefused};
    AIVA_TRY(const ShopifyGrant kept, shopifyGrantFrom(*packed));
    if (!kept.refreshToken.equals(replaced)) return Error{ErrorKind::Conflict, u"another sign-in took its place"_s};
    AIVA_CHECK(secrets.saveGrant(domain, packedShopifyGrant(grant)));
    return transaction->commit();
}

Result<std::optional<ShopifyGrant>> keptGrant(const Workspace& workspace, const QString& domain) {
    AIVA_TRY(const auto reader, workspace.openReader());
    AIVA_TRY(StoreSecrets secrets, StoreSecrets::open(workspace, *reader));
    AIVA_TRY(const std::optional<SecretString> packed, secrets.grant(domain));
    if (!packed) return std::optional<ShopifyGrant>();
    AIVA_TRY(ShopifyGrant grant, shopifyGrantFrom(*packed));
    return std::optional<ShopifyGrant>(std::move(grant));
}

// Of one shop: another one, which may take its time to answer, keeps nobody waiting.
Result<std::shared_ptr<void>> claimGrant(const Workspace& workspace, StoreId store) {
    const QString number = QString::number(store.value());
    const auto lock = std::make_shared<QLockFile>(u"%1/shopify-grant-%2.lock"_s.arg(workspace.dir(), number));
    lock->setStaleLockTime(kStaleClaimMs);
    if (lock->tryLock(0)) return std::shared_ptr<void>(lock);
    if (lock->error() == QLockFile::LockFailedError) return std::shared_ptr<void>();
    return Error{ErrorKind::Storage, u"the workspace's folder cannot be written"_s, ErrorCause::ReadOnlyDisk};
}

Result<ShopifyGrant> findShopifyGrant(StoreSecrets& secrets, const QString& domain) {
    AIVA_TRY(const std::optional<SecretString> packed, secrets.grant(domain));
    if (!packed) return Error{ErrorKind::Auth, u"the sign-in of this store is gone"_s, ErrorCause::TokenRefused};
    return shopifyGrantFrom(*packed);
}

ShopifyGrant grantOf(const ShopifyTokens& tokens, UtcTime now) {
    ShopifyGrant grant{tokens.accessToken, tokens.refreshToken, now.plusSeconds(tokens.lifetimeSeconds)};
    if (tokens.access == StoreAccess::Online) grant.userScopes = tokens.scopes;
    return grant;
}

QString purposeOfScope(const QString& scope) {
    if (scope == "read_customers"_L1) return u"to know who writes"_s;
    if (scope == "read_orders"_L1) return u"for orders, parcels and refunds"_s;
    if (scope == "read_products"_L1) return u"for questions about products"_s;
    return u"to say what is in stock"_s;
}

} // namespace

Result<void> checkShopScopes(const QStringList& granted) {
    const QStringList missing = missingScopes(neededStoreScopes(), granted);
    if (canDoWithout(missing)) return {};
    QStringList told;
    for (const QString& scope : missing)
        told << scope + u' ' + purposeOfScope(scope);
    return Error{ErrorKind::Auth, u"missing: "_s + told.join(u", "_s), ErrorCause::ScopeMissing};
}

// Access token, refresh token and end, one blank between them; an online token's fourth word are the scopes.
SecretString packedShopifyGrant(const ShopifyGrant& grant) {
    const auto bytesOf = [](const SecretString& secret) {
        return QByteArray::fromRawData(secret.reveal().data(), static_cast<qsizetype>(secret.size()));
    };
    const QByteArray scopes = grant.userScopes ? ' ' + grant.userScopes->join(u',').toLatin1() : QByteArray();
    QByteArray packed;
    packed.reserve(static_cast<qsizetype>(grant.accessToken.size() + grant.refreshToken.size()) + scopes.size() + 24);
    packed.append(bytesOf(grant.accessToken)).append(' ').append(bytesOf(grant.refreshToken)).append(' ');
    packed.append(QByteArray::number(grant.expiresAt.ms())).append(scopes);
    return SecretString::takeFrom(packed);
}

Result<ShopifyGrant> shopifyGrantFrom(const SecretString& packed) {
    const std::string_view text = packed.reveal();
    const size_t first = text.find(' ');
    const size_t second = first == std::string_view::npos ? first : text.find(' ', first + 1);
    const Error broken{ErrorKind::Auth, u"the kept sign-in of this store cannot be read"_s, ErrorCause::TokenRefused};
    if (first == 0 || second == std::string_view::npos) return broken;
    const size_t third = text.find(' ', second + 1);
    bool isNumber = false;
    const std::string_view time = text.substr(second + 1, third - second - 1);
    const qint64 ms = QByteArray(time.data(), static_cast<qsizetype>(time.size())).toLongLong(&isNumber);
    if (!isNumber) return broken;
    ShopifyGrant grant{SecretString(text.substr(0, first)), SecretString(text.substr(first + 1, second - first - 1)),
                       UtcTime(ms)};
    if (third == std::string_view::npos) return grant;
    const std::string_view scopes = text.substr(third + 1);
    grant.userScopes =
        QString::fromLatin1(scopes.data(), static_cast<qsizetype>(scopes.size())).split(u',', Qt::SkipEmptyParts);
    return grant;
}

Result<ShopifyOnlineGrant> openOnlineGrant(StoreSecrets& secrets, const StoreRow& store) {
    AIVA_TRY(const ShopifyGrant grant, findShopifyGrant(secrets, store.domain));
    return ShopifyOnlineGrant{grant.accessToken, grant.expiresAt, grant.userScopes.value_or(QStringList())};
}

Result<ShopifyOfflineGrant> openShopifyGrant(const Workspace& workspace, StoreSecrets& secrets, const StoreRow& store) {
    ShopifyOfflineGrant offline;
    offline.clientId = store.clientId;
    AIVA_TRY(offline.clientSecret, secrets.clientSecret(store.domain));
    AIVA_TRY(const ShopifyGrant grant, findShopifyGrant(secrets, store.domain));
    offline.accessToken = grant.accessToken;
    offline.refreshToken = grant.refreshToken;
    offline.expiresAt = grant.expiresAt;
    offline.keep = [&workspace, domain = store.domain](const ShopifyTokens& tokens, UtcTime expiresAt,
                                                       const SecretString& replaced) {
        return keepGrant(workspace, domain, {tokens.accessToken, tokens.refreshToken, expiresAt}, replaced);
    };
    offline.kept = [&workspace, domain = store.domain] { return keptGrant(workspace, domain); };
    offline.claim = [&workspace, id = store.id] { return claimGrant(workspace, id); };
    return offline;
}

ShopifyBrowser::~ShopifyBrowser() {
    delete m_run.data();
}

Future<SecretString> ShopifyBrowser::signIn(const ShopifyCredentials& credentials, quint16 port,
                                            const std::function<void(const QUrl&)>& openUrl,
                                            const RedirectPages& pages) {
    cancel();
    ShopifyInstallWish wish;
    wish.shop = credentials.shop;
    wish.baseUrl = credentials.baseUrl;
    wish.clientId = credentials.clientId;
    wish.clientSecret = credentials.clientSecret;
    wish.access = credentials.access;
    wish.scopes = neededStoreScopes();
    wish.port = port;
    wish.pages = pages;
    auto* run = new ShopifySignIn(m_http, m_clock);
    m_run = run;
    auto promise = std::make_shared<QPromise<Result<SecretString>>>();
    promise->start();
    whenDone(run->start(wish, openUrl), run, [this, run, promise](const Result<ShopifyTokens>& tokens) {
        run->deleteLater();
        promise->addResult(tokens ? Result<SecretString>(packedShopifyGrant(grantOf(*tokens, m_clock.now())))
                                  : tokens.error());
        promise->finish();
    });
    return promise->future();
}

void ShopifyBrowser::cancel() {
    if (m_run) m_run->cancel();
}

} // namespace aiva
