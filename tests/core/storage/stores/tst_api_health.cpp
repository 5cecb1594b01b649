#include "core/storage/stores/api_health.h"
#include "tests/core/storage/records/record_fixture.h"
#include "tests/support/patience.h"
#include "tests/support/table_dump.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kHourMs = 3'600'000;

ApiHealth answers(qint64 number, qint64 ms) {
    ApiHealth health;
    health.answered = number;
    health.answeredMs = ms;
    return health;
}

} // namespace

class ApiHealthTest : public QObject {
    Q_OBJECT

    std::unique_ptr<RecordFixture> m_cache;
    std::unique_ptr<ApiHealthRepository> m_rows;
    StoreId m_store;

private Q_SLOTS:
    void init() {
        m_cache = std::make_unique<RecordFixture>();
        m_store = m_cache->addStore(u"acme.myshopify.com"_s);
        m_rows = *ApiHealthRepository::create(m_cache->database());
    }
    void cleanup() {
        m_rows.reset();
        m_cache.reset();
    }

    void isEmptyBeforeAnythingWasAsked() { QCOMPARE(*m_rows->ofLastDay(m_store, day(1)), ApiHealth()); }

    void addsUpWithinTheHourAndAcrossIt() {
        ApiHealth first = answers(3, 300);
        first.limited = 1;
        first.refused = 2;
        first.failed = 4;
        first.unreachable = 8;
        first.heldBackMs = 1'500;
        first.answeredAt = day(1);
        QVERIFY(m_rows->add(m_store, day(1), first));
        ApiHealth second = answers(1, 50);
        second.answeredAt = day(1).plusMs(2 * kHourMs);
        second.failedAt = day(1).plusMs(kHourMs);
        second.error = u"Network"_s;
        QVERIFY(m_rows->add(m_store, day(1).plusMs(1), first));
        QVERIFY(m_rows->add(m_store, day(1).plusMs(2 * kHourMs), second));
        ApiHealth sum = answers(7, 650);
        sum.limited = 2;
        sum.refused = 4;
        sum.failed = 8;
        sum.unreachable = 16;
        sum.heldBackMs = 3'000;
        sum.answeredAt = second.answeredAt;
        sum.failedAt = second.failedAt;
        sum.error = second.error;
        QCOMPARE(*m_rows->ofLastDay(m_store, day(1).plusMs(2 * kHourMs)), sum);
        QCOMPARE(sum.requests(), 37);
        QCOMPARE(sum.troubles(), 28);
        QCOMPARE(sum.meanAnswerMs(), 92);
    }

    // What was last is known for longer than it is counted.
    void countsADayAndKeepsTheLast() {
        ApiHealth health = answers(5, 500);
        health.answeredAt = day(1);
        health.failedAt = day(1);
        health.error = u"Auth/TokenRefused"_s;
        QVERIFY(m_rows->add(m_store, day(1), health));
        QCOMPARE(m_rows->ofLastDay(m_store, day(1).plusMs(23 * kHourMs))->answered, 5);
        const ApiHealth later = *m_rows->ofLastDay(m_store, day(1).plusMs(24 * kHourMs));
        QCOMPARE(later.requests(), 0);
        QCOMPARE(later.error, health.error);
        QCOMPARE(later.answeredAt, std::optional(day(1)));
        // An answer does not make the failure forgotten.
        ApiHealth answer = answers(1, 1);
        answer.answeredAt = day(3);
        QVERIFY(m_rows->add(m_store, day(3), answer));
        QCOMPARE(m_rows->ofLastDay(m_store, day(3))->failedAt, std::optional(day(1)));
        QCOMPARE(m_rows->ofLastDay(m_store, day(3))->answered, 1);
    }

    // A clock that was ahead is set right: what is dated after now is not of the last day.
    void countsNothingOfTheFuture() {
        QVERIFY(m_rows->add(m_store, day(5), answers(5, 500)));
        QCOMPARE(m_rows->ofLastDay(m_store, day(4))->answered, 0);
    }

    void keepsAWeek() {
        for (int hour = 0; hour < 300; ++hour)
            QVERIFY(m_rows->add(m_store, day(1).plusMs(hour * kHourMs), answers(1, 1)));
        QCOMPARE(rows(m_cache->database(), "SELECT count(*) FROM store_api_hours").front(), u"168"_s);
    }

    void leavesOutAStoreThatIsGone() {
        QVERIFY(m_rows->add(StoreId(999), day(1), answers(1, 1)));
        QCOMPARE(rows(m_cache->database(), "SELECT count(*) FROM store_api_hours").front(), u"0"_s);
    }

    void keepsStoresApart() {
        const StoreId other = m_cache->addStore(u"other.myshopify.com"_s);
        QVERIFY(m_rows->add(m_store, day(1), answers(5, 500)));
        QCOMPARE(*m_rows->ofLastDay(other, day(1)), ApiHealth());
    }
};

QTEST_GUILESS_MAIN(ApiHealthTest)
#include "tst_api_health.moc"
