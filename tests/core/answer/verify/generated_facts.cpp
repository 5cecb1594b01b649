#include "tests/core/answer/verify/generated_facts.h"

#include <QTimeZone>

#include <algorithm>

namespace aiva::test {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t kMostOrders = 3;

QString text(const std::string& utf8) {
    return QString::fromStdString(utf8).normalized(QString::NormalizationForm_C);
}

class Collector {
public:
    explicit Collector(FactSet& set) : m_set(set), m_zone(set.timeZone.toLatin1()) {}

    void addOrder(const sandbox::WorldOrder& order);
    Fact& add(FactKind kind, const QString& value, const QString& order = {}, int parcel = 0) {
        Fact fact;
        fact.id = u"F%1"_s.arg(m_set.facts.size() + 1);
        fact.kind = kind;
        fact.value = value;
        fact.order = order;
        fact.parcel = parcel;
        m_set.facts.push_back(fact);
        return m_set.facts.back();
    }

private:
    void addDay(FactKind kind, std::optional<UtcTime> time, int parcel) {
        if (!time || time->ms() == 0) return;
        const QDate day = time->toDateTime().toTimeZone(m_zone).date();
        add(kind, day.toString(Qt::ISODate), m_order, parcel).time = time;
    }
    void addMoney(const QString& label, const Money& money) {
        if (money.isZero()) return;
        Fact& fact = add(FactKind::Money, money.decimalText() + u' ' + money.currency().text(), m_order);
        fact.label = label;
        fact.money = money;
    }
    void addParcels(const OrderRecord& record);

    FactSet& m_set;
    QTimeZone m_zone;
    QString m_order;
};

void Collector::addParcels(const OrderRecord& record) {
    int parcel = 0;
    for (const FulfillmentRecord& fulfillment : record.fulfillments)
        for (const TrackingRecord& tracking : fulfillment.tracking) {
            ++parcel;
            add(FactKind::Carrier, text(tracking.company), m_order, parcel);
            add(FactKind::TrackingNumber, text(tracking.number), m_order, parcel);
            if (!tracking.url.empty()) add(FactKind::TrackingUrl, text(tracking.url), m_order, parcel);
            addDay(FactKind::ShippedAt, fulfillment.createdAt, parcel);
            addDay(FactKind::DeliveredAt, fulfillment.deliveredAt, parcel);
            addDay(FactKind::EstimatedDelivery, fulfillment.estimatedDeliveryAt, parcel);
        }
}

void Collector::addOrder(const sandbox::WorldOrder& order) {
    const OrderRecord record = order.complete();
    m_order = text(record.name);
    add(FactKind::OrderName, m_order, m_order);
    add(FactKind::FinancialStatus, text(record.financialStatus), m_order);
    add(FactKind::FulfillmentStatus, text(record.fulfillmentStatus), m_order);
    addDay(FactKind::OrderDate, record.createdAt, 0);
    addDay(FactKind::CancelledAt, record.cancelledAt, 0);
    addMoney(u"total"_s, record.total);
    addMoney(u"shipping"_s, record.shipping);
    addMoney(u"refunded"_s, record.refunded);
    for (const OrderItemRecord& item : record.items) {
        Fact& fact = add(FactKind::Item, text(item.title), m_order);
        fact.item = FactItem{text(item.title), text(item.variantTitle), text(item.sku), item.quantity};
        addMoney(u"unit price"_s, item.unitPrice);
    }
    addParcels(record);
    m_set.orderNames.append(m_order);
}

} // namespace

FactSet factsOfCustomer(const sandbox::World& world, qint64 customer) {
    FactSet set;
    set.timeZone = u"America/Denver"_s;
    const CustomerRecord record = world.customer(customer).record;
    set.customerName = text(record.displayName);
    set.customerFirstName = text(record.firstName);
    set.customerEmails = {text(record.email)};
    set.storeName = u"Acme Outdoor"_s;
    set.storeHosts = {u"acme-outdoor.example"_s};
    Collector collector(set);
    const auto orders = world.ordersOf(customer);
    const size_t count = std::min(kMostOrders, orders.size());
    for (size_t i = 0; i < count; ++i)
        collector.addOrder(world.order(orders[orders.size() - 1 - i]));
    if (!set.orderNames.isEmpty()) set.subjectOrder = set.orderNames.first();
    collector.add(FactKind::CustomerName, set.customerName);
    collector.add(FactKind::Policy, u"24 hours"_s).label = u"handling_time"_s;
    collector.add(FactKind::Policy, u"30 days"_s).label = u"return_window"_s;
    collector.add(FactKind::StoreContact, u"support@acme-outdoor.example"_s);
    return set;
}

} // namespace aiva::test
