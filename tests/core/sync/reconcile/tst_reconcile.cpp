// The cache beside its shop: what polling cannot see is found, and nothing goes that the shop did not say is gone.
#include "core/storage/stores/comparison_summary.h"
#include "core/sync/reconcile/reconcile_run.h"
#include "tests/core/sync/sync_fixture.h"
#include "tests/support/patience.h"
#include "tests/support/table_dump.h"

#include <random>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

using Call = FakeStorePort::Call;

FakeShop shop(int customers, int orders, int products) {
    FakeShop shop = makeShop(customers, orders, products, SystemClock().now());
    shop.facts.historyLimited = false;
    return shop;
}

template <typename Record>
Record take(std::vector<Record>& records, size_t index) {
    const Record taken = records.at(index);
    records.erase(records.begin() + static_cast<std::ptrdiff_t>(index));
    return taken;
}

} // namespace

class TestReconcile : public QObject {
    Q_OBJECT

    static ReconcileReport compare(SyncFixture& fixture) {
        ReconcileRun run(fixture.workspace.writer(), fixture.port, fixture.clock, fixture.store, fixture.pace);
        QSignalSpy finished(&run, &ReconcileRun::finished);
        run.start();
        if (finished.isEmpty()) finished.wait(60'000);
        ReconcileReport none;
        none.error = Error{ErrorKind::Internal, u"finished %1 times"_s.arg(finished.size())};
        return finished.size() == 1 ? finished.front().front().value<ReconcileReport>() : none;
    }

    static QString count(SyncFixture& fixture, const QByteArray& table) {
        return rows(fixture.workspace.writer(), "SELECT count(*) FROM " + table).front();
    }

private Q_SLOTS:
    void findsNothingWhereNothingChanged() {
        SyncFixture fixture(shop(30, 80, 6));
        QCOMPARE(fixture.sync(SyncKind::Full).status, SyncStatus::Completed);
        const QStringList before = dumpOfShopTables(fixture.workspace.writer());
        const ReconcileReport report = compare(fixture);
        QVERIFY(!report.error);
        QVERIFY(report.isComplete());
        QCOMPARE(report.changes(), 0);
        QCOMPARE(report.resources[Resource::Customers].source, std::optional<qint64>(30));
        QCOMPARE(report.resources[Resource::Customers].here, 30);
        QCOMPARE(report.resources[Resource::Orders].here, 80);
        QVERIFY(report.problems.empty());
        QCOMPARE(dumpOfShopTables(fixture.workspace.writer()), before);
        QCOMPARE(fixture.port.calls(Call::Lookup), 0);
    }

    void removesWhatTheShopConfirmsToBeGone() {
        SyncFixture fixture(shop(30, 80, 6));
        fixture.sync(SyncKind::Full);
        const std::string order = take(fixture.port.source.orders, 7).externalId;
        const std::string product = take(fixture.port.source.products, 2).externalId;
        // One without orders.
        const std::string customer = "gid://shopify/Customer/1";
        CustomerRecord lonely = fixture.port.source.customers.front();
        lonely.externalId = customer;
        lonely.email = "lonely@example.com";
        fixture.port.source.customers.push_back(lonely);
        QCOMPARE(compare(fixture).resources[Resource::Customers].missing,
                 QStringList{QString::fromStdString(customer)});
        fixture.port.source.customers.pop_back();
        const ReconcileReport report = compare(fixture);
        QVERIFY(report.isComplete());
        QCOMPARE(report.resources[Resource::Customers].removed, QStringList{QString::fromStdString(customer)});
        QCOMPARE(count(fixture, "orders"), u"79"_s);
        QCOMPARE(count(fixture, "products"), u"5"_s);
        QCOMPARE(rows(fixture.workspace.writer(), "SELECT customers, orders, products FROM store_counts"),
                 QStringList{u"30|79|5"_s});
        QCOMPARE(count(fixture, "profile_emails WHERE email = 'lonely@example.com'"), u"0"_s);
        // The children went with their order, and search does not find them.
        QCOMPARE(count(fixture, "order_items WHERE order_id NOT IN (SELECT id FROM orders)"), u"0"_s);
        QCOMPARE(count(fixture, "orders WHERE external_id = '" + QByteArray::fromStdString(order) + "'"), u"0"_s);
        QCOMPARE(count(fixture, "products WHERE external_id = '" + QByteArray::fromStdString(product) + "'"), u"0"_s);
    }

    void keepsWhatTheShopSaysNothingAbout() {
        SyncFixture fixture(shop(20, 40, 3));
        fixture.sync(SyncKind::Full);
        const CustomerRecord hidden = take(fixture.port.source.customers, 4);
        fixture.port.hidden.insert(hidden.externalId);
        compare(fixture);
        QCOMPARE(count(fixture, "customers"), u"20"_s);
    }

    void removesNothingAfterASweepThatSawTooLittle() {
        SyncFixture fixture(shop(60, 90, 3));
        fixture.sync(SyncKind::Full);
        // The shop lists half a page and says that was all; asked by id it denies what it did not list.
        fixture.port.spoilMarks = [](MarkPage& page) {
            page.marks.resize(page.marks.size() / 2);
            page.nextCursor.clear();
        };
        const ReconcileReport report = compare(fixture);
        QVERIFY(!report.isComplete());
        QVERIFY(!report.problems.empty());
        QCOMPARE(count(fixture, "customers"), u"60"_s);
        QCOMPARE(count(fixture, "orders"), u"90"_s);
    }

    void removesNothingWhenAPageOfTheSweepFailed() {
        SyncFixture fixture(shop(60, 20, 3));
        fixture.sync(SyncKind::Full);
        fixture.port.pageSize = 20;
        take(fixture.port.source.customers, 59);
        fixture.port.failNext(Call::Marks, {ErrorKind::Invalid, u"no"_s}, 1, 1);
        const ReconcileReport report = compare(fixture);
        QVERIFY(!report.resources[Resource::Customers].isComplete);
        QVERIFY(report.resources[Resource::Products].isComplete);
        QCOMPARE(count(fixture, "customers"), u"60"_s);
    }

    void patienceCarriesASweepOverABadMoment() {
        SyncFixture fixture(shop(60, 20, 3));
        fixture.sync(SyncKind::Full);
        take(fixture.port.source.products, 0);
        fixture.port.failNext(Call::Marks, {ErrorKind::Timeout, u"slow"_s}, 2);
        fixture.port.failNext(Call::Lookup, {ErrorKind::Network, u"cut"_s, ErrorCause::ConnectionReset}, 1);
        QVERIFY(compare(fixture).isComplete());
        QCOMPARE(count(fixture, "products"), u"2"_s);
    }

    void readsAgainWhatIsMissingOrOutOfDate() {
        SyncFixture fixture(shop(30, 80, 6));
        fixture.sync(SyncKind::Full);
        fixture.workspace.writer().execute("DELETE FROM orders WHERE id IN (3, 9)").has_value();
        CustomerRecord& changed = fixture.port.source.customers[11];
        changed.note = "moved house";
        changed.updatedAt = changed.updatedAt.plusSeconds(60);
        const ReconcileReport report = compare(fixture);
        QVERIFY(report.isComplete());
        QCOMPARE(report.resources[Resource::Orders].missing.size(), 2);
        QCOMPARE(report.resources[Resource::Customers].outdated,
                 QStringList{QString::fromStdString(changed.externalId)});
        QCOMPARE(count(fixture, "orders"), u"80"_s);
        QCOMPARE(count(fixture, "customers WHERE note = 'moved house'"), u"1"_s);
        QCOMPARE(compare(fixture).changes(), 0);
    }

    void followsAMergedCustomer() {
        SyncFixture fixture(shop(20, 60, 3));
        fixture.sync(SyncKind::Full);
        FakeShop& source = fixture.port.source;
        // The one with the orders of number 3 is merged into number 5.
        const CustomerRecord gone = source.customers[3];
        const CustomerRecord heir = source.customers[5];
        for (OrderRecord& order : source.orders)
            if (order.customerExternalId == gone.externalId) order.customerExternalId = heir.externalId;
        take(source.customers, 3);
        const ReconcileReport report = compare(fixture);
        QVERIFY(report.isComplete());
        QCOMPARE(report.merged.size(), size_t(1));
        QCOMPARE(report.merged.front().from, QString::fromStdString(gone.externalId));
        QCOMPARE(report.merged.front().into, QString::fromStdString(heir.externalId));
        QCOMPARE(report.brokenReferences, report.repairedReferences);
        QVERIFY(report.brokenReferences > 0);
        // A mail from the old address still finds the person.
        const QByteArray email = QByteArray::fromStdString(gone.email).toLower();
        QCOMPARE(rows(fixture.workspace.writer(), "SELECT e.source FROM profile_emails e JOIN customers c "
                                                  "ON c.profile_id = e.profile_id WHERE e.email = '" +
                                                      email + "' AND c.external_id = '" +
                                                      QByteArray::fromStdString(heir.externalId) + "'"),
                 QStringList{u"alias"_s});
        QCOMPARE(compare(fixture).changes(), 0);
    }

    void ordersOfAnErasedCustomerBecomeGuests() {
        SyncFixture fixture(shop(20, 60, 3));
        fixture.sync(SyncKind::Full);
        FakeShop& source = fixture.port.source;
        const CustomerRecord gone = take(source.customers, 3);
        for (OrderRecord& order : source.orders)
            if (order.customerExternalId == gone.externalId) order.customerExternalId.clear();
        const ReconcileReport report = compare(fixture);
        QVERIFY(report.isComplete());
        QVERIFY(report.merged.empty());
        QCOMPARE(report.brokenReferences, report.repairedReferences);
        QCOMPARE(count(fixture, "orders"), u"60"_s);
        QCOMPARE(count(fixture, "orders WHERE awaits_customer = 1"), u"0"_s);
    }

    void oldOrdersOfALimitedHistoryAreHiddenAndNotGone() {
        FakeShop limited = shop(20, 60, 3);
        SyncFixture fixture(limited);
        fixture.sync(SyncKind::Full);
        fixture.port.source.facts.historyLimited = true;
        fixture.workspace.writer().execute("UPDATE orders SET created_at = created_at - 86400000 * 80").has_value();
        fixture.port.source.orders.clear(); // older than 60 days: invisible, asked by id or not
        const ReconcileReport report = compare(fixture);
        QVERIFY(report.resources[Resource::Orders].isComplete);
        QCOMPARE(count(fixture, "orders"), u"60"_s);
    }

    void clockSetBackMakesNoHiddenOrderSeemGone() {
        FakeShop limited = shop(20, 60, 3);
        limited.orders.back().updatedAt = SystemClock().now();
        SyncFixture fixture(limited);
        fixture.sync(SyncKind::Full);
        fixture.port.source.facts.historyLimited = true;
        fixture.workspace.writer().execute("UPDATE orders SET created_at = created_at - 86400000 * 31").has_value();
        fixture.port.source.orders.clear(); // some 70 days old: invisible
        fixture.clock.moveMs(-30 * 86'400'000LL);
        const ReconcileReport report = compare(fixture);
        QVERIFY(report.resources[Resource::Orders].isComplete);
        QCOMPARE(count(fixture, "orders"), u"60"_s);
    }

    void saysWhenTheShopAsksToSlowDown() {
        SyncFixture fixture(shop(20, 60, 3));
        fixture.sync(SyncKind::Full);
        fixture.port.onCall = [&](Call call, int number) {
            if (call == Call::Marks && number == 1) fixture.port.throttle(750);
        };
        ReconcileRun run(fixture.workspace.writer(), fixture.port, fixture.clock, fixture.store, fixture.pace);
        QSignalSpy finished(&run, &ReconcileRun::finished);
        QList<qint64> waits;
        connect(&run, &ReconcileRun::progressed, &run, [&](const SyncProgress& step) {
            if (step.work == SyncProgress::Work::Comparison) waits << step.slowedByMs;
        });
        run.start();
        QVERIFY(!finished.isEmpty() || finished.wait(60'000));
        QCOMPARE(waits.count(750), 1);
        QCOMPARE(waits.back(), 0);
    }

    void anotherShopAtTheAddressTakesNothingAway() {
        SyncFixture fixture(shop(20, 60, 3));
        fixture.sync(SyncKind::Full);
        fixture.port.source = FakeShop();
        fixture.port.source.facts.externalId = u"gid://shopify/Shop/99"_s;
        const ReconcileReport report = compare(fixture);
        QVERIFY(report.error && report.error->kind == ErrorKind::Conflict);
        QCOMPARE(count(fixture, "customers"), u"20"_s);
    }

    void cancelledComparisonLeavesTheShopAlone() {
        SyncFixture fixture(shop(20, 60, 3));
        fixture.sync(SyncKind::Full);
        ReconcileRun run(fixture.workspace.writer(), fixture.port, fixture.clock, fixture.store, fixture.pace);
        QSignalSpy finished(&run, &ReconcileRun::finished);
        run.start();
        run.cancel();
        QCOMPARE(finished.size(), 1);
        QVERIFY(finished.front().front().value<ReconcileReport>().isCancelled);
        QTest::qWait(20);
        QCOMPARE(finished.size(), 1);
        QVERIFY(!*lastComparison(fixture.workspace.writer(), fixture.store));
    }

    void comparisonsOfTwoStoresKnowNothingOfEachOther() {
        SyncFixture fixture(shop(60, 120, 6));
        fixture.port.pageSize = 10;
        fixture.sync(SyncKind::Full);
        FakeStorePort otherPort(shop(20, 40, 3));
        SyncRequest request = fixture.request(SyncKind::Full);
        request.store = fixture.workspace.addStore(u"other.myshopify.com"_s);
        Database& writer = fixture.workspace.writer();
        StoreSyncRun sync(fixture.workspace.workspace(), writer, otherPort, fixture.clock, request);
        QSignalSpy synced(&sync, &StoreSyncRun::finished);
        sync.start();
        QVERIFY(!synced.isEmpty() || synced.wait(60'000));

        const auto large =
            std::make_unique<ReconcileRun>(writer, fixture.port, fixture.clock, fixture.store, fixture.pace);
        auto small = std::make_unique<ReconcileRun>(writer, otherPort, fixture.clock, request.store, fixture.pace);
        QSignalSpy largeEnded(large.get(), &ReconcileRun::finished);
        QSignalSpy smallEnded(small.get(), &ReconcileRun::finished);
        large->start();
        small->start();
        QVERIFY(!smallEnded.isEmpty() || smallEnded.wait(60'000));
        QVERIFY(largeEnded.isEmpty());
        const auto ofSmall = smallEnded.front().front().value<ReconcileReport>();
        small.reset();
        QVERIFY(largeEnded.wait(60'000));
        for (const ReconcileReport& report : {ofSmall, largeEnded.front().front().value<ReconcileReport>()}) {
            QVERIFY(!report.error);
            QVERIFY(report.isComplete());
            QCOMPARE(report.changes(), 0);
        }
        QCOMPARE(fixture.port.calls(Call::Lookup) + otherPort.calls(Call::Lookup), 0); // nothing was suspected
    }

    void whatWasFoundIsKeptForThePage() {
        SyncFixture fixture(shop(20, 60, 3));
        fixture.sync(SyncKind::Full);
        take(fixture.port.source.products, 0);
        compare(fixture);
        const auto kept = lastComparison(fixture.workspace.writer(), fixture.store);
        QVERIFY(kept && *kept);
        QCOMPARE((*kept)->removed, 1);
        QVERIFY((*kept)->isComplete);
    }

    // Any mixture of deletions, losses and changes ends with the cache the shop would give from scratch.
    void endsEqualToAFreshCacheWhateverHappened_data() {
        QTest::addColumn<int>("seed");
        for (int seed = 1; seed <= 12; ++seed)
            QTest::addRow("seed %d", seed) << seed;
    }
    void endsEqualToAFreshCacheWhateverHappened() {
        QFETCH(const int, seed);
        std::mt19937 random(static_cast<unsigned>(seed));
        SyncFixture fixture(shop(40, 100, 8));
        fixture.sync(SyncKind::Full);
        FakeShop& source = fixture.port.source;
        fixture.port.pageSize = 1 + static_cast<int>(random() % 30);
        for (int i = 0; i < 12; ++i) {
            if (random() % 2 && source.orders.size() > 1) take(source.orders, random() % source.orders.size());
            if (random() % 3 == 0 && source.products.size() > 1)
                take(source.products, random() % source.products.size());
            OrderRecord& order = source.orders[random() % source.orders.size()];
            order.note = "note " + std::to_string(i);
            order.updatedAt = order.updatedAt.plusSeconds(1);
        }
        QVERIFY(compare(fixture).isComplete());
        SyncFixture fresh(source);
        fresh.sync(SyncKind::Full);
        QCOMPARE(
            difference(rows(fixture.workspace.writer(), "SELECT external_id, note, updated_at FROM orders ORDER BY 1"),
                       rows(fresh.workspace.writer(), "SELECT external_id, note, updated_at FROM orders ORDER BY 1")),
            QString());
        QCOMPARE(rows(fixture.workspace.writer(), "SELECT external_id FROM products ORDER BY 1"),
                 rows(fresh.workspace.writer(), "SELECT external_id FROM products ORDER BY 1"));
        QCOMPARE(compare(fixture).changes(), 0);
    }
};

QTEST_GUILESS_MAIN(TestReconcile)
#include "tst_reconcile.moc"
