// The part of ShopService that changes records and tells a listener of it, as a shop's webhooks do.
#include "app/sandbox/graph/json_text.h"
#include "app/sandbox/server/record_truth.h"
#include "app/sandbox/server/rest_body.h"
#include "app/sandbox/server/shop_service.h"
#include "app/sandbox/server/webhook_sender.h"
#include "app/sandbox/woocommerce/woo_service.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace aiva::sandbox {
namespace {

std::string usualTopic(World::Kind kind, bool isWoo) {
    switch (kind) {
    case World::Kind::Customer:
        return isWoo ? "customer.updated" : "customers/update";
    case World::Kind::Order:
        return isWoo ? "order.updated" : "orders/updated";
    case World::Kind::Product:
        break;
    }
    return isWoo ? "product.updated" : "products/update";
}

QJsonObject sentJson(const OutgoingWebhook& webhook, const std::string& url, const std::string& record, int status) {
    return {{u"id"_s, QString::fromStdString(webhook.id)},
            {u"topic"_s, QString::fromStdString(webhook.topic)},
            {u"url"_s, QString::fromStdString(url)},
            {u"record"_s, QString::fromStdString(record)},
            {u"status"_s, status}};
}

// Where a webhook goes, and what it is signed with.
struct Receiver {
    std::string url;
    std::string secret;
    std::int64_t hook = 0; // WooCommerce's number; 0: no subscription
};

} // namespace

// {"orders":["#1042"]}: touches these records, as touch() does, and tells each to who subscribed to its topic; with
// "url":"http://127.0.0.1:PORT/webhooks/shopify" to that address instead, whoever subscribed. With "touch":false they
// stay as they are; "topic" is another than the usual one, "body" another text, "secret" another key.
// "source":"woocommerce": as the WooCommerce site does it.
HttpAnswer ShopService::sendWebhooks(const std::string& body) {
    const QJsonObject asked = QJsonDocument::fromJson(QByteArray::fromStdString(body)).object();
    const bool isWoo = asked.value("source"_L1).toString() == "woocommerce"_L1;
    const std::string url = asked.value("url"_L1).toString().toStdString();
    const std::string usual = isWoo ? m_credentials.wooSecret : m_credentials.clientSecret;
    const std::string secret = asked.value("secret"_L1).toString(QString::fromStdString(usual)).toStdString();
    const auto receiversOf = [&](const std::string& topic) {
        std::vector<Receiver> receivers;
        if (!url.empty()) return std::vector<Receiver>{{url, secret, 0}};
        if (!isWoo)
            for (const HookView& hook : m_hooks.listenersOf(topic))
                receivers.push_back({hook.uri, secret, 0});
        if (isWoo)
            for (const WooHook& hook : m_woo->hooks().listenersOf(topic))
                receivers.push_back({hook.deliveryUrl, hook.secret.empty() ? secret : hook.secret, hook.id});
        return receivers;
    };
    QJsonArray sent;
    for (const char* resource : {"customers", "orders", "products"}) {
        const QJsonValue wanted = asked.value(QLatin1StringView(resource));
        if (wanted.isUndefined()) continue;
        const World::Kind kind = *kindOf(resource);
        OutgoingWebhook webhook;
        webhook.topic = asked.value("topic"_L1).toString(QString::fromStdString(usualTopic(kind, isWoo))).toStdString();
        webhook.shop = isWoo ? m_woo->home() + '/' : m_options.shopDomain.toStdString();
        for (const std::int64_t index : chooseRecords(m_world, kind, wanted)) {
            if (asked.value("touch"_L1).toBool(true)) m_world.touch(kind, index, worldTime());
            webhook.triggeredAt = isoTime(worldTime());
            webhook.body = asked.contains("body"_L1) ? asked.value("body"_L1).toString().toStdString()
                           : isWoo                   ? m_woo->hookBody(kind, index, webhook.topic.ends_with(".deleted"))
                                                     : restBody(m_world, kind, index);
            for (const Receiver& to : receiversOf(webhook.topic)) {
                // WooCommerce numbers its deliveries by webhook and second.
                const std::string moment = std::to_string(to.hook) + 'x' + std::to_string(worldTime().ms() / 1000);
                webhook.id = isWoo ? moment : nextRequestId();
                const int status = isWoo ? sendWooWebhook(to.url, to.secret, webhook, std::to_string(to.hook))
                                         : sendWebhook(to.url, to.secret, webhook);
                if (isWoo) m_woo->hooks().noteDelivery(to.hook, status >= 200 && status <= 302);
                sent.append(sentJson(webhook, to.url, recordId(m_world, kind, index), status));
            }
        }
    }
    return jsonAnswer(200, {{u"sent"_s, sent}});
}

// What the two shops were asked to tell.
HttpAnswer ShopService::listWebhooks() {
    QJsonArray shopify;
    for (const HookView& hook : m_hooks.list())
        shopify.append(QJsonObject{{u"id"_s, QString::fromStdString(hook.id)},
                                   {u"topic"_s, QString::fromStdString(hook.topic)},
                                   {u"uri"_s, QString::fromStdString(hook.uri)},
                                   {u"name"_s, QString::fromStdString(hook.name)}});
    QJsonArray woo;
    for (const WooHook& hook : m_woo->hooks().all())
        woo.append(QJsonObject{{u"id"_s, static_cast<qint64>(hook.id)},
                               {u"topic"_s, QString::fromStdString(hook.topic)},
                               {u"status"_s, QString::fromStdString(hook.status)},
                               {u"delivery_url"_s, QString::fromStdString(hook.deliveryUrl)},
                               {u"has_secret"_s, !hook.secret.empty()},
                               {u"name"_s, QString::fromStdString(hook.name)}});
    return jsonAnswer(200, {{u"shopify"_s, shopify}, {u"woocommerce"_s, woo}});
}

} // namespace aiva::sandbox
