// WebhookCare: asks the shops of a workspace now and then whether they still tell what they were asked to tell, and has
// it mended: Shopify gives an address up that did not answer for four hours, as this computer's does every night. Lives
// on the core thread, owned by WebhookCore.
#pragma once

#include "core/base/clock.h"
#include "core/desk/webhooks/webhook_values.h"
#include "core/webhook/webhook_subscriber.h"

#include <QObject>

#include <functional>
#include <map>
#include <optional>

namespace aiva {

// Of an address a shop was asked to deliver to.
WebhookWay webhookWayOf(const QString& address);

class WebhookCare : public QObject {
    Q_OBJECT
public:
    // All outlive it. `isOpen`: whether what a shop sends this way would come in now.
    WebhookCare(Database& writer, const Clock& clock, WebhookSubscriber& subscriber,
                std::function<bool(WebhookWay)> isOpen);

    // Asks them all, if that was long ago.
    void look();
    // At the next look in any case: a shop that comes back has forgotten what it was asked for.
    void lookSoon() { m_lookedAt.reset(); }
    // What a person wants of a store, once nobody mends its webhooks; and nobody does until it is answered: what was
    // taken back must not be made again.
    using Ask = std::function<Future<SubscriptionReport>()>;
    Future<SubscriptionReport> afterMending(StoreId store, const Ask& ask);

Q_SIGNALS:
    void mended(); // what was missing or wrong

private:
    Result<void> mendAll();
    void mend(StoreId store);
    Future<SubscriptionReport> onceMended(StoreId store, const Ask& ask);

    Database& m_writer;
    const Clock& m_clock;
    WebhookSubscriber& m_subscriber;
    std::function<bool(WebhookWay)> m_isOpen;
    std::optional<UtcTime> m_lookedAt;
    std::map<StoreId, Future<SubscriptionReport>> m_mending;
    std::map<StoreId, int> m_wishes; // not answered yet
};

} // namespace aiva
