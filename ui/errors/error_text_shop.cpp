// What a shop says, and the queue its changes come through.
#include "ui/errors/error_text_parts.h"

#include <QCoreApplication>

namespace aiva {

namespace {

struct ShopErrorWords {
    Q_DECLARE_TR_FUNCTIONS(aiva::ErrorText)
};

} // namespace

ErrorText shopErrorText(ErrorCause cause) {
    switch (cause) {
    case ErrorCause::TokenRefused:
        return {ShopErrorWords::tr("The shop no longer accepts our sign-in"),
                ShopErrorWords::tr("Reconnect the store.")};
    case ErrorCause::SignInOver:
        return {ShopErrorWords::tr("The sign-in of a day has ended"), ShopErrorWords::tr("Reconnect the store.")};
    case ErrorCause::ShopFrozen:
        return {ShopErrorWords::tr("The shop is frozen"),
                ShopErrorWords::tr("Its owner has to settle the plan with Shopify, then sync again.")};
    case ErrorCause::ScopeMissing:
        return {ShopErrorWords::tr("The shop did not grant a permission that is needed"),
                ShopErrorWords::tr("Reconnect the store and accept the permissions listed there.")};
    case ErrorCause::ShopNotFound:
        return {ShopErrorWords::tr("There is no shop at this address"),
                ShopErrorWords::tr("Check the shop's domain, or reconnect the store if it has moved.")};
    case ErrorCause::ShopLocked:
        return {ShopErrorWords::tr("The shop is locked"),
                ShopErrorWords::tr("Its owner has to contact Shopify support, then sync again.")};
    case ErrorCause::ShopWary:
        return {ShopErrorWords::tr("The shop's security turned this connection away"),
                ShopErrorWords::tr(
                    "Aiva leaves it alone for a while and tries again. A VPN or a proxy may be the reason.")};
    case ErrorCause::QueryTooCostly:
        return {ShopErrorWords::tr("The shop refused a request as too large"),
                ShopErrorWords::tr("Aiva asks for smaller pages at the next sync. Nothing to do.")};
    case ErrorCause::BulkBusy:
        return {ShopErrorWords::tr("Another export is running in the shop"),
                ShopErrorWords::tr("Aiva starts by itself when it has ended. Nothing to do.")};
    case ErrorCause::NoRestApi:
        return {ShopErrorWords::tr("There is no WooCommerce shop at this address"),
                ShopErrorWords::tr(
                    "Check the address. WooCommerce must be active there, and its REST API not switched off.")};
    case ErrorCause::HeaderBlocked:
        return {ShopErrorWords::tr("The key never reaches the shop"),
                ShopErrorWords::tr(
                    "Its server, a proxy or a security plug-in drops the Authorization header. Ask the host to pass "
                    "it on.")};
    case ErrorCause::ClockSkew:
        return {ShopErrorWords::tr("The shop refuses this computer's clock"),
                ShopErrorWords::tr("Set date and time, best by the network, then try again.")};
    case ErrorCause::KeyReadsOnly:
        return {ShopErrorWords::tr("The key may only read"),
                ShopErrorWords::tr(
                    "Make one with the permission Read/Write, of a user who manages the shop, and reconnect with "
                    "it.")};
    default:
        return {};
    }
}

ErrorText queueErrorText(ErrorCause cause) {
    switch (cause) {
    case ErrorCause::QueueRoleMissing:
        return {ShopErrorWords::tr("The service account may not read this subscription"),
                ShopErrorWords::tr("Give it the role Pub/Sub Subscriber there.")};
    case ErrorCause::QueueKeyRefused:
        return {ShopErrorWords::tr("Google does not know this key any more"),
                ShopErrorWords::tr("Make a new key for the service account and choose its file.")};
    default:
        return {};
    }
}

} // namespace aiva
