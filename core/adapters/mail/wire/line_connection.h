// One connection to a mail server: QSslSocket with TLS from the start or after STARTTLS, certificates always verified,
// time-outs and a cap on lines. Owned by the IMAP and SMTP clients, on whichever thread runs an event loop; never
// speaks a protocol of its own and never shows or logs what it carries.
#pragma once

#include "core/adapters/mail/wire/wire_buffer.h"
#include "core/base/result.h"
#include "core/domain/mail/mail_account.h"

#include <QAbstractSocket>
#include <QObject>
#include <QTimer>

#include <optional>

class QSslSocket;

namespace aiva {

struct WirePace {
    int connectMs = 20'000;
    int handshakeMs = 20'000;
    int silenceMs = 60'000; // without a byte in either direction while an answer is expected
};

// localhost, 127.0.0.0/8, ::1.
bool isLoopbackMailHost(const QString& host);

class LineConnection : public QObject {
    Q_OBJECT
public:
    // `caCertificates`: PEM, trusted besides the system's authorities. `longestLine`: more is ProtocolBroken.
    LineConnection(const MailServer& server, const QByteArray& caCertificates, qsizetype longestLine,
                   const WirePace& pace = {}, QObject* parent = nullptr);
    ~LineConnection() override;

    // Connects, and shakes hands with MailSecurity::Tls; answers opened() or failed(). Call once.
    void open();
    // After the server agreed to STARTTLS: forgets everything that arrived before the handshake (RFC 2595 §2,
    // CVE-2011-0411), then answers encrypted() or failed().
    void startTls();

    void write(const QByteArray& bytes);
    // Arms and disarms the time-out for silence; every byte in either direction starts it anew. Zero: the pace's own.
    void expectAnswer(int silenceMs = 0);
    void expectNothing();

    // What arrived; take all that is whole whenever arrived() says so.
    WireBuffer& input() { return m_input; }
    // A line of the input; absent when none is whole yet, or when it failed because the line was too long.
    std::optional<QByteArray> takeLine();

    bool isEncrypted() const;
    bool isOpen() const { return m_state == State::Open; }
    const MailServer& server() const { return m_server; }
    qint64 bytesIn() const { return m_bytesIn; }
    qint64 bytesOut() const { return m_bytesOut; }

    // Sends what is written and closes; nothing is told any more.
    void close();
    // Closes because of what the peer said; tells failed(error) once.
    void fail(const Error& error);

Q_SIGNALS:
    void opened();
    void encrypted();
    void arrived();
    // Everything written has left for the network; write more.
    void drained();
    // At most once; the connection is closed. What arrived before is still in input().
    void failed(const aiva::Error& error);

private:
    enum class State { New, Connecting, Handshaking, Open, Closed };

    void applyTls();
    void onConnected();
    void onEncrypted();
    void onReadyRead();
    void onWritten();
    void onSocketError(QAbstractSocket::SocketError error);
    Error errorOf(QAbstractSocket::SocketError error) const;

    MailServer m_server;
    QByteArray m_caCertificates;
    qsizetype m_longestLine;
    WirePace m_pace;
    QSslSocket* m_socket;
    QTimer m_timer;
    WireBuffer m_input;
    State m_state = State::New;
    bool m_isLateHandshake = false; // STARTTLS rather than TLS from the start
    bool m_isExpecting = false;
    int m_silenceMs;
    qint64 m_bytesIn = 0;
    qint64 m_bytesOut = 0;
};

} // namespace aiva
