// LineServer: a loopback server for protocols made of lines (IMAP, SMTP), plain, TLS or STARTTLS, that says exactly
// what a test says. Lives in the test's own event loop; each connection is a Talk handed to the test's functions.
#pragma once

#include "tests/support/scripted_server.h"

#include <QPointer>
#include <QStringList>

#include <functional>
#include <memory>

class QSslSocket;

namespace aiva::test {

class Talk {
public:
    int number = 0;      // of the connection, from 1
    QByteArrayList seen; // lines received, without CRLF, and blocks asked for by expectBytes()

    void say(const QByteArray& bytes);
    // The next `count` bytes are handed over as one block instead of as lines.
    void expectBytes(qsizetype count) { m_blockBytes = count; }
    void startTls(); // after the go-ahead was said
    void hangUp();   // orderly, after what was said
    void reset();    // TCP reset
    bool isEncrypted() const;

private:
    friend class LineServer;
    QPointer<QSslSocket> m_socket;
    QByteArray m_unread;
    qsizetype m_blockBytes = 0;
};

class LineServer : public QTcpServer {
    Q_OBJECT
public:
    enum class Security { Plain, Tls, StartTls };
    using Greeting = std::function<void(Talk&)>;
    using Handler = std::function<void(Talk&, const QByteArray& line)>;

    // Listens on 127.0.0.1, any port.
    LineServer(Greeting greeting, Handler handler, Security security = Security::Plain,
               std::optional<ServerIdentity> identity = {});
    ~LineServer() override;

    int connections() const { return m_connections; }
    // The connection of this number while it is open, else null.
    std::shared_ptr<Talk> talk(int number) const;
    // Everything said to the server so far, over all connections.
    const QByteArrayList& lines() const { return m_lines; }

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    void onData(const std::shared_ptr<Talk>& talk);
    void applyIdentity(QSslSocket* socket) const;

    Greeting m_greeting;
    Handler m_handler;
    Security m_security;
    std::optional<ServerIdentity> m_identity;
    int m_connections = 0;
    QByteArrayList m_lines;
    std::vector<std::shared_ptr<Talk>> m_talks;
};

} // namespace aiva::test
