// ScriptedServer: a loopback HTTP/1.1 server, plain or TLS, that misbehaves exactly as a test says. Lives in the test's
// own event loop; speaks one request per connection unless the answer keeps it open.
#pragma once

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QSslCertificate>
#include <QSslKey>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

#include <functional>
#include <optional>
#include <utility>

namespace aiva::test {

struct ScriptedRequest {
    QByteArray method;
    QByteArray target; // path and query
    QList<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body;

    QByteArray header(const QByteArray& name) const; // case-insensitive, empty when absent
    QByteArray path() const { return target.left(target.indexOf('?') < 0 ? target.size() : target.indexOf('?')); }
};

struct ScriptedAnswer {
    enum class Ending {
        Normal,  // everything, then the connection is closed
        Reset,   // TCP reset after `sendBytes` of the body (before the headers when negative)
        Cut,     // orderly close after `sendBytes` of the body
        Silence, // nothing more after `sendBytes`, the connection stays open
        Trickle, // one byte of the body each trickleMs
    };
    int status = 200;
    QList<std::pair<QByteArray, QByteArray>> headers; // Content-Type: application/json unless given
    QByteArray body;
    Ending ending = Ending::Normal;
    qint64 sendBytes = 0;
    int trickleMs = 50;
    int delayMs = 0;
    bool chunked = false; // no Content-Length
    bool isHeld = false;  // sent when the test says so, see sendHeld()
};

struct ServerIdentity {
    QSslCertificate certificate;
    QSslKey key;
};
// Self-signed, fresh, for localhost unless another name is given.
ServerIdentity selfSignedIdentity(const QByteArray& dnsName = "localhost");
// Signed by a self-signed one, valid since an hour ago; negative validity: expired.
ServerIdentity signedIdentity(const ServerIdentity& authority, const QByteArray& dnsName, long validSeconds = 86400);

class ScriptedServer : public QTcpServer {
    Q_OBJECT
public:
    using Handler = std::function<ScriptedAnswer(const ScriptedRequest&)>;

    // Listens on 127.0.0.1, any port. With an identity it speaks TLS.
    explicit ScriptedServer(Handler handler, std::optional<ServerIdentity> identity = {});

    // http://127.0.0.1:port, or https://localhost:port with TLS.
    QUrl baseUrl() const;
    const QList<ScriptedRequest>& requests() const { return m_requests; }
    void setHandler(Handler handler) { m_handler = std::move(handler); }
    // Sends the answers that are held, where somebody still waits for them.
    void sendHeld();

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    void onData(QTcpSocket* socket);
    void send(QTcpSocket* socket, const ScriptedAnswer& answer);
    void trickle(QTcpSocket* socket, const QByteArray& body, int everyMs);

    Handler m_handler;
    std::optional<ServerIdentity> m_identity;
    QList<ScriptedRequest> m_requests;
    QList<std::pair<QPointer<QTcpSocket>, ScriptedAnswer>> m_held;
};

} // namespace aiva::test
