#include "tests/support/webhook_client.h"

#include <QElapsedTimer>
#include <QMessageAuthenticationCode>

#include <algorithm>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace aiva::test {

QByteArray signatureOf(const QByteArray& key, const QByteArray& body) {
    return QMessageAuthenticationCode::hash(body, key, QCryptographicHash::Sha256).toBase64();
}

SentWebhook SentWebhook::shopify(const QByteArray& key, const QByteArray& shop, const QByteArray& topic,
                                 const QByteArray& id, const QByteArray& body) {
    SentWebhook webhook;
    webhook.headers = {{"Content-Type", "application/json"},
                       {"X-Shopify-Topic", topic},
                       {"X-Shopify-Hmac-Sha256", signatureOf(key, body)},
                       {"X-Shopify-Shop-Domain", shop},
                       {"X-Shopify-API-Version", "2026-10"},
                       {"X-Shopify-Webhook-Id", id}};
    webhook.body = body;
    return webhook;
}

void SentWebhook::setHeader(const QByteArray& name, const QByteArray& value) {
    std::erase_if(headers, [&](const auto& header) { return header.first == name; });
    if (!value.isEmpty()) headers.emplace_back(name, value);
}

QByteArray SentWebhook::bytes() const {
    QByteArray text = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    for (const auto& [name, value] : headers)
        text += name + ": " + value + "\r\n";
    return text + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

WebhookClient::WebhookClient(int port) {
    m_socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<uint16_t>(port));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(m_socket, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) {
        ::close(m_socket);
        m_socket = -1;
        return;
    }
    const int on = 1;
    ::setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

WebhookClient::~WebhookClient() {
    if (m_socket >= 0) ::close(m_socket);
}

bool WebhookClient::write(const QByteArray& bytes) {
    qsizetype sent = 0;
    while (sent < bytes.size()) {
        const auto now =
            ::send(m_socket, bytes.constData() + sent, static_cast<size_t>(bytes.size() - sent), MSG_NOSIGNAL);
        if (now <= 0) return false;
        sent += now;
    }
    return true;
}

int WebhookClient::status(int timeoutMs) {
    QElapsedTimer waited;
    waited.start();
    for (;;) {
        const auto head = m_read.indexOf("\r\n\r\n");
        if (head > 0) {
            const QByteArray headers = m_read.left(head).toLower();
            const auto at = headers.indexOf("content-length:");
            const auto end = headers.indexOf('\r', at);
            const int length = at < 0 ? 0 : headers.mid(at + 15, end < 0 ? -1 : end - at - 15).trimmed().toInt();
            if (m_read.size() >= head + 4 + length) {
                const int status = m_read.mid(9, 3).toInt();
                m_read.remove(0, head + 4 + length);
                return status;
            }
        }
        pollfd descriptor{m_socket, POLLIN, 0};
        const auto left = static_cast<int>(timeoutMs - waited.elapsed());
        if (left <= 0 || ::poll(&descriptor, 1, left) <= 0) return 0;
        char part[16 * 1024];
        const auto got = ::recv(m_socket, part, sizeof part, 0);
        if (got <= 0) return 0;
        m_read.append(part, got);
    }
}

int WebhookClient::send(const SentWebhook& webhook) {
    return write(webhook.bytes()) ? status() : 0;
}

bool WebhookClient::isClosedWithin(int ms) {
    QElapsedTimer waited;
    waited.start();
    while (waited.elapsed() < ms) {
        pollfd descriptor{m_socket, POLLIN, 0};
        if (::poll(&descriptor, 1, static_cast<int>(ms - waited.elapsed())) <= 0) return false;
        char part[4096];
        if (::recv(m_socket, part, sizeof part, 0) <= 0) return true;
    }
    return false;
}

} // namespace aiva::test
