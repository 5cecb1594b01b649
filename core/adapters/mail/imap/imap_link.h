// Tags, sends and pairs: one connection on which commands run, several at once where the caller likes, and what the
// server says reaches the command it belongs to. Used by ImapSession; knows no state of the protocol but the literal.
#pragma once

#include "core/adapters/mail/imap/imap_command.h"
#include "core/adapters/mail/imap/imap_framer.h"
#include "core/adapters/mail/imap/imap_pace.h"
#include "core/adapters/mail/imap/imap_response.h"

#include <QObject>

#include <deque>
#include <functional>

namespace aiva {

class ImapLink : public QObject {
    Q_OBJECT
public:
    using Done = std::function<void(const ImapResponse&)>; // tagged OK, NO or BAD
    using Untagged = std::function<void(ImapResponse&)>;   // everything said while it runs: takes what it asked for
    using Continued = std::function<void(const ImapResponse&)>;

    ImapLink(const MailServer& server, const QByteArray& caCertificates, const ImapPace& pace, QObject* parent);

    void open() { m_line.open(); }
    void startTls();
    // Commands go out in order, without waiting for one another. When the line is lost their handlers are not called.
    void run(const ImapCommand& command, Done done, Untagged untagged = {}, Continued continued = {});
    // In answer to a continuation, and to end IDLE; without CRLF.
    void sendLine(const QByteArray& line);
    // Silence is in order from now on (IDLE), until the next line goes out.
    void allowSilence() { m_line.expectNothing(); }
    void setUnaskedLiteral(qint64 bytes) { m_unaskedLiteral = bytes; }

    bool isEncrypted() const { return m_line.isEncrypted(); }
    bool isBusy() const { return !m_running.empty(); }
    // LOGOUT and goodbye; nothing is told any more.
    void close();

Q_SIGNALS:
    void encrypted();
    void greeted(const aiva::ImapResponse& greeting);
    // Everything untagged, before the command's own handler.
    void said(const aiva::ImapResponse& response);
    // At most once, also for BYE; the connection is closed.
    void lost(const aiva::Error& error);

private:
    struct Running {
        QByteArray tag;
        Done done;
        Untagged untagged;
        Continued continued;
    };
    struct Outgoing {
        QByteArray tag;
        std::vector<ImapCommand::Part> parts;
        size_t next = 0;
    };

    void pump();
    bool sendParts(Outgoing& outgoing);
    void onArrived();
    bool take(ImapResponse& response);
    bool takeTagged(const ImapResponse& response);
    void takeContinuation(const ImapResponse& response);
    void lose(const Error& error);

    LineConnection m_line;
    ImapFramer m_framer;
    std::deque<Running> m_running;
    std::deque<Outgoing> m_outgoing;
    qint64 m_unaskedLiteral = 0;
    int m_lastTag = 0;
    int m_stray = 0; // malformed or unasked-for responses: a few are tolerated
    bool m_isGreeted = false;
    bool m_awaitsPlus = false;
    bool m_isLost = false;
};

} // namespace aiva
