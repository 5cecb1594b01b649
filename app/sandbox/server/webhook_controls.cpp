// The part of ShopService that changes records and tells a listener of it, as a shop's webhooks do.
#include "app/sandbox/graph/json_text.h"
#include "app/sandbox/server/record_truth.h"
#include "app/sandbox/server/rest_body.h"
#include "app/sandbox/server/shop_service.h"
#include "app/sandbox/server/webhook_sender.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace aiva::sandbox {
namespace {

HttpAnswer webhookAnswer(int status, const QJsonObject& object) {
    HttpAnswer answer;
    answer.status = status;
    answer.body = QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
    return answer;
}

std::string usualTopic(World::Kind kind) {
    switch (kind) {
    case World::Kind::Customer:
        return "customers/update";
    case World::Kind::Order:
        return "orders/updated";
    case World::Kind::Product:
        break;
    }
    return "products/update";
}

} // namespace

// {"url":"http://127.0.0.1:PORT/webhooks/shopify","orders":["#1042"]}: touches these records, as touch() does, and
// sends a webhook of each. With "touch":false they stay as they are; "topic" is another than the usual one, "body"
// another text.
HttpAnswer ShopService::sendWebhooks(const std::string& body) {
    const QJsonObject asked = QJsonDocument::fromJson(QByteArray::fromStdString(body)).object();
    const std::string url = asked.value("url"_L1).toString().toStdString();
    if (url.empty()) return webhookAnswer(400, {{u"error"_s, u"expected {\"url\":…,\"orders\":[…]}"_s}});
    QJsonArray sent;
    for (const char* resource : {"customers", "orders", "products"}) {
        const QJsonValue wanted = asked.value(QLatin1StringView(resource));
        if (wanted.isUndefined()) continue;
        const World::Kind kind = *kindOf(resource);
        for (const std::int64_t index : chooseRecords(m_world, kind, wanted)) {
            if (asked.value("touch"_L1).toBool(true)) m_world.touch(kind, index, worldTime());
            OutgoingWebhook webhook;
            webhook.topic = asked.value("topic"_L1).toString(QString::fromStdString(usualTopic(kind))).toStdString();
            webhook.shop = m_options.shopDomain.toStdString();
            webhook.id = nextRequestId();
            webhook.triggeredAt = isoTime(worldTime());
            webhook.body = asked.contains("body"_L1) ? asked.value("body"_L1).toString().toStdString()
                                                     : restBody(m_world, kind, index);
            const int status = sendWebhook(url, m_credentials.clientSecret, webhook);
            sent.append(QJsonObject{{u"id"_s, QString::fromStdString(webhook.id)},
                                    {u"topic"_s, QString::fromStdString(webhook.topic)},
                                    {u"record"_s, QString::fromStdString(recordId(m_world, kind, index))},
                                    {u"status"_s, status}});
        }
    }
    return webhookAnswer(200, {{u"sent"_s, sent}});
}

} // namespace aiva::sandbox
