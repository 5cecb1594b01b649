#include "core/adapters/store/shopify/documents.h"
#include "core/adapters/store/shopify/rate_pacer.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace Qt::StringLiterals;

class RatePacerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void holdsNothingBackBeforeItKnows();
    void waitsExactlyForWhatIsMissing();
    void countsRequestsUnderWay();
    void believesTheShopOverItself();
    void doesNotWaitForWhatNeverFits();
    void asksAgainInAMinuteAtTheLatest();
    void waitsAsTheShopSaysWhenThrottled_data();
    void waitsAsTheShopSaysWhenThrottled();
    void writesSearchTextWithQuotedTimes();
    void putsTheSearchTextIntoBulkQueries();

private:
    ManualClock m_clock{UtcTime(0)};
};

void RatePacerTest::holdsNothingBackBeforeItKnows() {
    RatePacer pacer(m_clock);
    QCOMPARE(pacer.delayBeforeMs(u"a"_s), 0);
    pacer.leaving(u"a"_s);
    QCOMPARE(pacer.delayBeforeMs(u"a"_s), 0);
    pacer.learn(u"a"_s, {});
    QCOMPARE(pacer.delayBeforeMs(u"a"_s), 0);
}

void RatePacerTest::waitsExactlyForWhatIsMissing() {
    RatePacer pacer(m_clock);
    pacer.learn(u"a"_s, {300, 100, 2000, 50});
    QCOMPARE(pacer.delayBeforeMs(u"a"_s), 4000);
    m_clock.advanceMs(1500);
    QCOMPARE(pacer.delayBeforeMs(u"a"_s), 2500);
    m_clock.advanceMs(2500);
    QCOMPARE(pacer.delayBeforeMs(u"a"_s), 0);
    QCOMPARE(pacer.delayBeforeMs(u"never asked"_s), 0);
}

void RatePacerTest::countsRequestsUnderWay() {
    RatePacer pacer(m_clock);
    pacer.learn(u"a"_s, {300, 500, 2000, 100});
    pacer.leaving(u"a"_s);
    QCOMPARE(pacer.delayBeforeMs(u"a"_s), 1000);
}

void RatePacerTest::believesTheShopOverItself() {
    RatePacer pacer(m_clock);
    pacer.learn(u"a"_s, {300, 500, 2000, 100});
    pacer.leaving(u"a"_s);
    pacer.leaving(u"a"_s);
    pacer.learn(u"a"_s, {120, 1900, 2000, 100}); // what was not used came back
    QCOMPARE(pacer.delayBeforeMs(u"a"_s), 0);
    m_clock.advanceMs(3'600'000);
    pacer.learn(u"b"_s, {2000, 2000, 2000, 100});
    pacer.leaving(u"b"_s);
    m_clock.advanceMs(3'600'000);
    QCOMPARE(pacer.delayBeforeMs(u"b"_s), 0); // never more than the bucket holds, and that is enough
}

void RatePacerTest::doesNotWaitForWhatNeverFits() {
    RatePacer pacer(m_clock);
    pacer.learn(u"a"_s, {5000, 1000, 1000, 100});
    QCOMPARE(pacer.delayBeforeMs(u"a"_s), 0);
}

void RatePacerTest::asksAgainInAMinuteAtTheLatest() {
    for (const double rate : {1.0, 1e-3, 1e-300}) {
        RatePacer pacer(m_clock);
        pacer.learn(u"a"_s, {1000, 0, 2000, rate});
        QCOMPARE(pacer.delayBeforeMs(u"a"_s), 60'000);
    }
}

void RatePacerTest::waitsAsTheShopSaysWhenThrottled_data() {
    QTest::addColumn<QueryCost>("cost");
    QTest::addColumn<qint64>("ms");
    QTest::newRow("exactly") << QueryCost{400, 150, 2000, 100} << qint64(2500);
    QTest::newRow("rounded up") << QueryCost{400, 150, 2000, 99} << qint64(2526);
    QTest::newRow("at least a second") << QueryCost{400, 390, 2000, 100} << qint64(1000);
    QTest::newRow("enough already") << QueryCost{400, 2000, 2000, 100} << qint64(1000);
    QTest::newRow("unknown") << QueryCost{} << qint64(1000);
    QTest::newRow("absurd") << QueryCost{1e300, 0, 1, 1e-300} << qint64(60'000);
    QTest::newRow("negative") << QueryCost{-5, 10, 10, 50} << qint64(1000);
}

void RatePacerTest::waitsAsTheShopSaysWhenThrottled() {
    QFETCH(QueryCost, cost);
    QFETCH(qint64, ms);
    QCOMPARE(RatePacer::throttledDelayMs(cost), ms);
}

void RatePacerTest::writesSearchTextWithQuotedTimes() {
    RecordQuery query;
    QCOMPARE(searchText(query), u""_s);
    query.resource = Resource::Orders;
    query.createdSince = UtcTime(1'767'225'600'000);
    QCOMPARE(searchText(query), u"created_at:>='2026-01-01T00:00:00Z'"_s);
    query.updatedSince = UtcTime(1'767'225'600'250);
    QCOMPARE(searchText(query), u"updated_at:>='2026-01-01T00:00:00.250Z' AND created_at:>='2026-01-01T00:00:00Z'"_s);
    query.resource = Resource::Customers;
    query.updatedSince.reset();
    QCOMPARE(searchText(query), u"customer_date:>='2026-01-01T00:00:00Z'"_s);
}

void RatePacerTest::putsTheSearchTextIntoBulkQueries() {
    for (const Resource resource : {Resource::Customers, Resource::Orders, Resource::Products}) {
        RecordQuery query;
        query.resource = resource;
        QVERIFY(bulkQueryText(query).contains("(query: \"\", sortKey"));
        query.updatedSince = UtcTime(1'767'225'600'000);
        const QByteArray text = bulkQueryText(query);
        QVERIFY(text.contains("(query: \"updated_at:>='2026-01-01T00:00:00Z'\", sortKey"));
        QVERIFY(!text.contains('%') && !text.contains('#'));
    }
}

QTEST_GUILESS_MAIN(RatePacerTest)
#include "tst_rate_pacer.moc"
