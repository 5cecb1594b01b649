#include "core/desk/stores/sync_schedule.h"
#include "tests/support/patience.h"

#include <random>

using namespace aiva;
using namespace Qt::StringLiterals;

using State = SyncStanding::State;

namespace {

constexpr qint64 kMinute = 60'000;
constexpr qint64 kHour = 60 * kMinute;
const UtcTime kNow(1'800'000'000'000);

StoreRow storeWith(const QString& schedule, std::optional<UtcTime> lastSync = kNow.plusMs(-kMinute)) {
    StoreRow store;
    store.id = StoreId(1);
    store.schedule = schedule;
    store.status = StoreStatus::Connected;
    store.lastSyncAt = lastSync;
    store.createdAt = kNow.plusDays(-30);
    return store;
}

SyncJobRow job(SyncStatus status, const QString& error = {}, UtcTime at = kNow,
               SyncTrigger trigger = SyncTrigger::Schedule, SyncKind kind = SyncKind::Incremental) {
    SyncJobRow row;
    row.status = status;
    row.error = error;
    row.trigger = trigger;
    row.kind = kind;
    row.startedAt = at.plusMs(-1'000);
    row.finishedAt = at;
    return row;
}

const QString kSlow = u"Timeout"_s;
const QString kAway = u"Network/HostNotFound"_s;

} // namespace

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
        QCOMPARE(scheduleIntervalMs(schedule).value_or(0), minutes * kMinute);
    }

    void storeNeverSyncedIsDueAtOnce() {
        const SyncStanding standing = standingOf(storeWith(u"hourly"_s, std::nullopt), {}, std::nullopt, kNow);
        QCOMPARE(standing.state, State::OnSchedule);
        QVERIFY(standing.nextAt && *standing.nextAt <= kNow);
    }

    void nextSyncFollowsTheLastOneOrTheLastTry() {
        const StoreRow store = storeWith(u"hourly"_s);
        const auto next = standingOf(store, {}, std::nullopt, kNow).nextAt;
        QVERIFY(next && next->msSince(*store.lastSyncAt) >= kHour &&
                next->msSince(*store.lastSyncAt) < kHour * 11 / 10);
        const UtcTime tried = store.lastSyncAt->plusSeconds(30);
        QCOMPARE(*standingOf(store, {}, tried, kNow).nextAt, next->plusSeconds(30));
        QCOMPARE(*standingOf(store, {}, UtcTime(5), kNow).nextAt, *next);
    }

    void storesStartApart() {
        StoreRow second = storeWith(u"hourly"_s);
        second.id = StoreId(2);
        QVERIFY(*standingOf(storeWith(u"hourly"_s), {}, std::nullopt, kNow).nextAt !=
                *standingOf(second, {}, std::nullopt, kNow).nextAt);
    }

    void filesThatCouldNotBeImportedAreNotTriedAgain() {
        StoreRow files = storeWith(u"manual"_s);
        files.kind = StoreKind::Csv;
        const SyncFailures failures = failuresOf({job(SyncStatus::Failed, kSlow)});
        QVERIFY(failures.any());
        const SyncStanding standing = standingOf(files, failures, std::nullopt, kNow);
        QCOMPARE(standing.state, State::ByHand);
        QVERIFY(!standing.nextAt);
    }

    void manualAndDisconnectedStoresWait() {
        QCOMPARE(standingOf(storeWith(u"manual"_s), {}, std::nullopt, kNow).state, State::ByHand);
        StoreRow store = storeWith(u"hourly"_s);
        store.status = StoreStatus::Disconnected;
        const SyncStanding standing =
            standingOf(store, failuresOf({job(SyncStatus::Failed, kSlow)}), std::nullopt, kNow);
        QCOMPARE(standing.state, State::Disconnected);
        QVERIFY(!standing.nextAt);
    }

    // A machine that slept, a clock that was set: what is due, in minutes from now, after `away` since the last sync.
    void clocksMayDoAnything_data() {
        QTest::addColumn<QString>("schedule");
        QTest::addColumn<qint64>("sinceLastSync");
        QTest::addColumn<bool>("isDue");
        QTest::newRow("hourly after half an hour") << u"hourly"_s << 30 * kMinute << false;
        QTest::newRow("hourly after 12 h of sleep") << u"hourly"_s << 12 * kHour << true;
        QTest::newRow("daily after 12 h of sleep") << u"daily"_s << 12 * kHour << false;
        QTest::newRow("daily after three days away") << u"daily"_s << 72 * kHour << true;
        QTest::newRow("realtime after two minutes") << u"realtime"_s << 2 * kMinute << true;
        QTest::newRow("clock set back an hour") << u"hourly"_s << -kHour << true;
        QTest::newRow("clock set back three years") << u"daily"_s << -3 * 365 * 24 * kHour << true;
        QTest::newRow("clock set back, by hand") << u"manual"_s << -kHour << false;
        QTest::newRow("clock jumped ten years ahead") << u"6h"_s << 10 * 365 * 24 * kHour << true;
    }
    void clocksMayDoAnything() {
        QFETCH(const QString, schedule);
        QFETCH(const qint64, sinceLastSync);
        QFETCH(const bool, isDue);
        const auto next = standingOf(storeWith(schedule, kNow.plusMs(-sinceLastSync)), {}, std::nullopt, kNow).nextAt;
        QCOMPARE(next && *next <= kNow, isDue);
    }

    // Whatever the clock does, a store on a schedule waits at most one interval and its stagger, and once tried it
    // waits.
    void noClockMakesAStoreWaitLongerThanItsInterval() {
        std::mt19937_64 random(7);
        const QStringList schedules{u"realtime"_s, u"15min"_s, u"hourly"_s, u"6h"_s, u"daily"_s};
        int cases = 0;
        for (; cases < 20'000; ++cases) {
            const QString schedule = schedules[static_cast<qsizetype>(random() % 5)];
            const qint64 interval = *scheduleIntervalMs(schedule);
            const auto anyTime = [&]() -> std::optional<UtcTime> {
                if (random() % 5 == 0) return std::nullopt;
                return kNow.plusMs(static_cast<qint64>(random() % (400ULL * 24 * kHour)) - 200LL * 24 * kHour);
            };
            StoreRow store = storeWith(schedule, anyTime());
            store.id = StoreId(static_cast<qint64>(random() % 50 + 1));
            const auto next = standingOf(store, {}, anyTime(), kNow).nextAt;
            QVERIFY(next);
            QVERIFY(next->msSince(kNow) <= interval * 11 / 10);
            const auto afterTry = standingOf(store, {}, kNow, kNow).nextAt;
            QVERIFY(afterTry->msSince(kNow) >= interval);
        }
        qInfo("%d cases", cases);
    }

    void failedJobIsTriedThreeTimesMoreAndThenNot() {
        std::vector<SyncJobRow> jobs;
        const qint64 waits[] = {5 * kMinute, 15 * kMinute, 60 * kMinute};
        for (int failed = 1; failed <= 3; ++failed) {
            jobs.insert(jobs.begin(), job(SyncStatus::Failed, kSlow));
            const SyncStanding standing = standingOf(storeWith(u"realtime"_s), failuresOf(jobs), std::nullopt, kNow);
            QCOMPARE(standing.state, State::Retrying);
            QCOMPARE(standing.retriesLeft, 4 - failed);
            QCOMPARE(standing.nextAt->msSince(kNow), waits[failed - 1]);
        }
        jobs.insert(jobs.begin(), job(SyncStatus::Failed, kSlow));
        const SyncStanding stopped = standingOf(storeWith(u"realtime"_s), failuresOf(jobs), std::nullopt, kNow);
        QCOMPARE(stopped.state, State::Stopped);
        QVERIFY(!stopped.nextAt);
    }

    void successOrAPersonEndsTheCountOfFailures() {
        const SyncJobRow failed = job(SyncStatus::Failed, kSlow);
        QCOMPARE(failuresOf({failed, failed, job(SyncStatus::Completed), failed}).inARow, 2);
        QCOMPARE(failuresOf({job(SyncStatus::CompletedWithErrors), failed}).inARow, 0);
        QCOMPARE(failuresOf({failed, job(SyncStatus::Failed, kSlow, kNow, SyncTrigger::User), failed, failed}).inARow,
                 2);
        QCOMPARE(failuresOf({job(SyncStatus::Cancelled), failed}).inARow, 1);
        QCOMPARE(failuresOf({job(SyncStatus::Running), job(SyncStatus::Interrupted), failed}).inARow, 1);
        QVERIFY(!failuresOf({}).any());
    }

    void retryRepeatsTheKindThatFailed() {
        const auto full = job(SyncStatus::Failed, kSlow, kNow, SyncTrigger::Schedule, SyncKind::Full);
        QCOMPARE(failuresOf({full, job(SyncStatus::Completed)}).kind, SyncKind::Full);
    }

    void failureFromTheFutureIsRetriedNow() {
        const auto failures = failuresOf({job(SyncStatus::Failed, kSlow, kNow.plusDays(300))});
        const SyncStanding standing = standingOf(storeWith(u"hourly"_s), failures, std::nullopt, kNow);
        QCOMPARE(standing.state, State::Retrying);
        QVERIFY(*standing.nextAt <= kNow);
    }

    // Three days without a network: never "stopped", knocking every minute, and the first answer starts it again.
    void threeDaysOfflineUseUpNoRetries() {
        std::vector<SyncJobRow> jobs(8, job(SyncStatus::Failed, kAway, kNow.plusDays(-3)));
        const SyncFailures failures = failuresOf(jobs);
        QVERIFY(failures.isUnreachable);
        QCOMPARE(failures.inARow, 0);
        const SyncStanding standing = standingOf(storeWith(u"daily"_s), failures, std::nullopt, kNow);
        QCOMPARE(standing.state, State::Unreachable);
        QVERIFY(*standing.nextAt <= kNow);
        const SyncStanding knocked = standingOf(storeWith(u"daily"_s), failures, kNow, kNow);
        QCOMPARE(knocked.nextAt->msSince(kNow), kMinute);
    }

    // The network lets the question through and breaks off the sync that follows: never a failed job a minute.
    void networkThatBreaksOffEachSyncIsKnockedAtLessAndLess() {
        std::vector<SyncJobRow> jobs;
        for (const qint64 wait : {kMinute, 5 * kMinute, 15 * kMinute, 60 * kMinute, 60 * kMinute}) {
            jobs.insert(jobs.begin(), job(SyncStatus::Failed, kAway, kNow, SyncTrigger::System));
            const SyncStanding standing = standingOf(storeWith(u"realtime"_s), failuresOf(jobs), std::nullopt, kNow);
            QCOMPARE(standing.state, State::Unreachable);
            QCOMPARE(standing.nextAt->msSince(kNow), wait);
        }
        // A person who tries does not make the network wait longer.
        jobs.insert(jobs.begin(), job(SyncStatus::Failed, kAway, kNow, SyncTrigger::User));
        QCOMPARE(standingOf(storeWith(u"realtime"_s), failuresOf(jobs), std::nullopt, kNow).nextAt->msSince(kNow),
                 kMinute);
    }

    void olderOrdersThatCannotBeReadStopNoNewerOnes() {
        std::vector<SyncJobRow> jobs{job(SyncStatus::Completed)};
        QVERIFY(!historyRetryAt(historyFailuresOf(jobs), kNow));
        for (const qint64 wait : {5 * kMinute, 15 * kMinute, 60 * kMinute}) {
            const SyncTrigger trigger = jobs.size() == 1 ? SyncTrigger::User : SyncTrigger::Schedule;
            jobs.insert(jobs.begin(), job(SyncStatus::Completed)); // newer orders came in between
            jobs.insert(jobs.begin(), job(SyncStatus::Failed, kSlow, kNow, trigger, SyncKind::History));
            QVERIFY(!failuresOf(jobs).any());
            QCOMPARE(historyRetryAt(historyFailuresOf(jobs), kNow)->msSince(kNow), wait);
        }
        jobs.insert(jobs.begin(), job(SyncStatus::Failed, kSlow, kNow, SyncTrigger::Schedule, SyncKind::History));
        QVERIFY(!historyRetryAt(historyFailuresOf(jobs), kNow));
        QVERIFY(historyFailuresOf(jobs).any());
        QCOMPARE(standingOf(storeWith(u"realtime"_s), failuresOf(jobs), std::nullopt, kNow).state, State::OnSchedule);
    }

    void comparisonThatBrokeOffIsMadeUpForSoon() {
        const StoreRow store = storeWith(u"hourly"_s);
        const UtcTime last = kNow.plusMs(-kHour);
        const auto next = nextComparisonAt(store, last, kNow, ComparisonEnd::Broken);
        QVERIFY(next && next->msSince(last) >= 6 * kHour && next->msSince(last) < 7 * kHour);
        QVERIFY(!nextComparisonAt(storeWith(u"manual"_s), last, kNow, ComparisonEnd::Broken));
        // Under a clock set back it is one of many years to come, which says nothing.
        QCOMPARE(nextComparisonAt(store, kNow.plusDays(900), kNow, ComparisonEnd::Broken),
                 nextComparisonAt(store, std::nullopt, kNow));
    }

    void comparesDailyInRealtimeAndWeeklyElse_data() {
        QTest::addColumn<QString>("schedule");
        QTest::addColumn<qint64>("days"); // 0: never
        QTest::newRow("realtime") << u"realtime"_s << qint64(1);
        QTest::newRow("hourly") << u"hourly"_s << qint64(7);
        QTest::newRow("daily") << u"daily"_s << qint64(7);
        QTest::newRow("manual") << u"manual"_s << qint64(0);
    }
    void comparesDailyInRealtimeAndWeeklyElse() {
        QFETCH(const QString, schedule);
        QFETCH(const qint64, days);
        const StoreRow store = storeWith(schedule);
        const auto next = nextComparisonAt(store, kNow.plusMs(-kHour), kNow);
        QCOMPARE(next.has_value(), days > 0);
        if (!next) return;
        const qint64 wait = next->msSince(kNow.plusMs(-kHour));
        QVERIFY(wait >= days * 24 * kHour && wait < days * 24 * kHour * 11 / 10);
        QVERIFY(*nextComparisonAt(store, kNow.plusDays(-8), kNow) <= kNow);
        QVERIFY(nextComparisonAt(store, kNow.plusDays(900), kNow)->msSince(kNow) < wait);
    }

    void storeThatIsNotWellIsNotCompared() {
        StoreRow store = storeWith(u"realtime"_s);
        store.status = StoreStatus::Disconnected;
        QVERIFY(!nextComparisonAt(store, std::nullopt, kNow));
        store.status = StoreStatus::Connected;
        store.lastSyncAt.reset();
        QVERIFY(!nextComparisonAt(store, std::nullopt, kNow));
    }
};

QTEST_GUILESS_MAIN(TestSyncSchedule)
#include "tst_sync_schedule.moc"
