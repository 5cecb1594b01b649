// The door to what a shop was asked to tell by itself: its webhook subscriptions, listed, made, mended and taken back
// (S4). Part of a StorePort; the same rules hold: answers come on the thread that called, nothing retries by itself but
// rate limits.
#pragma once

#include "core/base/async.h"
#include "core/base/secret_string.h"

#include <QString>

#include <vector>

namespace aiva {

struct WebhookSubscription {
    QString id;
    QString topic;   // as its deliveries say it: "orders/updated", "order.updated"
    QString address; // https://…, or pubsub://project:topic
    QString name;    // given by who made it; empty: none
    bool isJson = true;
    bool isActive = true; // neither paused by a person nor given up by the shop

    bool operator==(const WebhookSubscription&) const = default;
};

struct SubscriptionWish {
    QString topic;
    QString address;
    QString name;
    // What its deliveries are to be signed with, where the shop leaves that to us. Empty: as the shop does by itself.
    SecretString key;
};

// Auth/ScopeMissing when the app may not, Auth/KeyReadsOnly when the key may not, Invalid/HostNotAllowed when the shop
// does not take the address, Conflict when another subscription has it.
class WebhookSubscriptionPort {
public:
    virtual ~WebhookSubscriptionPort();

    // All that were made with these credentials, or of the whole shop where it does not tell them apart.
    virtual Future<std::vector<WebhookSubscription>> subscriptions() = 0;
    // Answer the subscription's id.
    virtual Future<QString> subscribe(const SubscriptionWish& wish) = 0;
    virtual Future<QString> resubscribe(const QString& id, const SubscriptionWish& wish) = 0;
    // One that is gone already counts as done.
    virtual Future<bool> unsubscribe(const QString& id) = 0;
};

} // namespace aiva
