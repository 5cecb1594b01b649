#include "core/sync/bulk/bulk_resource_run.h"

#include "core/base/log.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace aiva {
namespace {

// One operation may die of the shop's own weather; a second that dies too means paging.
constexpr int kMostSubmissions = 2;
constexpr int kMostFreshUrls = 3;

bool isWrongPlaceForBulk(const Error& error) {
    return error.kind == ErrorKind::Invalid || error.kind == ErrorKind::Conflict ||
           error.cause == ErrorCause::QueryTooCostly;
}

} // namespace

BulkResourceRun::BulkResourceRun(SyncWork& work, Resource resource, ResourceCheckpoint state, QObject* parent)
    : ResourceRun(work, resource, std::move(state), parent), m_pollMs(work.pace.pollFirstMs) {}

BulkResourceRun::~BulkResourceRun() = default;

void BulkResourceRun::start() {
    switch (m_state.phase) {
    case Phase::BulkRunning:
        m_isResumed = true;
        return poll();
    case Phase::BulkDownload:
        return poll();
    case Phase::BulkIngest:
        return beginIngest();
    default:
        return submit();
    }
}

QString BulkResourceRun::pendingOperation() const {
    return m_state.phase == Phase::BulkRunning ? m_state.operationId : QString();
}

void BulkResourceRun::submit() {
    announce(Preparing, 0, m_state.total.value_or(0));
    ask<BulkStatus>([this] { return m_work.port.startBulk(m_state.query); },
                    [this](const Result<BulkStatus>& status) { takeSubmitted(status); });
}

void BulkResourceRun::takeSubmitted(const Result<BulkStatus>& status) {
    if (!status) {
        const bool isBusy = status.error().cause == ErrorCause::BulkBusy;
        if (isBusy && ++m_busyTries < m_work.pace.bulkBusyTries)
            return after(m_work.pace.bulkBusyMs, &BulkResourceRun::submit);
        if (isBusy || isWrongPlaceForBulk(status.error())) return usePaged();
        return fail(status.error());
    }
    m_state.operationId = status->operationId;
    ++m_state.submissions;
    m_state.spool = u"%1-%2-%3"_s.arg(toWord(m_resource)).arg(m_work.ledger.job().value()).arg(m_state.submissions);
    m_state.isPartial = false;
    // A name used by an earlier try must not lend its bytes to this file.
    if (auto removed = SpoolReader::remove(m_work.workspace, m_state.spool); !removed) return fail(removed.error());
    if (auto saved = save(Phase::BulkRunning); !saved) return fail(saved.error());
    takeStatus(status);
}

void BulkResourceRun::submitAgain() {
    if (m_state.submissions >= kMostSubmissions) return usePaged();
    m_state.phase = Phase::Ready;
    submit();
}

void BulkResourceRun::poll() {
    ask<BulkStatus>([this] { return m_work.port.bulkStatus(m_state.operationId); },
                    [this](const Result<BulkStatus>& status) { takeStatus(status); });
}

void BulkResourceRun::takeStatus(const Result<BulkStatus>& status) {
    if (!status) {
        // The operation is forgotten (a week has passed, another app instance): ask for another one.
        const bool isForgotten =
            status.error().kind == ErrorKind::Invalid ||
            (status.error().kind == ErrorKind::NotFound && status.error().cause != ErrorCause::ShopNotFound);
        return isForgotten ? submitAgain() : fail(status.error());
    }
    if (status->state != BulkStatus::State::Running) return takeEnded(*status);
    announce(Preparing, status->objectCount, m_state.total.value_or(0));
    after(m_pollMs, &BulkResourceRun::poll);
    m_pollMs = std::min(m_pollMs * 2, m_work.pace.pollLongestMs);
}

void BulkResourceRun::takeEnded(const BulkStatus& status) {
    if (status.state != BulkStatus::State::Completed)
        qCWarning(logSync, "bulk operation of %s ended without success (%s)", qUtf8Printable(toWord(m_resource)),
                  qUtf8Printable(status.errorCode));
    if (status.errorCode == "ACCESS_DENIED"_L1)
        return fail({ErrorKind::Refused, u"the shop refused the bulk operation"_s, ErrorCause::ScopeMissing});
    // Called off when the run before was cancelled: no sign that the shop cannot give a whole file.
    if (status.state == BulkStatus::State::Cancelled && std::exchange(m_isResumed, false)) {
        m_state.submissions = 0;
        return submitAgain();
    }
    const bool isEmpty = status.state == BulkStatus::State::Completed && status.objectCount == 0;
    if (isEmpty && status.url.isEmpty()) return finish(); // nothing to tell; else its file is no longer kept
    if (status.url.isEmpty()) return submitAgain();
    beginDownload(status);
}

void BulkResourceRun::beginDownload(const BulkStatus& status) {
    m_url = status.url;
    m_state.objectCount = status.isPartial ? 0 : status.objectCount;
    m_state.isPartial = status.isPartial || status.state != BulkStatus::State::Completed;
    if (auto saved = save(Phase::BulkDownload); !saved) return fail(saved.error());
    download();
}

// What cannot be gone on with (a power cut tore its beginning) is fetched anew: the shop keeps its file for a week.
Result<std::unique_ptr<SpoolWriter>> BulkResourceRun::openSpool() {
    auto spool = SpoolWriter::open(m_work.workspace, m_state.spool);
    if (spool || spool.error().cause != ErrorCause::DamagedFile) return spool;
    AIVA_CHECK(SpoolReader::remove(m_work.workspace, m_state.spool));
    return SpoolWriter::open(m_work.workspace, m_state.spool);
}

void BulkResourceRun::download() {
    announce(Downloading, 0, 0);
    auto spool = openSpool();
    if (!spool) return fail(spool.error());
    m_spool = *std::move(spool);
    m_sizeBefore = m_spool->size();
    whenDone(m_work.port.download(m_url, m_sizeBefore, m_spool), this, [this](const Result<qint64>& size) {
        m_work.contact(size || !isUnreachable(size.error()));
        takeDownloaded(size);
    });
}

void BulkResourceRun::takeDownloaded(const Result<qint64>& size) {
    const qint64 have = m_spool->size();
    if (have > m_sizeBefore) m_downloadTries = 0; // it moves: patience begins anew
    if (!size) return retryDownload(size.error());
    if (have < *size)
        return retryDownload({ErrorKind::Network, u"the bulk file ended early"_s, ErrorCause::BodyTruncated});
    auto closed = m_spool->close();
    m_spool.reset();
    if (!closed) return fail(closed.error());
    if (auto begun = beginFile(); !begun) return fail(begun.error());
    beginIngest();
}

Result<void> BulkResourceRun::beginFile() {
    m_state.offset = 0;
    m_state.lines = 0;
    m_state.hasFaults = m_state.isRead = m_state.isIncomplete = false;
    m_state.phase = Phase::BulkIngest;
    AIVA_CHECK(m_work.ledger.begin());
    AIVA_CHECK(m_work.ledger.records().forgetChildren(m_resource));
    return m_work.ledger.commit(m_resource, m_state);
}

void BulkResourceRun::retryDownload(const Error& error) {
    // What came stays: closing seals it, the next attempt goes on behind it.
    auto closed = m_spool->close();
    m_spool.reset();
    if (!closed) return fail(closed.error());
    if (isTransient(error)) {
        if (m_downloadTries >= m_work.pace.retryMs.size()) return fail(error);
        const qint64 wait = withJitter(m_work.pace.retryMs[m_downloadTries++], m_work.pace.jitter);
        return after(wait, &BulkResourceRun::download);
    }
    if (error.kind == ErrorKind::Storage || ++m_freshUrls > kMostFreshUrls) return fail(error);
    poll(); // a signed address expires: the status holds a fresh one
}

void BulkResourceRun::beginIngest() {
    m_ingest = std::make_unique<BulkIngest>(m_work, m_resource, m_state);
    if (m_state.isRead) return finish();
    if (auto opened = m_ingest->open(); !opened) return fetchAnew(opened.error());
    ingest();
}

// A file that is lost or damaged (a power cut, somebody tidying up) says nothing about the shop, which keeps its own
// for a week.
void BulkResourceRun::fetchAnew(const Error& error) {
    m_work.ledger.abandon();
    m_ingest.reset();
    const bool isFileGone =
        error.kind == ErrorKind::NotFound || error.kind == ErrorKind::Invalid || error.cause == ErrorCause::DamagedFile;
    if (!isFileGone) return fail(error);
    if (++m_freshUrls > kMostFreshUrls) return fail({ErrorKind::Storage, error.detail, ErrorCause::DamagedFile});
    if (auto removed = SpoolReader::remove(m_work.workspace, m_state.spool); !removed) return fail(removed.error());
    if (auto restarted = m_work.ledger.restart(m_resource); !restarted) return fail(restarted.error());
    poll();
}

void BulkResourceRun::ingest() {
    announce(Ingesting, m_work.ledger.counts(m_resource).processed, m_state.total.value_or(0));
    const auto more = m_ingest->step();
    if (!more) return fetchAnew(more.error());
    Q_EMIT committed();
    after(0, *more ? &BulkResourceRun::ingest : &BulkResourceRun::finish);
}

void BulkResourceRun::finish() {
    announce(Joining, m_work.ledger.counts(m_resource).processed, m_state.total.value_or(0));
    const bool needsPages = m_state.isPartial;
    const End how = m_state.isIncomplete ? End::Incomplete : End::Complete;
    const auto write = [&]() -> Result<void> {
        AIVA_CHECK(m_work.ledger.begin());
        if (m_ingest) AIVA_CHECK(m_ingest->joinChildren());
        if (!needsPages) return commitDone(how);
        // The pages bring all of it once more: a kill from here on must not count it twice.
        AIVA_CHECK(m_work.ledger.restart(m_resource));
        m_state.phase = Phase::Ready;
        return m_work.ledger.commit(m_resource, m_state);
    };
    if (auto written = write(); !written) return fail(written.error());
    m_ingest.reset();
    if (auto removed = SpoolReader::remove(m_work.workspace, m_state.spool); !removed)
        qCWarning(logSync, "a spool file could not be removed");
    Q_EMIT committed();
    needsPages ? usePaged() : end(how);
}

void BulkResourceRun::usePaged() {
    end(End::UsePaged);
}

Result<void> BulkResourceRun::save(Phase phase) {
    m_state.phase = phase;
    AIVA_CHECK(m_work.ledger.begin());
    return m_work.ledger.commit(m_resource, m_state);
}

void BulkResourceRun::announce(Stage stage, qint64 done, qint64 total) {
    Q_EMIT advanced(stage, Joining, done, total);
}

void BulkResourceRun::after(qint64 ms, void (BulkResourceRun::*step)()) {
    QTimer::singleShot(static_cast<int>(ms), this, step);
}

} // namespace aiva
