// Looks after one folder on a connection of its own: IDLE, begun anew before servers hang up, or NOOP every now and
// then; reconnects with growing pauses. Lives on the connection's thread; owned by ImapMailbox.
#pragma once

#include "core/adapters/mail/imap/imap_session.h"

#include <QObject>
#include <QTimer>

namespace aiva {

class ImapWatch : public QObject {
    Q_OBJECT
public:
    explicit ImapWatch(ImapContext context);
    ~ImapWatch() override;

    void watch(const QString& folder);
    void close();

Q_SIGNALS:
    void changed(const QString& folder);
    void lost(const aiva::Error& error); // once until restored
    void restored();

private:
    void connectNow();
    void onReady();
    void onSelected(const Result<FolderState>& state);
    void listen();
    void idle();
    void endIdle();
    void poll();
    void onSaid(const ImapResponse& response);
    void onLost(const Error& error);
    void dropSession();

    ImapContext m_context;
    QString m_folder;
    ImapSession* m_session = nullptr;
    QTimer m_turnTimer;   // ends IDLE, or asks by NOOP
    QTimer m_retryTimer;  // until the next connection
    QTimer m_settleTimer; // until a change is told
    size_t m_failures = 0;
    bool m_isListening = false; // what is said from now on is news
    bool m_isIdling = false;    // the server agreed to IDLE
    bool m_isLost = false;
};

} // namespace aiva
