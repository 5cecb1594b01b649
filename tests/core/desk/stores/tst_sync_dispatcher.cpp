// Who waits for a store to be let go is called, whatever else is asked for meanwhile.
#include "core/desk/stores/sync_dispatcher.h"
#include "tests/support/fake_store_port.h"
#include "tests/support/table_dump.h"
#include "tests/support/temporary_workspace.h"

#include <QSignalSpy>
#include <QTest>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class TestSyncDispatcher : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void callsEverybodyWhoWaits();
    void beginsNothingBeforeItCalls();

private:
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

QTEST_GUILESS_MAIN(TestSyncDispatcher)
#include "tst_sync_dispatcher.moc"
