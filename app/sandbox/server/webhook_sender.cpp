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
}

std::string webhookSignature(const std::string& secret, const std::string& body) {
    return QMessageAuthenticationCode::hash(QByteArray::fromStdString(body), QByteArray::fromStdString(secret),
                                            QCryptographicHash::Sha256)
        .toBase64()
        .toStdString();
}

int sendWebhook(const std::string& url, const std::string& secret, const OutgoingWebhook& webhook) {
    const QUrl to(QString::fromStdString(url), QUrl::StrictMode);
    if (to.scheme() != u"http"_s || to.host() != u"127.0.0.1"_s || to.port() <= 0) return -1;
    httplib::Client client("127.0.0.1", to.port());
    client.set_connection_timeout(kPatienceSeconds);
    client.set_read_timeout(kPatienceSeconds);
    const httplib::Headers headers{
        {"X-Shopify-Topic", webhook.topic},      {"X-Shopify-Hmac-Sha256", webhookSignature(secret, webhook.body)},
        {"X-Shopify-Shop-Domain", webhook.shop}, {"X-Shopify-API-Version", "2026-10"},
        {"X-Shopify-Webhook-Id", webhook.id},    {"X-Shopify-Triggered-At", webhook.triggeredAt}};
    const auto answer = client.Post(to.path().toStdString(), headers, webhook.body, "application/json");
    return answer ? answer->status : 0;
}

} // namespace aiva::sandbox
