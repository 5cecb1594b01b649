#include "core/adapters/store/shopify/shopify_webhooks.h"

#include "core/adapters/store/shopify/record_decoders.h"

#include <array>
#include <utility>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

// A shop with more is not one we can be sure about.
constexpr size_t kMostSubscriptions = 2'000;

// What precedes the slash, where that is not simply the first word.
constexpr std::array kTopicFamilies{"APP",    "BULK_OPERATIONS", "CUSTOMERS", "FULFILLMENTS", "FULFILLMENT_EVENTS",
                                    "ORDERS", "PRODUCTS",        "REFUNDS",   "RETURNS",      "SHOP"};

QJsonObject inputOf(const SubscriptionWish& wish) {
    return {{u"uri"_s, wish.address}, {u"format"_s, u"JSON"_s}, {u"name"_s, wish.name}};
}

Error classifiedRefusal(const std::string& message) {
    const auto says = [&message](std::string_view words) { return message.find(words) != std::string::npos; };
    if (says("permission") || says("not approved") || says("access scope"))
        return {ErrorKind::Auth, u"the app may not hear of this topic"_s, ErrorCause::ScopeMissing};
    if (says("already been taken"))
        return {ErrorKind::Conflict, u"another subscription of this app has this topic and address"_s};
    if (says("Address") || says("address") || says("uri"))
        return {ErrorKind::Invalid, u"the shop does not take this address"_s, ErrorCause::HostNotAllowed};
    if (says("does not exist") || says("not found") || says("Could not find"))
        return {ErrorKind::NotFound, u"the shop has no such subscription"_s};
    return {ErrorKind::Invalid, u"the shop refused the subscription"_s};
}

// The payload of a mutation, or why there is none.
Result<JsonObject> payloadNamed(const GraphQlAnswer& answer, std::string_view field) {
    std::string ignored;
    const auto payload = JsonReader(answer.data, ignored).object(field);
    if (!payload) {
        if (!answer.faults.empty()) return faultError(answer.faults.front());
        return Error{ErrorKind::Invalid, u"the answer lacks what was asked for"_s};
    }
    const auto errors = JsonReader(*payload, ignored).array("userErrors");
    if (errors && errors->size() > 0) {
        const auto first = asObject(errors->at(0).value_unsafe());
        return classifiedRefusal(first ? JsonReader(*first, ignored).text("message") : std::string());
    }
    return *payload;
}

Result<QString> readMade(const GraphQlAnswer& answer, std::string_view field) {
    AIVA_TRY(const JsonObject payload, payloadNamed(answer, field));
    std::string ignored;
    const auto made = JsonReader(payload, ignored).object("webhookSubscription");
    if (!made) return Error{ErrorKind::Invalid, u"the shop names no subscription"_s};
    return QString::fromStdString(JsonReader(*made, ignored).text("id"));
}

Result<bool> readRemoved(const GraphQlAnswer& answer) {
    const auto payload = payloadNamed(answer, "webhookSubscriptionDelete");
    if (!payload && payload.error().kind != ErrorKind::NotFound) return payload.error();
    return true;
}

WebhookSubscription readSubscription(JsonObject node) {
    std::string ignored;
    JsonReader reader(node, ignored);
    WebhookSubscription one;
    one.id = QString::fromStdString(reader.text("id"));
    one.topic = topicOfEnum(QString::fromStdString(reader.text("topic")));
    one.address = QString::fromStdString(reader.text("uri"));
    one.isJson = reader.text("format") == "JSON";
    one.name = QString::fromStdString(reader.text("name"));
    return one;
}

} // namespace

QString topicEnum(const QString& topic) {
    QString word = topic.toUpper();
    return word.replace(u'/', u'_').replace(u'.', u'_');
}

QString topicOfEnum(const QString& word) {
    if (word.startsWith("CUSTOMER_TAGS_"_L1)) return u"customer."_s + word.mid(9).toLower();
    QLatin1StringView family;
    for (const char* known : kTopicFamilies)
        if (const QLatin1StringView one(known); word.startsWith(QString(one) + u'_') && one.size() > family.size())
            family = one;
    if (family.isEmpty()) return word.toLower();
    return QString(family).toLower() + u'/' + word.mid(family.size() + 1).toLower();
}

Future<std::vector<WebhookSubscription>> ShopifyWebhooks::subscriptions() {
    return pagesAfter({}, {});
}

Future<std::vector<WebhookSubscription>> ShopifyWebhooks::pagesAfter(const QString& cursor,
                                                                     std::vector<WebhookSubscription> known) {
    const QJsonObject variables{{u"first"_s, kLargestPage},
                                {u"after"_s, cursor.isEmpty() ? QJsonValue() : QJsonValue(cursor)}};
    return andThen(
        m_client.execute("webhooks_page", variables), &m_context,
        [this, cursor,
         known = std::move(known)](const GraphQlAnswer& answer) mutable -> Future<std::vector<WebhookSubscription>> {
            using Found = std::vector<WebhookSubscription>;
            std::string ignored;
            const auto connection = JsonReader(answer.data, ignored).object("webhookSubscriptions");
            const auto nodes = connection ? JsonReader(*connection, ignored).array("nodes") : std::nullopt;
            // A list with holes would have us make twice what is there.
            if (!answer.faults.empty()) return readyFuture<Found>(faultError(answer.faults.front()));
            if (!nodes) return readyFuture<Found>(Error{ErrorKind::Invalid, u"the answer lacks what was asked for"_s});
            for (const JsonElement element : *nodes)
                if (const auto node = asObject(element)) known.push_back(readSubscription(*node));
            const QString next = QString::fromStdString(nextCursor(*connection));
            if (next.isEmpty()) return readyFuture<Found>(std::move(known));
            if (next == cursor || known.size() > kMostSubscriptions)
                return readyFuture<Found>(Error{ErrorKind::Invalid, u"the list of webhooks has no end"_s});
            return pagesAfter(next, std::move(known));
        });
}

Future<QString> ShopifyWebhooks::subscribe(const SubscriptionWish& wish) {
    const QJsonObject variables{{u"topic"_s, topicEnum(wish.topic)}, {u"webhook"_s, inputOf(wish)}};
    return andThen(m_client.execute("webhook_create", variables), &m_context, [](const GraphQlAnswer& answer) {
        return readyFuture(readMade(answer, "webhookSubscriptionCreate"));
    });
}

Future<QString> ShopifyWebhooks::resubscribe(const QString& id, const SubscriptionWish& wish) {
    const QJsonObject variables{{u"id"_s, id}, {u"webhook"_s, inputOf(wish)}};
    return andThen(m_client.execute("webhook_update", variables), &m_context, [](const GraphQlAnswer& answer) {
        return readyFuture(readMade(answer, "webhookSubscriptionUpdate"));
    });
}

Future<bool> ShopifyWebhooks::unsubscribe(const QString& id) {
    return andThen(m_client.execute("webhook_delete", {{u"id"_s, id}}), &m_context,
                   [](const GraphQlAnswer& answer) { return readyFuture(readRemoved(answer)); });
}

} // namespace aiva
