#include "core/adapters/oauth/loopback_redirect.h"

#include "core/base/secret_string.h"

#include <QHostAddress>
#include <QTcpSocket>
#include <QTimer>
#include <QUrl>
#include <QUrlQuery>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kLongestHead = 16 * 1024;
constexpr qsizetype kLongestCode = 4'096;
constexpr int kMostConnections = 16;
constexpr int kRequestMs = 5'000;

SecretString secret(const QByteArray& bytes) {
    return SecretString(std::string_view(bytes.constData(), static_cast<size_t>(bytes.size())));
}

QByteArray headerOf(const QByteArray& head, const QByteArray& name) {
    for (const QByteArray& line : head.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.left(colon).trimmed().compare(name, Qt::CaseInsensitive) == 0)
            return line.mid(colon + 1).trimmed();
    }
    return {};
}

} // namespace

LoopbackRedirect::LoopbackRedirect(const QByteArray& state, const RedirectPages& pages, QObject* parent)
    : QObject(parent), m_state(state), m_pages(pages) {
    connect(&m_server, &QTcpServer::newConnection, this, &LoopbackRedirect::onConnection);
}

bool LoopbackRedirect::listen(const RedirectPlace& place) {
    m_place = place;
    return m_server.listen(QHostAddress::LocalHost, place.port);
}

void LoopbackRedirect::onConnection() {
    while (QTcpSocket* socket = m_server.nextPendingConnection()) {
        connect(socket, &QAbstractSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QObject::destroyed, this, [this] { --m_open; });
        if (++m_open > kMostConnections) {
            socket->abort();
            continue;
        }
        socket->setReadBufferSize(kLongestHead);
        connect(socket, &QIODevice::readyRead, this, [this, socket] { onData(socket); });
        QTimer::singleShot(kRequestMs, socket, [socket] { socket->abort(); });
    }
}

void LoopbackRedirect::onData(QTcpSocket* socket) {
    const QByteArray seen = socket->peek(kLongestHead);
    const qsizetype end = seen.indexOf("\r\n\r\n");
    if (end >= 0) {
        socket->read(end + 4);
        onRequest(socket, seen.left(end));
    } else if (seen.size() >= kLongestHead) {
        answer(socket, "431 Request Header Fields Too Large", {});
    }
}

void LoopbackRedirect::onRequest(QTcpSocket* socket, const QByteArray& head) {
    disconnect(socket, &QIODevice::readyRead, this, nullptr);
    const QByteArrayList words = head.left(head.indexOf("\r\n") < 0 ? head.size() : head.indexOf("\r\n")).split(' ');
    const QByteArray port = QByteArray::number(m_server.serverPort());
    const QByteArray host = headerOf(head, "Host").toLower();
    // Another name for this machine means that somebody else's page sent the browser here.
    if (host != "127.0.0.1:" + port && host != "localhost:" + port)
        return answer(socket, "421 Misdirected Request", {});
    if (words.size() != 3 || words.at(0) != "GET") return answer(socket, "405 Method Not Allowed", {});
    const QUrl url = QUrl::fromEncoded("http://127.0.0.1" + words.at(1), QUrl::StrictMode);
    if (!words.at(1).startsWith('/') || !url.isValid() || url.path() != m_place.path)
        return answer(socket, "404 Not Found", {});
    const QUrlQuery query(url);
    const auto item = [&query](const QString& name) {
        const QStringList all = query.allQueryItemValues(name, QUrl::FullyDecoded);
        return all.size() == 1 ? all.front().toUtf8() : QByteArray();
    };
    if (m_isAnswered || !secret(item(u"state"_s)).equals(secret(m_state)))
        return answer(socket, "400 Bad Request", m_pages.failed);
    if (m_place.isGenuine && !m_place.isGenuine(url.query(QUrl::FullyEncoded).toUtf8()))
        return answer(socket, "400 Bad Request", m_pages.failed);
    const QByteArray code = item(u"code"_s);
    const bool isGranted = !code.isEmpty() && code.size() <= kLongestCode && item(u"error"_s).isEmpty();
    m_isAnswered = true;
    m_server.close();
    answer(socket, "200 OK", isGranted ? m_pages.done : m_pages.failed);
    if (isGranted)
        Q_EMIT authorized(code);
    else
        Q_EMIT refused(item(u"error"_s).left(40));
}

void LoopbackRedirect::answer(QTcpSocket* socket, const char* status, const QString& text) {
    const QByteArray page = "<!doctype html><meta charset=\"utf-8\"><title>Aiva</title>"
                            "<p dir=\"auto\" style=\"font-family:sans-serif;margin:4em\">" +
                            text.toHtmlEscaped().toUtf8() + "</p>\n";
    socket->write("HTTP/1.1 " + QByteArray(status) +
                  "\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: " + QByteArray::number(page.size()) +
                  "\r\nContent-Security-Policy: default-src 'none'; style-src 'unsafe-inline'"
                  "\r\nReferrer-Policy: no-referrer\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n" +
                  page);
    socket->flush();
    socket->disconnectFromHost();
}

} // namespace aiva
