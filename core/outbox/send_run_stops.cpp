// The ways a SendRun stops before its end.
#include "core/base/log.h"
#include "core/outbox/send_rules.h"
#include "core/outbox/send_run.h"

namespace aiva {

using namespace Qt::StringLiterals;

static constexpr qint64 kStopWaitMs = 60'000; // nobody is kept from answering for longer
static constexpr int kPersonTries = 4;        // a refused login is not tried every few seconds: servers lock accounts

bool SendRun::withdraw() {
    if (m_state == State::Ended || m_row.handedOverAt || m_row.state != OutboxState::Sending) return false;
    ++m_generation;
    if (m_submission) m_submission->abandon();
    m_submission.reset();
    m_row.state = OutboxState::Waiting;
    if (!save(OutboxState::Sending)) return false;
    end();
    return true;
}

void SendRun::stopAtGuard(OutboxLedger::Guard guard) {
    if (m_submission) m_submission->abandon();
    m_submission.reset();
    if (guard == OutboxLedger::Guard::CustomerWrote) return giveBack(OutboxState::Cancelled, {});
    if (guard == OutboxLedger::Guard::Paused) {
        m_row.state = OutboxState::Waiting;
        if (save(OutboxState::Sending)) end();
        return;
    }
    hold({ErrorKind::Conflict, u"the conversation or an order changed since"_s, ErrorCause::DraftStale});
}

// Tried again after a while; what is known of the outcome stays as it is.
void SendRun::later(const Error& error) {
    if (m_submission) m_submission->abandon();
    m_submission.reset();
    const OutboxState before = m_row.state;
    const bool isUnsent = !m_row.handedOverAt && !m_row.sentAt;
    ++m_row.attempts;
    if (verdictOn(error) == Verdict::Person) m_row.attempts = std::max(m_row.attempts, kPersonTries);
    if (isUnsent && m_row.attempts > m_pace.tries) return hold(error);
    m_row.state = isUnsent ? OutboxState::Waiting : m_row.sentAt ? OutboxState::Filing : OutboxState::Unknown;
    const qint64 wait = m_pace.retryAfter(m_row.attempts);
    m_row.nextAttemptAt = now().plusMs(wait);
    m_row.error = errorWords(error);
    qCInfo(logMail, "outbox: again in %lld s: %s", static_cast<long long>(wait / 1000), qUtf8Printable(m_row.error));
    if (!save(before)) return;
    if (isUnsent && wait >= kStopWaitMs) return releaseUnsent();
    end();
}

void SendRun::hold(const Error& error) {
    const OutboxState before = m_row.state;
    m_row.state = OutboxState::Held;
    m_row.error = errorWords(error);
    if (!save(before)) return;
    Q_EMIT held(error);
    releaseUnsent();
}

void SendRun::giveBack(OutboxState state, const QString& error) {
    const OutboxState before = m_row.state;
    m_row.state = state;
    m_row.error = error;
    if (auto given = m_ledger.giveBack(m_row, before, now()); !given) {
        qCWarning(logMail, "outbox: a draft could not be given back: %s", qUtf8Printable(errorWords(given.error())));
        return end(given.error().kind != ErrorKind::Conflict);
    }
    Q_EMIT changed();
    if (state == OutboxState::Failed) Q_EMIT held(errorFromWords(error).value_or(Error()));
    releaseUnsent();
}

// When it fails, the row goes on saying that it holds the claim, and the dispatcher tries again. An open outcome keeps
// it: while the mail may have been sent, nobody else should answer.
void SendRun::releaseUnsent() {
    if (m_state == State::Ended) return;
    m_state = State::Releasing;
    if (!m_row.holdsClaim || !m_row.conversation || m_row.handedOverAt) return end();
    const auto ending = ClaimPort::Ending::Unsent;
    await<bool>(m_doors.claims.release(m_row.mailbox, *m_row.conversation, ending), [this](const Result<bool>& given) {
        if (!given && verdictOn(given.error()) == Verdict::Later) return end();
        m_row.holdsClaim = false;
        if (save(m_row.state)) end();
    });
}

void SendRun::stepTimedOut() {
    if (m_state == State::Ended) return;
    ++m_generation;
    const Error error{ErrorKind::Timeout, u"a server did not answer at all"_s};
    if (m_state == State::HandingOver) return answered(error);
    later(error);
}

void SendRun::end(bool storageFailed) {
    if (m_state == State::Ended) return;
    m_state = State::Ended;
    ++m_generation;
    m_timer.stop();
    m_watchdog.stop();
    m_submission.reset();
    Q_EMIT ended(storageFailed);
}

} // namespace aiva
