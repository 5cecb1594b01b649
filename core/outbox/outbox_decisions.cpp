// What people decide about mail in the outbox, and what a changed conversation decides.
#include "core/base/log.h"
#include "core/outbox/outbox_dispatcher.h"

namespace aiva {

using namespace Qt::StringLiterals;

Result<void> OutboxDispatcher::cancel(OutboxId id) {
    const auto run = m_runs.find(id);
    if (run != m_runs.end() && !run->second->withdraw())
        return Error{ErrorKind::Conflict, u"the mail may have left already"_s};
    AIVA_CHECK(m_ledger.cancel(id, now()));
    Q_EMIT changed(id);
    wake();
    return {};
}

Result<OutboxRow> OutboxDispatcher::decidable(OutboxId id) {
    AIVA_TRY(const std::optional<OutboxRow> row, m_ledger.rows().byId(id));
    if (!row) return Error{ErrorKind::NotFound, u"no such mail in the outbox"_s};
    if (m_runs.contains(id)) return Error{ErrorKind::Conflict, u"the mail is being sent"_s};
    return *row;
}

Result<void> OutboxDispatcher::sendNow(OutboxId id) {
    AIVA_TRY(OutboxRow row, decidable(id));
    const OutboxState before = row.state;
    const bool isEnded = before == OutboxState::Sent || before == OutboxState::Cancelled;
    if (isEnded) return Error{ErrorKind::Conflict, u"the mail was sent or taken back"_s};
    if (before == OutboxState::Held && row.handedOverAt)
        return Error{ErrorKind::Conflict, u"first somebody has to say whether it was sent"_s,
                     ErrorCause::OutcomeUnknown};
    row.nextAttemptAt = now();
    if (before == OutboxState::Waiting) row.notBefore = std::min(row.notBefore, now());
    const bool isStopped = before == OutboxState::Held || before == OutboxState::Failed;
    if (isStopped) {
        row.state = OutboxState::Waiting;
        row.attempts = 1; // not its first attempt: copies are looked for before
        row.error.clear();
    }
    AIVA_CHECK(before == OutboxState::Failed ? m_ledger.takeAgain(row, before) : m_ledger.save(row, before));
    Q_EMIT changed(id);
    wake();
    return {};
}

Result<void> OutboxDispatcher::resolveUnknown(OutboxId id, Outcome outcome) {
    AIVA_TRY(OutboxRow row, decidable(id));
    const OutboxState before = row.state;
    const bool isOpen = before == OutboxState::Held || before == OutboxState::Unknown;
    if (!isOpen || !row.handedOverAt) return Error{ErrorKind::Conflict, u"its outcome is known"_s};
    row.attempts = 0;
    row.nextAttemptAt = now();
    row.error.clear();
    if (outcome == Outcome::WasSent) {
        row.state = OutboxState::Filing;
        row.sentAt = row.handedOverAt;
        AIVA_CHECK(m_ledger.recordSent(row, before));
        Q_EMIT sent(id, row.conversation.value_or(ConversationId()));
    } else {
        row.state = OutboxState::Waiting;
        row.handedOverAt.reset();
        row.attempts = 1;
        AIVA_CHECK(m_ledger.save(row, before));
    }
    Q_EMIT changed(id);
    wake();
    return {};
}

Result<void> OutboxDispatcher::setPaused(bool paused) {
    AIVA_CHECK(m_ledger.setPaused(paused));
    readPaused();
    if (paused) {
        const auto runs = m_runs; // a run that ends leaves the map
        for (const auto& [id, run] : runs)
            run->withdraw();
    }
    wake();
    return {};
}

void OutboxDispatcher::conversationChanged(ConversationId conversation) {
    const auto rows = m_ledger.rows().ofConversation(conversation);
    if (!rows) return;
    for (OutboxRow row : *rows) {
        if (row.state != OutboxState::Waiting || m_runs.contains(row.id)) continue;
        const auto guard = m_ledger.guard(row);
        if (!guard || *guard == OutboxLedger::Guard::Clear) continue;
        const bool givesBack = *guard == OutboxLedger::Guard::CustomerWrote;
        const Error error{ErrorKind::Conflict, u"the conversation or an order changed since"_s, ErrorCause::DraftStale};
        row.state = givesBack ? OutboxState::Cancelled : OutboxState::Held;
        row.error = errorWords(error);
        const auto written =
            givesBack ? m_ledger.giveBack(row, OutboxState::Waiting, now()) : m_ledger.save(row, OutboxState::Waiting);
        if (!written) {
            qCWarning(logMail, "outbox: a stale mail could not be stopped yet: %s",
                      qUtf8Printable(errorWords(written.error())));
            continue;
        }
        Q_EMIT changed(row.id);
        if (!givesBack) Q_EMIT held(row.id, error);
    }
    wake();
}

} // namespace aiva
