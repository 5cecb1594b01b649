// Full and incremental syncs against real SQLite: what the shop holds is what the cache holds, whatever way it came.
#include "tests/core/sync/source_rows.h"
#include "tests/core/sync/sync_fixture.h"
#include "tests/support/patience.h"
#include "tests/support/table_dump.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;
using Transport = SyncRequest::Transport;
using Children = FakeStorePort::Children;

namespace {

FakeShop usualShop() {
    return makeShop(300, 900, 40, SystemClock().now());
}

SyncCounts counts(qint64 processed, qint64 created, qint64 updated, qint64 failed) {
    return {processed, created, updated, failed};
}

} // namespace

class TestStoreSync : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cacheEqualsTheSource_data() {
        QTest::addColumn<Transport>("transport");
        QTest::addColumn<Children>("children");
        QTest::addColumn<size_t>("window");
        const size_t wide = 8'192;
        QTest::newRow("paged") << Transport::Paged << Children::AfterParent << wide;
        QTest::newRow("bulk") << Transport::Bulk << Children::AfterParent << wide;
        QTest::newRow("bulk, narrow window") << Transport::Bulk << Children::AfterParent << size_t(2);
        QTest::newRow("bulk, all parents first") << Transport::Bulk << Children::AfterAllParents << size_t(50);
        QTest::newRow("bulk, all children first") << Transport::Bulk << Children::BeforeParents << size_t(50);
    }
    void cacheEqualsTheSource() {
        QFETCH(const Transport, transport);
        QFETCH(const Children, children);
        QFETCH(const size_t, window);
        SyncFixture fixture(usualShop());
        fixture.port.children = children;
        fixture.pace.windowEntries = window;
        const SyncOutcome outcome = fixture.sync(SyncKind::Full, transport);
        QVERIFY(!outcome.error);
        QCOMPARE(outcome.status, SyncStatus::Completed);
        QCOMPARE(outcome.counts[Resource::Customers], counts(300, 300, 0, 0));
        QCOMPARE(outcome.counts[Resource::Orders], counts(900, 900, 0, 0));
        QCOMPARE(outcome.counts[Resource::Products], counts(40, 40, 0, 0));
        compareWithSource(fixture.workspace.writer(), fixture.port.source);
        QCOMPARE(fixture.port.log().contains(u"bulk orders"_s), transport == Transport::Bulk);
    }

    void pagedAndBulkLeaveTheSameCache_data() {
        QTest::addColumn<Children>("children");
        QTest::addColumn<size_t>("window");
        QTest::newRow("after their parent") << Children::AfterParent << size_t(8'192);
        QTest::newRow("after all parents") << Children::AfterAllParents << size_t(20);
        QTest::newRow("before all parents") << Children::BeforeParents << size_t(20);
    }
    void pagedAndBulkLeaveTheSameCache() {
        QFETCH(const Children, children);
        QFETCH(const size_t, window);
        const FakeShop shop = usualShop();
        SyncFixture paged(shop);
        SyncFixture bulk(shop);
        bulk.port.children = children;
        bulk.pace.windowEntries = window;
        QCOMPARE(paged.sync(SyncKind::Full, Transport::Paged).status, SyncStatus::Completed);
        QCOMPARE(bulk.sync(SyncKind::Full, Transport::Bulk).status, SyncStatus::Completed);
        const QStringList left = dumpOfShopTables(paged.workspace.writer());
        QVERIFY(left.size() > 5'000);
        QCOMPARE(difference(left, dumpOfShopTables(bulk.workspace.writer())), QString());
    }

    void shuffledBulkFileHoldsTheSameRows() {
        SyncFixture fixture(usualShop());
        fixture.port.children = Children::Shuffled;
        fixture.pace.windowEntries = 100;
        QCOMPARE(fixture.sync(SyncKind::Full, Transport::Bulk).status, SyncStatus::Completed);
        Database& db = fixture.workspace.writer();
        QCOMPARE(ordersBeside(db, fixture.port.source), QString());
        qint64 items = 0;
        for (const OrderRecord& order : fixture.port.source.orders)
            items += static_cast<qint64>(order.items.size());
        QCOMPARE(rows(db, "SELECT count(*) FROM order_items").front().toLongLong(), items);
        QCOMPARE(rows(db, "SELECT count(*) FROM bulk_children").front(), u"0"_s);
    }

    void secondFullSyncTouchesNoRow_data() {
        QTest::addColumn<Transport>("transport");
        QTest::newRow("paged") << Transport::Paged;
        QTest::newRow("bulk") << Transport::Bulk;
    }
    void secondFullSyncTouchesNoRow() {
        QFETCH(const Transport, transport);
        SyncFixture fixture(usualShop());
        fixture.port.pageSize = 400;
        QCOMPARE(fixture.sync(SyncKind::Full, transport).status, SyncStatus::Completed);
        Database& db = fixture.workspace.writer();
        const QStringList before = dumpOfShopTables(db);
        // Any write to a shop's table would fire one of these.
        for (const QByteArray table : {"customers", "orders", "order_items", "fulfillments", "trackings", "refunds",
                                       "products", "variants", "profiles", "profile_emails", "profile_phones"})
            for (const QByteArray event : {"INSERT", "UPDATE", "DELETE"})
                QVERIFY(db.execute(("CREATE TEMP TRIGGER no_" + table + event + " AFTER " + event + " ON main." +
                                    table + " BEGIN SELECT raise(ABORT, '" + table + " touched'); END")
                                       .toStdString()));
        const SyncOutcome outcome = fixture.sync(SyncKind::Full, transport);
        QVERIFY2(!outcome.error, outcome.error ? qPrintable(outcome.error->detail) : "");
        QCOMPARE(outcome.status, SyncStatus::Completed);
        QCOMPARE(outcome.counts[Resource::Orders], counts(900, 0, 0, 0));
        QCOMPARE(difference(before, dumpOfShopTables(db)), QString());
    }

    void choosesBulkByCount() {
        SyncFixture fixture(makeShop(30, 200, 5, SystemClock().now()));
        SyncRequest request = fixture.request(SyncKind::Full);
        request.bulkAbove = 100;
        QCOMPARE(fixture.sync(request).status, SyncStatus::Completed);
        QVERIFY(fixture.port.log().contains(u"bulk orders"_s));
        QVERIFY(!fixture.port.log().contains(u"bulk customers"_s));
    }

    void takesBulkWhenTheShopCannotCount() {
        SyncFixture fixture(makeShop(120, 10, 0, SystemClock().now()));
        fixture.port.isCountExact = false;
        QCOMPARE(fixture.sync(SyncKind::Full).status, SyncStatus::Completed);
        QVERIFY(fixture.port.log().contains(u"bulk customers"_s));
        QVERIFY(!fixture.port.log().contains(u"bulk orders"_s)); // one page was all
    }

    void newestRecordsComeBeforeTheBulkRunBegins() {
        SyncFixture fixture(usualShop());
        fixture.port.onCall = [&](FakeStorePort::Call call, int number) {
            if (call != FakeStorePort::Call::StartBulk || number != 1) return;
            QCOMPARE(rows(fixture.workspace.writer(), "SELECT count(*) FROM orders").front(), u"50"_s);
            QCOMPARE(rows(fixture.workspace.writer(), "SELECT count(*) FROM customers").front(), u"50"_s);
        };
        QCOMPARE(fixture.sync(SyncKind::Full, Transport::Bulk).status, SyncStatus::Completed);
        QVERIFY(fixture.port.calls(FakeStorePort::Call::StartBulk) == 3);
    }

    void firstSyncAsksForTheWindowOfOrders() {
        FakeShop shop = makeShop(5, 20, 1, SystemClock().now());
        shop.orders[3].createdAt = SystemClock().now().plusDays(-70);
        shop.orders[4].createdAt = SystemClock().now().plusDays(-95);
        shop.facts.historyLimited = false;
        SyncFixture open(shop);
        QCOMPARE(open.sync(SyncKind::Full).counts[Resource::Orders].processed, 19);
        shop.facts.historyLimited = true;
        SyncFixture limited(shop);
        QCOMPARE(limited.sync(SyncKind::Full).counts[Resource::Orders].processed, 18);
        QVERIFY(limited.workspace.store(limited.store).historyLimited);
    }

    void theHistoryComesOnRequestAndLeavesTheRestAsItWas() {
        FakeShop shop = makeShop(5, 20, 1, SystemClock().now());
        shop.orders[3].createdAt = SystemClock().now().plusDays(-400);
        shop.orders[4].createdAt = SystemClock().now().plusDays(-95);
        shop.facts.historyLimited = false;
        SyncFixture fixture(shop);
        QCOMPARE(fixture.sync(SyncKind::Full).counts[Resource::Orders].created, 18);
        fixture.port.clearLog();
        const SyncOutcome history = fixture.sync(SyncKind::History);
        QCOMPARE(history.status, SyncStatus::Completed);
        QCOMPARE(history.counts[Resource::Orders].created, 2);
        QVERIFY(fixture.port.log().filter(u"customers"_s).isEmpty());
        QVERIFY(fixture.port.log().filter(u"products"_s).isEmpty());
        // The next sync of changes goes on where it was.
        QCOMPARE(fixture.sync(SyncKind::Incremental).counts[Resource::Orders].created, 0);
        QCOMPARE(fixture.sync(SyncKind::Full).counts[Resource::Orders].failed, 0);
    }

    void theHistoryIsNotTakenForAFullSyncThatWasLeft() {
        FakeShop shop = makeShop(5, 200, 1, SystemClock().now());
        shop.orders[3].createdAt = SystemClock().now().plusDays(-400);
        shop.facts.historyLimited = false;
        SyncFixture fixture(shop);
        fixture.port.pageSize = 10;
        SyncRequest orders = fixture.request(SyncKind::Full, Transport::Paged);
        orders.resources = {Resource::Orders};
        {
            const auto run = fixture.newRun(orders); // gone in the middle, as in a kill
            bool isDeep = false;
            fixture.port.onCall = [&](FakeStorePort::Call call, int number) {
                isDeep |= call == FakeStorePort::Call::Page && number == 4;
            };
            run->start();
            QVERIFY(QTest::qWaitFor([&] { return isDeep; }, 30'000));
        }
        fixture.port.onCall = {};
        QCOMPARE(fixture.sync(SyncKind::History, Transport::Paged).status, SyncStatus::Completed);
        QCOMPARE(fixture.history().front().kind, SyncKind::History);
        QCOMPARE(fixture.history()[1].status, SyncStatus::Interrupted);
        QCOMPARE(rows(fixture.workspace.writer(), "SELECT count(*) FROM orders"), QStringList{u"200"_s});
    }

    void changesInBetweenLeaveTheHistoryItsPlace() {
        FakeShop shop = makeShop(5, 200, 1, SystemClock().now());
        shop.facts.historyLimited = false;
        SyncFixture fixture(shop);
        QCOMPARE(fixture.sync(SyncKind::Full).status, SyncStatus::Completed);
        fixture.port.pageSize = 10;
        const Error slow{ErrorKind::Timeout, u"too deep"_s};
        fixture.port.failNext(FakeStorePort::Call::Page, slow, 4, 8); // the newest page and seven of twenty
        QCOMPARE(fixture.sync(SyncKind::History, Transport::Paged).status, SyncStatus::Failed);
        QCOMPARE(fixture.sync(SyncKind::Incremental).status, SyncStatus::Completed);
        fixture.port.clearLog();
        QCOMPARE(fixture.sync(SyncKind::History, Transport::Paged).status, SyncStatus::Completed);
        QCOMPARE(fixture.port.log().count(u"page orders"_s), 13);
    }

    void incrementalFetchesOnlyWhatChanged() {
        SyncFixture fixture(usualShop());
        QCOMPARE(fixture.sync(SyncKind::Full, Transport::Paged).status, SyncStatus::Completed);
        const UtcTime later = fixture.clock.now().plusSeconds(3'600);
        auto& orders = fixture.port.source.orders;
        orders[10].note = "ring twice";
        orders[10].updatedAt = later;
        orders[20].items.pop_back();
        orders[20].updatedAt = later.plusSeconds(1);
        fixture.port.source.customers[5].email = "moved@example.com";
        fixture.port.source.customers[5].updatedAt = later;

        fixture.port.clearLog();
        const SyncOutcome outcome = fixture.sync(SyncKind::Incremental);
        QCOMPARE(outcome.status, SyncStatus::Completed);
        // What changed, and what the two minutes of overlap bring again.
        QCOMPARE(outcome.counts[Resource::Orders].updated, 2);
        QCOMPARE(outcome.counts[Resource::Customers].updated, 1);
        QCOMPARE(outcome.counts[Resource::Orders].created, 0);
        QVERIFY(outcome.counts[Resource::Orders].processed <= 5);
        QCOMPARE(fixture.port.log(),
                 (QStringList{u"shop"_s, u"page customers"_s, u"page orders"_s, u"page products"_s}));
        compareWithSource(fixture.workspace.writer(), fixture.port.source);

        // And nothing more the next time, beyond the overlap.
        const SyncOutcome quiet = fixture.sync(SyncKind::Incremental);
        QCOMPARE(quiet.counts[Resource::Orders].updated + quiet.counts[Resource::Customers].updated, 0);
        QVERIFY(quiet.counts[Resource::Orders].processed <= 3);
    }

    void recordFromTheFutureHidesNoChange() {
        SyncFixture fixture(usualShop());
        QCOMPARE(fixture.sync(SyncKind::Full, Transport::Paged).status, SyncStatus::Completed);
        auto& orders = fixture.port.source.orders;
        orders[10].note = "the shop's clock was wrong";
        orders[10].updatedAt = fixture.clock.now().plusDays(2);
        QCOMPARE(fixture.sync(SyncKind::Incremental).counts[Resource::Orders].updated, 1);
        orders[20].note = "and is right again";
        orders[20].updatedAt = fixture.clock.now();
        QCOMPARE(fixture.sync(SyncKind::Incremental).counts[Resource::Orders].updated, 1);
        compareWithSource(fixture.workspace.writer(), fixture.port.source);
    }

    void clockSetBackHidesNoChange() {
        SyncFixture fixture(usualShop());
        fixture.port.source.facts.historyLimited = false;
        auto& orders = fixture.port.source.orders;
        orders[10].updatedAt = fixture.clock.now().plusDays(30);
        fixture.clock.moveMs(30 * 86'400'000LL);
        QCOMPARE(fixture.sync(SyncKind::Full, Transport::Paged).status, SyncStatus::Completed);
        fixture.clock.moveMs(-30 * 86'400'000LL);
        orders[20].note = "in the right month";
        orders[20].updatedAt = fixture.clock.now();
        QCOMPARE(fixture.sync(SyncKind::Incremental).counts[Resource::Orders].updated, 1);
    }

    void incrementalPagesThroughManyChanges() {
        SyncFixture fixture(usualShop());
        QCOMPARE(fixture.sync(SyncKind::Full, Transport::Paged).status, SyncStatus::Completed);
        const UtcTime later = fixture.clock.now().plusSeconds(3'600);
        for (size_t i = 0; i < 180; ++i) {
            fixture.port.source.orders[i].note = "changed";
            fixture.port.source.orders[i].updatedAt = later.plusMs(static_cast<qint64>(i));
        }
        const SyncOutcome outcome = fixture.sync(SyncKind::Incremental);
        QCOMPARE(outcome.status, SyncStatus::Completed);
        QCOMPARE(outcome.counts[Resource::Orders].updated, 180);
        compareWithSource(fixture.workspace.writer(), fixture.port.source);
    }

    void incrementalWithoutWatermarkIsAFullSync() {
        SyncFixture fixture(usualShop());
        const SyncOutcome outcome = fixture.sync(SyncKind::Incremental);
        QCOMPARE(outcome.status, SyncStatus::Completed);
        compareWithSource(fixture.workspace.writer(), fixture.port.source);
    }

    void changeDuringTheSyncIsCaughtByTheNextIncremental() {
        SyncFixture fixture(usualShop());
        fixture.port.onCall = [&](FakeStorePort::Call call, int number) {
            // Deep in the walk: order 890 has long been read, order 1 is still to come.
            if (call != FakeStorePort::Call::Page || number != 20) return;
            const UtcTime now = fixture.clock.now();
            for (const size_t i : {size_t(890), size_t(1)}) {
                fixture.port.source.orders[i].note = "while you were reading";
                fixture.port.source.orders[i].updatedAt = now;
            }
            fixture.port.source.customers[299].note = "me too";
            fixture.port.source.customers[299].updatedAt = now;
        };
        QCOMPARE(fixture.sync(SyncKind::Full, Transport::Paged).status, SyncStatus::Completed);
        QCOMPARE(fixture.sync(SyncKind::Incremental).status, SyncStatus::Completed);
        compareWithSource(fixture.workspace.writer(), fixture.port.source);
    }

    void olderNeverOverwritesNewer() {
        SyncFixture fixture(makeShop(5, 10, 1, SystemClock().now()));
        QCOMPARE(fixture.sync(SyncKind::Full).status, SyncStatus::Completed);
        const std::string newest = fixture.port.source.orders[2].note;
        fixture.port.source.orders[2].note = "from an old replica";
        fixture.port.source.orders[2].updatedAt = fixture.port.source.orders[2].updatedAt.plusSeconds(-60);
        const SyncOutcome outcome = fixture.sync(SyncKind::Full);
        QCOMPARE(outcome.counts[Resource::Orders].updated, 0);
        QCOMPARE(rows(fixture.workspace.writer(), "SELECT note FROM orders WHERE name = '#1002'").front(),
                 QString::fromStdString(newest));
    }

    void syncsOnlyTheResourcesAskedFor() {
        SyncFixture fixture(makeShop(5, 10, 3, SystemClock().now()));
        SyncRequest request = fixture.request(SyncKind::Full);
        request.resources = {Resource::Products};
        const SyncOutcome outcome = fixture.sync(request);
        QCOMPARE(outcome.counts.keys(), QList<Resource>{Resource::Products});
        QCOMPARE(rows(fixture.workspace.writer(), "SELECT count(*) FROM orders").front(), u"0"_s);
        QCOMPARE(rows(fixture.workspace.writer(), "SELECT count(*) FROM products").front(), u"3"_s);
    }

    void keepsTheBooks() {
        SyncFixture fixture(makeShop(5, 10, 3, SystemClock().now()));
        QCOMPARE(fixture.sync(SyncKind::Full).status, SyncStatus::Completed);
        QCOMPARE(fixture.sync(SyncKind::Incremental).status, SyncStatus::Completed);
        const auto history = fixture.history();
        QCOMPARE(history.size(), size_t(2));
        QCOMPARE(history[1].kind, SyncKind::Full);
        QCOMPARE(history[1].status, SyncStatus::Completed);
        QCOMPARE(history[1].counts[Resource::Orders], counts(10, 10, 0, 0));
        QVERIFY(history[1].finishedAt && *history[1].finishedAt >= history[1].startedAt);
        QCOMPARE(history[0].kind, SyncKind::Incremental);
        const StoreRow store = fixture.workspace.store(fixture.store);
        QCOMPARE(store.status, StoreStatus::Connected);
        QCOMPARE(store.currency, u"JPY"_s);
        QCOMPARE(store.timeZone, u"Asia/Tokyo"_s);
        QCOMPARE(store.name, u"Licht"_s); // a name given by hand stays
        QCOMPARE(store.lastSyncStatus, std::optional(SyncStatus::Completed));
        QVERIFY(store.lastSyncAt);
        QCOMPARE(rows(fixture.workspace.writer(), "SELECT count(*) FROM sync_checkpoints").front(), u"0"_s);
    }

    void saysHowFarItIs() {
        SyncFixture fixture(usualShop());
        QCOMPARE(fixture.sync(SyncKind::Full, Transport::Paged).status, SyncStatus::Completed);
        int lastBatch = 0;
        for (const SyncProgress& step : fixture.progress) {
            if (step.resource != Resource::Orders || step.batches == 0) continue;
            QVERIFY(step.batch >= lastBatch && step.batch <= step.batches);
            QVERIFY(step.done <= step.total);
            lastBatch = step.batch;
        }
        QCOMPARE(lastBatch, 18); // 900 orders, 50 a page
    }

    void saysHowFarEachResourceIs() {
        SyncFixture fixture(usualShop());
        QCOMPARE(fixture.sync(SyncKind::Full, Transport::Paged).status, SyncStatus::Completed);
        using State = ResourceProgress::State;
        const std::vector<ResourceProgress> asked = fixture.progress.front().resources; // nothing is planned yet
        QCOMPARE(asked.size(), size_t(3));
        QCOMPARE(asked[0].state, State::Running);
        QVERIFY(asked[1].state == State::Waiting && asked[2].state == State::Waiting);
        const auto walking = [&](Resource resource) {
            const auto step =
                std::find_if(fixture.progress.begin(), fixture.progress.end(),
                             [&](const SyncProgress& one) { return one.resource == resource && one.batch > 1; });
            return step == fixture.progress.end() ? std::vector<ResourceProgress>(3) : step->resources;
        };
        const std::vector<ResourceProgress> customers = walking(Resource::Customers);
        QCOMPARE(customers[0].state, State::Running);
        QCOMPARE(customers[0].total, 300);
        QVERIFY(customers[0].done > 0 && customers[0].done < 300);
        QCOMPARE(customers[1].state, State::Waiting);
        QCOMPARE(customers[2].state, State::Done); // one page, which came with the first look
        QCOMPARE(customers[2].done, 40);
        const std::vector<ResourceProgress> orders = walking(Resource::Orders);
        QCOMPARE(orders[0].state, State::Done);
        QCOMPARE(orders[0].done, 300);
        QCOMPARE(orders[1].state, State::Running);
        QCOMPARE(orders[1].total, 900);
    }

    void saysWhenTheShopAsksToSlowDown() {
        SyncFixture fixture(usualShop());
        fixture.port.onCall = [&](FakeStorePort::Call call, int number) {
            if (call == FakeStorePort::Call::Page && number == 5) fixture.port.throttle(750);
        };
        QCOMPARE(fixture.sync(SyncKind::Full, Transport::Paged).status, SyncStatus::Completed);
        const auto slowed = std::count_if(fixture.progress.begin(), fixture.progress.end(),
                                          [](const SyncProgress& step) { return step.slowedByMs == 750; });
        QCOMPARE(slowed, 1);
        QCOMPARE(fixture.progress.back().slowedByMs, 0);
    }
};

QTEST_GUILESS_MAIN(TestStoreSync)
#include "tst_store_sync.moc"
