#include "core/desk/sync_schedule.h"

#include <QTest>

using namespace aiva;
using namespace Qt::StringLiterals;

class TestSyncSchedule : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knowsTheIntervals_data() {
        QTest::addColumn<QString>("schedule");
        QTest::addColumn<qint64>("minutes");
        QTest::newRow("realtime") << u"realtime"_s << qint64(1);
        QTest::newRow("15 min") << u"15min"_s << qint64(15);
        QTest::newRow("hourly") << u"hourly"_s << qint64(60);
        QTest::newRow("6 h") << u"6h"_s << qint64(360);
        QTest::newRow("daily") << u"daily"_s << qint64(1'440);
        QTest::newRow("manual") << u"manual"_s << qint64(0);
        QTest::newRow("unknown") << u"fortnightly"_s << qint64(0);
    }
    void knowsTheIntervals() {
        QFETCH(const QString, schedule);
        QFETCH(const qint64, minutes);
        QCOMPARE(scheduleIntervalMs(schedule).value_or(0), minutes * 60'000);
    }

    void storeNeverSyncedIsDueAtOnce() {
        StoreRow store;
        store.id = StoreId(1);
        QCOMPARE(nextSyncAt(store, std::nullopt), std::optional(UtcTime(0)));
    }

    void nextSyncFollowsTheLastOneOrTheLastTry() {
        StoreRow store;
        store.id = StoreId(1);
        store.lastSyncAt = UtcTime(1'000'000'000);
        const auto next = nextSyncAt(store, std::nullopt);
        QVERIFY(next && next->msSince(*store.lastSyncAt) >= 3'600'000 && next->msSince(*store.lastSyncAt) < 3'960'000);
        const UtcTime tried = store.lastSyncAt->plusSeconds(600);
        QCOMPARE(*nextSyncAt(store, tried), next->plusSeconds(600));
        QCOMPARE(*nextSyncAt(store, UtcTime(5)), *next);
    }

    void storesStartApart() {
        StoreRow first;
        first.id = StoreId(1);
        first.lastSyncAt = UtcTime(0);
        StoreRow second = first;
        second.id = StoreId(2);
        QVERIFY(*nextSyncAt(first, std::nullopt) != *nextSyncAt(second, std::nullopt));
    }

    void manualAndDisconnectedStoresWait() {
        StoreRow store;
        store.id = StoreId(1);
        store.schedule = u"manual"_s;
        QVERIFY(!nextSyncAt(store, std::nullopt));
        store.schedule = u"hourly"_s;
        store.status = StoreStatus::Disconnected;
        QVERIFY(!nextSyncAt(store, std::nullopt));
    }

    void failedJobIsTriedThreeTimesMore() {
        QCOMPARE(retryAfterMs(1), std::optional<qint64>(300'000));
        QCOMPARE(retryAfterMs(2), std::optional<qint64>(900'000));
        QCOMPARE(retryAfterMs(3), std::optional<qint64>(3'600'000));
        QVERIFY(!retryAfterMs(4));
        QVERIFY(!retryAfterMs(0));
    }
};

QTEST_GUILESS_MAIN(TestSyncSchedule)
#include "tst_sync_schedule.moc"
