#include "core/adapters/mail/imap/imap_engine.h"

#include <algorithm>
#include <utility>

namespace aiva {
namespace {

constexpr size_t kReadsAtOnce = 4;
constexpr qint64 kMostUndecoded = 64LL * 1024 * 1024; // bytes of mail waiting for the decoder
constexpr int kDecoderPollMs = 5;

// A command in flight when the line is lost may have taken effect or not: the kinds that mean "unknown" say so.
Error unknownOutcome(Error error) {
    if (error.kind != ErrorKind::Network && error.kind != ErrorKind::Timeout) error.kind = ErrorKind::Network;
    return error;
}

} // namespace

ImapEngine::ImapEngine(ImapContext context, MailDecodeQueue& decoder)
    : m_context(std::move(context)), m_decoder(decoder), m_restTimer(this) {
    m_restTimer.setSingleShot(true);
    connect(&m_restTimer, &QTimer::timeout, this, &ImapEngine::rest);
}

ImapEngine::~ImapEngine() {
    close();
}

void ImapEngine::add(std::shared_ptr<ImapRun> run) {
    if (m_isClosed) return;
    m_waiting.push_back(std::move(run));
    pump();
}

void ImapEngine::close() {
    m_isClosed = true;
    dropSession();
    m_waiting.clear();
    m_active.clear();
    m_ended.clear();
}

void ImapEngine::dropSession() {
    if (!m_session) return;
    ImapSession* session = std::exchange(m_session, nullptr);
    m_isConnected = false;
    session->disconnect(this);
    session->close();
    session->deleteLater();
}

void ImapEngine::pump() {
    if (m_isClosed || m_waiting.empty()) return;
    if (!m_session) {
        m_session = new ImapSession(m_context, this);
        connect(m_session, &ImapSession::ready, this, [this] {
            m_isConnected = true;
            start();
        });
        connect(m_session, &ImapSession::folderSelected, this, &ImapEngine::start);
        connect(m_session, &ImapSession::lost, this, &ImapEngine::onLost);
        m_session->open();
        return;
    }
    if (m_session->isReady()) start();
}

bool ImapEngine::mayStart(const ImapRun& run) const {
    if (run.isRead() && m_decoder.pendingBytes() > kMostUndecoded) return false;
    if (m_active.empty()) return true;
    const ImapRun& last = *m_active.back();
    return m_active.size() < kReadsAtOnce && run.isRead() && last.isRead() && run.folder() == last.folder() &&
           m_session->selectedFolder() == run.wireFolder(*m_session, m_spellings);
}

void ImapEngine::start() {
    if (m_isPumping) return; // a run that ended at once is followed by the loop below
    m_isPumping = true;
    m_restTimer.stop();
    while (m_session && m_session->isReady() && !m_waiting.empty() && mayStart(*m_waiting.front())) {
        m_active.push_back(std::move(m_waiting.front()));
        m_waiting.pop_front();
        ImapRun* run = m_active.back().get();
        run->start(*m_session, m_spellings, [this, run] { onEnded(run); });
    }
    m_isPumping = false;
    if (m_active.empty() && m_waiting.empty()) m_restTimer.start(m_context.pace.restMs);
    if (m_active.empty() && !m_waiting.empty() && m_session) // the decoder is behind
        QTimer::singleShot(kDecoderPollMs, this, &ImapEngine::pump);
}

void ImapEngine::onEnded(const ImapRun* run) {
    const auto found = std::find_if(m_active.begin(), m_active.end(), [run](const auto& r) { return r.get() == run; });
    if (found == m_active.end()) return;
    if (m_ended.empty())
        QMetaObject::invokeMethod(
            this, [this] { m_ended.clear(); }, Qt::QueuedConnection);
    m_ended.push_back(std::move(*found));
    m_active.erase(found);
    start();
}

void ImapEngine::onLost(const Error& error) {
    const bool wasConnected = m_isConnected;
    dropSession();
    auto active = std::exchange(m_active, {});
    for (const auto& run : active)
        run->refuse(unknownOutcome(error));
    // A connection that never came to work speaks for all who wait; else the rest gets a new one.
    if (!wasConnected)
        for (const auto& run : std::exchange(m_waiting, {}))
            run->refuse(error);
    pump();
}

void ImapEngine::rest() {
    if (m_active.empty() && m_waiting.empty()) dropSession();
}

} // namespace aiva
