#include "core/adapters/mail/wire/line_connection.h"

#include "core/adapters/tls/certificate_error.h"

#include <QHostAddress>
#include <QPointer>
#include <QSslConfiguration>
#include <QSslSocket>

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 kReadAtOnce = 256 * 1024;
// What the socket may hold for us: a server that floods waits in its own buffers.
constexpr qint64 kSocketBufferBytes = 1024 * 1024;

// Reading them takes a fifth of a second, which no connection should wait for twice.
const QList<QSslCertificate>& systemAuthorities() {
    static const QList<QSslCertificate> authorities = QSslConfiguration::systemCaCertificates();
    return authorities;
}

Error timeoutOf(const char* phase) {
    return {ErrorKind::Timeout, u"timed out: %1"_s.arg(QLatin1StringView(phase))};
}

} // namespace

bool isLoopbackMailHost(const QString& host) {
    return host.compare("localhost"_L1, Qt::CaseInsensitive) == 0 || QHostAddress(host).isLoopback();
}

LineConnection::LineConnection(const MailServer& server, const QByteArray& caCertificates, qsizetype longestLine,
                               const WirePace& pace, QObject* parent)
    : QObject(parent)
    , m_server(server)
    , m_caCertificates(caCertificates)
    , m_longestLine(longestLine)
    , m_pace(pace)
    , m_socket(new QSslSocket(this))
    , m_timer(this)
    , m_silenceMs(pace.silenceMs) {
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        fail(timeoutOf(m_state == State::Connecting    ? "connect"
                       : m_state == State::Handshaking ? "TLS handshake"
                                                       : "no answer"));
    });
    connect(m_socket, &QAbstractSocket::connected, this, &LineConnection::onConnected);
    connect(m_socket, &QSslSocket::encrypted, this, &LineConnection::onEncrypted);
    connect(m_socket, &QIODevice::readyRead, this, &LineConnection::onReadyRead);
    connect(m_socket, &QAbstractSocket::errorOccurred, this, &LineConnection::onSocketError);
    connect(m_socket, &QIODevice::bytesWritten, this, &LineConnection::onWritten);
    connect(m_socket, &QSslSocket::encryptedBytesWritten, this, &LineConnection::onWritten);
}

LineConnection::~LineConnection() {
    m_state = State::Closed;
    m_socket->disconnect(this);
    m_socket->abort();
}

void LineConnection::open() {
    if (m_server.security == MailSecurity::Plain && !isLoopbackMailHost(m_server.host)) {
        fail({ErrorKind::Refused, u"connections without encryption are for this machine only"_s,
              ErrorCause::PlainTextRefused});
        return;
    }
    m_state = State::Connecting;
    m_timer.start(m_pace.connectMs);
    m_socket->setReadBufferSize(kSocketBufferBytes);
    m_socket->setPeerVerifyName(m_server.host);
    if (m_server.security == MailSecurity::Tls) {
        applyTls();
        m_socket->connectToHostEncrypted(m_server.host, m_server.port);
    } else {
        m_socket->connectToHost(m_server.host, m_server.port);
    }
}

void LineConnection::applyTls() {
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    const QList<QSslCertificate> own = QSslCertificate::fromData(m_caCertificates, QSsl::Pem);
    // Only then: with a list of our own Qt no longer looks the system's up as needed, so it must hold both.
    if (!own.isEmpty()) tls.setCaCertificates(systemAuthorities() + own);
    m_socket->setSslConfiguration(tls);
}

void LineConnection::onConnected() {
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_socket->setSocketOption(QAbstractSocket::KeepAliveOption, 1);
    if (m_server.security == MailSecurity::Tls) {
        m_state = State::Handshaking;
        m_timer.start(m_pace.handshakeMs);
        return;
    }
    m_state = State::Open;
    m_timer.stop();
    Q_EMIT opened();
}

void LineConnection::startTls() {
    m_input.clear();
    m_socket->readAll();
    m_isLateHandshake = true;
    m_state = State::Handshaking;
    m_timer.start(m_pace.handshakeMs);
    applyTls();
    m_socket->startClientEncryption();
}

void LineConnection::onEncrypted() {
    if (m_state != State::Handshaking && m_state != State::Connecting) return;
    m_state = State::Open;
    m_timer.stop();
    if (m_isExpecting) expectAnswer(m_silenceMs);
    if (m_isLateHandshake)
        Q_EMIT encrypted();
    else
        Q_EMIT opened();
}

void LineConnection::write(const QByteArray& bytes) {
    if (m_state != State::Open) return;
    m_bytesOut += bytes.size();
    m_socket->write(bytes);
}

void LineConnection::onWritten() {
    if (m_state != State::Open) return;
    if (m_isExpecting) m_timer.start(m_silenceMs);
    if (m_socket->bytesToWrite() == 0 && m_socket->encryptedBytesToWrite() == 0) Q_EMIT drained();
}

void LineConnection::expectAnswer(int silenceMs) {
    m_isExpecting = true;
    m_silenceMs = silenceMs > 0 ? silenceMs : m_pace.silenceMs;
    if (m_state == State::Open) m_timer.start(m_silenceMs);
}

void LineConnection::expectNothing() {
    m_isExpecting = false;
    if (m_state == State::Open) m_timer.stop();
}

void LineConnection::onReadyRead() {
    const QPointer<LineConnection> self(this);
    while (self && m_state == State::Open && m_socket->bytesAvailable() > 0) {
        const qint64 wanted = std::min(m_socket->bytesAvailable(), kReadAtOnce);
        const qint64 count = m_socket->read(m_input.reserve(wanted), wanted);
        if (count <= 0) return;
        m_input.commit(count);
        m_bytesIn += count;
        if (m_isExpecting) m_timer.start();
        Q_EMIT arrived();
    }
}

std::optional<QByteArray> LineConnection::takeLine() {
    std::optional<QByteArray> line = m_input.takeLine();
    if (line ? line->size() > m_longestLine : m_input.size() > m_longestLine) {
        fail({ErrorKind::Network, u"the server sent a line longer than allowed"_s, ErrorCause::ProtocolBroken});
        return {};
    }
    return line;
}

bool LineConnection::isEncrypted() const {
    return m_socket->isEncrypted();
}

void LineConnection::close() {
    if (m_state == State::Closed) return;
    m_state = State::Closed;
    m_timer.stop();
    m_socket->disconnect(this);
    m_socket->flush();
    m_socket->disconnectFromHost();
}

void LineConnection::fail(const Error& error) {
    if (m_state == State::Closed) return;
    m_state = State::Closed;
    m_timer.stop();
    // Not aborted here: this may run inside a signal of the socket.
    QMetaObject::invokeMethod(
        m_socket, [socket = m_socket] { socket->abort(); }, Qt::QueuedConnection);
    Q_EMIT failed(error);
}

void LineConnection::onSocketError(QAbstractSocket::SocketError error) {
    const QPointer<LineConnection> self(this);
    const Error reason = errorOf(error);
    onReadyRead(); // a parting word may have arrived with the end
    if (self) fail(reason);
}

Error LineConnection::errorOf(QAbstractSocket::SocketError error) const {
    switch (error) {
    case QAbstractSocket::HostNotFoundError:
        return {ErrorKind::Network, u"host name not found"_s, ErrorCause::HostNotFound};
    case QAbstractSocket::ConnectionRefusedError:
        return {ErrorKind::Network, u"connection refused"_s};
    case QAbstractSocket::RemoteHostClosedError:
        return {ErrorKind::Network, u"connection closed by the server"_s, ErrorCause::ConnectionReset};
    case QAbstractSocket::SocketTimeoutError:
        return timeoutOf("connect");
    case QAbstractSocket::SslHandshakeFailedError:
        if (!m_socket->sslHandshakeErrors().isEmpty()) return certificateError(m_socket->sslHandshakeErrors());
        return {ErrorKind::Network, u"the TLS handshake failed"_s, ErrorCause::ProtocolBroken};
    case QAbstractSocket::SslInternalError:
    case QAbstractSocket::SslInvalidUserDataError:
        return {ErrorKind::Network, u"TLS error"_s, ErrorCause::ProtocolBroken};
    default:
        return {ErrorKind::Network, u"network error %1"_s.arg(static_cast<int>(error)), ErrorCause::ConnectionReset};
    }
}

} // namespace aiva
