#include "core/webhook/webhook_intake.h"

#include "core/base/log.h"
#include "core/storage/database/durable_transaction.h"

#include <chrono>

namespace aiva {
namespace {

// A source waits five seconds for its answer, and takes no answer for a refusal.
constexpr std::chrono::milliseconds kPatience{4'500};
constexpr size_t kBatch = 256;
constexpr int kRefusalMs = 1'000;
// Reasons are a handful of words; the map cannot grow whatever is sent.
constexpr size_t kReasons = 64;

} // namespace

WebhookIntake::WebhookIntake(Database& writer, WebhookQueue& queue, const Clock& clock,
                             std::shared_ptr<std::atomic<int>> waiting)
    : m_database(writer), m_queue(queue), m_clock(clock), m_waitingCommands(std::move(waiting)) {
    m_refusalTimer.setSingleShot(true);
    connect(&m_refusalTimer, &QTimer::timeout, this, &WebhookIntake::writeRefusals);
}

WebhookIntake::~WebhookIntake() {
    setTaking(Taking::Off);
    writeRefusals();
}

void WebhookIntake::setTaking(Taking taking) {
    {
        const std::lock_guard lock(m_mutex);
        m_isClosed = taking == Taking::Off;
        if (!m_isClosed) return;
        for (const auto& waiting : m_waiting)
            waiting->receipt = WebhookReceipt::Unavailable;
        m_waiting.clear();
    }
    m_answered.notify_all();
}

WebhookReceipt WebhookIntake::accept(const WebhookDelivery& delivery) {
    const auto waiting = std::make_shared<Waiting>(Waiting{delivery, std::nullopt});
    std::unique_lock lock(m_mutex);
    if (m_isClosed) return WebhookReceipt::Unavailable;
    m_waiting.push_back(waiting);
    if (!std::exchange(m_isPosted, true)) post();
    m_answered.wait_for(lock, kPatience, [&] { return waiting->receipt.has_value(); });
    // Too late for an answer; should it be written yet, the source's next attempt finds it known.
    return waiting->receipt.value_or(WebhookReceipt::Unavailable);
}

void WebhookIntake::noteRefusal(StoreKind source, const QString& reason) {
    const std::lock_guard lock(m_mutex);
    if (m_isClosed || m_refusals.size() >= kReasons) return;
    const bool isFirst = m_refusals.empty();
    ++m_refusals[{source, reason}];
    if (isFirst)
        QMetaObject::invokeMethod(
            this, [this] { m_refusalTimer.start(kRefusalMs); }, Qt::QueuedConnection);
}

Result<WebhookReceipt> WebhookIntake::store(const WebhookDelivery& delivery) {
    AIVA_TRY(const auto receipts, storeAll({delivery}));
    return receipts.front();
}

Result<std::vector<WebhookReceipt>> WebhookIntake::storeAll(const std::vector<WebhookDelivery>& deliveries) {
    Batch batch;
    for (const WebhookDelivery& delivery : deliveries)
        batch.push_back(std::make_shared<Waiting>(Waiting{delivery, std::nullopt}));
    AIVA_TRY(auto receipts, write(batch));
    Q_EMIT arrived();
    return receipts;
}

void WebhookIntake::post() {
    if (m_waitingCommands) ++*m_waitingCommands;
    QMetaObject::invokeMethod(this, &WebhookIntake::drain, Qt::QueuedConnection);
}

void WebhookIntake::drain() {
    if (m_waitingCommands) --*m_waitingCommands;
    Batch batch;
    {
        const std::lock_guard lock(m_mutex);
        while (!m_waiting.empty() && batch.size() < kBatch) {
            batch.push_back(std::move(m_waiting.front()));
            m_waiting.pop_front();
        }
        m_isPosted = !m_waiting.empty();
        if (m_isPosted) post();
    }
    if (batch.empty()) return;
    const auto receipts = write(batch);
    {
        const std::lock_guard lock(m_mutex);
        for (size_t i = 0; i < batch.size(); ++i)
            batch[i]->receipt = receipts ? (*receipts)[i] : WebhookReceipt::Unavailable;
    }
    m_answered.notify_all();
    tell(receipts ? std::nullopt : std::optional(receipts.error()));
    if (receipts) Q_EMIT arrived();
}

// Sources try again and again: one full disk is not told a hundred times.
void WebhookIntake::tell(const std::optional<Error>& trouble) {
    const bool isNews = trouble && trouble != m_told;
    m_told = trouble;
    if (!isNews) return;
    qCWarning(logSync, "webhooks could not be stored: %s", qUtf8Printable(errorWords(*trouble)));
    Q_EMIT failed(*trouble);
}

Result<std::vector<WebhookReceipt>> WebhookIntake::write(const Batch& batch) {
    const UtcTime now = m_clock.now();
    std::vector<WebhookReceipt> receipts;
    receipts.reserve(batch.size());
    AIVA_TRY(const auto transaction, DurableTransaction::begin(m_database));
    for (const auto& waiting : batch) {
        AIVA_TRY(const auto id, m_queue.add(waiting->delivery, now));
        receipts.push_back(id ? WebhookReceipt::Stored : WebhookReceipt::Known);
    }
    AIVA_CHECK(transaction->commit());
    return receipts;
}

void WebhookIntake::writeRefusals() {
    std::map<std::pair<StoreKind, QString>, qint64> refusals;
    {
        const std::lock_guard lock(m_mutex);
        refusals.swap(m_refusals);
    }
    for (const auto& [what, count] : refusals)
        if (const auto added = m_queue.addRefusals(what.first, what.second, count, m_clock.now()); !added)
            qCWarning(logSync, "refused webhooks could not be counted: %s", qUtf8Printable(errorWords(added.error())));
}

} // namespace aiva
