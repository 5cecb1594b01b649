// A sync that is stopped, by a person, by a fault or by the end of the program: the next one brings all of it, once.
#include "core/storage/conversations/conversation_repository.h"
#include "tests/core/sync/fault_fixture.h"
#include "tests/support/patience.h"

#include <QDir>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

// A mail from each customer, before the cache knows any of them.
void writeFromEverybody(SyncFixture& fixture) {
    const auto conversations = ConversationRepository::create(fixture.workspace.writer());
    QVERIFY(conversations);
    for (const CustomerRecord& customer : fixture.port.source.customers) {
        if (customer.email.empty()) continue;
        MessageRecord message;
        message.messageId = QString::fromStdString(customer.externalId);
        message.from = {u"Some One"_s, QString::fromStdString(customer.email)};
        message.to = {{u"Shop"_s, u"help@licht.example"_s}};
        message.subject = u"About "_s + message.messageId;
        message.date = fixture.clock.now();
        QVERIFY((*conversations)->add(message, ConversationRepository::Direction::Inbound));
    }
}

} // namespace

class TestSyncStops : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nextFullSyncGoesOnWhereAFailedOneStopped() {
        SyncFixture fixture(smallShop());
        fixture.port.failNext(Call::Page, failure(ErrorKind::Auth, ErrorCause::TokenRefused), 1, 7);
        QCOMPARE(fixture.sync(SyncKind::Full, Transport::Paged).status, SyncStatus::Failed);
        fixture.port.clearLog();
        QCOMPARE(fixture.sync(SyncKind::Full, Transport::Paged).status, SyncStatus::Completed);
        QCOMPARE(fixture.port.log().count(u"page orders"_s), 5 - 2); // two of five had come; no second head start
        QCOMPARE(difference(faultless(), dumpOfShopTables(fixture.workspace.writer())), QString());
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
        QVERIFY(!finished.isEmpty() || finished.wait(30'000));
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

    // It is called off at the shop too, which has half a file of it at best: that is no reason to page a large shop.
    void cancelledBulkOperationIsAskedForAnew() {
        SyncFixture fixture(smallShop());
        fixture.port.bulkEnds = {BulkStatus::State::Cancelled};
        fixture.port.partialBytes = 5'000;
        const auto run = fixture.newRun(fixture.request(SyncKind::Full, Transport::Bulk));
        fixture.port.onCall = [&](Call call, int) {
            if (call == Call::BulkStatus)
                QMetaObject::invokeMethod(run.get(), &StoreSyncRun::cancel, Qt::QueuedConnection);
        };
        QSignalSpy finished(run.get(), &StoreSyncRun::finished);
        run->start();
        QVERIFY(!finished.isEmpty() || finished.wait(30'000));
        QCOMPARE(fixture.history().front().status, SyncStatus::Cancelled);
        fixture.port.onCall = {};
        fixture.port.clearLog();
        QCOMPARE(fixture.sync(SyncKind::Full, Transport::Bulk).status, SyncStatus::Completed);
        QCOMPARE(fixture.port.log().count(u"bulk customers"_s), 1);
        QCOMPARE(fixture.port.log().count(u"page customers"_s), 0);
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

    // The next sync finds those people unchanged.
    void mailFindsItsPersonHoweverASyncEnds_data() {
        QTest::addColumn<QString>("end");
        for (const char* end : {"failed", "cancelled", "killed"})
            QTest::newRow(end) << QString::fromLatin1(end);
    }
    void mailFindsItsPersonHoweverASyncEnds() {
        QFETCH(const QString, end);
        SyncFixture fixture(smallShop());
        fixture.port.pageSize = 10;
        writeFromEverybody(fixture);
        const auto known = [&] {
            return count(fixture, "conversations c JOIN profile_emails e ON e.email = c.customer_email").toInt();
        };
        constexpr int kDeep = 8; // after the newest pages, among the customers
        int knownAtFirst = 0;
        bool isDeep = false;
        {
            const auto run = fixture.newRun(fixture.request(SyncKind::Full, Transport::Paged));
            fixture.port.onCall = [&](Call call, int number) {
                if (call != Call::Page) return;
                if (number == 4) knownAtFirst = known();
                isDeep |= number == kDeep;
                if (number == kDeep && end == "cancelled"_L1)
                    QMetaObject::invokeMethod(run.get(), &StoreSyncRun::cancel, Qt::QueuedConnection);
            };
            fixture.port.isSilent = [](Call call, int number) { return call == Call::Page && number == kDeep; };
            const Error refused = failure(ErrorKind::Auth, ErrorCause::TokenRefused);
            if (end == "failed"_L1) fixture.port.isSilent = {};
            if (end == "failed"_L1) fixture.port.failNext(Call::Page, refused, 1, kDeep - 1);
            QSignalSpy finished(run.get(), &StoreSyncRun::finished);
            run->start();
            QTRY_VERIFY(isDeep && (end == "killed"_L1 || !finished.isEmpty()));
        }
        fixture.port.onCall = {};
        fixture.port.isSilent = {};
        fixture.port.failNext(Call::Shop, failure(ErrorKind::Auth, ErrorCause::TokenRefused));
        if (end == "killed"_L1) QCOMPARE(fixture.sync(SyncKind::Full).status, SyncStatus::Failed);
        QVERIFY(known() > knownAtFirst);
        QCOMPARE(count(fixture, "conversations WHERE profile_id IS NOT NULL").toInt(), known());
    }

    // Replies are sent by themselves only on fresh facts, and last_sync_at is what says how fresh they are.
    void resumedSyncIsAsFreshAsItsBeginning() {
        constexpr qint64 kThreeDays = 3 * 86'400'000LL;
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
        const UtcTime left = fixture.clock.now();
        fixture.clock.moveMs(kThreeDays);
        const SyncOutcome resumed = fixture.sync(SyncKind::Incremental, Transport::Paged);
        QCOMPARE(resumed.status, SyncStatus::Completed);
        QCOMPARE(resumed.kind, SyncKind::Full);
        QVERIFY(resumed.isBehind);
        const auto syncedAt = fixture.workspace.store(fixture.store).lastSyncAt;
        QVERIFY(syncedAt && *syncedAt <= left);
        // What follows it is fresh.
        const SyncOutcome next = fixture.sync(SyncKind::Incremental, Transport::Paged);
        QVERIFY(!next.isBehind);
        QVERIFY(fixture.workspace.store(fixture.store).lastSyncAt->msSince(left) >= kThreeDays);
    }

    void longSyncIsAsFreshAsItsBeginning() {
        SyncFixture fixture(smallShop());
        const UtcTime begun = fixture.clock.now();
        fixture.port.onCall = [&](Call call, int number) {
            if (call == Call::Page && number == 6) fixture.clock.moveMs(2 * 3'600'000);
        };
        const SyncOutcome outcome = fixture.sync(SyncKind::Full, Transport::Paged);
        QCOMPARE(outcome.status, SyncStatus::Completed);
        QVERIFY(outcome.isBehind);
        QVERIFY(fixture.workspace.store(fixture.store).lastSyncAt->msSince(begun) < 3'600'000);
    }

    void partOfTheStoreMakesNoFactFresher() {
        SyncFixture fixture(smallShop());
        QCOMPARE(fixture.sync(SyncKind::Full).status, SyncStatus::Completed);
        const auto syncedAt = fixture.workspace.store(fixture.store).lastSyncAt;
        fixture.clock.moveMs(3'600'000);
        QCOMPARE(fixture.sync(SyncKind::History).status, SyncStatus::Completed);
        SyncRequest products = fixture.request(SyncKind::Incremental);
        products.resources = {Resource::Products};
        QCOMPARE(fixture.sync(products).status, SyncStatus::Completed);
        QCOMPARE(fixture.workspace.store(fixture.store).lastSyncAt, syncedAt);
        QCOMPARE(fixture.sync(SyncKind::Incremental).status, SyncStatus::Completed);
        QVERIFY(fixture.workspace.store(fixture.store).lastSyncAt->msSince(*syncedAt) >= 3'600'000);
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
};

QTEST_GUILESS_MAIN(TestSyncStops)
#include "tst_sync_stops.moc"
