// A shop connected in the browser (C2): the sign-in, and the pair of tokens it became, kept between runs. Used by
// store_connection, `aivactl store connect` and the desk's wizard.
#pragma once

#include "app/common/store_connection.h"

#include "core/adapters/store/shopify/shopify_connection.h"
#include "core/domain/redirect_pages.h"
#include "core/domain/shop/store_access.h"

#include <QPointer>
#include <QUrl>

#include <functional>

namespace aiva {

class ShopifySignIn;

// One text, so that both tokens and their time change together; of an online token with its user's scopes.
SecretString packedShopifyGrant(const ShopifyGrant& grant);
Result<ShopifyGrant> shopifyGrantFrom(const SecretString& packed); // Auth/TokenRefused when it is none

// The credentials of a store connected in the browser. Renewals are written to the workspace's disk before they are
// used, and only one process renews it at a time. The workspace outlives the grant.
Result<ShopifyOfflineGrant> openShopifyGrant(const Workspace& workspace, StoreSecrets& secrets, const StoreRow& store);

// Of a store that is signed in for a day. Nothing of it changes, so nothing needs to be kept anew.
Result<ShopifyOnlineGrant> openOnlineGrant(StoreSecrets& secrets, const StoreRow& store);

// Auth/ScopeMissing when a shop grants too little to work with; its detail says which scopes and what each is for.
Result<void> checkShopScopes(const QStringList& granted);

// Signs in in the system's browser; one at a time: a new one ends the one before. Lives on the transport's thread.
class ShopifyBrowser {
public:
    ShopifyBrowser(HttpTransport& http, const Clock& clock) : m_http(http), m_clock(clock) {}
    ~ShopifyBrowser();

    // Of the credentials: shop, base URL, client id and secret, and whose rights. Answers the packed grant. Errors as
    // ShopifySignIn::start().
    Future<SecretString> signIn(const ShopifyCredentials& credentials, quint16 port,
                                const std::function<void(const QUrl&)>& openUrl, const RedirectPages& pages = {});
    void cancel();

private:
    HttpTransport& m_http;
    const Clock& m_clock;
    QPointer<ShopifySignIn> m_run;
};

} // namespace aiva
