#include "core/domain/answering/fact.h"

#include "core/domain/answering/json_words.h"
#include "core/domain/answering/names_table.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace aiva {

static constexpr NamesTable<FactKind, 23> kKinds{{{FactKind::OrderName, u"order_name"},
                                                  {FactKind::OrderDate, u"order_date"},
                                                  {FactKind::FinancialStatus, u"financial_status"},
                                                  {FactKind::FulfillmentStatus, u"fulfillment_status"},
                                                  {FactKind::Item, u"item"},
                                                  {FactKind::Money, u"money"},
                                                  {FactKind::DerivedMoney, u"derived_money"},
                                                  {FactKind::Carrier, u"carrier"},
                                                  {FactKind::TrackingNumber, u"tracking_number"},
                                                  {FactKind::TrackingUrl, u"tracking_url"},
                                                  {FactKind::ShippedAt, u"shipped_at"},
                                                  {FactKind::DeliveredAt, u"delivered_at"},
                                                  {FactKind::EstimatedDelivery, u"estimated_delivery"},
                                                  {FactKind::CancelledAt, u"cancelled_at"},
                                                  {FactKind::AddressLine, u"address_line"},
                                                  {FactKind::CustomerName, u"customer_name"},
                                                  {FactKind::Ltv, u"ltv"},
                                                  {FactKind::OrdersCount, u"orders_count"},
                                                  {FactKind::Tag, u"tag"},
                                                  {FactKind::Policy, u"policy"},
                                                  {FactKind::StoreContact, u"store_contact"},
                                                  {FactKind::Link, u"link"},
                                                  {FactKind::ActionDone, u"action_done"}}};

QString toWord(FactKind kind) {
    return wordIn(kKinds, kind);
}

std::optional<FactKind> factKindFromWord(const QString& word) {
    return valueIn(kKinds, word);
}

const Fact* FactSet::byId(const QString& id) const {
    const auto found = std::find_if(facts.begin(), facts.end(), [&](const Fact& fact) { return fact.id == id; });
    return found == facts.end() ? nullptr : &*found;
}

std::vector<const Fact*> FactSet::ofKind(FactKind kind) const {
    std::vector<const Fact*> found;
    for (const Fact& fact : facts)
        if (fact.kind == kind) found.push_back(&fact);
    return found;
}

std::vector<const Fact*> FactSet::ofOrder(const QString& order, FactKind kind) const {
    std::vector<const Fact*> found;
    for (const Fact& fact : facts)
        if (fact.kind == kind && fact.order == order) found.push_back(&fact);
    return found;
}

const Fact* FactSet::latestOfOrder(const QString& order, FactKind kind) const {
    const Fact* latest = nullptr;
    for (const Fact* fact : ofOrder(order, kind))
        if (fact->time && (!latest || *fact->time > *latest->time)) latest = fact;
    return latest;
}

static QJsonObject objectOf(const Fact& fact) {
    QJsonObject object{{u"id"_s, fact.id},         {u"kind"_s, toWord(fact.kind)},  {u"value"_s, fact.value},
                       {u"label"_s, fact.label},   {u"order"_s, fact.order},        {u"parcel"_s, fact.parcel},
                       {u"source"_s, fact.source}, {u"read_at"_s, fact.readAt.ms()}};
    if (fact.money) {
        object.insert(u"amount"_s, fact.money->decimalText());
        object.insert(u"currency"_s, fact.money->currency().text());
    }
    if (fact.time) object.insert(u"time"_s, fact.time->ms());
    if (fact.item)
        object.insert(u"item"_s, QJsonObject{{u"title"_s, fact.item->title},
                                             {u"variant"_s, fact.item->variant},
                                             {u"sku"_s, fact.item->sku},
                                             {u"quantity"_s, fact.item->quantity}});
    return object;
}

QString toJson(const FactSet& set) {
    QJsonArray facts;
    for (const Fact& fact : set.facts)
        facts.append(objectOf(fact));
    const QJsonObject whole{{u"facts"_s, facts},
                            {u"store_name"_s, set.storeName},
                            {u"store_kind"_s, set.storeKind},
                            {u"store_hosts"_s, QJsonArray::fromStringList(set.storeHosts)},
                            {u"time_zone"_s, set.timeZone},
                            {u"customer_name"_s, set.customerName},
                            {u"customer_first_name"_s, set.customerFirstName},
                            {u"customer_emails"_s, QJsonArray::fromStringList(set.customerEmails)},
                            {u"order_names"_s, QJsonArray::fromStringList(set.orderNames)},
                            {u"subject_order"_s, set.subjectOrder},
                            {u"read_at"_s, set.readAt.ms()}};
    return QString::fromUtf8(QJsonDocument(whole).toJson(QJsonDocument::Compact));
}

static std::optional<Fact> factFrom(const QJsonObject& object) {
    const auto kind = factKindFromWord(object["kind"_L1].toString());
    if (!kind) return std::nullopt;
    Fact fact;
    fact.kind = *kind;
    fact.id = object["id"_L1].toString();
    fact.value = object["value"_L1].toString();
    fact.label = object["label"_L1].toString();
    fact.order = object["order"_L1].toString();
    fact.parcel = object["parcel"_L1].toInt();
    fact.source = object["source"_L1].toString();
    fact.readAt = UtcTime(object["read_at"_L1].toInteger());
    if (object.contains("currency"_L1)) {
        const auto currency = Currency::parse(object["currency"_L1].toString().toStdString());
        if (!currency) return std::nullopt;
        const auto money = Money::parse(object["amount"_L1].toString().toStdString(), *currency);
        if (!money) return std::nullopt;
        fact.money = *money;
    }
    if (object.contains("time"_L1)) fact.time = UtcTime(object["time"_L1].toInteger());
    if (const QJsonObject item = object["item"_L1].toObject(); !item.isEmpty())
        fact.item = FactItem{item["title"_L1].toString(), item["variant"_L1].toString(), item["sku"_L1].toString(),
                             item["quantity"_L1].toInteger()};
    return fact;
}

std::optional<FactSet> factSetFromJson(const QString& json) {
    const QJsonDocument document = QJsonDocument::fromJson(json.toUtf8());
    if (!document.isObject() || !document["facts"_L1].isArray()) return std::nullopt;
    FactSet set;
    for (const QJsonValue value : document["facts"_L1].toArray()) {
        auto fact = factFrom(value.toObject());
        if (!fact) return std::nullopt;
        set.facts.push_back(*std::move(fact));
    }
    set.storeName = document["store_name"_L1].toString();
    set.storeKind = document["store_kind"_L1].toString();
    set.storeHosts = wordsIn(document["store_hosts"_L1]);
    set.timeZone = document["time_zone"_L1].toString();
    set.customerName = document["customer_name"_L1].toString();
    set.customerFirstName = document["customer_first_name"_L1].toString();
    set.customerEmails = wordsIn(document["customer_emails"_L1]);
    set.orderNames = wordsIn(document["order_names"_L1]);
    set.subjectOrder = document["subject_order"_L1].toString();
    set.readAt = UtcTime(document["read_at"_L1].toInteger());
    return set;
}

} // namespace aiva
