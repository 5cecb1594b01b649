// The webhooks half of the desk: which way shops tell us, whether they do, and mending it. Same rules as Desk: commands
// go in and return at once, they run on the core thread, answers and notices come out on the GUI thread. Owned by Desk.
#pragma once

#include "core/base/async.h"
#include "core/desk/webhooks/webhook_values.h"
#include "core/domain/ids.h"

#include <QObject>

namespace aiva {

class WebhookDesk : public QObject {
    Q_OBJECT
public:
    virtual Future<WebhookStatus> webhookStatus(StoreId store) = 0;
    // The first half of a choice: this computer listens, or has fetched once and goes on. Kept for the next start.
    // Conflict/Network when the port cannot be had; Pub/Sub's own refusals.
    virtual Future<bool> openWebhooks(StoreId store, const WebhookChoice& choice) = 0;
    // The second half: the shop is asked to deliver there; what is there already is mended. An empty address: the one
    // it was asked for last.
    virtual Future<SubscriptionReport> subscribeWebhooks(StoreId store, const QString& address) = 0;
    // Looks without changing anything.
    virtual Future<SubscriptionReport> lookAtWebhooks(StoreId store) = 0;
    // The shop is asked to tell no more; doors that no store needs any longer are closed.
    virtual Future<SubscriptionReport> stopWebhooks(StoreId store) = 0;

Q_SIGNALS:
    void webhooksChanged(); // a door, or what came through it; at most once a second

protected:
    using QObject::QObject;
};

} // namespace aiva
