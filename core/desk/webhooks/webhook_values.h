// What passes between the window and the core about webhooks: the way they come, and how that stands. Plain values.
#pragma once

#include "core/base/secret_string.h"
#include "core/ports/webhook_pull_port.h"
#include "core/webhook/subscription_run.h"

#include <optional>

namespace aiva {

enum class WebhookWay { Off, Tunnel, PubSub };

// How a store is to tell what happens there.
struct WebhookChoice {
    WebhookWay way = WebhookWay::Off;
    quint16 port = 8787;  // Tunnel: of this computer
    QString address;      // Tunnel: the public one that leads to it
    PullPlace place;      // PubSub: where we fetch
    QString topic;        // PubSub: where the shop delivers, in the place's project
    SecretString account; // PubSub: key file of the service account; empty: the one that is kept
    SecretString key;     // client secret of a Shopify app connected by its token; empty: as kept

    // What the shop is told: "https://…", "pubsub://project:topic".
    QString deliveryAddress() const;
};

// Of one store, and of the doors it shares with the others.
struct WebhookStatus {
    WebhookWay way = WebhookWay::Off; // as the store was last asked
    QString address;
    quint16 port = 0;       // listened on; zero: not
    quint16 wantedPort = 0; // of the settings
    std::optional<Error> listenError;
    PullPlace place;
    bool hasAccount = false;
    std::optional<PullState> pull;  // absent: nothing is fetched
    std::optional<Error> pullError; // why not, where it should be
    std::optional<UtcTime> lastDeliveryAt;
    qint64 refusedToday = 0; // of this kind of shop
    QString refusedWhy;      // the word of the most frequent reason
};

} // namespace aiva
