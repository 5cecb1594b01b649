#include "core/adapters/webhook/named_records_decoder.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

std::optional<Resource> resourceNamed(const QString& word) {
    if (word == "order"_L1) return Resource::Orders;
    if (word == "product"_L1) return Resource::Products;
    if (word == "customer"_L1) return Resource::Customers;
    return std::nullopt;
}

class NamedRecordsDecoder final : public WebhookDecoder {
public:
    WebhookContent decode(const WebhookDelivery& delivery, Currency) const override {
        const auto resource = resourceNamed(delivery.topic.section(u'.', 0, 0));
        if (!resource) return WebhookNote{}; // coupons, and what plug-ins add
        const QJsonObject body = QJsonDocument::fromJson(delivery.body).object();
        const qint64 id = body.value("id"_L1).toInteger();
        if (id <= 0) return WebhookFault{"the body names no record"};
        // A delete too: the shop answers that there is none, or that somebody took it out of the bin again.
        return WebhookReread{{{*resource, std::to_string(id)}}};
    }
};

} // namespace

std::unique_ptr<WebhookDecoder> makeWooCommerceWebhookDecoder() {
    return std::make_unique<NamedRecordsDecoder>();
}

} // namespace aiva
