// What goes wrong between a shop and its cache: each fault has its outcome, nothing is lost, nothing is doubled.
#include "tests/core/sync/sync_fixture.h"
#include "tests/support/table_dump.h"

#include <QDir>
#include <QTest>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;
using Transport = SyncRequest::Transport;
using Call = FakeStorePort::Call;

namespace {

const FakeShop& smallShop() {
    static const FakeShop shop = makeShop(60, 240, 10, SystemClock().now());
    return shop;
}

Error failure(ErrorKind kind, ErrorCause cause) {
    return {kind, u"as the shop said it"_s, cause};
}

QString count(SyncFixture& fixture, const char* table) {
    return rows(fixture.workspace.writer(), "SELECT count(*) FROM " + QByteArray(table)).front();
}

// The cache a faultless paged sync of the small shop leaves.
const QStringList& faultless() {
    static const QStringList dump = [] {
        SyncFixture fixture(smallShop());
        fixture.sync(SyncKind::Full, Transport::Paged);
        return dumpOfShopTables(fixture.workspace.writer());
    }();
    return dump;
}

} // namespace

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
        for (size_t i = 0; i < 3; ++i) // a quarter of jitter either way
            QVERIFY(at[i + 1] - at[i] >= fixture.pace.retryMs[i] * 3 / 4 - 2);
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

    void nextFullSyncGoesOnWhereAFailedOneStopped() {
        SyncFixture fixture(smallShop());
        fixture.port.failNext(Call::Page, failure(ErrorKind::Auth, ErrorCause::TokenRefused), 1, 7);
        QCOMPARE(fixture.sync(SyncKind::Full, Transport::Paged).status, SyncStatus::Failed);
        fixture.port.clearLog();
        QCOMPARE(fixture.sync(SyncKind::Full, Transport::Paged).status, SyncStatus::Completed);
        QCOMPARE(fixture.port.log().count(u"page orders"_s), 5 - 2); // two of five had come; no second head start
        QCOMPARE(difference(faultless(), dumpOfShopTables(fixture.workspace.writer())), QString());
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

    void garbageLineIsCountedAndTheRestLands() {
        SyncFixture fixture(smallShop());
        fixture.port.spoilFile = [](QByteArray& file) {
            file.insert(file.indexOf('\n', file.size() / 2) + 1, "}{ \xff garbage\n");
        };
        const SyncOutcome outcome = fixture.sync(SyncKind::Full, Transport::Bulk);
        QCOMPARE(outcome.status, SyncStatus::CompletedWithErrors);
        for (const SyncCounts& counts : outcome.counts)
            QCOMPARE(counts.failed, 1);
        QCOMPARE(fixture.history().front().faults.size(), size_t(3));
        QCOMPARE(difference(faultless(), dumpOfShopTables(fixture.workspace.writer())), QString());
    }

    void fileCutWithinALineIsExplainedAndNotTakenForWhole() {
        SyncFixture fixture(smallShop());
        QCOMPARE(fixture.sync(SyncKind::Full, Transport::Bulk).status, SyncStatus::Completed);
        const QStringList whole = dumpOfShopTables(fixture.workspace.writer());
        fixture.port.spoilFile = [](QByteArray& file) { file.chop(file.size() / 3 + 7); };
        const SyncOutcome outcome = fixture.sync(SyncKind::Full, Transport::Bulk);
        QCOMPARE(outcome.status, SyncStatus::CompletedWithErrors);
        QStringList causes;
        const SyncJobRow job = fixture.history().front();
        for (const RecordFault& fault : job.faults)
            causes << QString::fromStdString(fault.cause);
        QVERIFY2(causes.join(u'\n').contains(u"in the middle of this record"_s), qPrintable(causes.join(u'\n')));
        QVERIFY2(causes.join(u'\n').contains(u"records early"_s), qPrintable(causes.join(u'\n')));
        // Items that did not come again are not taken for removed.
        QCOMPARE(difference(whole, dumpOfShopTables(fixture.workspace.writer())), QString());
    }

    void cutFileOfAFirstSyncLeavesTheNextOneToFetchTheRest() {
        SyncFixture fixture(smallShop());
        fixture.port.pageSize = 20;
        fixture.port.spoilFile = [](QByteArray& file) { file.chop(file.size() / 3 + 7); };
        QCOMPARE(fixture.sync(SyncKind::Full, Transport::Bulk).status, SyncStatus::CompletedWithErrors);
        QVERIFY(count(fixture, "orders").toInt() < 240);
        QCOMPARE(count(fixture, "sync_watermarks"), u"0"_s);
        fixture.port.spoilFile = {};
        QCOMPARE(fixture.sync(SyncKind::Incremental).status, SyncStatus::Completed);
        QCOMPARE(difference(faultless(), dumpOfShopTables(fixture.workspace.writer())), QString());
    }

    void downloadGoesOnBehindWhatHasCome() {
        SyncFixture fixture(smallShop());
        fixture.port.cutDownloadsAfter = {4'000, 0, 2'000, 1'234};
        fixture.port.chunk = 1'000;
        QCOMPARE(fixture.sync(SyncKind::Full, Transport::Bulk).status, SyncStatus::Completed);
        const QStringList downloads = fixture.port.log().filter(u"download"_s);
        QVERIFY2(downloads.contains(u"download from 4000"_s), qPrintable(downloads.join(u'\n')));
        QCOMPARE(difference(faultless(), dumpOfShopTables(fixture.workspace.writer())), QString());
    }

    void expiredAddressIsAskedForAgain() {
        SyncFixture fixture(smallShop());
        fixture.port.failNext(Call::Download, failure(ErrorKind::Refused, ErrorCause::None), 2);
        QCOMPARE(fixture.sync(SyncKind::Full, Transport::Bulk).status, SyncStatus::Completed);
        QCOMPARE(count(fixture, "orders"), u"240"_s);
    }

    void operationThatDiesIsAskedForOnceMore_data() {
        QTest::addColumn<BulkStatus::State>("end");
        QTest::newRow("failed") << BulkStatus::State::Failed;
        QTest::newRow("cancelled by the shop") << BulkStatus::State::Cancelled;
        QTest::newRow("expired") << BulkStatus::State::Expired;
    }
    void operationThatDiesIsAskedForOnceMore() {
        QFETCH(const BulkStatus::State, end);
        SyncFixture fixture(smallShop());
        fixture.port.bulkEnds = {end};
        QCOMPARE(fixture.sync(SyncKind::Full, Transport::Bulk).status, SyncStatus::Completed);
        QCOMPARE(fixture.port.log().count(u"bulk customers"_s), 2);
        QCOMPARE(difference(faultless(), dumpOfShopTables(fixture.workspace.writer())), QString());
    }

    void operationsThatKeepDyingGiveWayToPages() {
        SyncFixture fixture(smallShop());
        fixture.port.bulkEnds = {BulkStatus::State::Failed, BulkStatus::State::Failed};
        const SyncOutcome outcome = fixture.sync(SyncKind::Full, Transport::Bulk);
        QCOMPARE(outcome.status, SyncStatus::Completed);
        QCOMPARE(outcome.counts[Resource::Customers], (SyncCounts{60, 60, 0, 0}));
        QVERIFY(fixture.port.log().count(u"page customers"_s) > 1);
    }

    void partialFileIsTakenAndThePagesBringTheRest() {
        SyncFixture fixture(smallShop());
        fixture.port.bulkEnds = {BulkStatus::State::Completed, BulkStatus::State::Failed};
        fixture.port.partialBytes = 20'011; // in the middle of a line
        const SyncOutcome outcome = fixture.sync(SyncKind::Full, Transport::Bulk);
        QVERIFY(outcome.status == SyncStatus::Completed || outcome.status == SyncStatus::CompletedWithErrors);
        QCOMPARE(outcome.counts[Resource::Orders].processed, 240);
        QCOMPARE(outcome.counts[Resource::Orders].created, 240);
        QVERIFY(fixture.port.log().count(u"page orders"_s) > 1);
        QCOMPARE(difference(faultless(), dumpOfShopTables(fixture.workspace.writer())), QString());
    }

    void busyShopIsWaitedForThenPaged() {
        const Error busy = failure(ErrorKind::Conflict, ErrorCause::BulkBusy);
        SyncFixture patient(smallShop());
        patient.port.failNext(Call::StartBulk, busy, 2);
        QCOMPARE(patient.sync(SyncKind::Full, Transport::Bulk).status, SyncStatus::Completed);
        QCOMPARE(patient.port.log().count(u"page customers"_s), 1);
        SyncFixture tired(smallShop());
        tired.port.failNext(Call::StartBulk, busy, 100);
        QCOMPARE(tired.sync(SyncKind::Full, Transport::Bulk).status, SyncStatus::Completed);
        QCOMPARE(tired.port.log().count(u"page customers"_s), 3);
        QCOMPARE(count(tired, "orders"), u"240"_s);
    }

    void emptyShopIsComplete() {
        SyncFixture fixture(makeShop(0, 0, 0, SystemClock().now()));
        QCOMPARE(fixture.sync(SyncKind::Full, Transport::Bulk).status, SyncStatus::Completed);
        QCOMPARE(fixture.sync(SyncKind::Full).status, SyncStatus::Completed);
        QCOMPARE(fixture.sync(SyncKind::Incremental).status, SyncStatus::Completed);
    }

    void silentShopCanBeCancelled_data() {
        QTest::addColumn<Call>("call");
        QTest::addColumn<int>("number");
        QTest::newRow("while asking who it is") << Call::Shop << 1;
        QTest::newRow("while counting") << Call::Count << 2;
        QTest::newRow("during the head start") << Call::Page << 2;
        QTest::newRow("while paging") << Call::Page << 6;
        QTest::newRow("while starting bulk") << Call::StartBulk << 1;
        QTest::newRow("while polling") << Call::BulkStatus << 1;
        QTest::newRow("while downloading") << Call::Download << 2;
    }
    void silentShopCanBeCancelled() {
        QFETCH(const Call, call);
        QFETCH(const int, number);
        const bool isBulk = call == Call::StartBulk || call == Call::BulkStatus || call == Call::Download;
        SyncFixture fixture(smallShop());
        const Transport transport = isBulk ? Transport::Bulk : Transport::Paged;
        const auto run = fixture.newRun(fixture.request(SyncKind::Full, transport));
        fixture.port.isSilent = [&](Call made, int made_) { return made == call && made_ == number; };
        fixture.port.onCall = [&](Call made, int made_) {
            if (made == call && made_ == number)
                QMetaObject::invokeMethod(run.get(), &StoreSyncRun::cancel, Qt::QueuedConnection);
        };
        QSignalSpy finished(run.get(), &StoreSyncRun::finished);
        run->start();
        QVERIFY(!finished.isEmpty() || finished.wait(10'000));
        QTest::qWait(20); // late answers change nothing
        QCOMPARE(finished.size(), 1);
        QCOMPARE(finished.front().front().value<SyncOutcome>().status, SyncStatus::Cancelled);
        QCOMPARE(fixture.history().front().status, SyncStatus::Cancelled);
        QCOMPARE(fixture.workspace.store(fixture.store).status, StoreStatus::NeverSynced);
        if (call == Call::BulkStatus) QCOMPARE(fixture.port.calls(Call::CancelBulk), 1);

        // And the next one brings everything.
        fixture.port.isSilent = {};
        fixture.port.onCall = {};
        QCOMPARE(fixture.sync(SyncKind::Full, transport).status, SyncStatus::Completed);
        QCOMPARE(difference(faultless(), dumpOfShopTables(fixture.workspace.writer())), QString());
    }

    void cancelledBeforeItStarts() {
        SyncFixture fixture(smallShop());
        const auto run = fixture.newRun(fixture.request(SyncKind::Full));
        QSignalSpy finished(run.get(), &StoreSyncRun::finished);
        run->cancel();
        QCOMPARE(finished.size(), 1);
        run->start();
        QTest::qWait(10);
        QCOMPARE(finished.size(), 1);
        QCOMPARE(fixture.port.log(), QStringList());
    }

    // A run deleted without being cancelled is what a kill leaves: its job is resumed.
    void abandonedRunIsResumed_data() {
        QTest::addColumn<Transport>("transport");
        QTest::newRow("paged") << Transport::Paged;
        QTest::newRow("bulk") << Transport::Bulk;
    }
    void abandonedRunIsResumed() {
        QFETCH(const Transport, transport);
        int resumed = 0;
        for (int stopAt = 1; stopAt < 60; stopAt += 2) {
            SyncFixture fixture(smallShop());
            fixture.pace.batchMs = 0;
            fixture.pace.windowEntries = 20;
            fixture.port.pageSize = 20;
            bool isAbandoned = false;
            {
                const auto run = fixture.newRun(fixture.request(SyncKind::Full, transport));
                QSignalSpy finished(run.get(), &StoreSyncRun::finished);
                int steps = 0;
                connect(run.get(), &StoreSyncRun::progressed, run.get(), [&] { isAbandoned |= ++steps == stopAt; });
                run->start();
                while (finished.isEmpty() && !isAbandoned)
                    QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
                if (!finished.isEmpty()) break;
            }
            ++resumed;
            QVERIFY(fixture.history().front().status == SyncStatus::Running);
            const SyncOutcome outcome = fixture.sync(SyncKind::Incremental, transport); // asked for less, brings it all
            QCOMPARE(outcome.status, SyncStatus::Completed);
            QCOMPARE(outcome.counts[Resource::Customers], (SyncCounts{60, 60, 0, 0}));
            QCOMPARE(outcome.counts[Resource::Orders], (SyncCounts{240, 240, 0, 0}));
            QCOMPARE(outcome.counts[Resource::Products], (SyncCounts{10, 10, 0, 0}));
            QCOMPARE(fixture.history().size(), size_t(1));
            QCOMPARE(difference(faultless(), dumpOfShopTables(fixture.workspace.writer())), QString());
            QCOMPARE(QDir(fixture.workspace.workspace().spoolDir()).entryList(QDir::Files), QStringList());
        }
        QVERIFY(resumed >= 8);
        qInfo("resumed %d times", resumed);
    }

    void expiredCursorStartsTheResourceAnew() {
        SyncFixture fixture(smallShop());
        {
            const auto run = fixture.newRun(fixture.request(SyncKind::Full, Transport::Paged));
            bool isDeep = false;
            fixture.port.onCall = [&](Call call, int number) { isDeep |= call == Call::Page && number == 8; };
            run->start();
            while (!isDeep)
                QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        }
        fixture.port.onCall = {};
        fixture.port.failNext(Call::Page, {ErrorKind::Invalid, u"the cursor is not valid"_s});
        const SyncOutcome outcome = fixture.sync(SyncKind::Full, Transport::Paged);
        QCOMPARE(outcome.status, SyncStatus::Completed);
        QCOMPARE(outcome.counts[Resource::Orders], (SyncCounts{240, 240, 0, 0}));
    }

    void otherWorkInterruptsAJobThatCannotBeResumed() {
        SyncFixture fixture(smallShop());
        {
            const auto run = fixture.newRun(fixture.request(SyncKind::Full, Transport::Paged));
            run->start();
        }
        SyncRequest request = fixture.request(SyncKind::Full);
        request.resources = {Resource::Products};
        QCOMPARE(fixture.sync(request).status, SyncStatus::Completed);
        QCOMPARE(fixture.history().size(), size_t(2));
        QCOMPARE(fixture.history()[1].status, SyncStatus::Interrupted);
    }

    void tellsWhetherTheNetworkWasReached() {
        SyncFixture fixture(smallShop());
        fixture.port.failNext(Call::Shop, failure(ErrorKind::Network, ErrorCause::HostNotFound), 2);
        const auto run = fixture.newRun(fixture.request(SyncKind::Full));
        QList<bool> contacts;
        connect(run.get(), &StoreSyncRun::contactChanged, run.get(), [&](bool reached) { contacts << reached; });
        QSignalSpy finished(run.get(), &StoreSyncRun::finished);
        run->start();
        QVERIFY(finished.wait(10'000));
        QCOMPARE(contacts.mid(0, 3), (QList<bool>{false, false, true}));
    }
};

QTEST_GUILESS_MAIN(TestSyncFaults)
#include "tst_sync_faults.moc"
