// What goes wrong with a bulk operation and its file: the rest lands, and pages bring what the file does not.
#include "tests/core/sync/fault_fixture.h"
#include "tests/support/patience.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

// A full bulk sync, cancelled when its file of orders is partly read.
SyncStatus stopAmongOrders(SyncFixture& fixture) {
    const auto run = fixture.newRun(fixture.request(SyncKind::Full, Transport::Bulk));
    QSignalSpy finished(run.get(), &StoreSyncRun::finished);
    QObject::connect(run.get(), &StoreSyncRun::progressed, run.get(), [&](const SyncProgress& step) {
        if (step.resource == Resource::Orders && step.batch == 3 && step.done > 0)
            QMetaObject::invokeMethod(run.get(), &StoreSyncRun::cancel, Qt::QueuedConnection);
    });
    run->start();
    if (finished.isEmpty()) finished.wait(60'000);
    return finished.isEmpty() ? SyncStatus::Running : finished.front().front().value<SyncOutcome>().status;
}

} // namespace

class TestBulkFaults : public QObject {
    Q_OBJECT

private Q_SLOTS:
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
        QVERIFY(!fixture.workspace.store(fixture.store).lastSyncAt); // no reply leaves by itself on half of the orders
        fixture.port.spoilFile = {};
        QCOMPARE(fixture.sync(SyncKind::Incremental).status, SyncStatus::Completed);
        QVERIFY(fixture.workspace.store(fixture.store).lastSyncAt);
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
        // What was wrong with the file is no fault of the records, which came whole.
        QVERIFY(fixture.history().front().faults.empty());
    }

    void childrenOfAFileThatWasNeverFinishedAreForgotten() {
        SyncFixture fixture(smallShop());
        fixture.pace.batchMs = 0;
        fixture.pace.windowEntries = 20;
        fixture.port.children = FakeStorePort::Children::AfterAllParents;
        Database& db = fixture.workspace.writer();
        QCOMPARE(fixture.sync(SyncKind::Full, Transport::Bulk).status, SyncStatus::Completed);
        QCOMPARE(stopAmongOrders(fixture), SyncStatus::Cancelled);
        QVERIFY(count(fixture, "bulk_suspects").toInt() > 0); // their items were still to come
        const auto items = [&db] {
            return rows(db, "SELECT count(*) FROM order_items i JOIN orders o ON o.id = i.order_id "
                            "WHERE o.name = '#1005'")
                .front();
        };
        const QString before = items();
        QVERIFY(before != u"0"_s);
        // Two days later another file is fetched, in which that order is not: it is beyond the window by now.
        fixture.clock.moveMs(2 * 86'400'000LL);
        auto& orders = fixture.port.source.orders;
        std::erase_if(orders, [](const OrderRecord& order) { return order.name == "#1005"; });
        QCOMPARE(fixture.sync(SyncKind::Full, Transport::Bulk).status, SyncStatus::Completed);
        QCOMPARE(items(), before);
        // Nor is a file left that nobody will read.
        QCOMPARE(fixture.sync(SyncKind::Incremental).status, SyncStatus::Completed);
        QCOMPARE(QDir(fixture.workspace.workspace().spoolDir()).entryList(QDir::Files), QStringList());
    }

    void lostFileIsFetchedAgain() {
        SyncFixture fixture(smallShop());
        fixture.pace.batchMs = 0;
        fixture.pace.windowEntries = 20;
        fixture.port.children = FakeStorePort::Children::AfterAllParents;
        {
            const auto run = fixture.newRun(fixture.request(SyncKind::Full, Transport::Bulk));
            QSignalSpy finished(run.get(), &StoreSyncRun::finished);
            bool isAmongOrders = false;
            connect(run.get(), &StoreSyncRun::progressed, run.get(), [&](const SyncProgress& step) {
                isAmongOrders |= step.resource == Resource::Orders && step.batch == 3 && step.done > 0;
            });
            run->start();
            while (!isAmongOrders && finished.isEmpty())
                QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
            QVERIFY(finished.isEmpty());
        }
        QDir spools(fixture.workspace.workspace().spoolDir());
        QVERIFY(!spools.entryList(QDir::Files).isEmpty());
        for (const QString& file : spools.entryList(QDir::Files))
            QVERIFY(spools.remove(file));
        const SyncOutcome outcome = fixture.sync(SyncKind::Full, Transport::Bulk);
        QVERIFY(!outcome.error);
        QCOMPARE(outcome.status, SyncStatus::Completed);
        QCOMPARE(outcome.counts[Resource::Orders], (SyncCounts{240, 240, 0, 0}));
        QCOMPARE(difference(faultless(), dumpOfShopTables(fixture.workspace.writer())), QString());
    }

    void downloadWhoseBeginningIsDamagedBeginsAnew() {
        SyncFixture fixture(smallShop());
        {
            const auto run = fixture.newRun(fixture.request(SyncKind::Full, Transport::Bulk));
            bool isDownloading = false;
            fixture.port.onCall = [&](Call call, int) { isDownloading |= call == Call::Download; };
            fixture.port.isSilent = [](Call call, int) { return call == Call::Download; };
            run->start();
            QTRY_VERIFY(isDownloading);
        }
        fixture.port.onCall = {};
        fixture.port.isSilent = {};
        const QDir spools(fixture.workspace.workspace().spoolDir());
        const QStringList left = spools.entryList(QDir::Files);
        QCOMPARE(left.size(), 1);
        QFile file(spools.filePath(left.front()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(8'192, 'x'));
        file.close();
        const SyncOutcome outcome = fixture.sync(SyncKind::Full, Transport::Bulk);
        QVERIFY(!outcome.error);
        QCOMPARE(outcome.status, SyncStatus::Completed);
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
};

QTEST_GUILESS_MAIN(TestBulkFaults)
#include "tst_bulk_faults.moc"
