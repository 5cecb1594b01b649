#include "core/webhook/webhook_run.h"

#include "core/base/log.h"

#include <algorithm>

namespace aiva {
namespace {

// One transaction: short, so that deliveries that arrive meanwhile do not wait.
constexpr qint64 kBatchMs = 8;
constexpr size_t kBatchDeliveries = 32;
// Waits after an error: 1, 2, 4 … seconds. A delivery that is the only trouble is given up after a few.
constexpr int kFirstWaitMs = 1'000;
constexpr int kLongestWaitMs = 60'000;
constexpr int kPatientTries = 4;

// The disk, the file or another process; not what the delivery says.
bool isOfTheDisk(const Error& error) {
    return error.kind == ErrorKind::Storage && error.cause != ErrorCause::None;
}

} // namespace

WebhookRun::WebhookRun(Database& writer, WebhookQueue& queue, WebhookApplier& applier, const Clock& clock)
    : m_database(writer), m_queue(queue), m_applier(applier), m_clock(clock) {
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &WebhookRun::step);
}

void WebhookRun::wake() {
    if (m_troubles == 0 && !m_timer.isActive()) m_timer.start(0);
}

void WebhookRun::step() {
    const auto batch = applySome();
    if (!batch) return retreat(batch.error());
    m_troubles = 0;
    m_troubled = {};
    if (!batch->isLast) m_timer.start(0);
    for (const SettledDelivery& delivery : batch->settled)
        Q_EMIT settled(delivery);
    if (batch->changes) Q_EMIT changed(batch->changes);
    if (batch->isLast) Q_EMIT idle();
}

Result<WebhookRun::Batch> WebhookRun::applySome() {
    Batch batch;
    m_current = {};
    const qint64 begun = m_clock.monotonicMs();
    // After trouble one at a time, so that it is known whose it was.
    const size_t most = m_troubles > 0 ? 1 : kBatchDeliveries;
    AIVA_TRY(const auto transaction, Transaction::begin(m_database));
    // One at least: the wait for the file alone may take longer than that, each time.
    do {
        AIVA_TRY(const std::optional<QueuedDelivery> queued, m_queue.oldest());
        batch.isLast = !queued;
        if (!queued) break;
        m_current = queued->id;
        AIVA_CHECK(applyOne(*queued, batch));
    } while (batch.settled.size() < most && m_clock.monotonicMs() - begun < kBatchMs);
    AIVA_CHECK(transaction->commit());
    return batch;
}

Result<void> WebhookRun::applyOne(const QueuedDelivery& queued, Batch& batch) {
    AIVA_TRY(const WebhookApplier::Applied applied, m_applier.apply(queued));
    AIVA_CHECK(m_queue.settle(queued.id, applied.ending, applied.result, m_clock.now()));
    const bool isDone = applied.ending == WebhookQueue::Ending::Done;
    const WebhookDelivery& delivery = queued.delivery;
    batch.settled.push_back({queued.id, delivery.source, delivery.shop, delivery.id, delivery.topic, queued.receivedAt,
                             isDone ? QStringLiteral("done") : QStringLiteral("failed"), applied.result});
    batch.changes |= applied.changes;
    return {};
}

void WebhookRun::retreat(const Error& error) {
    qCWarning(logSync, "webhooks could not be applied: %s", qUtf8Printable(errorWords(error)));
    const bool isSame = m_troubles > 0 && m_current.isValid() && m_current == m_troubled;
    m_troubled = m_current;
    ++m_troubles;
    if (isSame && m_troubles > kPatientTries && !isOfTheDisk(error)) {
        if (const auto given = giveUp(error)) {
            m_troubles = 0;
            m_timer.start(0);
            return;
        }
    }
    m_timer.start(std::min(kFirstWaitMs << std::min(m_troubles - 1, 6), kLongestWaitMs));
    Q_EMIT failed(error);
}

// The log keeps it, with its body, for whoever looks into it.
Result<void> WebhookRun::giveUp(const Error& error) {
    AIVA_TRY(const bool isQueued, m_queue.isQueued(m_troubled));
    if (!isQueued) return {};
    return m_queue.settle(m_troubled, WebhookQueue::Ending::Failed, errorWords(error), m_clock.now());
}

} // namespace aiva
