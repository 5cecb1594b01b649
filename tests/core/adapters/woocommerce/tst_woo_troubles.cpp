// The adapter against the sandbox's WooCommerce site where the site, or what lies before it, does not do its part.
#include "tests/core/adapters/woocommerce/woo_shop.h"

#include <set>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class TestWooTroubles : public QObject {
    Q_OBJECT

    std::unique_ptr<WooShop> m_shop;

private Q_SLOTS:
    void init() {
        m_shop = std::make_unique<WooShop>();
        QVERIFY(m_shop->store);
        const auto facts = await(m_shop->store->shop());
        QVERIFY2(facts, facts ? "" : qPrintable(facts.error().detail));
    }
    void cleanup() { m_shop.reset(); }

    void goesOnWhenRecordsGoWhileItReads() {
        const auto first = await(m_shop->store->page({Resource::Orders, {}, {}}, {}));
        QVERIFY(first && !first->nextCursor.isEmpty());
        QVERIFY(!m_shop->control(u"/sandbox/delete"_s, R"({"orders":200})").isEmpty());
        QCOMPARE(await(m_shop->store->count({Resource::Orders, {}, {}})).value_or(std::nullopt),
                 std::optional<qint64>(60));
        const auto second = await(m_shop->store->page({Resource::Orders, {}, {}}, first->nextCursor));
        QVERIFY(second);
        QVERIFY(second->orders.empty() && second->nextCursor.isEmpty());
        QCOMPARE(m_shop->walk({Resource::Orders, {}, {}}).records.orders.size(), size_t(60));
    }

    void aListThatHidesSomethingMakesNothingGone() {
        QVERIFY(
            !m_shop->control(u"/sandbox/faults"_s, R"({"next":[{"match":"orders/999999999","kind":"403","count":1}]})")
                 .isEmpty());
        const auto found = await(m_shop->store->lookup(Resource::Orders, {"999999999"}));
        QVERIFY(found && found->gone.empty() && found->orders.empty());
    }

    void doesWithoutTotalsWhereNobodySaysThem() {
        QVERIFY(!m_shop->control(u"/sandbox/woocommerce"_s, R"({"v2":false})").isEmpty());
        const WooShop::Everything all = m_shop->walk({Resource::Customers, {}, {}});
        QCOMPARE(all.records.customers.size(), size_t(130));
        for (const CustomerRecord& customer : all.records.customers)
            QVERIFY(!customer.amountSpent.currency().isValid() && customer.ordersCount == 0);
    }

    void readsEverythingAmongNoticesWithoutPagingHeaders() {
        const WooShop::Everything products = m_shop->walk({Resource::Products, {}, {}});
        QVERIFY(!m_shop->control(u"/sandbox/woocommerce"_s, R"({"notices":true,"hide_totals":true})").isEmpty());
        QCOMPARE(m_shop->walk({Resource::Orders, {}, {}}).records.orders.size(), size_t(260));
        QCOMPARE(m_shop->walk({Resource::Customers, {}, {}}).records.customers.size(), size_t(130));
        QVERIFY(m_shop->walk({Resource::Products, {}, {}}).records.products == products.records.products);
        const auto count = await(m_shop->store->count({Resource::Orders, {}, {}}));
        QVERIFY(count && !*count); // nobody says how many
    }

    void readsPlainPermalinks() {
        QVERIFY(!m_shop->control(u"/sandbox/woocommerce"_s, R"({"permalinks":"plain"})").isEmpty());
        m_shop->store = m_shop->storeWith(m_shop->server->wooKey(), m_shop->server->wooSecret().reveal());
        QVERIFY(await(m_shop->store->shop()));
        QCOMPARE(m_shop->walk({Resource::Orders, {}, {}}).records.orders.size(), size_t(260));
    }

    void testsTheConnection_data() {
        QTest::addColumn<QByteArray>("change");
        QTest::addColumn<QByteArray>("secret"); // empty: the right one
        QTest::addColumn<QString>("words");
        const auto row = [](const char* name, const char* change, const char* secret, const QString& words) {
            QTest::newRow(name) << QByteArray(change) << QByteArray(secret) << words;
        };
        row("wrong secret", "{}", "cs_wrong", u"Auth/TokenRefused"_s);
        row("no WooCommerce", R"({"woocommerce":false})", "", u"NotFound/NoRestApi"_s);
        row("signature stripped", R"({"strip_signature":true})", "", u"Auth/HeaderBlocked"_s);
        row("clock ahead", R"({"clock_skew":1000})", "", u"Auth/ClockSkew"_s);
        row("clock behind", R"({"clock_skew":-1000})", "", u"Auth/ClockSkew"_s);
        row("clock a little off", R"({"clock_skew":600})", "", {});
        row("may not read", R"({"may_read":false})", "", u"Auth/ScopeMissing"_s);
        row("hidden index", R"({"hide_index":true})", "", {});
        row("no manager", R"({"manages":false})", "", {});
        row("key deleted", R"({"revoked":true})", "", u"Auth/TokenRefused"_s);
        row("errors shown", R"({"notices":true})", "", {});
        row("wrong secret, errors shown", R"({"notices":true})", "cs_wrong", u"Auth/TokenRefused"_s);
        row("wrong secret, in German", R"({"language":"de"})", "cs_wrong", u"Auth/TokenRefused"_s);
        row("known by another address", "{\"home\":\"http://shop.example\"}", "", {});
    }
    void testsTheConnection() {
        QFETCH(const QByteArray, change);
        QFETCH(const QByteArray, secret);
        QFETCH(const QString, words);
        QVERIFY(!m_shop->control(u"/sandbox/woocommerce"_s, change).isEmpty());
        const SecretString right = m_shop->server->wooSecret();
        const auto store =
            m_shop->storeWith(m_shop->server->wooKey(), secret.isEmpty() ? right.reveal() : secret.toStdString());
        const auto facts = await(store->shop());
        QCOMPARE(facts ? QString() : errorWords(facts.error()), words);
        if (facts) QCOMPARE(facts->currency, u"USD"_s);
    }

    void survivesWhatServersDo_data() {
        QTest::addColumn<QByteArray>("fault");
        QTest::addColumn<QString>("words");
        QTest::newRow("429") << QByteArray("429") << QString();
        QTest::newRow("500") << QByteArray("500") << u"Network"_s;
        QTest::newRow("503") << QByteArray("503") << u"Network"_s;
        QTest::newRow("504") << QByteArray("504") << u"Timeout"_s;
        QTest::newRow("html") << QByteArray("html") << u"Network"_s;
        QTest::newRow("reset") << QByteArray("reset") << QString(); // Qt asks once more on a line it had kept open
        QTest::newRow("truncate") << QByteArray("truncate") << u"Network/BodyTruncated"_s;
        QTest::newRow("401") << QByteArray("401") << u"Auth/TokenRefused"_s;
    }
    void survivesWhatServersDo() {
        QFETCH(const QByteArray, fault);
        QFETCH(const QString, words);
        QByteArray order = R"({"next":[{"match":"woo wc/v3/orders","kind":"KIND","count":1}]})";
        order.replace("KIND", fault);
        QVERIFY(!m_shop->control(u"/sandbox/faults"_s, order).isEmpty());
        const auto page = await(m_shop->store->page({Resource::Orders, {}, {}}, {}));
        QCOMPARE(page ? QString() : errorWords(page.error()), words);
        // The next question is answered.
        const WooShop::Everything all = m_shop->walk({Resource::Orders, {}, {}});
        QCOMPARE(all.records.orders.size(), size_t(260));
    }

    void asksForLessWhereItTakesTooLong() {
        QVERIFY(!m_shop
                     ->control(u"/sandbox/faults"_s,
                               R"({"next":[{"match":"orders list","kind":"504","count":1,"after":1}]})")
                     .isEmpty());
        const auto first = await(m_shop->store->page({Resource::Orders, {}, {}}, {}));
        QVERIFY(first && first->orders.size() == 100);
        QVERIFY(!await(m_shop->store->page({Resource::Orders, {}, {}}, first->nextCursor)));
        const auto second = await(m_shop->store->page({Resource::Orders, {}, {}}, first->nextCursor));
        QVERIFY(second && second->orders.size() == 50);
        std::set<std::string> ids;
        for (const auto* page : {&*first, &*second})
            for (const OrderRecord& order : page->orders)
                ids.insert(order.externalId);
        QCOMPARE(ids.size(), size_t(150)); // none twice, none missing in between
    }

    void oneBadRecordIsAFault() {
        QVERIFY(!m_shop
                     ->control(u"/sandbox/faults"_s,
                               R"({"next":[{"match":"orders list","kind":"malformed_record","count":1}]})")
                     .isEmpty());
        const auto page = await(m_shop->store->page({Resource::Orders, {}, {}}, {}));
        QVERIFY(page);
        QCOMPARE(page->faults.size(), size_t(1));
        QCOMPARE(page->orders.size(), size_t(99));
    }

    void refusesACursorThatIsNone() {
        for (const QString& cursor : {u"x"_s, u"0/100"_s, u"1/0"_s, u"1/100/2"_s}) {
            const auto page = await(m_shop->store->page({Resource::Orders, {}, {}}, cursor));
            QVERIFY(!page && page.error().kind == ErrorKind::Invalid);
        }
    }
};

QTEST_GUILESS_MAIN(TestWooTroubles)
#include "tst_woo_troubles.moc"
