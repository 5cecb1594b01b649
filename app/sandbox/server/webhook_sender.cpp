#include "app/sandbox/server/webhook_sender.h"

#include <QByteArray>
#include <QMessageAuthenticationCode>
#include <QString>
#include <QUrl>

#include <httplib.h>

namespace aiva::sandbox {

using namespace Qt::StringLiterals;

namespace {

constexpr int kPatienceSeconds = 5; // as the shop's

int post(const std::string& url, const httplib::Headers& headers, const std::string& body, const char* contentType) {
    const QUrl to(QString::fromStdString(url), QUrl::StrictMode);
    if (to.scheme() != u"http"_s || to.host() != u"127.0.0.1"_s || to.port() <= 0) return -1;
    httplib::Client client("127.0.0.1", to.port());
    client.set_connection_timeout(kPatienceSeconds);
    client.set_read_timeout(kPatienceSeconds);
    const auto answer = client.Post(to.path().toStdString(), headers, body, contentType);
    return answer ? answer->status : 0;
}

std::string partOf(const std::string& topic, bool isFirst) {
    const auto dot = topic.find('.');
    return isFirst ? topic.substr(0, dot) : topic.substr(dot + 1);
}

} // namespace

std::string webhookSignature(const std::string& secret, const std::string& body) {
    return QMessageAuthenticationCode::hash(QByteArray::fromStdString(body), QByteArray::fromStdString(secret),
                                            QCryptographicHash::Sha256)
        .toBase64()
        .toStdString();
}

int sendWebhook(const std::string& url, const std::string& secret, const OutgoingWebhook& webhook) {
    const httplib::Headers headers{
        {"X-Shopify-Topic", webhook.topic},      {"X-Shopify-Hmac-Sha256", webhookSignature(secret, webhook.body)},
        {"X-Shopify-Shop-Domain", webhook.shop}, {"X-Shopify-API-Version", "2026-10"},
        {"X-Shopify-Webhook-Id", webhook.id},    {"X-Shopify-Triggered-At", webhook.triggeredAt}};
    return post(url, headers, webhook.body, "application/json");
}

int sendWooWebhook(const std::string& url, const std::string& secret, const OutgoingWebhook& webhook,
                   const std::string& hook) {
    const httplib::Headers headers{{"X-WC-Webhook-Source", webhook.shop},
                                   {"X-WC-Webhook-Topic", webhook.topic},
                                   {"X-WC-Webhook-Resource", partOf(webhook.topic, true)},
                                   {"X-WC-Webhook-Event", partOf(webhook.topic, false)},
                                   {"X-WC-Webhook-Signature", webhookSignature(secret, webhook.body)},
                                   {"X-WC-Webhook-ID", hook},
                                   {"X-WC-Webhook-Delivery-ID", webhook.id}};
    return post(url, headers, webhook.body, "application/json");
}

int sendWooPing(const std::string& url, const std::string& hook) {
    return post(url, {}, "webhook_id=" + hook, "application/x-www-form-urlencoded");
}

} // namespace aiva::sandbox
