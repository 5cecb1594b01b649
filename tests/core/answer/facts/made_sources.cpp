#include "tests/core/answer/facts/made_sources.h"

namespace aiva::test {

using namespace Qt::StringLiterals;

Money dollars(qint64 cents) {
    return Money(cents, *Currency::parse("USD"));
}

UtcTime timeOf(const char* iso) {
    return *UtcTime::parseIso(iso);
}

OrderView madeOrder(const QString& name, const char* createdAt) {
    OrderView order;
    order.id = OrderId(name.mid(1).toLongLong());
    order.storeId = StoreId(1);
    order.name = name;
    order.createdAt = order.updatedAt = timeOf(createdAt);
    order.currency = *Currency::parse("USD");
    order.total = order.subtotal = dollars(4'500);
    order.tax = order.discounts = order.shipping = order.refunded = dollars(0);
    order.financialStatus = u"PAID"_s;
    order.fulfillmentStatus = u"UNFULFILLED"_s;
    order.items = {{u"Blue Widget"_s, u"Large"_s, u"BW-L"_s, 2, 2, dollars(2'250)}};
    return order;
}

TrackingView madeParcel(const QString& company, const QString& number, const QString& url) {
    TrackingView parcel;
    parcel.company = company;
    parcel.number = number;
    parcel.url = url;
    parcel.status = u"IN_TRANSIT"_s;
    parcel.shippedAt = parcel.lastEventAt = timeOf("2026-02-21T09:00:00Z");
    return parcel;
}

Knowledge madeKnowledge(qint64 id, KnowledgeKind kind, const QString& title, const QString& text, const QString& url) {
    return {KnowledgeId(id), StoreId(1), kind, title, text, url, timeOf("2026-01-01T00:00:00Z")};
}

AnswerSources emptySources() {
    AnswerSources sources;
    sources.store.id = StoreId(1);
    sources.store.domain = u"acme.example"_s;
    sources.store.name = u"Acme"_s;
    sources.store.currency = u"USD"_s;
    sources.readAt = timeOf("2026-02-24T12:00:00Z");
    return sources;
}

AnswerSources vipSources() {
    AnswerSources sources = emptySources();
    CustomerView& customer = sources.customer.emplace();
    customer.profile = ProfileId(7);
    customer.name = u"Ada Lovelace"_s;
    customer.email = u"ada@example.com"_s;
    customer.emails = QStringList{customer.email};
    customer.tags = {u"VIP"_s, u"Fall_Sale"_s};
    customer.precedence = Precedence::Vip;
    customer.ltv = dollars(45'000);
    customer.ordersCount = 3;
    OrderView order = madeOrder(u"#1042"_s, "2026-02-20T14:02:03Z");
    order.fulfillmentStatus = u"FULFILLED"_s;
    order.tracking = {madeParcel(u"USPS"_s, u"9400111899223197428490"_s,
                                 u"https://tools.usps.com/go/TrackConfirmAction?tLabels=9400111899223197428490"_s)};
    customer.orders = {order};
    sources.knowledge = {madeKnowledge(3, KnowledgeKind::Policy, u"Returns"_s, u"30 days from delivery."_s,
                                       u"https://acme.example/returns"_s)};
    return sources;
}

} // namespace aiva::test
