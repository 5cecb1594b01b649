#include "core/desk/webhooks/webhook_care.h"

#include "core/base/log.h"

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

// By the wall clock: a night's sleep counts.
constexpr qint64 kCareEveryMs = 6 * 3'600'000;

} // namespace

WebhookWay webhookWayOf(const QString& address) {
    if (address.isEmpty()) return WebhookWay::Off;
    return address.startsWith("pubsub:"_L1) ? WebhookWay::PubSub : WebhookWay::Tunnel;
}

WebhookCare::WebhookCare(Database& writer, const Clock& clock, WebhookSubscriber& subscriber,
                         std::function<bool(WebhookWay)> isOpen)
    : m_writer(writer), m_clock(clock), m_subscriber(subscriber), m_isOpen(std::move(isOpen)) {}

void WebhookCare::look() {
    const UtcTime now = m_clock.now();
    // A clock that was set back must not end it.
    const bool isFresh = m_lookedAt && *m_lookedAt <= now && now.msSince(*m_lookedAt) < kCareEveryMs;
    if (isFresh || !m_mending.empty()) return;
    m_lookedAt = now;
    if (const auto asked = mendAll(); !asked)
        qCWarning(logSync, "webhooks could not be looked after: %s", qUtf8Printable(errorWords(asked.error())));
}

// Where nothing can come in, the door is what has to be mended.
Result<void> WebhookCare::mendAll() {
    AIVA_TRY(const auto stores, StoreRepository::create(m_writer));
    AIVA_TRY(const std::vector<StoreRow> rows, stores->all());
    for (const StoreRow& row : rows) {
        if (row.status == StoreStatus::Disconnected || m_wishes.contains(row.id)) continue;
        AIVA_TRY(const QString address, m_subscriber.keptAddress(row.id));
        const WebhookWay way = webhookWayOf(address);
        if (way != WebhookWay::Off && m_isOpen(way)) mend(row.id);
    }
    return {};
}

void WebhookCare::mend(StoreId store) {
    const auto asked = m_subscriber.subscribe(store, {});
    m_mending[store] = asked;
    whenDone(asked, this, [this, store](const Result<SubscriptionReport>& report) {
        m_mending.erase(store);
        using Do = SubscriptionStep::Do;
        if (!report)
            qCInfo(logSync, "a shop's webhooks could not be looked after: %s",
                   qUtf8Printable(errorWords(report.error())));
        else if (report->count(Do::Create) + report->count(Do::Repair) > 0)
            Q_EMIT mended();
    });
}

Future<SubscriptionReport> WebhookCare::afterMending(StoreId store, const Ask& ask) {
    ++m_wishes[store];
    const Future<SubscriptionReport> answered = onceMended(store, ask);
    whenDone(answered, this, [this, store](const Result<SubscriptionReport>&) {
        if (--m_wishes[store] == 0) m_wishes.erase(store);
    });
    return answered;
}

Future<SubscriptionReport> WebhookCare::onceMended(StoreId store, const Ask& ask) {
    const auto mending = m_mending.find(store);
    if (mending == m_mending.end()) return ask();
    auto promise = std::make_shared<QPromise<Result<SubscriptionReport>>>();
    promise->start();
    // However that ends.
    whenDone(mending->second, this, [this, ask, promise](const Result<SubscriptionReport>&) {
        whenDone(ask(), this, [promise](const Result<SubscriptionReport>& report) {
            promise->addResult(report);
            promise->finish();
        });
    });
    return promise->future();
}

} // namespace aiva
