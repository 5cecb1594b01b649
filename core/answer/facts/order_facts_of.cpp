#include "core/answer/facts/order_facts_of.h"

#include "core/answer/facts/fact_text.h"
#include "core/answer/facts/untrusted_text.h"

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr size_t kMostItems = 50;
constexpr size_t kMostSummedItems = 8;
constexpr size_t kMostDerived = 40;

struct NamedAmount {
    QString label;
    Money money;
};

class OrderFactWriter {
public:
    OrderFactWriter(FactList& facts, const OrderView& order)
        : m_facts(facts), m_order(order), m_name(orderNameText(order.name)) {}

    void addOutline();
    void addWhole();

private:
    Fact fact(FactKind kind, const QString& value) const;
    void addTime(FactKind kind, std::optional<UtcTime> time, int parcel);
    void addMoney(const QString& label, const Money& money);
    void addItems();
    void addParcels();
    void addDerived();
    void derive(const QString& label, const Result<Money>& money);

    FactList& m_facts;
    const OrderView& m_order;
    QString m_name;
    std::vector<NamedAmount> m_lines; // of items
    std::vector<Money> m_said;        // amounts that are facts already
    size_t m_derived = 0;
};

Fact OrderFactWriter::fact(FactKind kind, const QString& value) const {
    Fact made;
    made.kind = kind;
    made.value = value;
    made.order = m_name;
    made.source = u"order "_s + m_name;
    return made;
}

void OrderFactWriter::addTime(FactKind kind, std::optional<UtcTime> time, int parcel) {
    if (!time) return;
    Fact made = fact(kind, dayText(*time, m_facts.timeZone()));
    made.time = time;
    made.parcel = parcel;
    m_facts.add(std::move(made));
}

void OrderFactWriter::addMoney(const QString& label, const Money& money) {
    if (!money.currency().isValid() || (money.isZero() && label != "total"_L1)) return;
    Fact made = fact(FactKind::Money, amountText(money));
    made.label = label;
    made.money = money;
    m_facts.add(std::move(made));
    m_said.push_back(money);
}

void OrderFactWriter::addOutline() {
    m_facts.add(fact(FactKind::OrderName, m_name));
    addTime(FactKind::OrderDate, m_order.createdAt, 0);
    m_facts.add(fact(FactKind::FinancialStatus, statusText(m_order.financialStatus)));
    m_facts.add(fact(FactKind::FulfillmentStatus, statusText(m_order.fulfillmentStatus)));
    addTime(FactKind::CancelledAt, m_order.cancelledAt, 0);
    addMoney(u"total"_s, m_order.total);
}

void OrderFactWriter::addItems() {
    for (const OrderItemView& item : m_order.items) {
        if (m_lines.size() >= kMostItems) return;
        const QString title = cleanedLine(item.title, 120);
        const QString variant = cleanedLine(item.variant, 80);
        Fact made = fact(FactKind::Item, u"%1 x %2"_s.arg(item.quantity).arg(title));
        made.item = FactItem{title, variant, cleanedLine(item.sku, 60), item.quantity};
        m_facts.add(std::move(made));
        addMoney(u"unit price: "_s + title, item.unitPrice);
        const Result<Money> line = item.unitPrice.times(item.quantity);
        if (!line) continue;
        if (item.quantity > 1) addMoney(u"line price: "_s + title, *line);
        m_lines.push_back({title, *line});
    }
}

void OrderFactWriter::addParcels() {
    int number = 0;
    for (const TrackingView& parcel : m_order.tracking) {
        ++number;
        const auto add = [&](FactKind kind, const QString& value) {
            Fact made = fact(kind, value);
            made.parcel = number;
            m_facts.add(std::move(made));
        };
        add(FactKind::Carrier, cleanedLine(parcel.company, 60));
        add(FactKind::TrackingNumber, cleanedLine(parcel.number, 60));
        add(FactKind::TrackingUrl, cleanedUrl(parcel.url));
        addTime(FactKind::ShippedAt, parcel.shippedAt, number);
        addTime(FactKind::DeliveredAt, parcel.deliveredAt, number);
        addTime(FactKind::EstimatedDelivery, parcel.estimatedDeliveryAt, number);
    }
}

// Above zero and not said already: a second fact of the same amount proves nothing more.
void OrderFactWriter::derive(const QString& label, const Result<Money>& money) {
    if (!money || money->minor() <= 0 || !money->currency().isValid() || m_derived >= kMostDerived) return;
    if (std::find(m_said.begin(), m_said.end(), *money) != m_said.end()) return;
    Fact made = fact(FactKind::DerivedMoney, amountText(*money));
    made.label = label;
    made.money = *money;
    m_facts.add(std::move(made));
    m_said.push_back(*money);
    ++m_derived;
}

void OrderFactWriter::addDerived() {
    const OrderView& o = m_order;
    derive(u"total less refunds"_s, o.total.minus(o.refunded));
    derive(u"subtotal before discounts"_s, o.subtotal.plus(o.discounts));
    derive(u"total before discounts"_s, o.total.plus(o.discounts));
    derive(u"total without shipping"_s, o.total.minus(o.shipping));
    derive(u"total without tax"_s, o.total.minus(o.tax));
    derive(u"subtotal and shipping"_s, o.subtotal.plus(o.shipping));
    derive(u"subtotal and tax"_s, o.subtotal.plus(o.tax));
    derive(u"shipping and tax"_s, o.shipping.plus(o.tax));
    for (size_t a = 0; a < std::min(o.refunds.size(), kMostSummedItems); ++a)
        for (size_t b = a + 1; b < std::min(o.refunds.size(), kMostSummedItems); ++b)
            derive(u"two refunds"_s, o.refunds[a].total.plus(o.refunds[b].total));
    for (size_t a = 0; a < std::min(m_lines.size(), kMostSummedItems); ++a)
        for (size_t b = a + 1; b < std::min(m_lines.size(), kMostSummedItems); ++b)
            derive(m_lines[a].label + u" and "_s + m_lines[b].label, m_lines[a].money.plus(m_lines[b].money));
}

void OrderFactWriter::addWhole() {
    addOutline();
    addMoney(u"subtotal"_s, m_order.subtotal);
    addMoney(u"tax"_s, m_order.tax);
    addMoney(u"shipping"_s, m_order.shipping);
    addMoney(u"discounts"_s, m_order.discounts);
    addMoney(u"refunded"_s, m_order.refunded);
    for (const RefundView& refund : m_order.refunds)
        addMoney(u"refund of "_s + dayText(refund.createdAt, m_facts.timeZone()), refund.total);
    addItems();
    addDerived();
    addParcels();
    const QStringList lines = m_order.shippingAddress.split(u'\n', Qt::SkipEmptyParts);
    for (const QString& line : lines)
        m_facts.add(fact(FactKind::AddressLine, cleanedLine(line, 120)));
    Fact page = fact(FactKind::Link, cleanedUrl(m_order.statusPageUrl));
    page.label = u"order status page"_s;
    m_facts.add(std::move(page));
}

} // namespace

void addOrderFacts(FactList& facts, const OrderView& order, OrderDetail detail) {
    OrderFactWriter of(facts, order);
    if (detail == OrderDetail::Whole)
        of.addWhole();
    else
        of.addOutline();
}

} // namespace aiva
