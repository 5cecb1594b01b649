// Who waits for a store to be let go is called, whatever else is asked for meanwhile; what is asked for at the end of a
// sync is not lost; what asks by itself uses up no tries of a store that fails; and a store that lets nobody in is
// disconnected, told of once, and left alone.
#include "core/desk/stores/sync_dispatcher.h"
#include "tests/support/fake_store_port.h"
#include "tests/support/patience.h"
#include "tests/support/table_dump.h"
#include "tests/support/temporary_workspace.h"

#include <QSignalSpy>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class TestSyncDispatcher : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void callsEverybodyWhoWaits();
    void beginsNothingBeforeItCalls();
    void asksADisconnectedStoreOnlyForAPerson();
    void asksNothingOfFilesByItself();
    void partsAStoreWhoseKeysAreGone();
    void keepsTheReasonOfAStoreDisconnectedByHand();
    void keepsAStoreWhoseKeychainIsLocked();
    void partsAStoreThatRefusesAComparison();
    void partsAStoreWhoseSignInOfADayIsOver();
    void tellsOnceOfAStoreThatTookTheAppAway();
    void asksAgainForWhatIsWantedAtTheVeryEnd();
    void tellsOfAFirstSyncOnceAllOfItCame();
    void leavesAFailedStoreToItsNextTry();
    void letsAComparisonComeToItsEndSomeTime();

private:
    QString store() { return rows(m_workspace->writer(), "SELECT status, last_error FROM stores").value(0); }
    void setStatus(StoreStatus status, const QString& lastError = {}) {
        QVERIFY((*StoreRepository::create(m_workspace->writer()))->setStatus(m_store, status, lastError));
    }
    void answerWith(const Error& error) {
        m_adapters.storePort = [error](const StoreRow&) { return Result<std::unique_ptr<StorePort>>(error); };
    }
    void answerBy(const std::function<void(FakeStorePort&)>& prepare) {
        m_adapters.storePort = [this, prepare](const StoreRow&) -> Result<std::unique_ptr<StorePort>> {
            auto port = std::make_unique<FakeStorePort>(makeShop(5, 5, 1, m_clock.now()));
            prepare(*port);
            return std::unique_ptr<StorePort>(std::move(port));
        };
    }
    QString jobs() { return rows(m_workspace->writer(), "SELECT count(*) FROM sync_jobs").value(0); }

    SystemClock m_clock;
    std::unique_ptr<TemporaryWorkspace> m_workspace;
    StoreId m_store;
    DeskAdapters m_adapters;
    DeskPace m_pace;
};

void TestSyncDispatcher::init() {
    m_workspace = std::make_unique<TemporaryWorkspace>();
    QVERIFY(m_workspace->isOpen());
    m_store = m_workspace->addStore();
    m_pace.firstTickMs = 1'000'000;
    m_adapters.storePort = [this](const StoreRow&) -> Result<std::unique_ptr<StorePort>> {
        auto port = std::make_unique<FakeStorePort>(makeShop(5, 5, 1, m_clock.now()));
        port->isSilent = [](FakeStorePort::Call call, int) { return call == FakeStorePort::Call::Page; };
        return std::unique_ptr<StorePort>(std::move(port));
    };
}

void TestSyncDispatcher::callsEverybodyWhoWaits() {
    const auto made =
        SyncDispatcher::create(m_workspace->workspace(), m_workspace->writer(), m_clock, m_adapters, m_pace);
    QVERIFY(made);
    SyncDispatcher& syncs = **made;
    QSignalSpy finished(&syncs, &SyncDispatcher::finished);
    syncs.sync(m_store, SyncKind::Incremental, SyncTrigger::User);
    QTRY_COMPARE(jobs(), u"1"_s);
    QStringList called;
    syncs.release(m_store, [&called] { called << u"first"_s; });
    syncs.sync(m_store, SyncKind::Full, SyncTrigger::User);
    syncs.cancel(m_store);
    syncs.release(m_store, [&called] { called << u"second"_s; });
    syncs.sync(m_store, SyncKind::Full, SyncTrigger::User);
    QVERIFY(called.isEmpty());
    QTRY_COMPARE(called, QStringList({u"first"_s, u"second"_s}));
    QCOMPARE(finished.size(), 1);
    QCOMPARE(jobs(), u"1"_s);
    // Then it may be synced again.
    syncs.sync(m_store, SyncKind::Full, SyncTrigger::User);
    QTRY_COMPARE(jobs(), u"2"_s);
}

void TestSyncDispatcher::beginsNothingBeforeItCalls() {
    const auto made =
        SyncDispatcher::create(m_workspace->workspace(), m_workspace->writer(), m_clock, m_adapters, m_pace);
    QVERIFY(made);
    SyncDispatcher& syncs = **made;
    QString jobsThen;
    syncs.release(m_store, [&] { jobsThen = jobs(); });
    syncs.sync(m_store, SyncKind::Full, SyncTrigger::User);
    syncs.compare(m_store);
    QVERIFY(jobsThen.isEmpty());
    QTRY_COMPARE(jobsThen, u"0"_s);
}

void TestSyncDispatcher::asksADisconnectedStoreOnlyForAPerson() {
    const auto made =
        SyncDispatcher::create(m_workspace->workspace(), m_workspace->writer(), m_clock, m_adapters, m_pace);
    QVERIFY(made);
    setStatus(StoreStatus::Disconnected);
    // Somebody's mail wants fresh orders, a webhook wants more than it said.
    for (const SyncTrigger trigger : {SyncTrigger::System, SyncTrigger::Webhook, SyncTrigger::Schedule})
        (*made)->sync(m_store, SyncKind::Incremental, trigger);
    QTest::qWait(20);
    QCOMPARE(jobs(), u"0"_s);
    (*made)->sync(m_store, SyncKind::Incremental, SyncTrigger::User);
    QTRY_COMPARE(jobs(), u"1"_s);
}

// Nor do they keep a shop from its turn.
void TestSyncDispatcher::asksNothingOfFilesByItself() {
    Database& writer = m_workspace->writer();
    const StoreId shop = m_workspace->addStore(u"other.myshopify.com"_s);
    QVERIFY(writer.execute("UPDATE stores SET schedule = 'hourly'; UPDATE stores SET kind = 'csv' WHERE id = " +
                           std::to_string(m_store.value())));
    // An import that was killed.
    SyncJobRow left;
    left.storeId = m_store;
    QVERIFY((*SyncRepository::create(writer))->begin(left));
    const auto openPort = m_adapters.storePort;
    m_adapters.storePort = [openPort](const StoreRow& row) -> Result<std::unique_ptr<StorePort>> {
        if (row.kind == StoreKind::Csv) return Error{ErrorKind::Invalid, u"files"_s};
        return openPort(row);
    };
    m_pace.firstTickMs = 0;
    const auto made = SyncDispatcher::create(m_workspace->workspace(), writer, m_clock, m_adapters, m_pace);
    QVERIFY(made);
    QSignalSpy failed(made->get(), &SyncDispatcher::failed);
    (*made)->start();
    // A reply lacks nothing but fresh orders.
    (*made)->sync(m_store, SyncKind::Incremental, SyncTrigger::System);
    const QString begun = u"SELECT count(*) FROM sync_jobs WHERE store_id = %1"_s.arg(shop.value());
    QTRY_COMPARE(rows(writer, begun.toUtf8()).value(0), u"1"_s);
    QCOMPARE(failed.size(), 0);
}

void TestSyncDispatcher::partsAStoreWhoseKeysAreGone() {
    answerWith({ErrorKind::Auth, u"the client secret of this store is gone"_s, ErrorCause::TokenRefused});
    const auto made =
        SyncDispatcher::create(m_workspace->workspace(), m_workspace->writer(), m_clock, m_adapters, m_pace);
    QVERIFY(made);
    QSignalSpy noticed(made->get(), &SyncDispatcher::noticed);
    setStatus(StoreStatus::Connected);
    (*made)->sync(m_store, SyncKind::Incremental, SyncTrigger::Schedule);
    (*made)->sync(m_store, SyncKind::Incremental, SyncTrigger::Schedule);
    QCOMPARE(store(), u"disconnected|Auth/TokenRefused"_s);
    QCOMPARE(noticed.size(), 1);
    const auto told = noticed.front().front().value<StoreNotice>();
    QCOMPARE(told.what, StoreNotice::What::Disconnected);
    QVERIFY(told.outcome.error && told.outcome.error->cause == ErrorCause::TokenRefused);
}

void TestSyncDispatcher::keepsTheReasonOfAStoreDisconnectedByHand() {
    answerWith({ErrorKind::Auth, u"the client secret of this store is gone"_s, ErrorCause::TokenRefused});
    const auto made =
        SyncDispatcher::create(m_workspace->workspace(), m_workspace->writer(), m_clock, m_adapters, m_pace);
    QVERIFY(made);
    QSignalSpy failed(made->get(), &SyncDispatcher::failed);
    QSignalSpy noticed(made->get(), &SyncDispatcher::noticed);
    setStatus(StoreStatus::Disconnected);
    (*made)->sync(m_store, SyncKind::Incremental, SyncTrigger::User);
    QCOMPARE(failed.size(), 1);
    QCOMPARE(noticed.size(), 0);
    QCOMPARE(store(), u"disconnected|NULL"_s);
}

void TestSyncDispatcher::keepsAStoreWhoseKeychainIsLocked() {
    answerWith({ErrorKind::Auth, u"locked"_s, ErrorCause::NoSecretService});
    const auto made =
        SyncDispatcher::create(m_workspace->workspace(), m_workspace->writer(), m_clock, m_adapters, m_pace);
    QVERIFY(made);
    QSignalSpy failed(made->get(), &SyncDispatcher::failed);
    setStatus(StoreStatus::Connected);
    (*made)->sync(m_store, SyncKind::Incremental, SyncTrigger::Schedule);
    QCOMPARE(failed.size(), 1);
    QVERIFY(store().startsWith("connected"_L1));
}

void TestSyncDispatcher::partsAStoreThatRefusesAComparison() {
    m_adapters.storePort = [this](const StoreRow&) -> Result<std::unique_ptr<StorePort>> {
        auto port = std::make_unique<FakeStorePort>(makeShop(5, 5, 1, m_clock.now()));
        port->failNext(FakeStorePort::Call::Shop, {ErrorKind::Auth, u"no"_s, ErrorCause::TokenRefused}, 9);
        return std::unique_ptr<StorePort>(std::move(port));
    };
    const auto made =
        SyncDispatcher::create(m_workspace->workspace(), m_workspace->writer(), m_clock, m_adapters, m_pace);
    QVERIFY(made);
    QSignalSpy noticed(made->get(), &SyncDispatcher::noticed);
    setStatus(StoreStatus::Connected);
    (*made)->compare(m_store);
    QTRY_COMPARE(noticed.size(), 1);
    QCOMPARE(store(), u"disconnected|Auth/TokenRefused"_s);
}

// Also one that is synced by hand only; the shop is not asked for what the clock says.
void TestSyncDispatcher::partsAStoreWhoseSignInOfADayIsOver() {
    const auto stores = StoreRepository::create(m_workspace->writer());
    StoreRow row = **(*stores)->byId(m_store);
    row.status = StoreStatus::Connected;
    row.lastSyncAt = m_clock.now();
    row.schedule = u"manual"_s;
    row.signedInUntil = m_clock.now().plusSeconds(3'600);
    QVERIFY((*stores)->save(row));
    m_pace.firstTickMs = 0;
    m_pace.scheduleTickMs = 5;
    int opened = 0;
    answerBy([&opened](FakeStorePort&) { ++opened; });
    const auto made =
        SyncDispatcher::create(m_workspace->workspace(), m_workspace->writer(), m_clock, m_adapters, m_pace);
    QVERIFY(made);
    QSignalSpy noticed(made->get(), &SyncDispatcher::noticed);
    (*made)->start();
    QTest::qWait(50);
    QVERIFY(store().startsWith("connected"_L1)); // it still holds
    const int before = opened;
    row.signedInUntil = m_clock.now().plusMs(-1);
    QVERIFY((*stores)->save(row));
    QTRY_COMPARE(store(), u"disconnected|Auth/SignInOver"_s);
    QTest::qWait(30);
    QCOMPARE(noticed.size(), 1);
    QCOMPARE(noticed.front().front().value<StoreNotice>().what, StoreNotice::What::Disconnected);
    QCOMPARE(opened, before);
}

void TestSyncDispatcher::tellsOnceOfAStoreThatTookTheAppAway() {
    const auto made =
        SyncDispatcher::create(m_workspace->workspace(), m_workspace->writer(), m_clock, m_adapters, m_pace);
    QVERIFY(made);
    QSignalSpy noticed(made->get(), &SyncDispatcher::noticed);
    setStatus(StoreStatus::Connected);
    (*made)->tellParted(m_store); // a story from before: it is connected
    QCOMPARE(noticed.size(), 0);
    setStatus(StoreStatus::Disconnected, u"Auth/TokenRefused"_s);
    (*made)->tellParted(m_store);
    (*made)->tellParted(m_store);
    QCOMPARE(noticed.size(), 1);
    // Connected again and taken away again is news.
    (*made)->sync(m_store, SyncKind::Full, SyncTrigger::User);
    setStatus(StoreStatus::Disconnected, u"Auth/TokenRefused"_s);
    (*made)->tellParted(m_store);
    QCOMPARE(noticed.size(), 2);
}

void TestSyncDispatcher::asksAgainForWhatIsWantedAtTheVeryEnd() {
    answerBy([](FakeStorePort&) {});
    const auto made =
        SyncDispatcher::create(m_workspace->workspace(), m_workspace->writer(), m_clock, m_adapters, m_pace);
    QVERIFY(made);
    SyncDispatcher& syncs = **made;
    QSignalSpy finished(&syncs, &SyncDispatcher::finished);
    // A reply that waits for fresh orders asks while it is told of the end.
    connect(&syncs, &SyncDispatcher::finished, &syncs, [&] {
        if (finished.size() == 1) syncs.sync(m_store, SyncKind::Incremental, SyncTrigger::System);
    });
    syncs.sync(m_store, SyncKind::Full, SyncTrigger::User);
    QTRY_COMPARE(finished.size(), 2);
    QCOMPARE(finished.back().front().value<SyncOutcome>().status, SyncStatus::Completed);
}

void TestSyncDispatcher::tellsOfAFirstSyncOnceAllOfItCame() {
    bool isCut = true;
    answerBy([&isCut](FakeStorePort& port) {
        port.pageSize = 2;
        port.isCountExact = false; // then it is read in bulk
        if (isCut) port.spoilFile = [](QByteArray& file) { file.chop(file.size() / 2); };
    });
    const auto made =
        SyncDispatcher::create(m_workspace->workspace(), m_workspace->writer(), m_clock, m_adapters, m_pace);
    QVERIFY(made);
    QSignalSpy finished(made->get(), &SyncDispatcher::finished);
    QSignalSpy noticed(made->get(), &SyncDispatcher::noticed);
    m_pace.sync.pollFirstMs = 1;
    (*made)->sync(m_store, SyncKind::Full, SyncTrigger::User);
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(finished.front().front().value<SyncOutcome>().status, SyncStatus::CompletedWithErrors);
    QCOMPARE(noticed.size(), 0);
    isCut = false;
    (*made)->sync(m_store, SyncKind::Full, SyncTrigger::User);
    QTRY_COMPARE(finished.size(), 2);
    QCOMPARE(noticed.size(), 1);
    QCOMPARE(noticed.front().front().value<StoreNotice>().what, StoreNotice::What::FirstSyncDone);
}

void TestSyncDispatcher::leavesAFailedStoreToItsNextTry() {
    m_pace.sync.retryMs = {};
    answerBy([](FakeStorePort& port) { port.failNext(FakeStorePort::Call::Shop, {ErrorKind::Timeout, u"slow"_s}, 9); });
    const auto made =
        SyncDispatcher::create(m_workspace->workspace(), m_workspace->writer(), m_clock, m_adapters, m_pace);
    QVERIFY(made);
    SyncDispatcher& syncs = **made;
    QSignalSpy finished(&syncs, &SyncDispatcher::finished);
    syncs.sync(m_store, SyncKind::Incremental, SyncTrigger::User);
    QTRY_COMPARE(finished.size(), 1);
    for (int i = 0; i < 4; ++i) {
        QTest::qWait(5);
        syncs.sync(m_store, SyncKind::Incremental, i % 2 ? SyncTrigger::System : SyncTrigger::Webhook);
    }
    QTest::qWait(20);
    QCOMPARE(jobs(), u"1"_s);
    syncs.sync(m_store, SyncKind::Incremental, SyncTrigger::User);
    QTRY_COMPARE(finished.size(), 2);
}

// On a busy desk replies ask for fresh orders every few minutes, and a comparison of a large shop takes longer.
void TestSyncDispatcher::letsAComparisonComeToItsEndSomeTime() {
    answerBy([](FakeStorePort& port) {
        port.isSilent = [](FakeStorePort::Call call, int) { return call == FakeStorePort::Call::Marks; };
    });
    const auto made =
        SyncDispatcher::create(m_workspace->workspace(), m_workspace->writer(), m_clock, m_adapters, m_pace);
    QVERIFY(made);
    SyncDispatcher& syncs = **made;
    QSignalSpy finished(&syncs, &SyncDispatcher::finished);
    QSignalSpy compared(&syncs, &SyncDispatcher::compared);
    for (int i = 1; i <= 3; ++i) {
        syncs.compare(m_store);
        syncs.sync(m_store, SyncKind::Incremental, SyncTrigger::System);
        QTRY_COMPARE(finished.size(), i);
        QCOMPARE(compared.size(), i);
        QTest::qWait(5);
    }
    syncs.compare(m_store);
    syncs.sync(m_store, SyncKind::Incremental, SyncTrigger::System);
    QTest::qWait(30);
    QCOMPARE(compared.size(), 3);
    QCOMPARE(finished.size(), 3);
    // A person does not wait for it.
    syncs.sync(m_store, SyncKind::Incremental, SyncTrigger::User);
    QTRY_COMPARE(finished.size(), 4);
    QCOMPARE(compared.size(), 4);
}

QTEST_GUILESS_MAIN(TestSyncDispatcher)
#include "tst_sync_dispatcher.moc"
