#include "core/outbox/outbox_dispatcher.h"

#include "core/base/log.h"

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

static constexpr qint64 kKeptDays = 30;       // of what was sent or taken back; the conversation has it for good
static constexpr qint64 kLongWaitMs = 60'000; // a claim is not kept through a longer wait

OutboxDispatcher::OutboxDispatcher(OutboxLedger& ledger, OutboxDoors doors, SendPace pace, QString leaseFile,
                                   QObject* parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_doors(std::move(doors))
    , m_pace(std::move(pace))
    , m_leaseFile(std::move(leaseFile)) {
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &OutboxDispatcher::pump);
    readPaused();
}

OutboxDispatcher::~OutboxDispatcher() = default;

void OutboxDispatcher::start() {
    m_isStarted = true;
    lead();
    pumpSoon(); // whoever owns this may still have to connect
}

bool OutboxDispatcher::lead() {
    if (m_lease) return true;
    auto lease = OutboxLease::take(m_leaseFile);
    if (!lease) return false;
    m_lease = *std::move(lease);
    if (!m_ledger.rows().forgetBytes(now().plusDays(-kKeptDays)))
        qCWarning(logMail, "the bytes of old mail could not be forgotten");
    return true;
}

void OutboxDispatcher::wake() {
    if (m_isStarted) pumpSoon();
}

void OutboxDispatcher::readPaused() {
    const auto paused = m_ledger.isPaused();
    // What cannot be read must not send: the switch may be on.
    const bool isPaused = !paused || *paused;
    if (isPaused == m_isPaused) return;
    m_isPaused = isPaused;
    Q_EMIT pausedChanged(isPaused);
}

void OutboxDispatcher::pump() {
    m_timer.start(static_cast<int>(m_pace.longestSleepMs));
    if (!lead()) return;
    readPaused();
    const auto rows = m_ledger.rows().open();
    if (!rows) {
        qCWarning(logMail, "the outbox cannot be read: %s", qUtf8Printable(errorWords(rows.error())));
        return;
    }
    if (m_isOnline) {
        startDue(*rows);
        returnClaims();
    }
    if (isQuiet()) Q_EMIT quiet();
}

void OutboxDispatcher::startDue(const std::vector<OutboxRow>& rows) {
    const UtcTime at = now();
    const qint64 tick = m_doors.clock.monotonicMs();
    qint64 wait = m_pace.longestSleepMs;
    for (const OutboxRow& row : rows) {
        if (m_runs.contains(row.id)) continue;
        if (const auto rest = m_restUntil.find(row.id); rest != m_restUntil.end()) {
            if (rest->second > tick) {
                wait = std::min(wait, rest->second - tick);
                continue;
            }
            m_restUntil.erase(rest);
        }
        if (row.nextAttemptAt > at) {
            wait = std::min(wait, row.nextAttemptAt.msSince(at));
            continue;
        }
        if (mayStart(row, rows)) startRun(row);
    }
    m_timer.start(static_cast<int>(std::max<qint64>(wait, 1)));
}

bool OutboxDispatcher::mayStart(const OutboxRow& row, const std::vector<OutboxRow>& rows) const {
    const bool willSubmit = !row.handedOverAt && !row.sentAt;
    if (!willSubmit) return true;
    if (m_isPaused) return false;
    const auto submitting =
        std::count_if(m_runs.begin(), m_runs.end(), [](const auto& run) { return run.second->isSubmitting(); });
    if (submitting >= m_pace.parallel) return false;
    if (!row.conversation) return true;
    for (const auto& [id, run] : m_runs)
        if (run->row().conversation == row.conversation) return false;
    // One conversation's mails leave in the order they were written.
    return std::none_of(rows.begin(), rows.end(), [&](const OutboxRow& other) {
        const bool isUnderWay = other.state == OutboxState::Sending || other.state == OutboxState::Unknown ||
                                (other.state == OutboxState::Waiting && other.notBefore <= row.notBefore);
        return other.id < row.id && other.conversation == row.conversation && isUnderWay;
    });
}

void OutboxDispatcher::startRun(const OutboxRow& row) {
    auto* run = new SendRun(m_ledger, m_doors, m_pace, row, this);
    const OutboxId id = row.id;
    m_runs.insert_or_assign(id, run);
    connect(run, &SendRun::changed, this, [this, id] { Q_EMIT changed(id); });
    connect(run, &SendRun::sent, this,
            [this, id, run] { Q_EMIT sent(id, run->row().conversation.value_or(ConversationId())); });
    connect(run, &SendRun::held, this, [this, id](const Error& error) { Q_EMIT held(id, error); });
    connect(run, &SendRun::ended, this, [this, id](bool storageFailed) { endRun(id, storageFailed); });
    run->start();
}

void OutboxDispatcher::endRun(OutboxId id, bool storageFailed) {
    const auto run = m_runs.find(id);
    if (run == m_runs.end()) return;
    run->second->deleteLater();
    m_runs.erase(run);
    if (storageFailed) m_restUntil.insert_or_assign(id, m_doors.clock.monotonicMs() + m_pace.storageRetryMs);
    pumpSoon();
}

// Claims of mail that does not leave soon, where giving them back failed before or a crash came between.
void OutboxDispatcher::returnClaims() {
    const auto rows = m_ledger.rows().holdingClaims();
    if (!rows) return;
    const qint64 tick = m_doors.clock.monotonicMs();
    for (const OutboxRow& row : *rows) {
        if (m_runs.contains(row.id) || m_returning.contains(row.id.value()) || !row.conversation) continue;
        if (row.handedOverAt || row.state == OutboxState::Sending) continue;
        const bool isWaiting = row.state == OutboxState::Waiting;
        if (isWaiting && !m_isPaused && row.nextAttemptAt.msSince(now()) < kLongWaitMs) continue;
        if (const auto rest = m_returnNotUntil.find(row.id); rest != m_returnNotUntil.end() && rest->second > tick)
            continue;
        m_returning.insert(row.id.value());
        const auto given = m_doors.claims.release(row.mailbox, *row.conversation, ClaimPort::Ending::Unsent);
        whenDone(given, this, [this, row = OutboxRow(row)](const Result<bool>& answer) mutable {
            m_returning.remove(row.id.value());
            if (answer) {
                row.holdsClaim = false;
                if (!m_ledger.save(row, row.state))
                    qCInfo(logMail, "outbox: a row changed while its claim was returned");
            } else {
                m_returnNotUntil.insert_or_assign(row.id, m_doors.clock.monotonicMs() + m_pace.longestSleepMs);
            }
            pumpSoon();
        });
    }
}

void OutboxDispatcher::setOnline(bool online) {
    if (online == m_isOnline) return;
    m_isOnline = online;
    if (online) tryAgain();
}

void OutboxDispatcher::tryAgain(std::optional<MailboxId> mailbox) {
    const auto rows = m_ledger.rows().open();
    if (!rows) return;
    for (OutboxRow row : *rows) {
        if (m_runs.contains(row.id) || row.attempts == 0 || (mailbox && row.mailbox != *mailbox)) continue;
        if (row.nextAttemptAt <= now()) continue;
        row.nextAttemptAt = now();
        if (m_ledger.save(row, row.state)) Q_EMIT changed(row.id);
    }
    m_returnNotUntil.clear();
    wake();
}

} // namespace aiva
