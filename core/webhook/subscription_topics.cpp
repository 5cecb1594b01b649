#include "core/webhook/subscription_topics.h"

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

std::vector<WantedTopic> shopifyTopics() {
    const QStringList customers{u"read_customers"_s};
    const QStringList orders{u"read_orders"_s, u"read_marketplace_orders"_s};
    const QStringList fulfillments{u"read_fulfillments"_s, u"read_marketplace_orders"_s};
    const QStringList returns{u"read_returns"_s, u"read_marketplace_returns"_s};
    const QStringList products{u"read_products"_s};
    std::vector<WantedTopic> topics{{u"app/uninstalled"_s, {}},
                                    {u"shop/update"_s, {}, false},
                                    {u"bulk_operations/finish"_s, {}, false},
                                    {u"customers/create"_s, customers},
                                    {u"customers/update"_s, customers},
                                    {u"customers/delete"_s, customers},
                                    {u"customer.tags_added"_s, customers},
                                    {u"customer.tags_removed"_s, customers},
                                    {u"customers/purchasing_summary"_s, customers},
                                    {u"customers/merge"_s, {u"read_customer_merge"_s}, false}};
    for (const char* event :
         {"create", "updated", "paid", "cancelled", "fulfilled", "partially_fulfilled", "edited", "delete"})
        topics.push_back({u"orders/"_s + QLatin1StringView(event), orders});
    topics.push_back({u"refunds/create"_s, orders});
    for (const char* event : {"create", "update"})
        topics.push_back({u"fulfillments/"_s + QLatin1StringView(event), fulfillments, false});
    for (const char* event : {"request", "approve", "decline", "cancel", "close", "reopen", "update", "process"})
        topics.push_back({u"returns/"_s + QLatin1StringView(event), returns, false});
    for (const char* event : {"create", "update", "delete"})
        topics.push_back({u"products/"_s + QLatin1StringView(event), products});
    return topics;
}

std::vector<WantedTopic> wooCommerceTopics() {
    std::vector<WantedTopic> topics;
    for (const char* resource : {"order", "customer", "product"})
        for (const char* event : {"created", "updated", "deleted"})
            topics.push_back({QLatin1StringView(resource) + u'.' + QLatin1StringView(event), {}});
    // Back out of the bin. Customers have none.
    for (const char* resource : {"order", "product"})
        topics.push_back({QLatin1StringView(resource) + u".restored"_s, {}, false});
    return topics;
}

} // namespace

const std::vector<WantedTopic>& wantedTopics(StoreKind kind) {
    static const std::vector<WantedTopic> shopify = shopifyTopics();
    static const std::vector<WantedTopic> wooCommerce = wooCommerceTopics();
    static const std::vector<WantedTopic> none;
    if (kind == StoreKind::Shopify) return shopify;
    return kind == StoreKind::WooCommerce ? wooCommerce : none;
}

bool isGranted(const QStringList& anyScope, const QStringList& granted) {
    return anyScope.isEmpty() || std::any_of(anyScope.begin(), anyScope.end(), [&](const QString& scope) {
               return granted.contains(scope) || granted.contains(u"write_"_s + scope.mid(5));
           });
}

} // namespace aiva
