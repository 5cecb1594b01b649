#include "core/adapters/webhook/webhook_judge.h"

#include "core/adapters/webhook/webhook_signature.h"

#include <QCryptographicHash>

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kLongestWord = 200;

struct WebhookHeaders {
    const char* signature;
    const char* shop;
    const char* topic;
    const char* id;
    const char* apiVersion;
    const char* triggeredAt;
};
constexpr WebhookHeaders kShopifyHeaders{"X-Shopify-Hmac-Sha256", "X-Shopify-Shop-Domain", "X-Shopify-Topic",
                                         "X-Shopify-Webhook-Id",  "X-Shopify-API-Version", "X-Shopify-Triggered-At"};
constexpr WebhookHeaders kWooCommerceHeaders{
    "X-WC-Webhook-Signature", "X-WC-Webhook-Source", "X-WC-Webhook-Topic", "X-WC-Webhook-Delivery-ID", "", ""};

// Its newer deliveries carry the same names without the X.
QByteArray shopHeader(const WebhookRequest& request, const char* name) {
    const QByteArrayView whole(name);
    if (whole.isEmpty()) return {};
    QByteArray value = request.header(whole);
    if (value.isEmpty() && whole.startsWith("X-Shopify-")) value = request.header(whole.sliced(2));
    return value;
}

// Words that go into rows and logs: short and printable.
bool isWord(const QByteArray& text) {
    return !text.isEmpty() && text.size() <= kLongestWord &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 127; });
}

// WooCommerce makes its delivery ids of the webhook and the second, so that two changes within one second share one.
QString deliveryIdOf(const WebhookRequest& request, const QByteArray& id) {
    if (request.source != StoreKind::WooCommerce) return QString::fromLatin1(id);
    const QByteArray digest = QCryptographicHash::hash(request.body, QCryptographicHash::Sha256).toHex();
    return QString::fromLatin1(id + '-' + digest.left(16));
}

bool isSignedByOne(const WebhookRequest& request, const std::vector<SecretString>& keys, const QByteArray& signature) {
    return std::any_of(keys.begin(), keys.end(), [&](const SecretString& key) {
        return isSignedWith(request.source == StoreKind::WooCommerce ? wooCommerceKey(key) : key, request.body,
                            signature);
    });
}

bool isFirstPing(const WebhookRequest& request, const WebhookHeaders& names) {
    return request.source == StoreKind::WooCommerce && shopHeader(request, names.signature).isEmpty() &&
           request.body.startsWith("webhook_id=") && request.body.size() < kLongestWord;
}

// Shopify sends these when an app is gone, too.
bool isOfTheLaw(const QByteArray& topic) {
    const QByteArray word = topic.toLower();
    return word == "customers/data_request" || word == "customers/redact" || word == "shop/redact";
}

} // namespace

QByteArray WebhookRequest::header(QByteArrayView name) const {
    for (const auto& [key, value] : headers)
        if (key.compare(name, Qt::CaseInsensitive) == 0) return value.trimmed();
    return {};
}

WebhookVerdict judgeWebhook(const WebhookRequest& request, const WebhookKeys& keys, WebhookRoute route) {
    const WebhookHeaders& names = request.source == StoreKind::Shopify ? kShopifyHeaders : kWooCommerceHeaders;
    const bool isPulled = route == WebhookRoute::PubSub;
    if (!isPulled && isFirstPing(request, names)) return WebhookPing{};
    const QByteArray signature = shopHeader(request, names.signature);
    if (signature.isEmpty() && !isPulled) return WebhookRefused{401, u"no_signature"_s};
    const QByteArray shopName = shopHeader(request, names.shop);
    const auto shop = isWord(shopName) ? keys.find(request.source, QString::fromLatin1(shopName)) : std::nullopt;
    if (!shop) return WebhookRefused{401, u"unknown_shop"_s};
    if (shop->keys.empty() && !isPulled) return WebhookRefused{401, u"no_key"_s};
    const bool canBeProved = !isPulled || (!signature.isEmpty() && !shop->keys.empty());
    if (canBeProved && !isSignedByOne(request, shop->keys, signature)) return WebhookRefused{401, u"wrong_signature"_s};

    const QByteArray topic = shopHeader(request, names.topic);
    const QByteArray id = shopHeader(request, names.id);
    if (!isWord(topic)) return WebhookRefused{400, u"no_topic"_s};
    if (shop->isParted && !isOfTheLaw(topic)) return WebhookRefused{401, u"unknown_shop"_s};
    if (!isWord(id)) return WebhookRefused{400, u"no_id"_s};
    WebhookDelivery delivery;
    delivery.source = request.source;
    delivery.id = deliveryIdOf(request, id);
    delivery.shop = shop->domain;
    delivery.topic = QString::fromLatin1(topic).toLower();
    if (const QByteArray version = shopHeader(request, names.apiVersion); isWord(version))
        delivery.apiVersion = QString::fromLatin1(version);
    if (const auto at = UtcTime::parseIso(shopHeader(request, names.triggeredAt).toStdString()))
        delivery.triggeredAt = *at;
    delivery.body = request.body;
    return delivery;
}

bool wantsAnotherKey(const WebhookVerdict& verdict) {
    const auto* refused = std::get_if<WebhookRefused>(&verdict);
    return refused && (refused->reason == "unknown_shop"_L1 || refused->reason == "no_key"_L1 ||
                       refused->reason == "wrong_signature"_L1);
}

} // namespace aiva
