#include "core/storage/webhooks/webhook_queue.h"

namespace aiva {

using namespace Qt::StringLiterals;

class WebhookQueue::Private {
public:
    explicit Private(Database& writer) : database(writer) {}

    Database& database;
    Statement insert;
    Statement insertBody;
    Statement refuse;
    Statement oldest;
    Statement isQueued;
    Statement settle;
    Statement deleteBody;
    Statement find;
    Statement log;
    Statement queued;
    Statement failed;
    Statement refusals;
    Statement lastReceived;
    Statement prune;
    Statement pruneRefusals;
};

// A request of a shop is known by its delivery, and outlives the log: no id is given twice.
static constexpr std::string_view kInsertDelivery = R"sql(
INSERT INTO webhook_deliveries (id, source, shop, delivery_id, topic, api_version, triggered_at, received_at, state,
                                result)
VALUES (max(ifnull((SELECT max(id) FROM webhook_deliveries), 0),
            ifnull((SELECT id FROM last_ids WHERE name = 'webhook_deliveries'), 0)) + 1,
        ?1, ?2, ?3, ?4, ?5, ?6, ?7, 'queued', '')
ON CONFLICT (source, shop, delivery_id) DO NOTHING)sql";

static constexpr std::string_view kOldestDelivery = R"sql(
SELECT d.id, d.source, d.shop, d.delivery_id, d.topic, d.api_version, d.triggered_at, d.received_at, b.body
FROM webhook_deliveries d JOIN webhook_bodies b ON b.delivery = d.id
WHERE d.state = 'queued' ORDER BY d.id LIMIT 1)sql";

static constexpr std::string_view kSettleDelivery =
    "UPDATE webhook_deliveries SET state = ?2, result = ?3, settled_at = ?4 WHERE id = ?1";

static constexpr std::string_view kFindDelivery = R"sql(
SELECT id, source, shop, delivery_id, topic, received_at, state, result FROM webhook_deliveries
WHERE source = ?1 AND shop = ?2 AND delivery_id = ?3)sql";

static constexpr std::string_view kDeliveryLog = R"sql(
SELECT id, source, shop, delivery_id, topic, received_at, state, result FROM webhook_deliveries
ORDER BY id DESC LIMIT ?1)sql";

static constexpr std::string_view kCountQueuedDeliveries =
    "SELECT count(*), min(received_at) FROM webhook_deliveries WHERE state = 'queued'";
static constexpr std::string_view kCountFailedDeliveries =
    "SELECT count(*) FROM webhook_deliveries WHERE state = 'failed'";

static constexpr std::string_view kLastReceived =
    "SELECT max(received_at) FROM webhook_deliveries WHERE source = ?1 AND shop = ?2";

static constexpr std::string_view kAddRefusals = R"sql(
INSERT INTO webhook_refusals (day, source, reason, deliveries, last_at) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (day, source, reason) DO UPDATE SET deliveries = deliveries + excluded.deliveries,
    last_at = excluded.last_at)sql";

static constexpr std::string_view kRefusalsSince = R"sql(
SELECT source, reason, deliveries, last_at FROM webhook_refusals WHERE day >= ?1 ORDER BY day, source, reason)sql";

static qint64 dayOf(UtcTime time) {
    return time.ms() / 86'400'000;
}

static SettledDelivery settledFrom(const Statement& row) {
    SettledDelivery delivery;
    delivery.id = row.id<DeliveryId>(0);
    delivery.source = fromWord<StoreKind>(row.text(1)).value_or(StoreKind::Shopify);
    delivery.shop = row.text(2);
    delivery.deliveryId = row.text(3);
    delivery.topic = row.text(4);
    delivery.receivedAt = row.time(5);
    delivery.state = row.text(6);
    delivery.result = row.text(7);
    return delivery;
}

WebhookQueue::WebhookQueue(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

WebhookQueue::~WebhookQueue() = default;

Result<std::unique_ptr<WebhookQueue>> WebhookQueue::create(Database& writer) {
    auto priv = std::make_unique<Private>(writer);
    AIVA_TRY(priv->insert, writer.prepare(kInsertDelivery));
    AIVA_TRY(priv->insertBody, writer.prepare("INSERT INTO webhook_bodies (delivery, body) VALUES (?1, ?2)"));
    AIVA_TRY(priv->refuse, writer.prepare(kAddRefusals));
    AIVA_TRY(priv->oldest, writer.prepare(kOldestDelivery));
    AIVA_TRY(priv->isQueued, writer.prepare("SELECT 1 FROM webhook_deliveries WHERE id = ?1 AND state = 'queued'"));
    AIVA_TRY(priv->settle, writer.prepare(kSettleDelivery));
    AIVA_TRY(priv->deleteBody, writer.prepare("DELETE FROM webhook_bodies WHERE delivery = ?1"));
    AIVA_TRY(priv->find, writer.prepare(kFindDelivery));
    AIVA_TRY(priv->log, writer.prepare(kDeliveryLog));
    AIVA_TRY(priv->queued, writer.prepare(kCountQueuedDeliveries));
    AIVA_TRY(priv->failed, writer.prepare(kCountFailedDeliveries));
    AIVA_TRY(priv->refusals, writer.prepare(kRefusalsSince));
    AIVA_TRY(priv->lastReceived, writer.prepare(kLastReceived));
    AIVA_TRY(priv->prune, writer.prepare("DELETE FROM webhook_deliveries WHERE settled_at < ?1"));
    AIVA_TRY(priv->pruneRefusals, writer.prepare("DELETE FROM webhook_refusals WHERE day < ?1"));
    return std::unique_ptr<WebhookQueue>(new WebhookQueue(std::move(priv)));
}

Result<std::optional<DeliveryId>> WebhookQueue::add(const WebhookDelivery& delivery, UtcTime receivedAt) {
    d->insert.bind(1, toWord(delivery.source)).bind(2, delivery.shop).bind(3, delivery.id).bind(4, delivery.topic);
    AIVA_CHECK(d->insert.bind(5, delivery.apiVersion).bind(6, delivery.triggeredAt).bind(7, receivedAt).run());
    if (d->database.changes() == 0) return std::optional<DeliveryId>();
    const DeliveryId id(d->database.lastInsertId());
    AIVA_CHECK(d->insertBody.bind(1, id).bind(2, delivery.body).run());
    return std::optional(id);
}

Result<void> WebhookQueue::addRefusals(StoreKind source, const QString& reason, qint64 count, UtcTime at) {
    d->refuse.bind(1, dayOf(at)).bind(2, toWord(source)).bind(3, reason).bind(4, count);
    return d->refuse.bind(5, at).run();
}

Result<std::optional<QueuedDelivery>> WebhookQueue::oldest() {
    AIVA_TRY(const bool found, d->oldest.step());
    if (!found) return std::optional<QueuedDelivery>();
    QueuedDelivery queued;
    queued.id = d->oldest.id<DeliveryId>(0);
    queued.delivery.source = fromWord<StoreKind>(d->oldest.text(1)).value_or(StoreKind::Shopify);
    queued.delivery.shop = d->oldest.text(2);
    queued.delivery.id = d->oldest.text(3);
    queued.delivery.topic = d->oldest.text(4);
    queued.delivery.apiVersion = d->oldest.text(5);
    queued.delivery.triggeredAt = d->oldest.optionalTime(6);
    queued.receivedAt = d->oldest.time(7);
    queued.delivery.body = d->oldest.blob(8);
    d->oldest.reset();
    return std::optional(std::move(queued));
}

Result<bool> WebhookQueue::isQueued(DeliveryId id) {
    AIVA_TRY(const bool found, d->isQueued.bind(1, id).step());
    d->isQueued.reset();
    return found;
}

Result<void> WebhookQueue::settle(DeliveryId id, Ending ending, const QString& result, UtcTime at) {
    const bool isDone = ending == Ending::Done;
    AIVA_CHECK(d->settle.bind(1, id).bind(2, isDone ? u"done"_s : u"failed"_s).bind(3, result).bind(4, at).run());
    if (!isDone) return {};
    return d->deleteBody.bind(1, id).run();
}

Result<std::optional<SettledDelivery>> WebhookQueue::find(StoreKind source, const QString& shop,
                                                          const QString& deliveryId) {
    AIVA_TRY(const bool found, d->find.bind(1, toWord(source)).bind(2, shop).bind(3, deliveryId).step());
    if (!found) return std::optional<SettledDelivery>();
    std::optional<SettledDelivery> delivery = settledFrom(d->find);
    d->find.reset();
    return delivery;
}

Result<std::vector<SettledDelivery>> WebhookQueue::log(int limit) {
    std::vector<SettledDelivery> deliveries;
    d->log.bind(1, limit);
    for (;;) {
        AIVA_TRY(const bool more, d->log.step());
        if (!more) return deliveries;
        deliveries.push_back(settledFrom(d->log));
    }
}

Result<WebhookCounts> WebhookQueue::counts() {
    WebhookCounts counts;
    AIVA_TRY(const bool hasQueued, d->queued.step());
    if (hasQueued) {
        counts.queued = d->queued.integer(0);
        counts.oldestQueued = d->queued.optionalTime(1);
        d->queued.reset();
    }
    AIVA_TRY(const bool hasFailed, d->failed.step());
    if (hasFailed) {
        counts.failed = d->failed.integer(0);
        d->failed.reset();
    }
    return counts;
}

Result<std::optional<UtcTime>> WebhookQueue::lastReceived(StoreKind source, const QString& shop) {
    AIVA_TRY(const bool found, d->lastReceived.bind(1, toWord(source)).bind(2, shop).step());
    const std::optional<UtcTime> at = found ? d->lastReceived.optionalTime(0) : std::nullopt;
    d->lastReceived.reset();
    return at;
}

Result<std::vector<RefusalCount>> WebhookQueue::refusals(UtcTime since) {
    std::vector<RefusalCount> counts;
    d->refusals.bind(1, dayOf(since));
    for (;;) {
        AIVA_TRY(const bool more, d->refusals.step());
        if (!more) return counts;
        counts.push_back({fromWord<StoreKind>(d->refusals.text(0)).value_or(StoreKind::Shopify), d->refusals.text(1),
                          d->refusals.integer(2), d->refusals.time(3)});
    }
}

Result<void> WebhookQueue::prune(UtcTime before) {
    AIVA_CHECK(d->prune.bind(1, before).run());
    return d->pruneRefusals.bind(1, dayOf(before)).run();
}

} // namespace aiva
