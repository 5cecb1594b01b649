#include "core/answer/facts/fact_collector.h"
#include "tests/core/answer/facts/made_sources.h"
#include "tests/support/patience.h"

#include <QSet>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

QStringList valuesOf(const FactSet& set, FactKind kind) {
    QStringList values;
    for (const Fact* fact : set.ofKind(kind))
        values.append(fact->value);
    return values;
}

QStringList labelledAmounts(const FactSet& set, FactKind kind) {
    QStringList values;
    for (const Fact* fact : set.ofKind(kind))
        values.append(fact->label + u" = "_s + fact->value);
    return values;
}

} // namespace

class FactCollectorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void collectsWhatAReplyMaySayOfAnOrder() {
        AnswerSources sources = vipSources();
        OrderView& order = sources.customer->orders.front();
        order.tracking.front().deliveredAt = timeOf("2026-02-23T10:00:00Z");
        order.tracking.front().estimatedDeliveryAt = timeOf("2026-02-24T10:00:00Z");
        order.cancelledAt = timeOf("2026-02-22T00:00:00Z");
        order.shippingAddress = u"Ada Lovelace\n1 Main Street\n\nLondon"_s;
        order.statusPageUrl = u"https://acme.example/orders/1042"_s;
        const FactSet set = factsOf(sources);
        QCOMPARE(valuesOf(set, FactKind::OrderName), QStringList(u"#1042"_s));
        QCOMPARE(valuesOf(set, FactKind::OrderDate), QStringList(u"2026-02-20"_s));
        QCOMPARE(valuesOf(set, FactKind::FinancialStatus), QStringList(u"PAID"_s));
        QCOMPARE(valuesOf(set, FactKind::FulfillmentStatus), QStringList(u"FULFILLED"_s));
        QCOMPARE(valuesOf(set, FactKind::CancelledAt), QStringList(u"2026-02-22"_s));
        QCOMPARE(valuesOf(set, FactKind::Carrier), QStringList(u"USPS"_s));
        QCOMPARE(valuesOf(set, FactKind::TrackingNumber), QStringList(u"9400111899223197428490"_s));
        QCOMPARE(valuesOf(set, FactKind::ShippedAt), QStringList(u"2026-02-21"_s));
        QCOMPARE(valuesOf(set, FactKind::DeliveredAt), QStringList(u"2026-02-23"_s));
        QCOMPARE(valuesOf(set, FactKind::EstimatedDelivery), QStringList(u"2026-02-24"_s));
        QCOMPARE(valuesOf(set, FactKind::AddressLine),
                 QStringList({u"Ada Lovelace"_s, u"1 Main Street"_s, u"London"_s}));
        const Fact* number = set.ofKind(FactKind::TrackingNumber).front();
        QCOMPARE(number->parcel, 1);
        QCOMPARE(number->order, u"#1042"_s);
        QCOMPARE(number->source, u"order #1042"_s);
        QCOMPARE(number->readAt, sources.readAt);
        QCOMPARE(set.ofKind(FactKind::OrderDate).front()->time, std::optional(order.createdAt));
        const Fact* item = set.ofKind(FactKind::Item).front();
        QCOMPARE(item->item, std::optional(FactItem{u"Blue Widget"_s, u"Large"_s, u"BW-L"_s, 2}));
        QCOMPARE(set.orderNames, QStringList(u"#1042"_s));
        QCOMPARE(set.subjectOrder, u"#1042"_s);
        QCOMPARE(set.ofKind(FactKind::Link).front()->value, u"https://acme.example/orders/1042"_s);
    }

    void collectsTheCustomerAndTheStore() {
        AnswerSources sources = vipSources();
        sources.knowledge.push_back(madeKnowledge(4, KnowledgeKind::Contact, u"E-mail"_s, u"help@acme.example"_s));
        sources.knowledge.push_back(
            madeKnowledge(5, KnowledgeKind::Link, u"FAQ"_s, {}, u"https://help.acme.example/faq"_s));
        sources.knowledge.push_back(madeKnowledge(6, KnowledgeKind::HandlingTime, {}, u"2 business days"_s));
        sources.knowledge.push_back(madeKnowledge(7, KnowledgeKind::ReturnWindow, {}, u"60"_s));
        const FactSet set = factsOf(sources);
        QCOMPARE(valuesOf(set, FactKind::CustomerName), QStringList({u"Ada"_s, u"Ada Lovelace"_s}));
        QCOMPARE(valuesOf(set, FactKind::Ltv), QStringList(u"450.00 USD"_s));
        QCOMPARE(valuesOf(set, FactKind::OrdersCount), QStringList(u"3"_s));
        QCOMPARE(valuesOf(set, FactKind::Tag), QStringList({u"VIP"_s, u"Fall_Sale"_s}));
        QCOMPARE(valuesOf(set, FactKind::StoreContact), QStringList(u"help@acme.example"_s));
        QCOMPARE(valuesOf(set, FactKind::Link),
                 QStringList({u"https://acme.example/returns"_s, u"https://help.acme.example/faq"_s}));
        QCOMPARE(set.byId(u"P1"_s)->label, u"Returns"_s);
        QCOMPARE(set.byId(u"P1"_s)->value, u"30 days from delivery."_s);
        QCOMPARE(set.byId(u"P2"_s)->label, u"handling_time"_s);
        QCOMPARE(set.byId(u"P2"_s)->value, u"2 business days"_s);
        QCOMPARE(set.byId(u"P3"_s)->label, u"return_window"_s);
        QCOMPARE(set.byId(u"P3"_s)->value, u"60 days"_s);
        QCOMPARE(set.storeName, u"Acme"_s);
        QCOMPARE(set.storeKind, u"shopify"_s);
        QCOMPARE(set.storeHosts, QStringList({u"acme.example"_s, u"help.acme.example"_s}));
        QCOMPARE(set.customerFirstName, u"Ada"_s);
        QCOMPARE(set.customerEmails, QStringList(u"ada@example.com"_s));
    }

    void assumesTheUsualPromisesAndSaysSo() {
        const FactSet set = factsOf(emptySources());
        QCOMPARE(valuesOf(set, FactKind::Policy), QStringList({u"24 hours"_s, u"30 days"_s}));
        QCOMPARE(set.byId(u"P1"_s)->source, u"default"_s);
        // Of no store at all nothing is assumed.
        AnswerSources nowhere = emptySources();
        nowhere.store = StoreRow();
        QVERIFY(factsOf(nowhere).facts.empty());
    }

    void addsUpTheAmountsOfOneOrder() {
        AnswerSources sources = vipSources();
        OrderView& order = sources.customer->orders.front();
        order.items.push_back({u"Lamp"_s, {}, {}, 1, 1, dollars(1'000)});
        order.subtotal = dollars(5'500);
        order.discounts = dollars(500);
        order.shipping = dollars(700);
        order.tax = dollars(0);
        order.total = dollars(6'200);
        order.refunded = dollars(1'200);
        order.refunds = {{timeOf("2026-02-22T00:00:00Z"), dollars(1'000)},
                         {timeOf("2026-02-23T00:00:00Z"), dollars(200)}};
        const FactSet set = factsOf(sources);
        QCOMPARE(
            labelledAmounts(set, FactKind::Money),
            QStringList({u"total = 62.00 USD"_s, u"subtotal = 55.00 USD"_s, u"shipping = 7.00 USD"_s,
                         u"discounts = 5.00 USD"_s, u"refunded = 12.00 USD"_s, u"refund of 2026-02-22 = 10.00 USD"_s,
                         u"refund of 2026-02-23 = 2.00 USD"_s, u"unit price: Blue Widget = 22.50 USD"_s,
                         u"line price: Blue Widget = 45.00 USD"_s, u"unit price: Lamp = 10.00 USD"_s}));
        // Each amount once: subtotal and shipping are the total, both lines are the subtotal, both refunds the sum.
        QCOMPARE(labelledAmounts(set, FactKind::DerivedMoney),
                 QStringList({u"total less refunds = 50.00 USD"_s, u"subtotal before discounts = 60.00 USD"_s,
                              u"total before discounts = 67.00 USD"_s}));
    }

    void givesEachFactItsOwnId() {
        AnswerSources sources = vipSources();
        for (int i = 0; i < 9; ++i)
            sources.customer->orders.push_back(madeOrder(u"#10%1"_s.arg(10 + i), "2026-01-01T00:00:00Z"));
        const FactSet set = factsOf(sources);
        QSet<QString> ids;
        for (const Fact& fact : set.facts)
            ids.insert(fact.id);
        QCOMPARE(size_t(ids.size()), set.facts.size());
        QCOMPARE(set.facts.front().id, u"F1"_s);
        QCOMPARE(set.orderNames.size(), 10);
        // The context's three in full, the others in outline.
        QCOMPARE(valuesOf(set, FactKind::Item).size(), 3);
        QVERIFY(factSetFromJson(toJson(set)).has_value());
    }

    void collectsTheOrderTheMailIsAboutWholeHoweverOld() {
        AnswerSources sources = vipSources();
        sources.customer->orders.front().tracking.front().deliveredAt = timeOf("2025-12-01T00:00:00Z");
        for (int i = 0; i < 6; ++i) {
            OrderView done = madeOrder(u"#10%1"_s.arg(10 + i), "2026-01-01T00:00:00Z");
            done.cancelledAt = timeOf("2026-01-02T00:00:00Z");
            sources.customer->orders.push_back(done);
        }
        sources.customer->orders.push_back(madeOrder(u"#1001"_s, "2025-12-30T00:00:00Z"));
        FactSet set = factsOf(sources);
        QCOMPARE(set.subjectOrder, u"#1001"_s);
        QCOMPARE(set.ofOrder(u"#1001"_s, FactKind::Item).size(), size_t(1));
        QCOMPARE(set.ofOrder(u"#1015"_s, FactKind::Item).size(), size_t(0));
        sources.namedOrders = {u"#1001"_s, u"#1015"_s};
        set = factsOf(sources);
        QCOMPARE(set.ofOrder(u"#1015"_s, FactKind::Item).size(), size_t(1));
    }

    void saysWhichOrderTheMailIsAbout_data() {
        QTest::addColumn<QStringList>("named");
        QTest::addColumn<QStringList>("states"); // of the sender's orders, newest first
        QTest::addColumn<QString>("subject");
        const QStringList none;
        QTest::newRow("the only one") << none << QStringList{u"old"_s} << u"#1"_s;
        QTest::newRow("named") << QStringList{u"#2"_s} << QStringList{u"open"_s, u"open"_s} << u"#2"_s;
        QTest::newRow("named, in another case") << QStringList{u"#2"_s} << QStringList{u"open"_s, u"old"_s} << u"#2"_s;
        QTest::newRow("somebody else's") << QStringList{u"#77"_s} << QStringList{u"open"_s} << QString();
        QTest::newRow("own and somebody else's")
            << QStringList{u"#1"_s, u"#77"_s} << QStringList{u"open"_s} << QString();
        QTest::newRow("two of them") << QStringList{u"#1"_s, u"#2"_s} << QStringList{u"open"_s, u"open"_s} << QString();
        QTest::newRow("one open") << none << QStringList{u"open"_s, u"old"_s, u"old"_s} << u"#1"_s;
        QTest::newRow("an older open") << none << QStringList{u"old"_s, u"open"_s} << u"#2"_s;
        QTest::newRow("two open") << none << QStringList{u"open"_s, u"shipped"_s} << QString();
        QTest::newRow("open and just delivered") << none << QStringList{u"open"_s, u"delivered"_s} << QString();
        QTest::newRow("just cancelled") << none << QStringList{u"cancelled"_s, u"old"_s} << u"#1"_s;
        QTest::newRow("all finished long ago") << none << QStringList{u"old"_s, u"old"_s} << QString();
        QTest::newRow("nobody") << none << none << QString();
    }
    void saysWhichOrderTheMailIsAbout() {
        QFETCH(QStringList, named);
        QFETCH(QStringList, states);
        AnswerSources sources = vipSources();
        sources.namedOrders = named;
        std::vector<OrderView>& orders = sources.customer->orders;
        orders.clear();
        for (const QString& state : states) {
            OrderView order = madeOrder(u"#%1"_s.arg(orders.size() + 1), "2026-02-01T00:00:00Z");
            if (state != "open"_L1 && state != "cancelled"_L1) {
                order.fulfillmentStatus = u"FULFILLED"_s;
                order.tracking = {madeParcel(u"USPS"_s, u"94"_s, {})};
            }
            if (state == "old"_L1) order.tracking.front().deliveredAt = timeOf("2025-12-01T00:00:00Z");
            if (state == "delivered"_L1) order.tracking.front().deliveredAt = timeOf("2026-02-20T00:00:00Z");
            if (state == "cancelled"_L1) order.cancelledAt = timeOf("2026-02-20T00:00:00Z");
            orders.push_back(order);
        }
        if (states.isEmpty()) sources.customer.reset();
        QTEST(factsOf(sources).subjectOrder, "subject");
    }
};

QTEST_GUILESS_MAIN(FactCollectorTest)
#include "tst_fact_collector.moc"
