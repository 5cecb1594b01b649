#include "tests/ui/support/sample_people.h"

namespace aiva::sample {
namespace {

using namespace Qt::StringLiterals;

UtcTime at(const char* iso) {
    return *UtcTime::parseIso(iso);
}

Currency dollar() {
    return *Currency::parse("USD");
}

OrderItemView item(const QString& title, qint64 quantity, qint64 cents, const QString& variant = {}) {
    return {title, variant, {}, quantity, quantity, usd(cents)};
}

OrderView order(qint64 id, const QString& name, const char* created, qint64 totalCents) {
    OrderView made;
    made.id = OrderId(id);
    made.storeId = StoreId(1);
    made.externalId = u"gid://shopify/Order/%1"_s.arg(5000 + id);
    made.name = name;
    made.createdAt = at(created);
    made.updatedAt = made.createdAt;
    made.currency = dollar();
    for (Money* amount : {&made.subtotal, &made.tax, &made.discounts, &made.shipping, &made.refunded})
        *amount = usd(0);
    made.total = usd(totalCents);
    made.financialStatus = u"PAID"_s;
    made.fulfillmentStatus = u"UNFULFILLED"_s;
    return made;
}

TrackingView parcel(const QString& company, const QString& tracking, const QString& url, const char* shipped) {
    TrackingView made;
    made.company = company;
    made.number = tracking;
    made.url = url;
    made.status = u"IN_TRANSIT"_s;
    made.shippedAt = at(shipped);
    made.lastEventAt = made.shippedAt;
    return made;
}

StoreIdentity acme() {
    return {StoreId(1), u"acme"_s, u"acme.myshopify.com"_s, u"gid://shopify/Customer/1"_s, {}};
}

} // namespace

UtcTime now() {
    return at("2026-02-24T09:43:00Z");
}

Money usd(qint64 cents) {
    return Money(cents, dollar());
}

OrderView shippedOrder() {
    OrderView made = order(42, u"#1042"_s, "2026-02-20T10:00:00Z", 8900);
    made.fulfillmentStatus = u"FULFILLED"_s;
    made.items = {item(u"Blue Widget"_s, 2, 3900), item(u"Gift Wrap"_s, 1, 1100)};
    made.tracking = {parcel(u"USPS"_s, u"9400111899223197428490"_s,
                            u"https://tools.usps.com/go/TrackConfirmAction?tLabels=9400111899223197428490"_s,
                            "2026-02-22T16:20:00Z")};
    made.tracking[0].lastEventAt = at("2026-02-24T04:40:00Z");
    return made;
}

OrderView unfulfilledOrder() {
    OrderView made = order(17, u"#1017"_s, "2026-02-23T10:00:00Z", 4200);
    made.items = {item(u"Trail Pack"_s, 1, 4200, u"Large / Moss"_s)};
    return made;
}

OrderView cancelledOrder() {
    OrderView made = order(31, u"#0931"_s, "2025-03-03T10:00:00Z", 31900);
    made.cancelledAt = at("2025-03-04T10:00:00Z");
    made.items = {item(u"Standing Lamp"_s, 1, 31900)};
    return made;
}

OrderView refundedOrder() {
    OrderView made = order(32, u"#0990"_s, "2025-11-28T10:00:00Z", 2500);
    made.financialStatus = u"REFUNDED"_s;
    made.fulfillmentStatus = u"FULFILLED"_s;
    made.items = {item(u"Wool Socks"_s, 1, 2500, u"M"_s)};
    made.refunded = usd(2500);
    made.refunds = {{at("2025-12-02T10:00:00Z"), usd(2500)}};
    return made;
}

OrderView partialOrder() {
    OrderView made = order(43, u"#1043"_s, "2026-02-18T10:00:00Z", 20850);
    made.fulfillmentStatus = u"PARTIALLY_FULFILLED"_s;
    made.financialStatus = u"PARTIALLY_REFUNDED"_s;
    made.items = {item(u"Blue Widget"_s, 2, 3900, u"Large / Blue"_s),
                  item(u"Enamel Mug with a Rather Long Name"_s, 4, 2500), item(u"Gift Wrap"_s, 1, 1100)};
    made.items[1].currentQuantity = 3;
    made.discounts = usd(500);
    made.shipping = usd(995);
    made.tax = usd(1455);
    made.refunded = usd(2500);
    made.refunds = {{at("2026-02-21T10:00:00Z"), usd(2500)}};
    made.tracking = {parcel(u"UPS"_s, u"1Z999AA10123456784"_s,
                            u"https://www.ups.com/track?tracknum=1Z999AA10123456784"_s, "2026-02-20T10:00:00Z"),
                     parcel(u"DHL Express"_s, u"4425120771"_s, {}, "2026-02-22T10:00:00Z")};
    made.tracking[0].status = u"OUT_FOR_DELIVERY"_s;
    made.tracking[1].status = u"LABEL_PRINTED"_s;
    return made;
}

OrderView deliveredOrder() {
    OrderView made = shippedOrder();
    made.id = OrderId(44);
    made.tracking[0].deliveredAt = at("2026-02-23T15:00:00Z");
    made.tracking[0].status = u"DELIVERED"_s;
    return made;
}

OrderView orderWithItems(int count) {
    OrderView made = order(300, u"#1300"_s, "2026-02-21T10:00:00Z", 1000 * count);
    for (int i = 0; i < count; ++i)
        made.items.push_back(item(u"Part %1"_s.arg(i + 1), 1, 1000));
    return made;
}

CustomerView vip() {
    CustomerView made;
    made.profile = ProfileId(1);
    made.name = u"John Okafor"_s;
    made.email = u"john@example.com"_s;
    made.emails = {made.email};
    made.tags = {u"VIP"_s, u"Fall_Sale"_s};
    made.precedence = Precedence::Vip;
    made.ltv = usd(45000);
    made.ltvNetOfRefunds = usd(45000);
    made.averageOrder = usd(15000);
    made.ordersCount = 3;
    made.firstOrderAt = at("2025-03-03T10:00:00Z");
    made.lastOrderAt = at("2026-02-20T10:00:00Z");
    made.matchedBy = MatchedBy::Email;
    made.matchDetail = made.email;
    made.stores = {acme()};
    made.orders = {shippedOrder(), unfulfilledOrder(), cancelledOrder()};
    made.asOf = now();
    return made;
}

CustomerView crowded() {
    CustomerView made = vip();
    made.profile = ProfileId(2);
    made.name = u"Maximiliane Freifrau von Hohenstein-Württemberg"_s;
    made.email = u"maximiliane.von.hohenstein@longdomain.example.org"_s;
    made.emails = {made.email, u"max@hohenstein.example"_s};
    made.phone = u"+49 30 123456"_s;
    made.note = u"Prefers to be called Max. Always ships to the office in Kreuzberg, never to the home address."_s;
    made.precedence = Precedence::Returning;
    made.tags = {u"wholesale"_s, u"newsletter"_s,     u"Fall_Sale"_s, u"eu"_s,     u"b2b"_s,
                 u"net-30"_s,    u"priority-queue"_s, u"beta"_s,      u"spring"_s, u"survey"_s};
    made.ltv = usd(123456789);
    made.ltvNetOfRefunds = usd(120000000);
    made.ordersCount = 14;
    made.hasMoreOrders = true;
    made.historyLimited = true;
    made.matchedBy = MatchedBy::Order;
    made.matchDetail = u"#1043"_s;
    made.stores = {acme(), {StoreId(2), u"acme-eu"_s, u"acme-eu.myshopify.com"_s, u"gid://shopify/Customer/2"_s, {}}};
    made.orders = {partialOrder(), shippedOrder(), refundedOrder(), cancelledOrder()};
    made.orders[2].storeId = StoreId(2);
    made.asOf = at("2026-02-23T18:05:00Z");
    return made;
}

CustomerView prospect() {
    CustomerView made;
    made.profile = ProfileId(3);
    made.name = u"Олена Шевченко"_s;
    made.email = u"olena@example.ua"_s;
    made.emails = {made.email};
    made.ltv = usd(0);
    made.ltvNetOfRefunds = usd(0);
    made.stores = {acme()};
    made.asOf = now();
    return made;
}

CustomerView withOrders(int count) {
    CustomerView made = vip();
    made.profile = ProfileId(1000 + count);
    made.orders.clear();
    for (int i = 0; i < count; ++i) {
        OrderView one = shippedOrder();
        one.id = OrderId(10'000 + i);
        one.name = u"#%1"_s.arg(2000 - i);
        made.orders.push_back(one);
    }
    made.ordersCount = count;
    return made;
}

} // namespace aiva::sample
