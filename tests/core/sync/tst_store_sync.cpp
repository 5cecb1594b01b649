// Full and incremental syncs against real SQLite: what the shop holds is what the cache holds, whatever way it came.
#include "tests/core/sync/sync_fixture.h"
#include "tests/support/table_dump.h"

#include <QTest>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;
using Transport = SyncRequest::Transport;
using Children = FakeStorePort::Children;

namespace {

FakeShop usualShop() {
    return makeShop(300, 900, 40, SystemClock().now());
}

QString text(const std::string& utf8) {
    return QString::fromStdString(utf8);
}
QString lines(const std::vector<std::string>& list) {
    QStringList all;
    for (const auto& one : list)
        all << text(one);
    return all.join(u'\n');
}
QString number(qint64 value) {
    return QString::number(value);
}
QString number(std::optional<UtcTime> time) {
    return time ? number(time->ms()) : u"NULL"_s;
}

QStringList expectedCustomers(const FakeShop& shop) {
    QStringList rows;
    for (const CustomerRecord& c : shop.customers)
        rows << QStringList{text(c.externalId),
                            text(c.displayName),
                            text(c.firstName),
                            text(c.lastName),
                            text(c.email),
                            text(c.phone),
                            text(c.note),
                            text(c.locale),
                            text(c.state),
                            lines(c.tags),
                            text(c.addressText),
                            number(c.ordersCount),
                            number(c.amountSpent.minor()),
                            c.amountSpent.currency().text(),
                            number(c.createdAt),
                            number(c.updatedAt)}
                    .join(u'|');
    rows.sort();
    return rows;
}
constexpr auto kCustomers = R"sql(
SELECT external_id, display_name, first_name, last_name, email, phone, note, locale, state, tags, address_text,
orders_count, spent_minor, currency, created_at, updated_at FROM customers)sql";

QStringList expectedOrders(const FakeShop& shop) {
    QStringList rows;
    for (const OrderRecord& o : shop.orders)
        rows << QStringList{text(o.externalId),
                            text(o.customerExternalId),
                            text(o.name),
                            text(o.email),
                            text(o.phone),
                            text(o.note),
                            text(o.financialStatus),
                            text(o.fulfillmentStatus),
                            text(o.cancelReason),
                            text(o.statusPageUrl),
                            text(o.shippingAddressText),
                            lines(o.tags),
                            o.currency.text(),
                            number(o.total.minor()),
                            number(o.subtotal.minor()),
                            number(o.tax.minor()),
                            number(o.discounts.minor()),
                            number(o.shipping.minor()),
                            number(o.refunded.minor()),
                            number(o.createdAt),
                            number(o.updatedAt),
                            number(o.processedAt),
                            number(o.cancelledAt),
                            number(o.closedAt)}
                    .join(u'|');
    rows.sort();
    return rows;
}
constexpr auto kOrders = R"sql(
SELECT external_id, customer_external_id, name, email, phone, note, financial_status, fulfillment_status, cancel_reason,
status_page_url, shipping_address_text, tags, currency, total_minor, subtotal_minor, tax_minor, discounts_minor,
shipping_minor, refunded_minor, created_at, updated_at, processed_at, cancelled_at, closed_at FROM orders)sql";

QStringList expectedChildren(const FakeShop& shop) {
    QStringList rows;
    for (const OrderRecord& o : shop.orders) {
        int position = 0;
        for (const OrderItemRecord& i : o.items)
            rows << QStringList{u"item"_s,
                                text(o.externalId),
                                number(position++),
                                text(i.externalId),
                                text(i.title),
                                text(i.variantTitle),
                                text(i.sku),
                                text(i.variantExternalId),
                                number(i.quantity),
                                number(i.currentQuantity),
                                number(i.unitPrice.minor())}
                        .join(u'|');
        for (const FulfillmentRecord& f : o.fulfillments) {
            rows << QStringList{u"fulfillment"_s,
                                text(o.externalId),
                                text(f.externalId),
                                text(f.name),
                                text(f.status),
                                text(f.displayStatus),
                                number(f.createdAt),
                                number(f.updatedAt),
                                number(f.inTransitAt),
                                number(f.deliveredAt),
                                number(f.estimatedDeliveryAt)}
                        .join(u'|');
            position = 0;
            for (const TrackingRecord& t : f.tracking)
                rows << QStringList{u"tracking"_s,   text(o.externalId), text(f.externalId), number(position++),
                                    text(t.company), text(t.number),     text(t.url)}
                            .join(u'|');
        }
        for (const RefundRecord& r : o.refunds)
            rows << QStringList{u"refund"_s,         text(o.externalId),      text(r.externalId),
                                number(r.createdAt), number(r.total.minor()), text(r.note)}
                        .join(u'|');
    }
    rows.sort();
    return rows;
}
constexpr auto kChildren = R"sql(
SELECT 'item', o.external_id, i.position, i.external_id, i.title, i.variant_title, i.sku, i.variant_external_id,
i.quantity, i.current_quantity, i.unit_price_minor FROM order_items i JOIN orders o ON o.id = i.order_id)sql";
constexpr auto kFulfillments = R"sql(
SELECT 'fulfillment', o.external_id, f.external_id, f.name, f.status, f.display_status, f.created_at, f.updated_at,
f.in_transit_at, f.delivered_at, f.estimated_delivery_at FROM fulfillments f JOIN orders o ON o.id = f.order_id)sql";
constexpr auto kTrackings = R"sql(
SELECT 'tracking', o.external_id, t.fulfillment_external_id, t.position, t.company, t.number, t.url
FROM trackings t JOIN orders o ON o.id = t.order_id)sql";
constexpr auto kRefunds = R"sql(
SELECT 'refund', o.external_id, r.external_id, r.created_at, r.total_minor, r.note
FROM refunds r JOIN orders o ON o.id = r.order_id)sql";

QStringList expectedProducts(const FakeShop& shop) {
    QStringList rows;
    for (const ProductRecord& p : shop.products) {
        int position = 0;
        for (const VariantRecord& v : p.variants)
            rows << QStringList{text(p.externalId),
                                text(p.title),
                                text(p.handle),
                                text(p.status),
                                text(p.vendor),
                                text(p.productType),
                                lines(p.tags),
                                number(p.createdAt),
                                number(p.updatedAt),
                                number(position++),
                                text(v.externalId),
                                text(v.title),
                                text(v.sku),
                                number(v.price.minor()),
                                v.inventoryQuantity ? number(*v.inventoryQuantity) : u"NULL"_s,
                                number(v.updatedAt)}
                        .join(u'|');
    }
    rows.sort();
    return rows;
}
constexpr auto kProducts = R"sql(
SELECT p.external_id, p.title, p.handle, p.status, p.vendor, p.product_type, p.tags, p.created_at, p.updated_at,
v.position, v.external_id, v.title, v.sku, v.price_minor, v.inventory_quantity, v.updated_at
FROM products p JOIN variants v ON v.product_id = p.id)sql";

QStringList sorted(QStringList rows) {
    rows.sort();
    return rows;
}

void compareWithSource(Database& db, const FakeShop& shop) {
    QCOMPARE(difference(expectedCustomers(shop), sorted(rows(db, kCustomers))), QString());
    QCOMPARE(difference(expectedOrders(shop), sorted(rows(db, kOrders))), QString());
    QStringList children = rows(db, kChildren) + rows(db, kFulfillments) + rows(db, kTrackings) + rows(db, kRefunds);
    QCOMPARE(difference(expectedChildren(shop), sorted(children)), QString());
    QCOMPARE(difference(expectedProducts(shop), sorted(rows(db, kProducts))), QString());
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
        QCOMPARE(difference(expectedOrders(fixture.port.source), sorted(rows(db, kOrders))), QString());
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
                 text(newest));
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
