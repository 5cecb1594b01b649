#include "core/readmodel/person_spending.h"
#include "tests/support/patience.h"

using namespace aiva;

class TestPersonSpending : public QObject {
    Q_OBJECT

    const Currency m_euro = *Currency::parse("EUR");
    const Currency m_yen = *Currency::parse("JPY");

    StatedSpending stated(int store, qint64 minor, Currency currency, qint64 orders) const {
        return {StoreId(store), Money(minor, currency), orders, {}};
    }
    OrderTotals totals(int store, Currency currency, qint64 count, qint64 total, qint64 refunded) const {
        return {StoreId(store), currency, count, total, refunded, UtcTime(1), UtcTime(2)};
    }

private Q_SLOTS:
    void nobodyBoughtNothing() {
        const PersonSpending none = personSpending({}, {});
        QCOMPARE(none.orders, 0);
        QVERIFY(!none.spent.currency().isValid() && !none.averageOrder);
    }

    void believesTheStoreAndTakesRefundsOff() {
        const auto spending = personSpending({stated(1, 30'000, m_euro, 3)}, {totals(1, m_euro, 2, 20'000, 5'000)});
        QCOMPARE(spending.orders, 3);
        QCOMPARE(spending.spent, Money(30'000, m_euro));
        QCOMPARE(spending.netOfRefunds, Money(25'000, m_euro));
        QCOMPARE(spending.averageOrder, std::optional(Money(10'000, m_euro)));
    }

    void countsTheOrdersOfAGuest() {
        const auto spending = personSpending({}, {totals(1, m_euro, 2, 20'000, 30'000)});
        QCOMPARE(spending.orders, 2);
        QCOMPARE(spending.spent, Money(20'000, m_euro));
        QCOMPARE(spending.netOfRefunds, Money(0, m_euro)); // never below nothing
    }

    void sumsWithinTheCurrencyOfMostOrders() {
        const auto spending = personSpending({stated(1, 900'000, m_yen, 1), stated(2, 4'000, m_euro, 2)},
                                             {totals(3, m_euro, 2, 4'000, 1'000), totals(1, m_yen, 1, 900'000, 700)});
        QCOMPARE(spending.orders, 5);
        QCOMPARE(spending.spent, Money(8'000, m_euro));
        QCOMPARE(spending.netOfRefunds, Money(7'000, m_euro));
        QCOMPARE(spending.averageOrder, std::optional(Money(2'000, m_euro)));
    }
};

QTEST_GUILESS_MAIN(TestPersonSpending)
#include "tst_person_spending.moc"
