// A store that another process is syncing is left to it: nothing fails, nobody is told, and what is still due or wanted
// once that process is through begins then.
#include "core/desk/stores/sync_dispatcher.h"
#include "core/storage/vault/spool.h"
#include "tests/support/fake_store_port.h"
#include "tests/support/patience.h"
#include "tests/support/table_dump.h"
#include "tests/support/temporary_workspace.h"

#include <QSignalSpy>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class TestSyncElsewhere : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void beginsWhatIsWantedOnceTheOtherIsThrough();
    void staysDueOnSchedule();
    void doesNothingAgainThatTheOtherDid();
    void resumesWhatTheOtherLeft();
    void keepsNoOtherStoreWaiting();
    void countsNoFailureOfTheHistory();
    void comparesLater();
    void forgetsAWishThatIsTakenBack();
    void sweepsTheSpoolAtItsStart();

private:
    // Another process, as far as the lease goes.
    bool beginElsewhere() {
        auto lease = takeStoreLease(m_workspace->workspace(), m_store);
        if (lease) m_elsewhere = *std::move(lease);
        return m_elsewhere != nullptr;
    }
    void endElsewhere() { m_elsewhere.reset(); }
    bool open() {
        auto made =
            SyncDispatcher::create(m_workspace->workspace(), m_workspace->writer(), m_clock, m_adapters, m_pace);
        if (!made) return false;
        m_syncs = *std::move(made);
        connect(m_syncs.get(), &SyncDispatcher::failed, this, [this] { ++m_told; });
        connect(m_syncs.get(), &SyncDispatcher::noticed, this, [this] { ++m_told; });
        connect(m_syncs.get(), &SyncDispatcher::progressed, this, [this] { ++m_told; });
        connect(m_syncs.get(), &SyncDispatcher::storesChanged, this, [this] { ++m_told; });
        return true;
    }
    // Many tries.
    bool isQuiet() {
        QTest::qWait(60);
        return m_told == 0 && m_asked == 0;
    }
    void setSyncedAt(StoreId store, UtcTime at) {
        const auto stores = StoreRepository::create(m_workspace->writer());
        StoreRow row = m_workspace->store(store);
        row.schedule = u"hourly"_s;
        row.status = StoreStatus::Connected;
        row.createdAt = m_clock.now();
        QVERIFY((*stores)->save(row));
        QVERIFY((*stores)->setSynced(store, at, SyncStatus::Completed));
    }
    QStringList jobs() {
        return rows(m_workspace->writer(), "SELECT kind, trigger, status FROM sync_jobs ORDER BY id");
    }

    SystemClock m_clock;
    std::unique_ptr<TemporaryWorkspace> m_workspace;
    StoreId m_store;
    DeskAdapters m_adapters;
    DeskPace m_pace;
    std::unique_ptr<SyncDispatcher> m_syncs;
    StoreLease m_elsewhere;
    int m_told = 0;
    int m_asked = 0; // ports made
};

void TestSyncElsewhere::init() {
    m_workspace = std::make_unique<TemporaryWorkspace>();
    QVERIFY(m_workspace->isOpen());
    m_store = m_workspace->addStore();
    m_pace = DeskPace();
    m_pace.firstTickMs = 1;
    m_pace.scheduleTickMs = 5;
    m_pace.elsewhereMs = 5;
    m_told = 0;
    m_asked = 0;
    m_adapters.storePort = [this](const StoreRow&) {
        ++m_asked;
        return Result<std::unique_ptr<StorePort>>(std::make_unique<FakeStorePort>(makeShop(5, 5, 1, m_clock.now())));
    };
}

void TestSyncElsewhere::cleanup() {
    m_syncs.reset();
    m_elsewhere.reset();
    m_workspace.reset();
}

void TestSyncElsewhere::beginsWhatIsWantedOnceTheOtherIsThrough() {
    QVERIFY(beginElsewhere());
    QVERIFY(open());
    QSignalSpy finished(m_syncs.get(), &SyncDispatcher::finished);
    m_syncs->sync(m_store, SyncKind::Incremental, SyncTrigger::Webhook);
    m_syncs->sync(m_store, SyncKind::Full, SyncTrigger::User);
    m_syncs->sync(m_store, SyncKind::Incremental, SyncTrigger::System); // less
    QVERIFY(isQuiet());
    QCOMPARE(jobs(), QStringList());
    QCOMPARE(m_workspace->store(m_store).status, StoreStatus::NeverSynced);
    endElsewhere();
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(jobs(), QStringList(u"full|user|completed"_s));
}

void TestSyncElsewhere::staysDueOnSchedule() {
    setSyncedAt(m_store, m_clock.now().plusSeconds(-7'200));
    QVERIFY(beginElsewhere());
    QVERIFY(open());
    m_syncs->start();
    QVERIFY(isQuiet());
    QCOMPARE(jobs(), QStringList());
    endElsewhere();
    QTRY_COMPARE(jobs(), QStringList(u"incremental|schedule|completed"_s));
}

void TestSyncElsewhere::doesNothingAgainThatTheOtherDid() {
    setSyncedAt(m_store, m_clock.now().plusSeconds(-7'200));
    QVERIFY(beginElsewhere());
    const auto sync = SyncRepository::create(m_workspace->writer());
    SyncJobRow theirs;
    theirs.storeId = m_store;
    theirs.startedAt = m_clock.now();
    const auto job = (*sync)->begin(theirs);
    QVERIFY(job);
    QVERIFY(open());
    m_syncs->start();
    QVERIFY(isQuiet());
    QVERIFY((*sync)->finish(*job, SyncStatus::Completed, m_clock.now(), {}, {}));
    setSyncedAt(m_store, m_clock.now());
    endElsewhere();
    QVERIFY(isQuiet());
    QCOMPARE(jobs(), QStringList(u"full|user|completed"_s));
}

// It was killed: its job goes on here.
void TestSyncElsewhere::resumesWhatTheOtherLeft() {
    QVERIFY(beginElsewhere());
    const auto sync = SyncRepository::create(m_workspace->writer());
    SyncJobRow theirs;
    theirs.storeId = m_store;
    theirs.startedAt = m_clock.now();
    theirs.resources = {Resource::Customers, Resource::Orders, Resource::Products};
    QVERIFY((*sync)->begin(theirs));
    QVERIFY(open());
    m_syncs->start();
    QVERIFY(isQuiet());
    QCOMPARE(jobs(), QStringList(u"full|user|running"_s));
    endElsewhere();
    QTRY_COMPARE(jobs(), QStringList(u"full|user|completed"_s));
}

// It has waited longest, and would be the first each time.
void TestSyncElsewhere::keepsNoOtherStoreWaiting() {
    const StoreId other = m_workspace->addStore(u"other.myshopify.com"_s);
    setSyncedAt(m_store, m_clock.now().plusSeconds(-72'000));
    setSyncedAt(other, m_clock.now().plusSeconds(-7'200));
    m_pace.elsewhereMs = 1'000;
    QVERIFY(beginElsewhere());
    QVERIFY(open());
    m_syncs->start();
    QTRY_COMPARE(rows(m_workspace->writer(), "SELECT store_id, status FROM sync_jobs"),
                 QStringList(u"%1|completed"_s.arg(other.value())));
}

void TestSyncElsewhere::countsNoFailureOfTheHistory() {
    setSyncedAt(m_store, m_clock.now());
    const auto sync = SyncRepository::create(m_workspace->writer());
    SyncJobRow failed;
    failed.storeId = m_store;
    failed.kind = SyncKind::History;
    failed.startedAt = m_clock.now().plusSeconds(-600);
    const auto job = (*sync)->begin(failed);
    QVERIFY(job);
    const Error locked{ErrorKind::Refused, u"locked"_s, ErrorCause::ShopLocked};
    QVERIFY((*sync)->finish(*job, SyncStatus::Failed, failed.startedAt, {}, errorWords(locked)));
    QVERIFY(beginElsewhere());
    QVERIFY(open());
    m_syncs->start();
    QVERIFY(isQuiet()); // each of them would have made the next one later
    endElsewhere();
    QTRY_COMPARE(jobs(), (QStringList{u"history|user|failed"_s, u"history|schedule|completed"_s}));
}

void TestSyncElsewhere::comparesLater() {
    QVERIFY(beginElsewhere());
    QVERIFY(open());
    QSignalSpy compared(m_syncs.get(), &SyncDispatcher::compared);
    m_syncs->compare(m_store);
    QVERIFY(isQuiet());
    endElsewhere();
    QTRY_VERIFY((m_syncs->compare(m_store), !compared.isEmpty()));
    QVERIFY(!compared.front().front().value<ReconcileReport>().error);
}

void TestSyncElsewhere::forgetsAWishThatIsTakenBack() {
    QVERIFY(beginElsewhere());
    QVERIFY(open());
    m_syncs->sync(m_store, SyncKind::Full, SyncTrigger::User);
    m_syncs->cancel(m_store);
    QVERIFY(isQuiet());
    m_syncs->sync(m_store, SyncKind::Full, SyncTrigger::User);
    bool isReleased = false;
    m_syncs->release(m_store, [&isReleased] { isReleased = true; });
    QTRY_VERIFY(isReleased); // without waiting for the other
    endElsewhere();
    QVERIFY(isQuiet());
    QCOMPARE(jobs(), QStringList());
}

// What a process left there that was at a store when somebody dropped it.
void TestSyncElsewhere::sweepsTheSpoolAtItsStart() {
    {
        const auto spool = SpoolWriter::open(m_workspace->workspace(), u"orders-99-1"_s);
        QVERIFY(spool);
        QVERIFY((*spool)->accept("{}\n"));
        QVERIFY((*spool)->close());
    }
    QVERIFY(open());
    m_syncs->start();
    QCOMPARE(SpoolReader::open(m_workspace->workspace(), u"orders-99-1"_s, 0).error().kind, ErrorKind::NotFound);
}

QTEST_GUILESS_MAIN(TestSyncElsewhere)
#include "tst_sync_elsewhere.moc"
