#include "ui/stores/connect/connect_text.h"

#include "core/domain/shop/store_access.h"

#include <QCoreApplication>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

struct ConnectWords {
    Q_DECLARE_TR_FUNCTIONS(aiva::ConnectText)
};

ErrorText refusedKeys(ConnectWay way) {
    switch (way) {
    case ConnectWay::ShopifyToken:
        return {ConnectWords::tr("The shop does not accept this token"),
                ConnectWords::tr("Copy it again from the app's API credentials. It begins with shpat_, and ends when "
                                 "the app is uninstalled.")};
    case ConnectWay::WooCommerce:
        return {
            ConnectWords::tr("The shop does not know this key"),
            ConnectWords::tr("Copy both parts again. The secret is shown only once: if it is lost, make a new key.")};
    case ConnectWay::ShopifyApp:
        return {ConnectWords::tr("The shop does not know this client ID or secret"),
                ConnectWords::tr("Compare both with the app's Settings in the Dev Dashboard. The app must be installed "
                                 "on this very shop, and both must belong to the same organization.")};
    case ConnectWay::ShopifyBrowser:
        break;
    }
    return {ConnectWords::tr("The shop does not know this client ID or secret"),
            ConnectWords::tr("Compare both with the app's Settings in the Dev Dashboard. Nothing was saved.")};
}

bool passesByItself(const Error& error) {
    const bool isOfTheWay =
        error.kind == ErrorKind::Network || error.kind == ErrorKind::Timeout || error.kind == ErrorKind::RateLimited;
    return isOfTheWay && (error.cause == ErrorCause::None || error.cause == ErrorCause::ConnectionReset ||
                          error.cause == ErrorCause::BodyTruncated);
}

QString purposeOf(const QString& scope) {
    if (scope == "read_customers"_L1) return ConnectWords::tr("to know who writes");
    if (scope == "read_orders"_L1) return ConnectWords::tr("for orders, parcels and refunds");
    if (scope == "read_products"_L1) return ConnectWords::tr("for questions about products");
    if (scope == "read_inventory"_L1) return ConnectWords::tr("to say what is in stock");
    return {};
}

} // namespace

ErrorText connectTrouble(ConnectWay way, const Error& error, StoreAccess access) {
    if (error.cause == ErrorCause::TokenRefused) return refusedKeys(way);
    if (error.cause == ErrorCause::ScopeMissing && way == ConnectWay::WooCommerce)
        return {ConnectWords::tr("The key may not read this shop"),
                ConnectWords::tr("Give it the permission Read, and a user who manages the shop.")};
    if (error.cause == ErrorCause::ScopeMissing)
        return {errorText(error).title, missingScopesText(way, scopesMissingBy(error), access)};
    if (error.cause == ErrorCause::ShopNotFound && error.kind == ErrorKind::Refused)
        return {ConnectWords::tr("Another shop has answered"),
                ConnectWords::tr("In the browser, sign in to the shop that is entered here, or go back and enter the "
                                 "other one. Nothing was saved.")};
    if (passesByItself(error)) return {errorText(error).title, ConnectWords::tr("Try again in a moment.")};
    return errorText(error);
}

QString missingScopesText(ConnectWay way, const QStringList& missing, StoreAccess access) {
    QStringList lines;
    for (const QString& scope : missing) {
        const QString purpose = purposeOf(scope);
        lines << (purpose.isEmpty() ? scope : ConnectWords::tr("%1, %2").arg(scope, purpose));
    }
    const QString how =
        way == ConnectWay::ShopifyToken
            ? ConnectWords::tr("Add what is missing under Configuration in the app, save, and try again.")
        : access == StoreAccess::Online
            ? ConnectWords::tr("Either you may not see it in the shop, then ask its owner for the permission; or the "
                               "app does not ask for it. Then sign in again.")
        : way == ConnectWay::ShopifyBrowser
            ? ConnectWords::tr("Add what is missing to the app's scopes, release the version, and sign in again.")
            : ConnectWords::tr("Add what is missing to the app's scopes, release the version, and install it again.");
    return ConnectWords::tr("Missing: %1.").arg(lines.join(u"; "_s)) + u' ' + how;
}

// The names of scopes are the shop's own, the same in every language.
QStringList scopesMissingBy(const Error& error) {
    QStringList named;
    for (const QString& scope : neededStoreScopes())
        if (error.detail.contains(scope)) named << scope;
    return named.isEmpty() ? neededStoreScopes() : named;
}

} // namespace aiva
