#include "tests/support/line_server.h"

#include <QSslConfiguration>
#include <QSslSocket>

#include <sys/socket.h>

namespace aiva::test {

void Talk::say(const QByteArray& bytes) {
    if (m_socket) m_socket->write(bytes);
}

void Talk::startTls() {
    if (!m_socket) return;
    m_socket->flush();
    m_unread.clear();
    m_socket->startServerEncryption();
}

void Talk::hangUp() {
    if (m_socket) m_socket->disconnectFromHost();
}

void Talk::reset() {
    if (!m_socket) return;
    m_socket->flush();
    const linger hard{1, 0};
    setsockopt(static_cast<int>(m_socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    m_socket->abort();
}

bool Talk::isEncrypted() const {
    return m_socket && m_socket->isEncrypted();
}

LineServer::LineServer(Greeting greeting, Handler handler, Security security, std::optional<ServerIdentity> identity)
    : m_greeting(std::move(greeting))
    , m_handler(std::move(handler))
    , m_security(security)
    , m_identity(std::move(identity)) {
    listen(QHostAddress::LocalHost);
}

LineServer::~LineServer() = default;

std::shared_ptr<Talk> LineServer::talk(int number) const {
    for (const auto& talk : m_talks)
        if (talk->number == number && talk->m_socket) return talk;
    return nullptr;
}

void LineServer::applyIdentity(QSslSocket* socket) const {
    if (!m_identity) return;
    QSslConfiguration tls = socket->sslConfiguration();
    tls.setLocalCertificate(m_identity->certificate);
    tls.setPrivateKey(m_identity->key);
    socket->setSslConfiguration(tls);
}

void LineServer::incomingConnection(qintptr descriptor) {
    auto* socket = new QSslSocket(this);
    socket->setSocketDescriptor(descriptor);
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    applyIdentity(socket);
    const auto talk = std::make_shared<Talk>();
    talk->number = ++m_connections;
    talk->m_socket = socket;
    m_talks.push_back(talk);
    connect(socket, &QIODevice::readyRead, this, [this, talk] { onData(talk); });
    connect(socket, &QAbstractSocket::disconnected, socket, &QObject::deleteLater);
    if (m_security == Security::Tls) {
        connect(socket, &QSslSocket::encrypted, this, [this, talk] { m_greeting(*talk); });
        socket->startServerEncryption();
    } else {
        m_greeting(*talk);
    }
}

void LineServer::onData(const std::shared_ptr<Talk>& talk) {
    talk->m_unread += talk->m_socket->readAll();
    while (talk->m_socket && !talk->m_unread.isEmpty()) {
        QByteArray piece;
        if (talk->m_blockBytes > 0) {
            if (talk->m_unread.size() < talk->m_blockBytes) return;
            piece = talk->m_unread.left(talk->m_blockBytes);
            talk->m_unread.remove(0, talk->m_blockBytes);
            talk->m_blockBytes = 0;
        } else {
            const qsizetype end = talk->m_unread.indexOf("\r\n");
            if (end < 0) return;
            piece = talk->m_unread.left(end);
            talk->m_unread.remove(0, end + 2);
        }
        talk->seen.append(piece);
        m_lines.append(piece);
        m_handler(*talk, piece);
    }
}

} // namespace aiva::test
