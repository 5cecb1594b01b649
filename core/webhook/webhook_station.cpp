#include "core/webhook/webhook_station.h"

#include "core/base/log.h"
#include "core/domain/shop/precedence.h"

#include <algorithm>

namespace aiva {
namespace {

// A delivery that comes again after this long is taken for a new one; sources give up after a day.
constexpr qint64 kLogDays = 30;
constexpr int kPruneEveryMs = 6 * 3'600'000;
// Matching looks at every conversation: at once for one change, rarely in a storm of them.
constexpr int kMatchSoonMs = 50;
constexpr int kMatchEveryMs = 5'000;

} // namespace

WebhookStation::~WebhookStation() = default;

Result<std::unique_ptr<WebhookStation>> WebhookStation::create(Database& writer, const Clock& clock,
                                                               WebhookDecoders decoders, StorePortMaker makePort,
                                                               std::shared_ptr<std::atomic<int>> waiting) {
    std::unique_ptr<WebhookStation> made(new WebhookStation(writer, clock));
    AIVA_TRY(made->m_queue, WebhookQueue::create(writer));
    AIVA_TRY(made->m_rereads, WebhookRereads::create(writer));
    AIVA_TRY(made->m_conversations, ConversationRepository::create(writer));
    AIVA_TRY(made->m_books, WebhookBooks::create(writer));
    AIVA_TRY(made->m_applier,
             WebhookApplier::create(writer, *made->m_books, *made->m_rereads, std::move(decoders), clock));
    AIVA_TRY(made->m_rereadRun,
             RereadRun::create(writer, *made->m_books, *made->m_rereads, std::move(makePort), clock));
    made->m_intake = std::make_unique<WebhookIntake>(writer, *made->m_queue, clock, std::move(waiting));
    made->m_run = std::make_unique<WebhookRun>(writer, *made->m_queue, *made->m_applier, clock);
    made->connectRuns();
    return made;
}

void WebhookStation::connectRuns() {
    const WebhookRun* run = m_run.get();
    const RereadRun* rereads = m_rereadRun.get();
    connect(m_intake.get(), &WebhookIntake::arrived, m_run.get(), &WebhookRun::wake);
    connect(m_intake.get(), &WebhookIntake::failed, this, &WebhookStation::tell);
    connect(run, &WebhookRun::settled, this, &WebhookStation::settled);
    connect(run, &WebhookRun::changed, this, &WebhookStation::takeChanges);
    connect(run, &WebhookRun::idle, this, &WebhookStation::noteIdle);
    connect(run, &WebhookRun::failed, this, &WebhookStation::tell);
    connect(rereads, &RereadRun::changed, this, &WebhookStation::takeChanges);
    connect(rereads, &RereadRun::storesChanged, this, &WebhookStation::storesChanged);
    connect(rereads, &RereadRun::parted, this, &WebhookStation::parted);
    connect(rereads, &RereadRun::syncWanted, this, &WebhookStation::syncWanted);
    connect(rereads, &RereadRun::idle, this, &WebhookStation::noteIdle);
    connect(rereads, &RereadRun::failed, this, &WebhookStation::tell);
    const auto forget = [this] { m_told.reset(); };
    connect(m_intake.get(), &WebhookIntake::arrived, this, forget);
    connect(run, &WebhookRun::settled, this, forget);
    connect(rereads, &RereadRun::answered, this, forget);
    m_matchTimer.setSingleShot(true);
    connect(&m_matchTimer, &QTimer::timeout, this, &WebhookStation::matchConversations);
    connect(&m_pruneTimer, &QTimer::timeout, this, &WebhookStation::prune);
}

void WebhookStation::start() {
    prune();
    m_pruneTimer.start(kPruneEveryMs);
    m_run->wake();
    m_rereadRun->wake();
}

Result<void> WebhookStation::askAbout(ConversationId conversation, UtcTime readSince) {
    AIVA_TRY(const bool isWanted, m_rereads->wantCustomerOf(conversation, readSince));
    if (isWanted) m_rereadRun->wake();
    return {};
}

Result<void> WebhookStation::askBuried(StoreId store) {
    AIVA_TRY(const bool isWanted, m_rereads->wantBuried(store, m_clock.now()));
    if (isWanted) m_rereadRun->wake();
    return {};
}

bool WebhookStation::isIdle() const {
    return m_run->isIdle() && m_rereadRun->isIdle();
}

void WebhookStation::noteIdle() {
    if (isIdle()) Q_EMIT idle();
}

void WebhookStation::tell(const Error& error) {
    if (m_told == error) return;
    m_told = error;
    Q_EMIT failed(error);
}

void WebhookStation::takeChanges(WebhookChanges changes) {
    if (changes & WebhookChange::Rereads) m_rereadRun->wake();
    if (changes & WebhookChange::Records) Q_EMIT rowsChanged();
    if (!(changes & WebhookChange::People) || m_matchTimer.isActive()) return;
    const qint64 since = m_sinceMatch.isValid() ? m_sinceMatch.elapsed() : kMatchEveryMs;
    m_matchTimer.start(static_cast<int>(std::max<qint64>(kMatchSoonMs, kMatchEveryMs - since)));
}

void WebhookStation::matchConversations() {
    m_sinceMatch.start();
    const auto matched = m_conversations->rematch(PrecedenceRule().vipAboveMajorUnits);
    if (!matched)
        qCWarning(logSync, "conversations could not be matched: %s", qUtf8Printable(errorWords(matched.error())));
    else if (*matched > 0)
        Q_EMIT conversationsMatched();
}

void WebhookStation::prune() {
    if (const auto pruned = m_queue->prune(m_clock.now().plusDays(-kLogDays)); !pruned)
        qCWarning(logSync, "old webhooks could not be forgotten: %s", qUtf8Printable(errorWords(pruned.error())));
}

} // namespace aiva
