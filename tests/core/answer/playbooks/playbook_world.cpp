#include "tests/core/answer/playbooks/playbook_world.h"

#include <QMap>
#include <QTimeZone>

#include <functional>

using namespace Qt::StringLiterals;

namespace aiva::test {

UtcTime at(const char* iso) {
    return *UtcTime::parseIso(iso);
}

PlaybookWorld::PlaybookWorld() : now(at("2026-05-12T12:00:00Z")) {
    reading.intents = {{Intent::OrderStatus, 0.95}};
    reading.language = u"en"_s;
    facts.storeName = u"Acme"_s;
    facts.storeKind = u"shopify"_s;
    facts.storeHosts = {u"acme.example"_s};
    facts.timeZone = u"Europe/Berlin"_s;
    facts.customerName = u"Ada Lovelace"_s;
    facts.customerFirstName = u"Ada"_s;
    facts.customerEmails = {u"ada@example.com"_s};
    facts.readAt = now;
    addFact(FactKind::CustomerName, u"Ada Lovelace"_s);
    addFact(FactKind::Policy, u"48 hours"_s, u"handling_time"_s);
    addFact(FactKind::Link, u"https://acme.example/returns"_s, u"Returns portal"_s);
}

void PlaybookWorld::addFact(FactKind kind, const QString& value, const QString& label, const QString& order, int parcel,
                            const char* when) {
    Fact fact;
    fact.id = u"F%1"_s.arg(facts.facts.size() + 1);
    fact.kind = kind;
    fact.value = value;
    fact.label = label;
    fact.order = order;
    fact.parcel = parcel;
    if (when) fact.time = at(when);
    fact.readAt = now;
    facts.facts.push_back(fact);
}

void PlaybookWorld::drop(FactKind kind) {
    std::erase_if(facts.facts, [&](const Fact& fact) { return fact.kind == kind; });
}

void PlaybookWorld::addMoment(const QString& order, FactKind kind, const char* when, int parcel) {
    const QDateTime there = at(when).toDateTime().toTimeZone(QTimeZone(facts.timeZone.toLatin1()));
    addFact(kind, there.date().toString(Qt::ISODate), {}, order, parcel, when);
}

void PlaybookWorld::addOrder(const QString& name, const char* createdAt) {
    facts.orderNames.append(name);
    facts.subjectOrder = facts.orderNames.size() == 1 ? name : QString();
    addFact(FactKind::OrderName, name, {}, name);
    addMoment(name, FactKind::OrderDate, createdAt);
    addFact(FactKind::Item, u"2 x Blue Widget"_s, {}, name);
    facts.facts.back().item = FactItem{u"Blue Widget"_s, {}, u"BW-1"_s, 2};
}

void PlaybookWorld::setStatus(const QString& order, const QString& fulfillment, const QString& financial) {
    addFact(FactKind::FulfillmentStatus, fulfillment, {}, order);
    addFact(FactKind::FinancialStatus, financial, {}, order);
}

int PlaybookWorld::addParcel(const QString& order, const QString& carrier, const QString& number) {
    const int parcel = addBareParcel(order);
    addFact(FactKind::Carrier, carrier, {}, order, parcel);
    addFact(FactKind::TrackingNumber, number, {}, order, parcel);
    addFact(FactKind::TrackingUrl, u"https://track.example/"_s + number, {}, order, parcel);
    return parcel;
}

int PlaybookWorld::addBareParcel(const QString& order) {
    const int parcel = ++m_parcels;
    addMoment(order, FactKind::ShippedAt, "2026-05-11T22:30:00Z", parcel); // 12 May in Berlin
    return parcel;
}

namespace {

const QString order = u"#1042"_s;

using Maker = std::function<void(PlaybookWorld&)>;

void ship(PlaybookWorld& world) {
    world.setStatus(order, u"FULFILLED"_s);
    world.addParcel(order, u"USPS"_s, u"9400111899223197428490"_s);
}

void deliver(PlaybookWorld& world, const char* when) {
    ship(world);
    world.addMoment(order, FactKind::DeliveredAt, when, 1);
}

Maker wanting(Intent intent, const Maker& then) {
    return [=](PlaybookWorld& world) {
        world.reading.intents = {{intent, 0.95}};
        then(world);
    };
}

const QMap<QString, Maker>& makers() {
    static const QMap<QString, Maker> all{
        {u"wismo_fulfilled"_s, ship},
        {u"wismo_fulfilled_parcels"_s,
         [](PlaybookWorld& world) {
             ship(world);
             world.addParcel(order, u"UPS"_s, u"1Z999AA10123456784"_s);
         }},
        {u"wismo_no_tracking"_s,
         [](PlaybookWorld& world) {
             world.setStatus(order, u"FULFILLED"_s);
             world.addBareParcel(order);
         }},
        {u"wismo_unfulfilled"_s,
         [](PlaybookWorld& world) {
             world.setStatus(order, u"UNFULFILLED"_s);
             world.now = at("2026-05-11T12:00:00Z");
         }},
        {u"wismo_late"_s, [](PlaybookWorld& world) { world.setStatus(order, u"UNFULFILLED"_s); }},
        {u"wismo_delivered"_s, [](PlaybookWorld& world) { deliver(world, "2026-05-12T08:00:00Z"); }},
        {u"wismo_partial"_s,
         [](PlaybookWorld& world) {
             world.setStatus(order, u"PARTIALLY_FULFILLED"_s);
             world.addParcel(order, u"DHL"_s, u"00340434161094042557"_s);
         }},
        {u"wismo_cancelled"_s,
         [](PlaybookWorld& world) {
             world.setStatus(order, u"UNFULFILLED"_s, u"REFUNDED"_s);
             world.addMoment(order, FactKind::CancelledAt, "2026-05-11T08:00:00Z");
         }},
        {u"order_not_found"_s,
         [](PlaybookWorld& world) {
             world.namedOrders = {u"#7777"_s};
             world.facts.subjectOrder.clear();
         }},
        {u"order_unclear"_s, [](PlaybookWorld& world) { world.addOrder(u"#1043"_s, "2026-05-11T09:00:00Z"); }},
        {u"return_inside"_s,
         wanting(Intent::Return, [](PlaybookWorld& world) { deliver(world, "2026-05-01T08:00:00Z"); })},
        {u"return_outside"_s,
         wanting(Intent::Return, [](PlaybookWorld& world) { deliver(world, "2026-04-01T08:00:00Z"); })},
        {u"refund_status"_s, wanting(Intent::Refund, ship)},
        {u"cancel"_s, wanting(Intent::Cancel, ship)},
        {u"address_change"_s, wanting(Intent::AddressChange, ship)},
    };
    return all;
}

} // namespace

PlaybookWorld PlaybookWorld::forPlaybook(const QString& name) {
    PlaybookWorld world;
    world.addOrder(order, "2026-05-10T09:00:00Z");
    makers().value(name)(world);
    return world;
}

QStringList PlaybookWorld::playbookNames() {
    return makers().keys();
}

} // namespace aiva::test
