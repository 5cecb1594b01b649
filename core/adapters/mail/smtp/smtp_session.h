// Commands and replies on one connection to a submission server, in order, pipelined when several are given at once.
// Owned by SmtpSubmission; knows nothing of what the commands mean.
#pragma once

#include "core/adapters/mail/smtp/smtp_reply.h"
#include "core/adapters/mail/wire/line_connection.h"

#include <QObject>

#include <deque>
#include <functional>

namespace aiva {

class SmtpSession : public QObject {
    Q_OBJECT
public:
    using Handler = std::function<void(const SmtpReply&)>;

    SmtpSession(const MailServer& server, const QByteArray& caCertificates, const WirePace& pace, QObject* parent);

    // Connects; the greeting is handled like a reply.
    void open(Handler onGreeting);
    // One line without CRLF; its reply goes to the handler. Never called when the connection fails first.
    void command(const QByteArray& line, Handler handler, int silenceMs = 0);
    // Mail text: no reply belongs to it. drained() says when to give more.
    void data(const QByteArray& bytes);
    // After the server agreed; encrypted() follows.
    void startTls() { m_connection.startTls(); }

    bool isEncrypted() const { return m_connection.isEncrypted(); }
    bool isOpen() const { return m_connection.isOpen(); }
    // True when the server said something nobody asked for: what is sent next could not be told from it.
    bool hasUnread() { return !m_connection.input().isEmpty() || m_reader.isInside(); }
    // Nothing is expected for a while: no time-out runs.
    void rest() { m_connection.expectNothing(); }
    // QUIT without waiting for the answer, then closes. Nothing is told any more.
    void quit();
    void close();

Q_SIGNALS:
    void encrypted();
    void drained();
    // At most once; no handler is called afterwards.
    void failed(const aiva::Error& error);

private:
    void onArrived();
    void fail(const Error& error);

    LineConnection m_connection;
    SmtpReplyReader m_reader;
    std::deque<Handler> m_waiting;
    bool m_isEnded = false;
};

} // namespace aiva
