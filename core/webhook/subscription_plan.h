// What has to be done at a shop so that it tells us what we want to hear: what it lists against what is wanted. Pure.
// Subscriptions that do not carry this workspace's mark are never changed and never removed: they are somebody else's.
#pragma once

#include "core/base/result.h"
#include "core/domain/names.h"
#include "core/ports/webhook_subscription_port.h"

#include <optional>
#include <vector>

namespace aiva {

struct SubscriptionGoal {
    StoreKind kind = StoreKind::Shopify;
    QString address; // webhookAddress()
    QString mark;    // of this workspace: "aiva-1a2b3c4d"
    QStringList granted;
    bool isKeyNew = false; // none of the present ones can be signed with it
};

struct SubscriptionStep {
    enum class Do { Keep, Create, Repair, Remove, Skip };
    Do what = Do::Keep;
    QString topic;
    QString id; // of an existing one
    // Repair: address, format, paused, key. Remove: unwanted, twice. Keep: anothers. Skip: the scopes of which one is
    // needed.
    QString reason;
    bool isEssential = true;
};

std::vector<SubscriptionStep> planSubscriptions(const SubscriptionGoal& goal,
                                                const std::vector<WebhookSubscription>& listed);
// To be told nothing any more.
std::vector<SubscriptionStep> planUnsubscribing(const QString& mark, const std::vector<WebhookSubscription>& listed);

// "aiva-1a2b3c4d-orders-updated": letters, digits and hyphens only, and never two alike at one shop.
QString subscriptionName(const QString& mark, const QString& topic);
bool isMarked(const WebhookSubscription& subscription, const QString& mark);

// Where a shop of this kind has to deliver to, of what a person gives: an https address that leads to the listener
// (without a path its own one is added), or pubsub://project:topic. Plain http only from a shop on this machine to this
// machine. `shopUrl`: the shop's own, or empty. Invalid with the reason.
Result<QString> webhookAddress(StoreKind kind, const QString& typed, const QString& shopUrl);

struct PubSubTopic {
    QString project;
    QString topic;
};
std::optional<PubSubTopic> pubSubTopic(const QString& address);

} // namespace aiva
