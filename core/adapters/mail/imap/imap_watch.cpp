#include "core/adapters/mail/imap/imap_watch.h"

#include "core/adapters/mail/imap/imap_errors.h"

#include <algorithm>
#include <utility>

namespace aiva {

ImapWatch::ImapWatch(ImapContext context)
    : m_context(std::move(context)), m_turnTimer(this), m_retryTimer(this), m_settleTimer(this) {
    for (QTimer* timer : {&m_turnTimer, &m_retryTimer, &m_settleTimer})
        timer->setSingleShot(true);
    connect(&m_retryTimer, &QTimer::timeout, this, &ImapWatch::connectNow);
    connect(&m_settleTimer, &QTimer::timeout, this, [this] { Q_EMIT changed(m_folder); });
    connect(&m_turnTimer, &QTimer::timeout, this, [this] { m_isIdling ? endIdle() : poll(); });
}

ImapWatch::~ImapWatch() {
    close();
}

void ImapWatch::watch(const QString& folder) {
    close();
    m_folder = folder;
    m_failures = 0;
    connectNow();
}

void ImapWatch::close() {
    m_retryTimer.stop();
    m_settleTimer.stop();
    dropSession();
}

void ImapWatch::dropSession() {
    m_turnTimer.stop();
    m_isListening = false;
    m_isIdling = false;
    if (!m_session) return;
    ImapSession* session = std::exchange(m_session, nullptr);
    session->disconnect(this);
    session->link().disconnect(this);
    session->close();
    session->deleteLater();
}

void ImapWatch::connectNow() {
    dropSession();
    m_session = new ImapSession(m_context, this);
    connect(m_session, &ImapSession::ready, this, &ImapWatch::onReady);
    connect(m_session, &ImapSession::lost, this, &ImapWatch::onLost);
    connect(&m_session->link(), &ImapLink::said, this, &ImapWatch::onSaid);
    m_session->open();
}

void ImapWatch::onReady() {
    m_session->select(m_session->wireName(m_folder, {}), {},
                      [this](const Result<FolderState>& state) { onSelected(state); });
}

void ImapWatch::onSelected(const Result<FolderState>& state) {
    if (!state) return onLost(state.error());
    m_isListening = true;
    m_failures = 0;
    if (std::exchange(m_isLost, false)) Q_EMIT restored();
    Q_EMIT changed(m_folder); // whatever happened before it was watched
    listen();
}

void ImapWatch::listen() {
    if (m_session->capabilities().has("IDLE"))
        idle();
    else
        m_turnTimer.start(m_context.pace.noopMs);
}

void ImapWatch::idle() {
    m_session->link().run(
        ImapCommand("IDLE"),
        [this](const ImapResponse& response) {
            m_isIdling = false;
            m_turnTimer.stop();
            if (response.isOk())
                idle();
            else
                m_turnTimer.start(m_context.pace.noopMs); // offered, and refused: ask instead
        },
        {},
        [this](const ImapResponse&) {
            m_isIdling = true;
            m_session->link().allowSilence();
            m_turnTimer.start(m_context.pace.idleMs);
        });
}

void ImapWatch::endIdle() {
    m_isIdling = false;
    m_session->link().sendLine("DONE");
}

void ImapWatch::poll() {
    if (!m_session || !m_session->isReady()) return;
    m_session->link().run(ImapCommand("NOOP"),
                          [this](const ImapResponse&) { m_turnTimer.start(m_context.pace.noopMs); });
}

void ImapWatch::onSaid(const ImapResponse& response) {
    const bool isNews = response.is("EXISTS") || response.is("EXPUNGE") || response.is("VANISHED") ||
                        response.is("FETCH") || response.is("RECENT");
    // Not started anew by each: a busy folder is told at a steady pace instead of never.
    if (m_isListening && isNews && !m_settleTimer.isActive()) m_settleTimer.start(m_context.pace.settleMs);
}

void ImapWatch::onLost(const Error& error) {
    dropSession();
    const std::vector<int>& pauses = m_context.pace.reconnectMs;
    if (!pauses.empty()) m_retryTimer.start(pauses[std::min(m_failures, pauses.size() - 1)]);
    ++m_failures;
    if (!std::exchange(m_isLost, true)) Q_EMIT lost(error);
}

} // namespace aiva
