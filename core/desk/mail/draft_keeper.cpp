#include "core/desk/mail/draft_keeper.h"

#include "core/base/log.h"

namespace aiva {
namespace {

constexpr int kAgainMs = 1'000;

} // namespace

DraftKeeper::DraftKeeper(DraftRepository& drafts, Database& writer, int delayMs,
                         std::shared_ptr<std::atomic<int>> waiting)
    : m_repository(drafts), m_writer(writer), m_delayMs(delayMs), m_waiting(std::move(waiting)) {
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (auto written = write(); !written) Q_EMIT failed(written.error());
    });
}

DraftKeeper::~DraftKeeper() {
    if (auto written = write(); !written) qCCritical(logDesk, "a draft could not be saved at the end");
}

void DraftKeeper::keep(const Draft& draft) {
    if (m_drafts.empty()) ++*m_waiting;
    m_drafts.insert_or_assign({draft.conversation, draft.isNote()}, draft);
    // From the first unsaved change, not the last: steady typing must not put saving off.
    if (!m_timer.isActive()) m_timer.start(m_delayMs);
}

Result<void> DraftKeeper::write() {
    m_timer.stop();
    if (m_drafts.empty()) return {};
    const auto gone = writeRows();
    if (!gone) {
        m_timer.start(kAgainMs);
        return gone.error();
    }
    const auto drafts = std::exchange(m_drafts, {});
    --*m_waiting;
    for (const auto& [key, draft] : drafts)
        if (!gone->contains(draft.conversation)) Q_EMIT saved(draft.conversation, draft.updatedAt);
    return {};
}

Result<std::set<ConversationId>> DraftKeeper::writeRows() {
    AIVA_TRY(auto transaction, Transaction::begin(m_writer));
    std::set<ConversationId> gone;
    for (const auto& [key, draft] : m_drafts) {
        const Result<void> kept = m_repository.save(draft);
        if (kept) continue;
        if (kept.error().kind != ErrorKind::NotFound) return kept.error();
        gone.insert(draft.conversation);
    }
    AIVA_CHECK(transaction->commit());
    return gone;
}

} // namespace aiva
