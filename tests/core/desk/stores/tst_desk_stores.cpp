// Stores as the desk keeps them: synced on schedule, tried again, left in peace while the
// network is away, compared with their shop, and people told of what matters.
#include "core/adapters/csv/csv_file_reader.h"
#include "core/desk/desk.h"
#include "tests/support/await.h"
#include "tests/support/fake_store_port.h"
#include "tests/support/patience.h"
#include "tests/support/table_dump.h"
#include "tests/support/temporary_workspace.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <atomic>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

using Call = FakeStorePort::Call;
using What = StoreNotice::What;

constexpr int kPatience = 60'000;
constexpr qint64 kMinute = 60'000;
constexpr qint64 kHour = 60 * kMinute;

// The system's, moved at will; read from the core thread.
class MovedClock final : public Clock {
public:
    UtcTime now() const override { return m_system.now().plusMs(m_by.load()); }
    qint64 monotonicMs() const override { return m_system.monotonicMs(); }
    void moveMs(qint64 ms) { m_by.fetch_add(ms); }

private:
    SystemClock m_system;
    std::atomic<qint64> m_by = 0;
};

DeskPace tickingPace() {
    DeskPace pace;
    pace.firstTickMs = 1;
    pace.scheduleTickMs = 5;
    pace.sync.retryMs = {};
    return pace;
}

} // namespace

class TestDeskStores : public QObject {
    Q_OBJECT

    std::unique_ptr<TemporaryWorkspace> m_workspace;
    std::unique_ptr<MovedClock> m_clock;
    std::unique_ptr<Desk> m_desk;
    FakeShop m_shop;
    std::function<void(FakeStorePort&)> m_prepare; // on the core thread, for each port made
    std::atomic<bool> m_isAway = false;            // the network
    std::atomic<bool> m_isSlow = false;            // the shop
    std::atomic<int> m_asked = 0;                  // ports made

    std::unique_ptr<StorePort> port() {
        auto made = std::make_unique<FakeStorePort>(m_shop);
        if (m_isAway) made->failNext(Call::Shop, {ErrorKind::Network, u"away"_s, ErrorCause::HostNotFound}, 100);
        if (m_isSlow) made->failNext(Call::Shop, {ErrorKind::Timeout, u"slow"_s}, 100);
        if (m_prepare) m_prepare(*made);
        ++m_asked; // what it was to answer is settled
        return made;
    }

    DeskAdapters adapters() {
        DeskAdapters adapters;
        adapters.storePort = [this](const StoreRow&) { return Result<std::unique_ptr<StorePort>>(port()); };
        return adapters;
    }

    bool open(DeskPace pace = tickingPace()) {
        auto desk = Desk::open(m_workspace->workspace(), *m_clock, adapters(), std::move(pace));
        if (desk) m_desk = *std::move(desk);
        return m_desk != nullptr;
    }
    StoreId addStore(const QString& domain, const QString& schedule) {
        auto stores = StoreRepository::create(m_workspace->writer());
        StoreRow row = m_workspace->store(m_workspace->addStore(domain));
        row.schedule = schedule;
        row.createdAt = m_clock->now();
        return (*stores)->save(row).value_or(StoreId());
    }
    std::vector<SyncJobRow> jobs(std::optional<StoreId> store = std::nullopt) {
        return m_desk->read().syncs->jobs(store, 100).value_or({});
    }
    size_t ended() {
        const auto all = jobs();
        return static_cast<size_t>(std::count_if(
            all.begin(), all.end(), [](const SyncJobRow& job) { return job.status != SyncStatus::Running; }));
    }
    StoreRow row(StoreId id) {
        for (const StoreView& view : m_desk->read().stores->stores().value_or({}))
            if (view.store.id == id) return view.store;
        return {};
    }

private Q_SLOTS:
    void init() {
        m_workspace = std::make_unique<TemporaryWorkspace>();
        m_clock = std::make_unique<MovedClock>();
        m_shop = makeShop(12, 30, 4, m_clock->now());
        m_shop.facts.historyLimited = false;
        m_prepare = {};
        m_isAway = false;
        m_isSlow = false;
        m_asked = 0;
    }
    void cleanup() { m_desk.reset(); }

    void renamesAndSchedules() {
        const StoreId id = addStore(u"acme.myshopify.com"_s, u"manual"_s);
        m_workspace->releaseWriter();
        QVERIFY(open());
        QVERIFY(await(m_desk->stores().renameStore(id, u"  Acme  "_s)));
        QVERIFY(!await(m_desk->stores().renameStore(id, u"   "_s)));
        QVERIFY(!await(m_desk->stores().setSchedule(id, u"fortnightly"_s)));
        QCOMPARE(row(id).name, u"Acme"_s);
        QCOMPARE(jobs().size(), size_t(0));
        QVERIFY(await(m_desk->stores().setSchedule(id, u"hourly"_s)));
        QTRY_COMPARE(ended(), size_t(1)); // due at once
    }

    // Whoever asked the shop: the sync, the question whether the network is back.
    void keepsHowTheInterfaceDid() {
        const StoreId id = addStore(u"acme.myshopify.com"_s, u"hourly"_s);
        m_workspace->releaseWriter();
        m_isAway = true;
        QVERIFY(open());
        QTRY_COMPARE(ended(), size_t(1));
        m_clock->moveMs(5 * kMinute);
        QTRY_VERIFY(m_asked > 1);
        m_isAway = false;
        m_clock->moveMs(5 * kMinute);
        QTRY_COMPARE(ended(), size_t(2));
        m_desk.reset(); // writes what is left
        QVERIFY(m_workspace->reopenWriter());
        const auto rows = ApiHealthRepository::create(m_workspace->writer());
        const ApiHealth health = (*rows)->ofLastDay(id, m_clock->now()).value_or({});
        QVERIFY(health.unreachable >= 2);
        QVERIFY(health.answered > health.unreachable);
        QCOMPARE(health.error, u"Network/HostNotFound"_s);
        QVERIFY(health.answeredAt > health.failedAt);
    }

    // 5 min, 15 min, 1 h, then it stops and says so, once.
    void triesAFailedSyncThreeTimesAndThenTellsSomebody() {
        addStore(u"acme.myshopify.com"_s, u"realtime"_s);
        m_workspace->releaseWriter();
        m_isSlow = true;
        QVERIFY(open());
        QSignalSpy noticed(&m_desk->stores(), &StoreDesk::noticed);
        size_t expected = 1;
        for (const qint64 minutes : {5, 15, 60}) {
            QTRY_COMPARE(ended(), expected);
            m_clock->moveMs((minutes - 1) * kMinute);
            QTest::qWait(50);
            QCOMPARE(ended(), expected); // not before its time
            QCOMPARE(noticed.size(), 0);
            m_clock->moveMs(kMinute + 1'000);
            ++expected;
        }
        QTRY_COMPARE(ended(), size_t(4));
        QTRY_COMPARE(noticed.size(), 1);
        QCOMPARE(noticed.front().front().value<StoreNotice>().what, What::SyncStopped);
        m_clock->moveMs(72 * kHour);
        QTest::qWait(60);
        QCOMPARE(ended(), size_t(4));
        // A person starts it again; it works, and the schedule goes on.
        m_isSlow = false;
        m_desk->stores().syncStore(jobs().front().storeId, SyncKind::Incremental);
        QTRY_COMPARE(ended(), size_t(5));
        m_clock->moveMs(2 * kMinute);
        QTRY_COMPARE(ended(), size_t(6));
    }

    // Three days without a network are one failed job, and the first answer ends them.
    void waitsForTheNetworkWithoutFillingTheHistory() {
        addStore(u"acme.myshopify.com"_s, u"hourly"_s);
        m_workspace->releaseWriter();
        m_isAway = true;
        QVERIFY(open());
        QSignalSpy noticed(&m_desk->stores(), &StoreDesk::noticed);
        QTRY_COMPARE(ended(), size_t(1));
        for (int i = 0; i < 72; ++i) {
            const int asked = m_asked;
            m_clock->moveMs(kHour);
            QTRY_VERIFY(m_asked > asked);
        }
        QTest::qWait(30);
        QCOMPARE(jobs().size(), size_t(1));
        QCOMPARE(noticed.size(), 0);
        QVERIFY(!m_desk->isOnline());
        m_isAway = false;
        m_clock->moveMs(2 * kMinute);
        QTRY_COMPARE(ended(), size_t(2));
        QCOMPARE(jobs().front().status, SyncStatus::Completed);
        QVERIFY(m_desk->isOnline());
    }

    void everyStoreSyncsOnceAfterANightsSleep() {
        for (int i = 0; i < 5; ++i)
            QVERIFY(addStore(u"shop%1.myshopify.com"_s.arg(i), u"hourly"_s).isValid());
        m_workspace->releaseWriter();
        QVERIFY(open());
        QTRY_COMPARE_WITH_TIMEOUT(ended(), size_t(5), kPatience);
        m_clock->moveMs(12 * kHour);
        QTRY_COMPARE_WITH_TIMEOUT(ended(), size_t(10), kPatience);
        QTest::qWait(60);
        QCOMPARE(jobs().size(), size_t(10));
    }

    void clockSetBackDoesNotStopTheSchedule() {
        addStore(u"acme.myshopify.com"_s, u"hourly"_s);
        m_workspace->releaseWriter();
        m_clock->moveMs(1'000 * kHour);
        QVERIFY(open());
        QTRY_COMPARE(ended(), size_t(1));
        m_desk.reset();
        m_clock->moveMs(-1'000 * kHour);
        QVERIFY(open());
        QTRY_COMPARE(ended(), size_t(2));
        QTest::qWait(60);
        QCOMPARE(jobs().size(), size_t(2)); // and then it waits its hour
    }

    void storeThatIsRefusedIsToldOfOnce() {
        addStore(u"acme.myshopify.com"_s, u"realtime"_s);
        m_workspace->releaseWriter();
        m_prepare = [](FakeStorePort& port) {
            port.failNext(Call::Shop, {ErrorKind::Auth, u"no"_s, ErrorCause::TokenRefused}, 9);
        };
        QVERIFY(open());
        QSignalSpy noticed(&m_desk->stores(), &StoreDesk::noticed);
        QTRY_COMPARE(noticed.size(), 1);
        QCOMPARE(noticed.front().front().value<StoreNotice>().what, What::Disconnected);
        m_clock->moveMs(48 * kHour);
        QTest::qWait(60);
        QCOMPARE(noticed.size(), 1);
        QCOMPARE(jobs().size(), size_t(1));
    }

    // What changed while a long sync was under way does not wait for the schedule.
    void changesFollowALongSyncAtOnce() {
        const StoreId id = addStore(u"acme.myshopify.com"_s, u"manual"_s);
        m_workspace->releaseWriter();
        m_prepare = [this](FakeStorePort& port) {
            port.onCall = [this](Call call, int number) {
                if (call == Call::Page && number == 1) m_clock->moveMs(kHour);
            };
        };
        QVERIFY(open());
        m_desk->stores().syncStore(id, SyncKind::Full);
        QTRY_COMPARE(ended(), size_t(2));
        QCOMPARE(jobs().front().kind, SyncKind::Incremental);
        QTest::qWait(60);
        QCOMPARE(ended(), size_t(2)); // a long sync of changes is not followed by another
    }

    void olderOrdersThatCannotBeReadDoNotStopTheSchedule() {
        const StoreId id = addStore(u"acme.myshopify.com"_s, u"realtime"_s);
        m_workspace->releaseWriter();
        QVERIFY(open());
        QTRY_COMPARE(ended(), size_t(1));
        m_isSlow = true;
        m_desk->stores().syncStore(id, SyncKind::History);
        QTRY_COMPARE(ended(), size_t(2));
        m_isSlow = false;
        m_clock->moveMs(2 * kMinute);
        QTRY_COMPARE(ended(), size_t(3));
        QCOMPARE(jobs().front().kind, SyncKind::Incremental);
        // And they are tried again in their own time.
        const auto isRead = [this] {
            const auto all = jobs();
            return std::any_of(all.begin(), all.end(), [](const SyncJobRow& job) {
                return job.kind == SyncKind::History && job.status == SyncStatus::Completed;
            });
        };
        QVERIFY(!isRead());
        m_clock->moveMs(4 * kMinute);
        QTRY_VERIFY(isRead());
    }

    void comparesARealtimeStoreWithItsShopOnceADay() {
        const StoreId id = addStore(u"acme.myshopify.com"_s, u"realtime"_s);
        m_workspace->releaseWriter();
        QVERIFY(open());
        QSignalSpy compared(&m_desk->stores(), &StoreDesk::compared);
        QTRY_COMPARE(ended(), size_t(1));
        m_shop.products.pop_back(); // polling does not see it
        m_clock->moveMs(28 * kHour);
        QVERIFY(compared.wait(kPatience));
        QCOMPARE(compared.front().front().value<ReconcileReport>().resources[Resource::Products].removed.size(), 1);
        QCOMPARE(rows(*m_desk->read().database, "SELECT count(*) FROM products").front(), u"3"_s);
        QVERIFY(m_desk->read().syncs->comparison(id).value_or(std::nullopt));
        QVERIFY(!m_desk->syncProgress(id));
        m_clock->moveMs(2 * kHour);
        QTest::qWait(100);
        QCOMPARE(compared.size(), 1);
    }

    void aPersonsSyncComesBeforeAComparison() {
        const StoreId id = addStore(u"acme.myshopify.com"_s, u"manual"_s);
        m_workspace->releaseWriter();
        QVERIFY(open());
        QSignalSpy finished(m_desk.get(), &Desk::syncFinished);
        QSignalSpy compared(&m_desk->stores(), &StoreDesk::compared);
        m_prepare = [](FakeStorePort& port) { port.isSilent = [](Call call, int) { return call == Call::Marks; }; };
        m_desk->stores().compareStore(id);
        QTRY_VERIFY(m_desk->syncProgress(id));
        m_desk->stores().syncStore(id, SyncKind::Incremental);
        QVERIFY(finished.wait(kPatience));
        QCOMPARE(compared.size(), 1);
        QVERIFY(compared.front().front().value<ReconcileReport>().isCancelled);
        QCOMPARE(finished.front().front().value<SyncOutcome>().status, SyncStatus::Completed);
    }

    void filesAreImportedWhileTheDeskGoesOn() {
        QTemporaryDir dir;
        QFile file(dir.filePath(u"orders.csv"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("Name,Email,Total,Currency,Created at\n#1,kim@mail.example,10.00,EUR,2026-02-20 14:02:03 +0000\n");
        file.close();
        m_workspace->releaseWriter();
        DeskAdapters with = adapters();
        with.stores.recordFiles = [] { return std::make_unique<CsvFileReader>(); };
        auto desk = Desk::open(m_workspace->workspace(), *m_clock, std::move(with), DeskPace());
        QVERIFY(desk);
        int told = 0;
        connect(desk->get(), &Desk::changed, this,
                [&](DeskChanges changes) { told += changes.testFlag(DeskChange::Customers); });
        CsvImportRequest request;
        request.ordersPath = file.fileName();
        request.storeName = u"Old shop"_s;
        request.mode = CsvImportRequest::Mode::DryRun;
        const auto checked = await((*desk)->stores().importFiles(request));
        QVERIFY(checked);
        QCOMPARE(checked->counts[Resource::Orders].created, 1);
        QCOMPARE(rows(*(*desk)->read().database, "SELECT count(*) FROM orders"), QStringList{u"0"_s});
        request.mode = CsvImportRequest::Mode::Import;
        const auto first = (*desk)->stores().importFiles(request);
        const auto second = await((*desk)->stores().importFiles(request));
        const auto done = await(first);
        QVERIFY(done && done->status == SyncStatus::Completed);
        QVERIFY(second || second.error().kind == ErrorKind::Conflict); // one at a time
        QCOMPARE(rows(*(*desk)->read().database, "SELECT name FROM orders"), QStringList{u"#1"_s});
        QTRY_VERIFY(told > 0);
    }
};

QTEST_GUILESS_MAIN(TestDeskStores)
#include "tst_desk_stores.moc"
