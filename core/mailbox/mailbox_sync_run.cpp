#include "core/mailbox/mailbox_sync_run.h"

#include "core/base/log.h"

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

// Mails in a row the server could not be brought to give, before it is the server that is ill.
static constexpr int kMostFaultsInARow = 5;
static constexpr int kMostStrikes = 3;

MailboxSyncRun::MailboxSyncRun(MailboxPort& port, const MailboxBooks& books, const MailFolderRow& folder,
                               const QSet<QString>& ownAddresses, const Clock& clock, const MailboxPace& pace)
    : m_port(port)
    , m_clock(clock)
    , m_pace(pace)
    , m_ledger(books, folder, ownAddresses, clock, pace)
    , m_batch(pace.firstBatch) {}

void MailboxSyncRun::refresh() {
    m_changesWanted = true;
    next();
}

void MailboxSyncRun::carrySeen() {
    m_seenWanted = true;
    next();
}

// At most one command is on its way; its answer is written in the order it came.
void MailboxSyncRun::next() {
    if (m_isOver || m_isListing || m_talk != Talk::Quiet) return;
    if (m_changesWanted) return askChanges();
    if (!m_toFetch.empty() && m_unwritten < 2) return askBatch();
    if (m_ledger.hasWork()) return;
    if (std::exchange(m_seenWanted, false)) {
        const auto wanted = m_ledger.seenWanted();
        if (!wanted) return finish(wanted.error());
        if (!wanted->empty()) return storeSeen(*wanted);
    }
    if (m_toFetch.empty()) finish({});
}

void MailboxSyncRun::askChanges() {
    m_changesWanted = false;
    m_isListing = true; // until written: what is to be fetched depends on it
    m_talk = Talk::Changes;
    whenDone(m_port.changes(folderName(), m_ledger.known()), this, [this](const Result<FolderChanges>& changes) {
        m_talk = Talk::Quiet;
        if (m_isOver) return;
        if (!changes) return finish(changes.error());
        m_ledger.take(*changes);
        scheduleWrite();
    });
}

void MailboxSyncRun::askBatch() {
    const size_t size = std::min(m_batch, m_toFetch.size());
    m_asked.assign(m_toFetch.rbegin(), m_toFetch.rbegin() + static_cast<qptrdiff>(size));
    m_toFetch.resize(m_toFetch.size() - size);
    m_talk = Talk::Fetch;
    m_askedAt = m_clock.monotonicMs();
    whenDone(m_port.fetch(folderName(), m_asked), this, [this](const Result<std::vector<ServerMessage>>& answer) {
        takeBatch(std::exchange(m_asked, {}), answer);
    });
}

void MailboxSyncRun::takeBatch(const std::vector<quint32>& uids, const Result<std::vector<ServerMessage>>& answer) {
    m_talk = Talk::Quiet;
    if (m_isOver) return;
    if (!answer) return probe(uids, answer.error());
    std::set<quint32> missing(uids.begin(), uids.end());
    for (const ServerMessage& message : *answer)
        missing.erase(message.uid);
    m_skipped.merge(missing);
    if (!answer->empty()) m_faultsInARow = 0;
    resize(*answer);
    ++m_unwritten;
    m_ledger.take(*answer);
    next();
    scheduleWrite();
}

// The next batch: as many as come in a good second and fit into memory.
void MailboxSyncRun::resize(const std::vector<ServerMessage>& messages) {
    if (messages.empty()) return;
    qint64 bytes = 0;
    for (const ServerMessage& one : messages)
        if (one.message && *one.message) bytes += (*one.message)->rawSize;
    const qint64 count = static_cast<qint64>(messages.size());
    const qint64 ms = std::max<qint64>(1, m_clock.monotonicMs() - m_askedAt);
    const qint64 bySize = m_pace.batchBytes * count / std::max<qint64>(1, bytes);
    const qint64 byTime = m_pace.batchMs * count / ms;
    const size_t grown = m_batch < m_pace.secondBatch ? m_pace.secondBatch : m_batch * 2;
    const size_t wanted = static_cast<size_t>(std::min({bySize, byTime, static_cast<qint64>(grown)}));
    m_batch = std::clamp(wanted, m_pace.smallestBatch, m_pace.largestBatch);
}

static bool concernsTheMail(const Error& error) {
    return error.kind == ErrorKind::Network || error.kind == ErrorKind::Timeout || error.kind == ErrorKind::Invalid;
}

// Is it the line, or a mail no server can send us? Asked with a command that has nothing to do with the mails.
void MailboxSyncRun::probe(const std::vector<quint32>& uids, const Error& error) {
    if (!concernsTheMail(error)) return finish(error);
    m_talk = Talk::Probe;
    whenDone(m_port.folderState(folderName()), this, [this, uids, error](const Result<FolderState>& state) {
        m_talk = Talk::Quiet;
        if (m_isOver) return;
        if (!state) return finish(state.error());
        isolate(uids, error);
    });
}

// The batch is halved until the one mail stands alone. Lost over it three times, it gets a fault row (S8).
void MailboxSyncRun::isolate(const std::vector<quint32>& uids, const Error& error) {
    if (uids.size() == 1 && (error.kind == ErrorKind::Invalid || ++m_strikes[uids.front()] >= kMostStrikes)) {
        if (++m_faultsInARow > kMostFaultsInARow) return finish(error);
        if (const auto noted = m_ledger.setFault(uids.front(), error); !noted) return finish(noted.error());
        ++m_counts.processed;
        ++m_counts.failed;
        ++m_done;
        m_batch = m_pace.secondBatch;
        return next();
    }
    m_toFetch.insert(m_toFetch.end(), uids.rbegin(), uids.rend());
    m_batch = std::max<size_t>(1, uids.size() / 2);
    next();
}

void MailboxSyncRun::storeSeen(const std::vector<SeenWanted>& wanted) {
    // One command says one thing; the others come in the next round.
    const bool seen = wanted.front().seen;
    std::vector<SeenWanted> same;
    std::vector<quint32> uids;
    for (const SeenWanted& one : wanted)
        if (one.seen == seen) {
            same.push_back(one);
            uids.push_back(one.uid);
        }
    m_talk = Talk::Seen;
    whenDone(m_port.store(folderName(), uids, seen ? FlagChange::Add : FlagChange::Remove, {u"\\Seen"_s}), this,
             [this, same](const Result<bool>& answer) {
                 m_talk = Talk::Quiet;
                 if (!m_isOver) settleSeen(same, answer);
             });
}

void MailboxSyncRun::settleSeen(const std::vector<SeenWanted>& changes, const Result<bool>& answer) {
    if (!answer && answer.error().kind != ErrorKind::Refused && answer.error().kind != ErrorKind::Invalid)
        return finish(answer.error());
    if (!answer) qCInfo(logMail) << "the server keeps no read marks:" << errorWords(answer.error());
    const auto settled = answer ? m_ledger.settleSeen(changes) : m_ledger.dropSeenWanted(changes);
    if (!settled) return finish(settled.error());
    m_seenWanted = true;
    next();
}

void MailboxSyncRun::scheduleWrite() {
    if (std::exchange(m_isWriteScheduled, true)) return;
    QMetaObject::invokeMethod(this, &MailboxSyncRun::writeSome, Qt::QueuedConnection);
}

void MailboxSyncRun::writeSome() {
    m_isWriteScheduled = false;
    if (m_isOver) return;
    const auto slice = m_ledger.writeSome();
    if (!slice) return finish(slice.error());
    m_counts.add(slice->counts);
    m_done += slice->counts.processed;
    Q_EMIT rowsChanged();
    if (!slice->news.isEmpty()) Q_EMIT newsCame(slice->news);
    if (!slice->arrivals.conversations.empty()) Q_EMIT messagesArrived(slice->arrivals);
    if (slice->batchDone) --m_unwritten;
    if (slice->changesDone) {
        m_isListing = false;
        m_changesWanted = m_changesWanted || slice->mustListAgain;
        if (const auto reloaded = reload(); !reloaded) return finish(reloaded.error());
        m_seenWanted = true;
    }
    const auto waiting = static_cast<qint64>(m_toFetch.size() + m_asked.size()) + m_ledger.unwrittenMails();
    Q_EMIT progressed({m_ledger.folder().mailbox, folderName(), m_done, m_done + waiting});
    if (m_ledger.hasWork()) scheduleWrite();
    next();
}

// What is to be fetched, without what was asked for in vain. Nothing is on its way while a listing is written.
Result<void> MailboxSyncRun::reload() {
    AIVA_TRY(m_toFetch, m_ledger.toFetch());
    std::reverse(m_toFetch.begin(), m_toFetch.end());
    std::erase_if(m_toFetch, [this](quint32 uid) { return m_skipped.contains(uid); });
    return {};
}

void MailboxSyncRun::finish(const std::optional<Error>& error) {
    if (std::exchange(m_isOver, true)) return;
    Q_EMIT finished(m_counts, error);
}

} // namespace aiva
