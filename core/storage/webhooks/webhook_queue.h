// The durable queue of webhook deliveries (S4), which is also the log of what became of each. Written by the intake and
// the run of core/webhook on the write connection.
#pragma once

#include "core/base/result.h"
#include "core/ports/webhook_port.h"
#include "core/storage/database/database.h"

#include <memory>
#include <optional>
#include <vector>

namespace aiva {

using DeliveryId = Id<struct DeliveryTag>;

struct QueuedDelivery {
    DeliveryId id;
    WebhookDelivery delivery;
    UtcTime receivedAt;
};

// What the log keeps; the body is gone.
struct SettledDelivery {
    DeliveryId id;
    StoreKind source = StoreKind::Shopify;
    QString shop;
    QString deliveryId;
    QString topic;
    UtcTime receivedAt;
    QString state;  // queued, done, failed
    QString result; // created updated unchanged stale deleted asked recorded noted …; why it failed
};

struct WebhookCounts {
    qint64 queued = 0;
    qint64 failed = 0;
    std::optional<UtcTime> oldestQueued;
};

struct RefusalCount {
    StoreKind source = StoreKind::Shopify;
    QString reason;
    qint64 deliveries = 0;
    UtcTime lastAt;
};

class WebhookQueue {
public:
    static Result<std::unique_ptr<WebhookQueue>> create(Database& writer);
    ~WebhookQueue();

    // Both inside the caller's transaction. Absent: this delivery is known already.
    Result<std::optional<DeliveryId>> add(const WebhookDelivery& delivery, UtcTime receivedAt);
    Result<void> addRefusals(StoreKind source, const QString& reason, qint64 count, UtcTime at);

    Result<std::optional<QueuedDelivery>> oldest();
    Result<bool> isQueued(DeliveryId id);
    // Inside the transaction of the rows it changed. A done delivery loses its body; a failed one keeps it until
    // prune().
    enum class Ending { Done, Failed };
    Result<void> settle(DeliveryId id, Ending ending, const QString& result, UtcTime at);

    Result<std::optional<SettledDelivery>> find(StoreKind source, const QString& shop, const QString& deliveryId);
    // Newest first.
    Result<std::vector<SettledDelivery>> log(int limit);
    Result<WebhookCounts> counts();
    // When this shop last told something; absent when it never did, or too long ago.
    Result<std::optional<UtcTime>> lastReceived(StoreKind source, const QString& shop);
    Result<std::vector<RefusalCount>> refusals(UtcTime since);
    // Forgets what was settled, and refusals, before this moment.
    Result<void> prune(UtcTime before);

private:
    class Private;
    explicit WebhookQueue(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
