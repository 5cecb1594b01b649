#include "core/outbox/send_run.h"

#include "core/base/log.h"
#include "core/outbox/send_rules.h"
#include "core/outbox/sent_filing.h"

namespace aiva {

using namespace Qt::StringLiterals;

SendRun::SendRun(OutboxLedger& ledger, const OutboxDoors& doors, const SendPace& pace, OutboxRow row, QObject* parent)
    : QObject(parent), m_ledger(ledger), m_doors(doors), m_pace(pace), m_row(std::move(row)) {
    m_timer.setSingleShot(true);
    m_watchdog.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &SendRun::prove);
    connect(&m_watchdog, &QTimer::timeout, this, &SendRun::stepTimedOut);
}

SendRun::~SendRun() = default;

template <typename T>
void SendRun::await(const Future<T>& future, std::function<void(const Result<T>&)> then) {
    watchStep();
    whenDone(future, this, [this, generation = m_generation, then = std::move(then)](const Result<T>& result) {
        if (generation != m_generation || m_state == State::Ended) return;
        m_watchdog.stop();
        then(result);
    });
}

void SendRun::watchStep() {
    m_watchdog.start(static_cast<int>(m_pace.stepLimitMs));
}

void SendRun::look(std::function<void(const Result<SentCopies>&)> then) {
    MailboxPort* port = m_doors.mailbox(m_row.mailbox);
    if (!port) {
        then(Error{ErrorKind::Network, u"the mailbox is not connected"_s});
        return;
    }
    watchStep();
    const auto taken = [this, generation = m_generation, then](const Result<SentCopies>& copies) {
        if (generation != m_generation || m_state == State::Ended) return;
        m_watchdog.stop();
        then(copies);
    };
    (new SentCopiesRun(*port, m_row.messageId, taken, this))->start();
}

bool SendRun::save(OutboxState expected) {
    if (auto saved = m_ledger.save(m_row, expected); !saved) {
        qCWarning(logMail, "outbox: %s", qUtf8Printable(errorWords(saved.error())));
        // Conflict: somebody else decided meanwhile, and that stands.
        end(saved.error().kind != ErrorKind::Conflict);
        return false;
    }
    Q_EMIT changed();
    return m_state != State::Ended;
}

void SendRun::start() {
    auto whole = m_ledger.rows().byId(m_row.id);
    if (!whole || !*whole) return end(!whole);
    m_row = **std::move(whole);
    auto account = m_ledger.account(m_row.mailbox);
    if (!account) return m_row.state == OutboxState::Waiting ? hold(account.error()) : later(account.error());
    m_account = *std::move(account);
    begin();
}

void SendRun::begin() {
    const OutboxState before = m_row.state;
    switch (before) {
    case OutboxState::Waiting:
    case OutboxState::Sending:
        if (m_row.handedOverAt) return prove();
        m_looksFirst = m_row.attempts > 0 || before == OutboxState::Sending;
        m_row.state = OutboxState::Sending;
        m_state = State::Checking;
        if (before == OutboxState::Sending || save(before)) check();
        return;
    case OutboxState::Unknown:
        return prove();
    case OutboxState::Filing:
        return release();
    default:
        return end();
    }
}

// Our own record, and on every attempt but the first the server's folders: a mail found there was sent.
void SendRun::check() {
    m_state = State::Checking;
    const auto known = m_ledger.isKnown(m_row.messageId);
    if (!known) return end(true);
    if (*known) return recordSent();
    if (!m_looksFirst) return guardAndClaim();
    look([this](const Result<SentCopies>& copies) {
        if (!copies) return later(copies.error());
        copies->isAny() ? recordSent() : guardAndClaim();
    });
}

void SendRun::guardAndClaim() {
    const auto guard = m_ledger.guard(m_row);
    if (!guard) return end(true);
    if (*guard != OutboxLedger::Guard::Clear) return stopAtGuard(*guard);
    claim();
}

void SendRun::claim() {
    m_state = State::Claiming;
    if (!m_row.conversation) return prepare();
    // Written first: a claim that is forgotten would never be given back.
    if (!m_row.holdsClaim) {
        m_row.holdsClaim = true;
        if (!save(OutboxState::Sending)) return;
    }
    await<ClaimAnswer>(m_doors.claims.claim(m_row.mailbox, *m_row.conversation),
                       [this](const Result<ClaimAnswer>& got) {
                           if (!got) return later(got.error());
                           if (got->outcome != ClaimAnswer::Outcome::Taken) return prepare();
                           m_row.holdsClaim = false; // it is theirs
                           hold({ErrorKind::Conflict, u"a colleague is answering"_s, ErrorCause::ClaimTaken});
                       });
}

void SendRun::prepare() {
    m_state = State::Preparing;
    const auto guard = m_ledger.guard(m_row);
    if (!guard) return end(true);
    if (*guard != OutboxLedger::Guard::Clear) return stopAtGuard(*guard);
    m_submission = m_doors.submission(m_account);
    if (!m_submission) return later({ErrorKind::Network, u"the mailbox is not connected"_s});
    await<bool>(m_submission->prepare({m_row.envelopeFrom, m_row.recipients}, m_row.mail),
                [this](const Result<bool>& prepared) { prepared ? handOver() : refused(prepared.error()); });
}

void SendRun::handOver() {
    m_state = State::HandingOver;
    m_row.handedOverAt = now();
    const auto guard = m_ledger.handOver(m_row, OutboxState::Sending);
    if (!guard || *guard != OutboxLedger::Guard::Clear) {
        m_row.handedOverAt.reset();
        m_submission->abandon();
        m_submission.reset();
        if (guard) return stopAtGuard(*guard);
        return end(guard.error().kind != ErrorKind::Conflict);
    }
    await<SubmissionReceipt>(m_submission->finish(),
                             [this](const Result<SubmissionReceipt>& answer) { answered(answer); });
}

void SendRun::answered(const Result<SubmissionReceipt>& answer) {
    if (answer) return recordSent();
    if (isCertainRefusal(answer.error())) return refused(answer.error());
    qCInfo(logMail, "outbox: handed over, not answered: %s", qUtf8Printable(errorWords(answer.error())));
    m_submission.reset();
    m_row.error = errorWords(answer.error());
    prove();
}

// Certainly not sent.
void SendRun::refused(const Error& error) {
    m_submission.reset();
    m_row.handedOverAt.reset();
    if (verdictOn(error) == Verdict::Never) return giveBack(OutboxState::Failed, errorWords(error));
    later(error);
}

void SendRun::prove() {
    const OutboxState before = m_row.state;
    m_state = State::Proving;
    if (before != OutboxState::Unknown) {
        m_row.state = OutboxState::Unknown;
        if (!save(before)) return;
    }
    const auto known = m_ledger.isKnown(m_row.messageId);
    if (!known) return end(true);
    if (*known) return recordSent();
    look([this](const Result<SentCopies>& copies) { takeProof(copies); });
}

void SendRun::takeProof(const Result<SentCopies>& copies) {
    if (!copies) return later(copies.error());
    if (copies->isAny()) return recordSent();
    if (m_account.sentProof == SentProof::None)
        return hold({ErrorKind::Timeout, u"handed over, never answered"_s, ErrorCause::OutcomeUnknown});
    if (!m_provingSinceMs) return reachServer();
    if (m_doors.clock.monotonicMs() - *m_provingSinceMs < m_pace.proofWindowMs) {
        m_timer.start(static_cast<int>(m_pace.lookAfter(++m_looks)));
        return;
    }
    // Certainly not accepted: as if it had never been handed over. Another run goes on from there.
    m_row.handedOverAt.reset();
    m_row.state = OutboxState::Waiting;
    m_row.nextAttemptAt = now();
    ++m_row.attempts;
    if (save(OutboxState::Unknown)) end();
}

// A server that is down may still hold the mail it accepted: the window begins when it is seen to be up. Asked with the
// mail itself, which is withdrawn before its final dot.
void SendRun::reachServer() {
    m_submission = m_doors.submission(m_account);
    if (!m_submission) return later({ErrorKind::Network, u"the mailbox is not connected"_s});
    await<bool>(m_submission->prepare({m_row.envelopeFrom, m_row.recipients}, m_row.mail),
                [this](const Result<bool>& reached) {
                    m_submission->abandon();
                    m_submission.reset();
                    if (!reached && !isCertainRefusal(reached.error())) return later(reached.error());
                    m_provingSinceMs = m_doors.clock.monotonicMs();
                    m_timer.start(static_cast<int>(m_pace.lookAfter(++m_looks)));
                });
}

void SendRun::recordSent() {
    m_submission.reset();
    const OutboxState before = m_row.state;
    m_row.state = OutboxState::Filing;
    m_row.sentAt = now();
    m_row.attempts = 0;
    m_row.nextAttemptAt = now();
    m_row.error.clear();
    if (auto recorded = m_ledger.recordSent(m_row, before); !recorded) {
        qCWarning(logMail, "outbox: sent, not recorded: %s", qUtf8Printable(errorWords(recorded.error())));
        return end(recorded.error().kind != ErrorKind::Conflict);
    }
    Q_EMIT changed();
    Q_EMIT sent();
    if (m_state != State::Ended) release();
}

void SendRun::release() {
    m_state = State::Releasing;
    if (!m_row.holdsClaim || !m_row.conversation) return file();
    const auto ending = ClaimPort::Ending::Answered;
    await<bool>(m_doors.claims.release(m_row.mailbox, *m_row.conversation, ending), [this](const Result<bool>& given) {
        if (!given && verdictOn(given.error()) == Verdict::Later) {
            m_releaseError = given.error();
            return file();
        }
        m_row.holdsClaim = false;
        if (save(OutboxState::Filing)) file();
    });
}

void SendRun::file() {
    m_state = State::Filing;
    if (m_account.sentProof == SentProof::ServerFiles) return finishFiling({});
    MailboxPort* port = m_doors.mailbox(m_row.mailbox);
    if (!port) return finishFiling(Error{ErrorKind::Network, u"the mailbox is not connected"_s});
    const auto filed = [this](const Result<void>& result) {
        finishFiling(result ? std::nullopt : std::optional(result.error()));
    };
    watchStep();
    (new SentFiling(*port, m_row, m_account.sentProof, m_pace, m_doors.clock, filed, this))->start();
}

void SendRun::finishFiling(const std::optional<Error>& error) {
    if (m_state == State::Ended) return;
    m_watchdog.stop();
    // A folder that refuses our copy again and again changes nothing about the mail: it was sent.
    const bool isPatient = m_row.attempts < static_cast<int>(m_pace.retryMs.size());
    if (error && (isPatient || verdictOn(*error) != Verdict::Never || m_releaseError)) return later(*error);
    if (m_releaseError) return later(*m_releaseError);
    m_row.error = error ? errorWords(*error) : QString();
    m_row.state = OutboxState::Sent;
    if (save(OutboxState::Filing)) end();
}

} // namespace aiva
