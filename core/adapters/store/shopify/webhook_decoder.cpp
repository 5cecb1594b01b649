#include "core/adapters/store/shopify/webhook_decoder.h"

#include "core/adapters/store/shopify/rest_fields.h"
#include "core/adapters/store/shopify/rest_records.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

template <typename Record>
WebhookContent contentFrom(Decoded<Record> decoded) {
    if (auto* fault = std::get_if<RecordFault>(&decoded)) return WebhookFault{std::move(fault->cause)};
    return std::get<Record>(std::move(decoded));
}

WebhookContent notLikeItsTopic() {
    return WebhookFault{"the body is not what the topic says"};
}

WebhookContent reread(Resource resource, std::string externalId) {
    if (externalId.empty()) return notLikeItsTopic();
    return WebhookReread{{{resource, std::move(externalId)}}};
}

// A body of any other topic, sent under a delete's name, must not delete: what is deleted has nothing but its id.
WebhookContent deletion(JsonObject body, Resource resource, std::string_view type) {
    std::string id = restGid(body, type);
    for (const char* key : {"created_at", "updated_at", "title", "line_items", "first_name", "order_id"})
        if (hasKey(body, key)) return notLikeItsTopic();
    if (id.empty()) return notLikeItsTopic();
    return WebhookDeletion{{resource, std::move(id)}, std::nullopt};
}

std::string orderNamedBy(JsonObject body) {
    std::string id = restGidOf(body, "order_id", "Order");
    if (id.empty()) id = restGidOf(body, "order", "Order");
    if (!id.empty()) return id;
    std::string ignored;
    const auto edit = JsonReader(body, ignored).object("order_edit");
    return edit ? restGidOf(*edit, "order_id", "Order") : std::string();
}

std::string customerNamedBy(JsonObject body) {
    for (const char* key : {"customer_id", "customerId", "customer"})
        if (std::string id = restGidOf(body, key, "Customer"); !id.empty()) return id;
    return {};
}

WebhookContent orderContent(JsonObject body, const QString& event, const DecodeContext& context) {
    if (event == "delete"_L1) return deletion(body, Resource::Orders, "Order");
    if (hasKey(body, "line_items")) return contentFrom(decodeRestOrder(body, context));
    return reread(Resource::Orders, orderNamedBy(body));
}

WebhookContent productContent(JsonObject body, const QString& event, const DecodeContext& context) {
    if (event == "delete"_L1) return deletion(body, Resource::Products, "Product");
    if (!hasKey(body, "variants")) return notLikeItsTopic();
    return contentFrom(decodeRestProduct(body, context));
}

WebhookContent mergeContent(JsonObject body) {
    std::string gone = restGidOf(body, "admin_graphql_api_customer_deleted_id", "Customer");
    std::string kept = restGidOf(body, "admin_graphql_api_customer_kept_id", "Customer");
    if (gone.empty() || kept.empty() || gone == kept) return notLikeItsTopic();
    return WebhookDeletion{{Resource::Customers, std::move(gone)}, RecordName{Resource::Customers, std::move(kept)}};
}

// Numbers, and taken as text too: what a person asks to have erased must not fail for its quotes.
QJsonArray ordersNamed(JsonReader& reader) {
    QJsonArray orders;
    for (const char* key : {"orders_requested", "orders_to_redact"})
        if (const auto list = reader.array(key))
            for (const JsonElement element : *list) {
                QString number = QString::fromStdString(simdjson::minify(element)).remove(u'"');
                number = number.section(u'/', -1);
                bool isNumber = false;
                if (number.toULongLong(&isNumber) > 0 && isNumber) orders.append("gid://shopify/Order/"_L1 + number);
            }
    return orders;
}

bool isOfShop(JsonReader& reader, const char* key, const QString& shop) {
    return QString::fromStdString(reader.text(key)).compare(shop, Qt::CaseInsensitive) == 0;
}

WebhookContent privacyContent(JsonObject body, const QString& shop, WebhookPrivacy::Kind kind) {
    std::string ignored;
    JsonReader reader(body, ignored);
    if (!isOfShop(reader, "shop_domain", shop)) return notLikeItsTopic();
    QJsonObject subject;
    if (kind != WebhookPrivacy::Kind::ShopRedact) {
        const auto customer = reader.object("customer");
        if (!customer) return notLikeItsTopic();
        JsonReader person(*customer, ignored);
        subject.insert("customer"_L1, QJsonObject{{u"id"_s, QString::fromStdString(restGid(*customer, "Customer"))},
                                                  {u"email"_s, QString::fromStdString(person.text("email"))},
                                                  {u"phone"_s, QString::fromStdString(person.text("phone"))}});
    }
    const QJsonArray orders = ordersNamed(reader);
    if (!orders.isEmpty()) subject.insert("orders"_L1, orders);
    if (const auto request = reader.object("data_request"))
        subject.insert("request"_L1, QString::fromStdString(JsonReader(*request, ignored).text("id")));
    return WebhookPrivacy{kind, QJsonDocument(subject).toJson(QJsonDocument::Compact)};
}

WebhookContent customerContent(JsonObject body, const QString& event, const QString& shop,
                               const DecodeContext& context) {
    if (event == "data_request"_L1) return privacyContent(body, shop, WebhookPrivacy::Kind::DataRequest);
    if (event == "redact"_L1) return privacyContent(body, shop, WebhookPrivacy::Kind::CustomerRedact);
    if (event == "delete"_L1) return deletion(body, Resource::Customers, "Customer");
    if (event == "merge"_L1) return mergeContent(body);
    if (!hasKey(body, "first_name")) return reread(Resource::Customers, customerNamedBy(body));
    if (isWholeRestCustomer(body)) return contentFrom(decodeRestCustomer(body, context));
    return reread(Resource::Customers, restGid(body, "Customer"));
}

WebhookContent uninstalled(JsonObject body, const QString& shop) {
    std::string ignored;
    JsonReader reader(body, ignored);
    if (!isOfShop(reader, "myshopify_domain", shop)) return notLikeItsTopic();
    return WebhookUninstalled{};
}

bool isAboutOrders(const QString& family) {
    return family == "refunds"_L1 || family == "fulfillments"_L1 || family == "fulfillment_events"_L1 ||
           family == "returns"_L1 || family == "order_transactions"_L1;
}

// "customer.tags_added" and its kin are spelled with a dot.
bool isAboutCustomers(const QString& family) {
    return family.startsWith("customer."_L1) || family.startsWith("customers_"_L1);
}

class ShopifyWebhookDecoder final : public WebhookDecoder {
public:
    WebhookContent decode(const WebhookDelivery& delivery, Currency shopCurrency) const override {
        const auto document = JsonDocument::parse(delivery.body);
        const auto body = document ? asObject(document->root()) : std::nullopt;
        if (!body) return WebhookFault{"the body is no JSON object"};
        const QString family = delivery.topic.section(u'/', 0, 0);
        const QString event = delivery.topic.section(u'/', 1);
        const DecodeContext context{shopCurrency};
        if (family == "orders"_L1) return orderContent(*body, event, context);
        if (family == "products"_L1) return productContent(*body, event, context);
        if (family == "customers"_L1) return customerContent(*body, event, delivery.shop, context);
        if (isAboutOrders(family)) return reread(Resource::Orders, orderNamedBy(*body));
        if (isAboutCustomers(family)) return reread(Resource::Customers, customerNamedBy(*body));
        if (delivery.topic == "app/uninstalled"_L1) return uninstalled(*body, delivery.shop);
        if (delivery.topic == "shop/redact"_L1)
            return privacyContent(*body, delivery.shop, WebhookPrivacy::Kind::ShopRedact);
        return WebhookNote{}; // bulk_operations/finish: the sync polls anyway, delivery is not guaranteed
    }
};

} // namespace

std::unique_ptr<WebhookDecoder> makeShopifyWebhookDecoder() {
    return std::make_unique<ShopifyWebhookDecoder>();
}

} // namespace aiva
