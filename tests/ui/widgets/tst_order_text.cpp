#include "tests/support/patience.h"
#include "tests/ui/support/sample_people.h"
#include "ui/widgets/order_text.h"

using namespace aiva;
using namespace Qt::StringLiterals;

class TestOrderText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(u"en_US"_s)); }

    void judgesTheStandingByWhatWeighsMost_data() {
        QTest::addColumn<QString>("financial");
        QTest::addColumn<QString>("fulfillment");
        QTest::addColumn<bool>("cancelled");
        QTest::addColumn<int>("standing");
        const auto row = [](const char* financial, const char* fulfillment, bool cancelled, OrderStanding standing) {
            QTest::addRow("%s %s %d", financial, fulfillment, cancelled)
                << QString::fromLatin1(financial) << QString::fromLatin1(fulfillment) << cancelled
                << static_cast<int>(standing);
        };
        row("PAID", "FULFILLED", false, OrderStanding::Fulfilled);
        row("paid", "fulfilled", false, OrderStanding::Fulfilled);
        row("PAID", "PARTIALLY_FULFILLED", false, OrderStanding::Partial);
        row("PAID", "partial", false, OrderStanding::Partial);
        row("PAID", "UNFULFILLED", false, OrderStanding::Unfulfilled);
        row("PAID", "ON_HOLD", false, OrderStanding::Unfulfilled);
        row("PAID", "", false, OrderStanding::Unfulfilled);
        row("PARTIALLY_REFUNDED", "FULFILLED", false, OrderStanding::Fulfilled);
        row("REFUNDED", "FULFILLED", false, OrderStanding::Refunded);
        row("REFUNDED", "UNFULFILLED", true, OrderStanding::Cancelled);
        row("VOIDED", "UNFULFILLED", false, OrderStanding::Cancelled);
        row("CANCELLED", "UNFULFILLED", false, OrderStanding::Cancelled);
    }
    void judgesTheStandingByWhatWeighsMost() {
        QFETCH(QString, financial);
        QFETCH(QString, fulfillment);
        QFETCH(bool, cancelled);
        QFETCH(int, standing);
        OrderView order;
        order.financialStatus = financial;
        order.fulfillmentStatus = fulfillment;
        if (cancelled) order.cancelledAt = sample::now();
        QCOMPARE(static_cast<int>(orderStanding(order)), standing);
    }

    void neverTellsAStandingByColourAlone() {
        QSet<QString> words;
        QList<DotLook> looks;
        for (const OrderStanding standing :
             {OrderStanding::Unfulfilled, OrderStanding::Partial, OrderStanding::Fulfilled, OrderStanding::Cancelled,
              OrderStanding::Refunded}) {
            words.insert(orderStandingWord(standing));
            looks << orderStandingDot(standing);
        }
        QCOMPARE(words.size(), 5);
        QVERIFY(looks[1].shape != looks[0].shape && looks[3].shape != looks[2].shape);
        // Cancelled and refunded look alike, so both are printed.
        QVERIFY(isStandingPrinted(OrderStanding::Cancelled) && isStandingPrinted(OrderStanding::Refunded));
    }

    void shortensOnlyLongNumbers() {
        const auto text = [](const QString& company, const QString& number) {
            TrackingView parcel;
            parcel.company = company;
            parcel.number = number;
            return std::pair(parcelText(parcel), parcelFullText(parcel));
        };
        using Pair = std::pair<QString, QString>;
        QCOMPARE(text(u"USPS"_s, u"9400111899223197428490"_s),
                 Pair(u"USPS 9400…28490"_s, u"USPS 9400 1118 9922 3197 4284 90"_s));
        QCOMPARE(text(u"DHL"_s, u"4425120771"_s), Pair(u"DHL 4425120771"_s, u"DHL 4425120771"_s));
        QCOMPARE(text(u"UPS"_s, u"1Z999AA10123456784"_s), Pair(u"UPS 1Z99…56784"_s, u"UPS 1Z999AA10123456784"_s));
        QCOMPARE(text({}, u"123"_s), Pair(u"123"_s, u"123"_s));
        QCOMPARE(text(u"Local courier"_s, {}), Pair(u"Local courier"_s, u"Local courier"_s));
    }

    void tellsTheLastEventAndItsAge() {
        TrackingView parcel = sample::shippedOrder().tracking[0];
        const QLocale reader(u"en_US"_s);
        QCOMPARE(parcelEvent(parcel, sample::now(), reader), u"In transit · 5 h ago"_s);
        parcel.status = u"SOMETHING_NEW"_s;
        QCOMPARE(parcelEvent(parcel, sample::now(), reader), u"Something new · 5 h ago"_s);
        parcel.deliveredAt = sample::now().plusDays(-10);
        QCOMPARE(parcelEvent(parcel, sample::now(), reader), u"Delivered · Feb 14"_s);
        parcel.deliveredAt.reset();
        parcel.status.clear();
        parcel.lastEventAt = UtcTime();
        QCOMPARE(parcelEvent(parcel, sample::now(), reader), u"Shipped"_s);
    }

    void isDeliveredOnlyWhenEveryParcelIs() {
        OrderView order = sample::deliveredOrder();
        QVERIFY(deliveredAt(order).has_value());
        order.tracking.push_back(sample::shippedOrder().tracking[0]);
        QVERIFY(!deliveredAt(order).has_value());
        OrderView partial = sample::deliveredOrder();
        partial.fulfillmentStatus = u"PARTIALLY_FULFILLED"_s;
        QVERIFY(!deliveredAt(partial).has_value());
    }

    void writesATrackingBlockOfEveryParcel() {
        const TrackingBlock one = trackingBlock(sample::shippedOrder());
        QCOMPARE(one.text, u"Tracking for order #1042:\nUSPS 9400111899223197428490\n"
                           "https://tools.usps.com/go/TrackConfirmAction?tLabels=9400111899223197428490"_s);
        QCOMPARE(one.html,
                 u"<p>Tracking for order #1042:<br><a href=\"https://tools.usps.com/go/TrackConfirmAction?tLabels="
                 "9400111899223197428490\">USPS 9400111899223197428490</a></p>"_s);
        const TrackingBlock two = trackingBlock(sample::partialOrder());
        QVERIFY(two.text.contains(u"UPS 1Z999AA10123456784\nhttps://www.ups.com/"_s));
        QVERIFY(two.text.endsWith(u"DHL Express 4425120771"_s));
        QCOMPARE(two.html.count(u"<a "_s), 1);
        QCOMPARE(trackingBlock(sample::unfulfilledOrder()), TrackingBlock());
    }

    void escapesWhatAShopMaySay() {
        OrderView order = sample::shippedOrder();
        order.name = u"<b>#1</b>"_s;
        order.tracking[0].company = u"A&B <script>alert(1)</script>"_s;
        order.tracking[0].url = u"https://x.example/?a=1&b=\"><script>"_s;
        const QString html = trackingBlock(order).html;
        QVERIFY2(!html.contains(u"<script"_s) && !html.contains(u"<b>"_s) && !html.contains(u"\"><"_s),
                 qPrintable(html));
        order.tracking[0].url = u"javascript:alert(1)"_s;
        QVERIFY(!trackingBlock(order).html.contains(u"href"_s));
        order.tracking[0].url = u"https://x.example/?a=1&b=2"_s;
        QVERIFY(trackingBlock(order).html.contains(u"href=\"https://x.example/?a=1&amp;b=2\""_s));
    }

    void linksOnlyToAPlainShopDomain_data() {
        QTest::addColumn<QString>("domain");
        QTest::addColumn<QString>("externalId");
        QTest::addColumn<QString>("url");
        QTest::newRow("shopify") << u"acme.myshopify.com"_s << u"gid://shopify/Order/42"_s
                                 << u"https://acme.myshopify.com/admin/orders/42"_s;
        QTest::newRow("path in domain") << u"evil.example/a"_s << u"gid://shopify/Order/42"_s << QString();
        QTest::newRow("user in domain") << u"acme@evil.example"_s << u"gid://shopify/Order/42"_s << QString();
        QTest::newRow("no domain") << QString() << u"gid://shopify/Order/42"_s << QString();
        QTest::newRow("csv") << u"acme.example"_s << u"row-17"_s << QString();
        QTest::newRow("odd id") << u"acme.myshopify.com"_s << u"gid://shopify/Order/42/../x"_s << QString();
    }
    void linksOnlyToAPlainShopDomain() {
        QFETCH(QString, domain);
        QFETCH(QString, externalId);
        OrderView order;
        order.externalId = externalId;
        StoreIdentity store;
        store.storeDomain = domain;
        QTEST(adminUrl(order, store), "url");
    }
};

QTEST_GUILESS_MAIN(TestOrderText)
#include "tst_order_text.moc"
