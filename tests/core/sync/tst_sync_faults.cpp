// What goes wrong between a shop and its cache: each fault has its outcome, nothing is lost, nothing is doubled.
#include "tests/core/sync/fault_fixture.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class TestSyncFaults : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void transientFaultIsAskedAgain_data() {
        QTest::addColumn<Call>("call");
        QTest::addColumn<Error>("error");
        const Error reset = failure(ErrorKind::Network, ErrorCause::ConnectionReset);
        QTest::newRow("reset while asking who the shop is") << Call::Shop << reset;
        QTest::newRow("reset while counting") << Call::Count << reset;
        QTest::newRow("reset between pages") << Call::Page << reset;
        QTest::newRow("time-out between pages") << Call::Page << failure(ErrorKind::Timeout, ErrorCause::None);
        QTest::newRow("429 beyond the adapter's patience")
            << Call::Page << failure(ErrorKind::RateLimited, ErrorCause::None);
        QTest::newRow("truncated JSON") << Call::Page << failure(ErrorKind::Network, ErrorCause::BodyTruncated);
        QTest::newRow("reset while starting bulk") << Call::StartBulk << reset;
        QTest::newRow("reset while polling") << Call::BulkStatus << reset;
        QTest::newRow("reset while downloading") << Call::Download << reset;
    }
    void transientFaultIsAskedAgain() {
        QFETCH(const Call, call);
        QFETCH(const Error, error);
        const bool isBulk = call == Call::StartBulk || call == Call::BulkStatus || call == Call::Download;
        SyncFixture fixture(smallShop());
        fixture.port.failNext(call, error, 3, call == Call::Page ? 4 : 0);
        const SyncOutcome outcome = fixture.sync(SyncKind::Full, isBulk ? Transport::Bulk : Transport::Paged);
        QVERIFY(!outcome.error);
        QCOMPARE(outcome.status, SyncStatus::Completed);
        QCOMPARE(outcome.counts[Resource::Orders], (SyncCounts{240, 240, 0, 0}));
        QCOMPARE(difference(faultless(), dumpOfShopTables(fixture.workspace.writer())), QString());
    }

    void waitsLongerBeforeEachAttempt() {
        SyncFixture fixture(smallShop());
        fixture.pace.retryMs = {40, 80, 160};
        std::vector<qint64> at;
        fixture.port.onCall = [&](Call call, int) {
            if (call == Call::Shop) at.push_back(fixture.clock.monotonicMs());
        };
        fixture.port.failNext(Call::Shop, failure(ErrorKind::Timeout, ErrorCause::None), 3);
        QCOMPARE(fixture.sync(SyncKind::Full).status, SyncStatus::Completed);
        QCOMPARE(at.size(), size_t(4));
        for (size_t i = 0; i < 3; ++i) // a quarter of jitter either way, and what a coarse timer may come early
            QVERIFY(at[i + 1] - at[i] >= fixture.pace.retryMs[i] * 7 / 10 - 2);
    }

    void faultDecidesTheStoresStatus_data() {
        QTest::addColumn<Error>("error");
        QTest::addColumn<StoreStatus>("status");
        QTest::addColumn<QString>("words");
        const auto row = [](const char* name, ErrorKind kind, ErrorCause cause, StoreStatus status, const char* words) {
            QTest::newRow(name) << failure(kind, cause) << status << QString::fromLatin1(words);
        };
        using K = ErrorKind;
        using C = ErrorCause;
        row("401", K::Auth, C::TokenRefused, StoreStatus::Disconnected, "Auth/TokenRefused");
        row("402", K::Refused, C::ShopFrozen, StoreStatus::Error, "Refused/ShopFrozen");
        row("403", K::Refused, C::ScopeMissing, StoreStatus::Disconnected, "Refused/ScopeMissing");
        row("404", K::NotFound, C::ShopNotFound, StoreStatus::Disconnected, "NotFound/ShopNotFound");
        row("423", K::Refused, C::ShopLocked, StoreStatus::Error, "Refused/ShopLocked");
        row("reset", K::Network, C::ConnectionReset, StoreStatus::NeverSynced, "Network/ConnectionReset");
        row("certificate", K::Network, C::CertificateInvalid, StoreStatus::Error, "Network/CertificateInvalid");
        row("redirect", K::Network, C::RedirectRefused, StoreStatus::Error, "Network/RedirectRefused");
        row("5xx", K::Timeout, C::None, StoreStatus::NeverSynced, "Timeout");
        row("full disk", K::Storage, C::DiskFull, StoreStatus::NeverSynced, "Storage/DiskFull");
    }
    void faultDecidesTheStoresStatus() {
        QFETCH(const Error, error);
        QFETCH(const StoreStatus, status);
        QFETCH(const QString, words);
        SyncFixture fixture(smallShop());
        fixture.port.failNext(Call::Page, error, 100, 5);
        const SyncOutcome outcome = fixture.sync(SyncKind::Full, Transport::Paged);
        QCOMPARE(outcome.status, SyncStatus::Failed);
        QCOMPARE(*outcome.error, error);
        const StoreRow store = fixture.workspace.store(fixture.store);
        QCOMPARE(store.status, status);
        QCOMPARE(store.lastError, words);
        QVERIFY(!store.lastSyncAt);
        QCOMPARE(fixture.history().front().status, SyncStatus::Failed);
        QCOMPARE(fixture.history().front().error, words);
        // What had come is kept.
        QVERIFY(count(fixture, "customers").toInt() > 0);
    }

    void anotherShopAtTheAddressIsNotMixedIn() {
        SyncFixture fixture(smallShop());
        QCOMPARE(fixture.sync(SyncKind::Full).status, SyncStatus::Completed);
        const QStringList before = dumpOfShopTables(fixture.workspace.writer());
        FakeShop other = makeShop(20, 30, 2, SystemClock().now(), u"EUR"_s);
        other.facts.externalId = u"gid://shopify/Shop/99"_s;
        fixture.port.source = other;
        const SyncOutcome outcome = fixture.sync(SyncKind::Full);
        QVERIFY(outcome.error && outcome.error->kind == ErrorKind::Conflict);
        const StoreRow store = fixture.workspace.store(fixture.store);
        QCOMPARE(store.status, StoreStatus::Error);
        QCOMPARE(store.externalId, u"gid://shopify/Shop/1"_s);
        QCOMPARE(store.currency, u"JPY"_s);
        QCOMPARE(difference(before, dumpOfShopTables(fixture.workspace.writer())), QString());
    }

    void failedSyncLeavesAConnectedStoreAsFreshAsItWas() {
        SyncFixture fixture(smallShop());
        QCOMPARE(fixture.sync(SyncKind::Full).status, SyncStatus::Completed);
        const StoreRow before = fixture.workspace.store(fixture.store);
        fixture.port.failNext(Call::Shop, failure(ErrorKind::Network, ErrorCause::HostNotFound), 10);
        QCOMPARE(fixture.sync(SyncKind::Incremental).status, SyncStatus::Failed);
        const StoreRow after = fixture.workspace.store(fixture.store);
        QCOMPARE(after.status, StoreStatus::Connected);
        QCOMPARE(after.lastSyncAt, before.lastSyncAt);
        QCOMPARE(after.lastSyncStatus, std::optional(SyncStatus::Failed));
    }

    // Another process, perhaps: its keys are on their way out, and nothing may say that they are good.
    void storeDisconnectedMeanwhileStaysSo_data() {
        QTest::addColumn<Call>("during");
        QTest::addColumn<bool>("isRefused");
        QTest::newRow("while the shop says who it is") << Call::Shop << false;
        QTest::newRow("while it is read") << Call::Page << false;
        QTest::newRow("whose keys are refused then") << Call::Page << true;
    }
    void storeDisconnectedMeanwhileStaysSo() {
        QFETCH(const Call, during);
        QFETCH(const bool, isRefused);
        SyncFixture fixture(smallShop());
        QCOMPARE(fixture.sync(SyncKind::Full).status, SyncStatus::Completed);
        const auto stores = StoreRepository::create(fixture.workspace.writer());
        QVERIFY(stores);
        fixture.port.onCall = [&](Call call, int) {
            if (call == during) QVERIFY((*stores)->setStatus(fixture.store, StoreStatus::Disconnected));
        };
        if (isRefused) fixture.port.failNext(Call::Page, failure(ErrorKind::Auth, ErrorCause::TokenRefused));
        const SyncStatus ended = fixture.sync(SyncKind::Full, Transport::Paged).status;
        QCOMPARE(ended, during == Call::Shop ? SyncStatus::Cancelled
                        : isRefused          ? SyncStatus::Failed
                                             : SyncStatus::Completed);
        const StoreRow store = fixture.workspace.store(fixture.store);
        QCOMPARE(store.status, StoreStatus::Disconnected);
        QCOMPARE(store.lastError, QString());
    }

    // That the former keys are refused says nothing of the new ones.
    void storeConnectedAgainMeanwhileIsNotPartedFrom() {
        SyncFixture fixture(smallShop());
        QCOMPARE(fixture.sync(SyncKind::Full).status, SyncStatus::Completed);
        const auto stores = StoreRepository::create(fixture.workspace.writer());
        QVERIFY(stores);
        fixture.port.onCall = [&](Call call, int) {
            if (call != Call::Page) return;
            StoreRow again = fixture.workspace.store(fixture.store);
            again.id = StoreId();
            again.status = StoreStatus::NeverSynced;
            QVERIFY((*stores)->save(again));
        };
        fixture.port.failNext(Call::Page, failure(ErrorKind::Auth, ErrorCause::TokenRefused));
        QCOMPARE(fixture.sync(SyncKind::Full, Transport::Paged).status, SyncStatus::Failed);
        const StoreRow store = fixture.workspace.store(fixture.store);
        QCOMPARE(store.status, StoreStatus::NeverSynced);
        QCOMPARE(store.lastError, QString());
    }

    // Another process read it all while this one failed.
    void failedSyncTakesNoFreshnessBack() {
        SyncFixture fixture(smallShop());
        QCOMPARE(fixture.sync(SyncKind::Full).status, SyncStatus::Completed);
        const auto stores = StoreRepository::create(fixture.workspace.writer());
        QVERIFY(stores);
        const UtcTime fresh = fixture.clock.now().plusMs(60'000);
        fixture.port.onCall = [&](Call call, int) {
            if (call == Call::Page) QVERIFY((*stores)->setSynced(fixture.store, fresh, SyncStatus::Completed));
        };
        fixture.port.failNext(Call::Page, failure(ErrorKind::Auth, ErrorCause::TokenRefused));
        QCOMPARE(fixture.sync(SyncKind::Full, Transport::Paged).status, SyncStatus::Failed);
        QCOMPARE(fixture.workspace.store(fixture.store).lastSyncAt, std::optional(fresh));
    }

    // Empty words say that it was disconnected by hand; others, that the shop lets nobody in.
    void disconnectedStoreKeepsItsReason_data() {
        QTest::addColumn<QString>("reason");
        QTest::newRow("by the shop") << u"Auth/TokenRefused"_s;
        QTest::newRow("by hand") << QString();
    }
    void disconnectedStoreKeepsItsReason() {
        QFETCH(const QString, reason);
        SyncFixture fixture(smallShop());
        const auto stores = StoreRepository::create(fixture.workspace.writer());
        QVERIFY(stores && (*stores)->setStatus(fixture.store, StoreStatus::Disconnected, reason));
        const auto isAsBefore = [&] {
            const StoreRow store = fixture.workspace.store(fixture.store);
            return store.status == StoreStatus::Disconnected && store.lastError == reason;
        };
        fixture.port.failNext(Call::Shop, failure(ErrorKind::Network, ErrorCause::HostNotFound), 4);
        QCOMPARE(fixture.sync(SyncKind::Incremental).status, SyncStatus::Failed);
        QVERIFY(isAsBefore());
        QCOMPARE(fixture.history().front().error, u"Network/HostNotFound"_s);
        const auto run = fixture.newRun(fixture.request(SyncKind::Incremental));
        run->start();
        run->cancel();
        QCOMPARE(fixture.history().front().status, SyncStatus::Cancelled);
        QVERIFY(isAsBefore());
        fixture.port.failNext(Call::Page, failure(ErrorKind::Refused, ErrorCause::ScopeMissing));
        QCOMPARE(fixture.sync(SyncKind::Incremental).status, SyncStatus::Failed);
        QCOMPARE(fixture.workspace.store(fixture.store).lastError, u"Refused/ScopeMissing"_s);
        QCOMPARE(fixture.sync(SyncKind::Incremental).status, SyncStatus::Completed);
        QCOMPARE(fixture.workspace.store(fixture.store).status, StoreStatus::Connected);
        QCOMPARE(fixture.workspace.store(fixture.store).lastError, QString());
    }

    // Killed or refused between its rows, the end of a job would leave a store that seems to sync for ever.
    void endOfAJobIsBookedWholeOrNotAtAll() {
        SyncFixture fixture(smallShop());
        Database& db = fixture.workspace.writer();
        QVERIFY(db.execute("CREATE TEMP TRIGGER no_room AFTER UPDATE OF last_sync_at ON main.stores "
                           "WHEN new.last_sync_at IS NOT old.last_sync_at BEGIN SELECT raise(ABORT, 'full'); END"));
        QCOMPARE(fixture.sync(SyncKind::Full).status, SyncStatus::Failed);
        QCOMPARE(fixture.history().front().status, SyncStatus::Running); // as a kill leaves it: to be resumed
        QCOMPARE(fixture.workspace.store(fixture.store).status, StoreStatus::Syncing);
        QVERIFY(db.execute("DROP TRIGGER temp.no_room"));
        QCOMPARE(fixture.sync(SyncKind::Incremental).status, SyncStatus::Completed);
        QCOMPARE(fixture.history().size(), size_t(1));
        QCOMPARE(fixture.workspace.store(fixture.store).status, StoreStatus::Connected);
        QCOMPARE(difference(faultless(), dumpOfShopTables(db)), QString());
    }

    void malformedRecordIsCountedAndTheRestLands_data() {
        QTest::addColumn<Transport>("transport");
        QTest::newRow("paged") << Transport::Paged;
        QTest::newRow("bulk") << Transport::Bulk;
    }
    void malformedRecordIsCountedAndTheRestLands() {
        QFETCH(const Transport, transport);
        SyncFixture fixture(smallShop());
        const std::string bad = fixture.port.source.orders[17].externalId;
        fixture.port.malformed = {bad};
        const SyncOutcome outcome = fixture.sync(SyncKind::Full, transport);
        QCOMPARE(outcome.status, SyncStatus::CompletedWithErrors);
        QCOMPARE(count(fixture, "orders"), u"239"_s);
        const SyncJobRow job = fixture.history().front();
        QCOMPARE(job.status, SyncStatus::CompletedWithErrors);
        QVERIFY(job.counts[Resource::Orders].failed >= 1);
        QCOMPARE(job.counts[Resource::Orders].created, 239);
        QCOMPARE(job.faults.front(), (RecordFault{"orders", bad, "amount is not a number"}));
        QCOMPARE(fixture.workspace.store(fixture.store).status, StoreStatus::Connected);
        // One bad record does not hold back the watermark.
        QCOMPARE(fixture.sync(SyncKind::Incremental).counts[Resource::Products].created, 0);
        QVERIFY(count(fixture, "sync_watermarks") == u"3"_s);
    }

    void emptyShopIsComplete() {
        SyncFixture fixture(makeShop(0, 0, 0, SystemClock().now()));
        QCOMPARE(fixture.sync(SyncKind::Full, Transport::Bulk).status, SyncStatus::Completed);
        QCOMPARE(fixture.sync(SyncKind::Full).status, SyncStatus::Completed);
        QCOMPARE(fixture.sync(SyncKind::Incremental).status, SyncStatus::Completed);
    }

    void tellsWhetherTheNetworkWasReached() {
        SyncFixture fixture(smallShop());
        fixture.port.failNext(Call::Shop, failure(ErrorKind::Network, ErrorCause::HostNotFound), 2);
        const auto run = fixture.newRun(fixture.request(SyncKind::Full));
        QList<bool> contacts;
        connect(run.get(), &StoreSyncRun::contactChanged, run.get(), [&](bool reached) { contacts << reached; });
        QSignalSpy finished(run.get(), &StoreSyncRun::finished);
        run->start();
        QVERIFY(finished.wait(30'000));
        QCOMPARE(contacts.mid(0, 3), (QList<bool>{false, false, true}));
    }
};

QTEST_GUILESS_MAIN(TestSyncFaults)
#include "tst_sync_faults.moc"
