// A shop that sends webhooks, over a plain socket, well or badly. Blocks, and may be used from any thread.
#pragma once

#include <QByteArray>

#include <utility>
#include <vector>

namespace aiva::test {

// base64(HMAC-SHA256(key, body)), by another implementation than the product's.
QByteArray signatureOf(const QByteArray& key, const QByteArray& body);

struct SentWebhook {
    QByteArray path = "/webhooks/shopify";
    std::vector<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body;

    // As Shopify sends it.
    static SentWebhook shopify(const QByteArray& key, const QByteArray& shop, const QByteArray& topic,
                               const QByteArray& id, const QByteArray& body);
    void setHeader(const QByteArray& name, const QByteArray& value); // empty: none
    QByteArray bytes() const;                                        // the whole request, with its length
};

class WebhookClient {
public:
    // On 127.0.0.1.
    explicit WebhookClient(int port);
    ~WebhookClient();
    WebhookClient(const WebhookClient&) = delete;
    WebhookClient& operator=(const WebhookClient&) = delete;

    bool isOpen() const { return m_socket >= 0; }
    // False when the other side is gone.
    bool write(const QByteArray& bytes);
    // The status of the next answer; 0 when the connection ended or nothing came in time.
    int status(int timeoutMs = 30'000);
    int send(const SentWebhook& webhook);
    // The other side has closed, or does within this time.
    bool isClosedWithin(int ms);

private:
    int m_socket = -1;
    QByteArray m_read;
};

} // namespace aiva::test
