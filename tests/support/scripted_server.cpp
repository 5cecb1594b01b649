#include "tests/support/scripted_server.h"

#include <QSslConfiguration>
#include <QSslSocket>
#include <QTimer>

#include <sys/socket.h>

namespace aiva::test {
namespace {

// A whole request out of `data`, or nothing when more bytes are needed.
std::optional<ScriptedRequest> parseRequest(const QByteArray& data) {
    const qsizetype end = data.indexOf("\r\n\r\n");
    if (end < 0) return {};
    const QList<QByteArray> lines = data.left(end).split('\n');
    const QList<QByteArray> first = lines.first().trimmed().split(' ');
    if (first.size() < 2) return {};
    ScriptedRequest request;
    request.method = first[0];
    request.target = first[1];
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const qsizetype colon = lines[i].indexOf(':');
        request.headers.append({lines[i].left(colon).trimmed(), lines[i].mid(colon + 1).trimmed()});
    }
    request.body = data.mid(end + 4);
    if (request.body.size() < request.header("Content-Length").toLongLong()) return {};
    return request;
}

QByteArray head(const ScriptedAnswer& answer) {
    QByteArray text = "HTTP/1.1 " + QByteArray::number(answer.status) + " Scripted\r\nConnection: close\r\n";
    bool hasType = false;
    for (const auto& [name, value] : answer.headers) {
        text += name + ": " + value + "\r\n";
        hasType = hasType || name.compare("Content-Type", Qt::CaseInsensitive) == 0;
    }
    if (!hasType) text += "Content-Type: application/json\r\n";
    text += answer.chunked ? QByteArray("Transfer-Encoding: chunked\r\n")
                           : "Content-Length: " + QByteArray::number(answer.body.size()) + "\r\n";
    return text + "\r\n";
}

QByteArray framed(const ScriptedAnswer& answer) {
    if (!answer.chunked) return answer.body;
    return QByteArray::number(answer.body.size(), 16) + "\r\n" + answer.body + "\r\n0\r\n\r\n";
}

void reset(QTcpSocket* socket) {
    socket->flush();
    const linger hard{1, 0};
    setsockopt(static_cast<int>(socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    socket->abort();
}

} // namespace

QByteArray ScriptedRequest::header(const QByteArray& name) const {
    for (const auto& [key, value] : headers)
        if (key.compare(name, Qt::CaseInsensitive) == 0) return value;
    return {};
}

ScriptedServer::ScriptedServer(Handler handler, std::optional<ServerIdentity> identity)
    : m_handler(std::move(handler)), m_identity(std::move(identity)) {
    listen(QHostAddress::LocalHost);
}

QUrl ScriptedServer::baseUrl() const {
    const QString origin = m_identity ? QStringLiteral("https://localhost:%1") : QStringLiteral("http://127.0.0.1:%1");
    return QUrl(origin.arg(serverPort()));
}

void ScriptedServer::incomingConnection(qintptr descriptor) {
    QTcpSocket* socket = nullptr;
    if (m_identity) {
        auto* secure = new QSslSocket(this);
        secure->setSocketDescriptor(descriptor);
        QSslConfiguration tls = secure->sslConfiguration();
        tls.setLocalCertificate(m_identity->certificate);
        tls.setPrivateKey(m_identity->key);
        secure->setSslConfiguration(tls);
        secure->startServerEncryption();
        socket = secure;
    } else {
        socket = new QTcpSocket(this);
        socket->setSocketDescriptor(descriptor);
    }
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(socket, &QTcpSocket::readyRead, this, [this, socket] { onData(socket); });
    connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
}

void ScriptedServer::onData(QTcpSocket* socket) {
    const QByteArray data = socket->property("data").toByteArray() + socket->readAll();
    socket->setProperty("data", data);
    const auto request = parseRequest(data);
    if (!request) return;
    socket->setProperty("data", QByteArray());
    m_requests.append(*request);
    const ScriptedAnswer answer = m_handler(*request);
    if (answer.isHeld) return m_held.append({socket, answer});
    QTimer::singleShot(answer.delayMs, socket, [this, socket, answer] { send(socket, answer); });
}

void ScriptedServer::sendHeld() {
    for (const auto& [socket, answer] : std::exchange(m_held, {}))
        if (socket) send(socket, answer);
}

void ScriptedServer::send(QTcpSocket* socket, const ScriptedAnswer& answer) {
    using Ending = ScriptedAnswer::Ending;
    if (answer.sendBytes < 0) {
        if (answer.ending == Ending::Reset) reset(socket);
        return;
    }
    socket->write(head(answer));
    const QByteArray body = framed(answer);
    switch (answer.ending) {
    case Ending::Normal:
        socket->write(body);
        socket->disconnectFromHost();
        break;
    case Ending::Cut:
        socket->write(body.left(answer.sendBytes));
        socket->disconnectFromHost();
        break;
    case Ending::Reset:
        socket->write(body.left(answer.sendBytes));
        socket->flush();
        QTimer::singleShot(100, socket, // the other side has read what came before by then
                           [socket] { reset(socket); });
        break;
    case Ending::Silence:
        socket->write(body.left(answer.sendBytes));
        break;
    case Ending::Trickle:
        trickle(socket, body, answer.trickleMs);
        break;
    }
}

void ScriptedServer::trickle(QTcpSocket* socket, const QByteArray& body, int everyMs) {
    if (body.isEmpty()) {
        socket->disconnectFromHost();
        return;
    }
    socket->write(body.left(1));
    QTimer::singleShot(everyMs, socket, [this, socket, body, everyMs] { trickle(socket, body.mid(1), everyMs); });
}

} // namespace aiva::test
