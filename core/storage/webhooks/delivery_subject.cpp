#include "core/storage/webhooks/delivery_subject.h"

#include "core/domain/email_address.h"

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

// Ids of small shops are small numbers: they stand in anybody's data.
constexpr qsizetype kShortestTellingId = 10;

// Shopify's orders and customers; WooCommerce's, whose buyer stands in "billing".
QStringList payloadAddresses(const QJsonObject& payload) {
    QStringList addresses;
    for (const QJsonValue& value : {payload.value("email"_L1), payload.value("contact_email"_L1),
                                    payload["customer"_L1]["email"_L1], payload["billing"_L1]["email"_L1]}) {
        const QString address = normalizedEmail(value.toString());
        if (!address.isEmpty()) addresses << address;
    }
    return addresses;
}

QString recordNumber(const QJsonValue& id) {
    return id.isDouble() ? QString::number(id.toInteger()) : id.toString().section(u'/', -1);
}

QStringList payloadCustomers(const QString& topic, const QJsonObject& payload) {
    QStringList numbers;
    const bool isCustomer = topic.startsWith("customer"_L1);
    for (const QJsonValue& id : {payload["customer"_L1]["id"_L1], payload["customer"_L1]["admin_graphql_api_id"_L1],
                                 payload.value("customer_id"_L1), isCustomer ? payload.value("id"_L1) : QJsonValue(),
                                 isCustomer ? payload.value("admin_graphql_api_id"_L1) : QJsonValue()}) {
        const QString number = recordNumber(id);
        if (!number.isEmpty()) numbers << number;
    }
    return numbers;
}

} // namespace

QStringList spelledOut(const PersonRows& person) {
    QStringList words = person.addresses;
    for (const QString& phone : person.phones)
        if (phone.size() >= kShortestTellingId) words << phone;
    return words;
}

QStringList tellingWords(const PersonRows& person) {
    QStringList words = spelledOut(person);
    for (const StoreRecordName& customer : person.customerNames) {
        const QString number = customer.externalId.section(u'/', -1);
        if (number.size() >= kShortestTellingId) words << number;
    }
    return words;
}

DeliverySubject subjectOf(const QString& topic, const QJsonObject& payload, std::optional<StoreId> store,
                          const PersonRows& person) {
    const QStringList addresses = payloadAddresses(payload);
    const bool hasTheirAddress = std::any_of(
        addresses.begin(), addresses.end(), [&](const QString& address) { return person.addresses.contains(address); });
    const QStringList numbers = payloadCustomers(topic, payload);
    const auto& names = person.customerNames;
    const bool isTheirCustomer = std::any_of(names.begin(), names.end(), [&](const StoreRecordName& name) {
        return (!store || name.store == *store) && numbers.contains(name.externalId.section(u'/', -1));
    });
    if (hasTheirAddress || isTheirCustomer) return DeliverySubject::Theirs;
    return addresses.isEmpty() ? DeliverySubject::Unclear : DeliverySubject::Anothers;
}

} // namespace aiva
