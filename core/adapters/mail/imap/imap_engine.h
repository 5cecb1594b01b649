// The working connection: opens it when there is work, gives the runs to it one after the other (reads of bodies some
// at a time), answers them when the line is lost, and rests it. Lives on the connection's thread; owned by ImapMailbox.
#pragma once

#include "core/adapters/mail/imap/imap_run.h"
#include "core/adapters/mail/imap/mail_decode_queue.h"

#include <QObject>
#include <QTimer>

#include <deque>
#include <memory>

namespace aiva {

class ImapEngine : public QObject {
    Q_OBJECT
public:
    ImapEngine(ImapContext context, MailDecodeQueue& decoder);
    ~ImapEngine() override;

    void add(std::shared_ptr<ImapRun> run);
    // Nothing is begun any more, and nothing answered.
    void close();

private:
    void pump();
    bool mayStart(const ImapRun& run) const;
    void start();
    void onEnded(const ImapRun* run);
    void onLost(const Error& error);
    void dropSession();
    void rest();

    ImapContext m_context;
    MailDecodeQueue& m_decoder;
    ImapSession* m_session = nullptr;
    ImapSession::Spellings m_spellings;
    std::deque<std::shared_ptr<ImapRun>> m_waiting;
    std::deque<std::shared_ptr<ImapRun>> m_active;
    std::vector<std::shared_ptr<ImapRun>> m_ended; // deleted once none of their functions is running
    QTimer m_restTimer;
    bool m_isConnected = false; // the session came to be ready
    bool m_isPumping = false;
    bool m_isClosed = false;
};

} // namespace aiva
