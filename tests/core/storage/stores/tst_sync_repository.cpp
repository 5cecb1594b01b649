#include "core/storage/stores/store_repository.h"
#include "core/storage/stores/sync_repository.h"
#include "tests/core/storage/records/record_fixture.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class SyncRepositoryTest : public QObject {
    Q_OBJECT

    std::unique_ptr<RecordFixture> m_cache;
    std::unique_ptr<SyncRepository> m_sync;
    std::unique_ptr<StoreRepository> m_stores;
    StoreId m_store;

    SyncJobId begin(UtcTime at, StoreId store) {
        SyncJobRow job;
        job.storeId = store;
        job.kind = SyncKind::Incremental;
        job.trigger = SyncTrigger::Schedule;
        job.resources = {Resource::Orders, Resource::Customers};
        job.startedAt = at;
        job.estimatedMs = 1'500;
        return *m_sync->begin(job);
    }

private Q_SLOTS:
    void init() {
        m_cache = std::make_unique<RecordFixture>();
        m_store = m_cache->addStore(u"acme.myshopify.com"_s);
        m_sync = *SyncRepository::create(m_cache->database());
        m_stores = *StoreRepository::create(m_cache->database());
    }
    void cleanup() {
        m_sync.reset();
        m_stores.reset();
        m_cache.reset();
    }

    void keepsTheWholeStoryOfAJob() {
        const SyncJobId id = begin(day(1), m_store);
        const QMap<Resource, SyncCounts> counts{{Resource::Orders, {10, 4, 3, 1}}, {Resource::Customers, {2, 2, 0, 0}}};
        QVERIFY(m_sync->saveCounts(id, counts));
        const RecordFault fault{"orders", "gid://shopify/Order/1", "total is no amount"};
        QVERIFY(m_sync->addFault(id, fault));
        QVERIFY(m_sync->finish(id, SyncStatus::CompletedWithErrors, day(2), counts, {}));
        const auto history = m_sync->history(m_store, 10);
        QVERIFY(history);
        QCOMPARE(history->size(), size_t(1));
        const SyncJobRow& job = history->front();
        QCOMPARE(job.id, id);
        QCOMPARE(job.storeId, m_store);
        QCOMPARE(job.kind, SyncKind::Incremental);
        QCOMPARE(job.trigger, SyncTrigger::Schedule);
        QCOMPARE(job.status, SyncStatus::CompletedWithErrors);
        QCOMPARE(job.resources, std::vector<Resource>({Resource::Orders, Resource::Customers}));
        QCOMPARE(job.startedAt, day(1));
        QCOMPARE(job.finishedAt, std::optional(day(2)));
        QCOMPARE(job.estimatedMs, std::optional<qint64>(1'500));
        QCOMPARE(job.counts, counts);
        QVERIFY(job.error.isEmpty());
        QCOMPARE(job.faults, std::vector<RecordFault>({fault}));
    }

    void showsAtMostAHundredFaultsAJob() {
        const SyncJobId id = begin(day(1), m_store);
        for (int i = 0; i < 120; ++i)
            QVERIFY(m_sync->addFault(id, {"orders", std::to_string(i), "no amount"}));
        QCOMPARE(m_sync->history(m_store, 1)->front().faults.size(), size_t(100));
        QVERIFY(m_sync->history(m_store, 1, SyncRepository::Faults::LeftOut)->front().faults.empty());
        QCOMPARE(m_sync->faults(m_sync->history(m_store, 1)->front().id)->size(), size_t(100));
    }

    void listsNewestFirstByStoreOrAll() {
        const StoreId other = m_cache->addStore(u"other.myshopify.com"_s);
        const SyncJobId first = begin(day(1), m_store);
        const SyncJobId second = begin(day(2), other);
        const SyncJobId third = begin(day(3), m_store);
        const auto ids = [](const Result<std::vector<SyncJobRow>>& jobs) {
            QList<qint64> list;
            for (const SyncJobRow& job : *jobs)
                list.append(job.id.value());
            return list;
        };
        QCOMPARE(ids(m_sync->history({}, 10)), QList<qint64>({third.value(), second.value(), first.value()}));
        QCOMPARE(ids(m_sync->history(m_store, 10)), QList<qint64>({third.value(), first.value()}));
        QCOMPARE(ids(m_sync->history({}, 1)), QList<qint64>({third.value()}));
    }

    void jobThatBroughtNothingGivesWayToTheNextSuch() {
        const QMap<Resource, SyncCounts> nothing{{Resource::Orders, {3, 0, 0, 0}}};
        const QMap<Resource, SyncCounts> something{{Resource::Orders, {3, 0, 1, 0}}};
        const auto end = [&](const QMap<Resource, SyncCounts>& counts, SyncStatus status = SyncStatus::Completed) {
            const SyncJobId id = begin(day(1), m_store);
            if (!m_sync->finish(id, status, day(1), counts, {})) return SyncJobId();
            const SyncJobRow job = m_sync->history(m_store, 1)->front();
            return m_sync->dropQuietBefore(job) ? id : SyncJobId();
        };
        const auto left = [&] { return m_sync->history(m_store, 50)->size(); };
        for (int i = 0; i < 60; ++i)
            QVERIFY(end(nothing).isValid());
        QCOMPARE(left(), size_t(1));
        QVERIFY(end(something).isValid());
        QVERIFY(end(nothing).isValid());
        QVERIFY(end(nothing).isValid());
        QVERIFY(end(nothing, SyncStatus::Failed).isValid());
        QVERIFY(end(nothing).isValid());
        QCOMPARE(left(), size_t(5)); // nothing, something, nothing, failed, nothing
        // Another store's are its own.
        const StoreId other = m_cache->addStore(u"other.myshopify.com"_s);
        QVERIFY(m_sync->finish(begin(day(2), other), SyncStatus::Completed, day(2), nothing, {}));
        QVERIFY(m_sync->dropQuietBefore(m_sync->history(other, 1)->front()));
        QCOMPARE(left(), size_t(5));
        QVERIFY(*m_sync->isJobOf(other, m_sync->history(other, 1)->front().id));
        QVERIFY(!*m_sync->isJobOf(m_store, m_sync->history(other, 1)->front().id));
    }

    void findsTheJobAKilledProcessLeft() {
        QVERIFY(!*m_sync->unfinished(m_store));
        const SyncJobId done = begin(day(1), m_store);
        QVERIFY(m_sync->finish(done, SyncStatus::Failed, day(1), {}, u"Network"_s));
        const SyncJobId left = begin(day(2), m_store);
        const auto found = m_sync->unfinished(m_store);
        QVERIFY(found && *found);
        QCOMPARE((*found)->id, left);
        QCOMPARE((*found)->status, SyncStatus::Running);
    }

    void checkpointsAreReplacedAndCleared() {
        const SyncJobId id = begin(day(1), m_store);
        QVERIFY(!*m_sync->checkpoint(m_store, Resource::Orders));
        QVERIFY(m_sync->saveCheckpoint(m_store, Resource::Orders, id, {{u"cursor"_s, u"a"_s}}));
        QVERIFY(m_sync->saveCheckpoint(m_store, Resource::Orders, id, {{u"cursor"_s, u"b"_s}, {u"offset"_s, 1e12}}));
        const auto checkpoint = m_sync->checkpoint(m_store, Resource::Orders);
        QVERIFY(checkpoint && *checkpoint);
        QCOMPARE((*checkpoint)->job, id);
        QCOMPARE((*checkpoint)->state, QJsonObject({{u"cursor"_s, u"b"_s}, {u"offset"_s, 1e12}}));
        QVERIFY(!*m_sync->checkpoint(m_store, Resource::Customers));
        QVERIFY(m_sync->clearCheckpoint(m_store, Resource::Orders));
        QVERIFY(!*m_sync->checkpoint(m_store, Resource::Orders));
    }

    void watermarksOnlyRise() {
        QVERIFY(!*m_sync->watermark(m_store, Resource::Orders));
        QVERIFY(m_sync->raiseWatermark(m_store, Resource::Orders, day(5)));
        QVERIFY(m_sync->raiseWatermark(m_store, Resource::Orders, day(4)));
        QCOMPARE(*m_sync->watermark(m_store, Resource::Orders), std::optional(day(5)));
        QVERIFY(m_sync->raiseWatermark(m_store, Resource::Orders, day(6)));
        QCOMPARE(*m_sync->watermark(m_store, Resource::Orders), std::optional(day(6)));
    }

    void aReconnectedStoreKeepsIdNameAndHistory() {
        QVERIFY(m_stores->rename(m_store, u"Acme Europe"_s));
        QVERIFY(m_stores->setSynced(m_store, day(3), SyncStatus::Completed));
        QVERIFY(m_stores->setSchedule(m_store, u"manual"_s));
        QVERIFY(m_stores->setStatus(m_store, StoreStatus::Disconnected, u"Auth/TokenRefused"_s));
        StoreRow again;
        again.domain = u"acme.myshopify.com"_s;
        again.name = u"acme"_s;
        again.status = StoreStatus::Connected;
        again.scopes = QStringList{u"read_orders"_s, u"read_products"_s};
        QCOMPARE(*m_stores->save(again), m_store);
        const auto store = m_stores->byId(m_store);
        QVERIFY(store && *store);
        QCOMPARE((*store)->name, u"Acme Europe"_s);
        QCOMPARE((*store)->schedule, u"manual"_s);
        QCOMPARE((*store)->status, StoreStatus::Connected);
        QCOMPARE((*store)->lastError, QString());
        QCOMPARE((*store)->scopes, again.scopes);
        QCOMPARE((*store)->lastSyncAt, std::optional(day(3)));
        QCOMPARE((*store)->lastSyncStatus, std::optional(SyncStatus::Completed));
        QCOMPARE(m_stores->all()->size(), size_t(1));
    }

    // Until somebody signs in again; and what is found out at a sync leaves it as it is.
    void aSignInOfADayIsKeptUntilTheNextOne() {
        StoreRow signedIn;
        signedIn.domain = u"acme.myshopify.com"_s;
        signedIn.signedInUntil = day(2);
        QCOMPARE(*m_stores->save(signedIn), m_store);
        StoreRow row = **m_stores->byId(m_store);
        QCOMPARE(row.signedInUntil, std::optional(day(2)));
        row.plan = u"Basic"_s;
        QCOMPARE(*m_stores->save(row), m_store);
        QVERIFY(m_stores->setStatus(m_store, StoreStatus::Disconnected, u"Auth/SignInOver"_s));
        QCOMPARE((*m_stores->byId(m_store))->signedInUntil, std::optional(day(2)));
        signedIn.signedInUntil.reset();
        QCOMPARE(*m_stores->save(signedIn), m_store);
        QCOMPARE((*m_stores->byId(m_store))->signedInUntil, std::nullopt);
    }

    void aStoreSavedByIdIsReplacedWhole() {
        StoreRow row = **m_stores->byId(m_store);
        row.name = u"Other"_s;
        row.schedule = u"daily"_s;
        row.lastSyncAt.reset();
        QCOMPARE(*m_stores->save(row), m_store);
        QCOMPARE((*m_stores->byId(m_store))->schedule, u"daily"_s);
        row.id = StoreId(99);
        const auto refused = m_stores->save(row);
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::NotFound);
        QVERIFY(!*m_stores->byId(StoreId(99)));
        QVERIFY(!m_stores->rename(StoreId(99), u"x"_s));
    }
};

QTEST_GUILESS_MAIN(SyncRepositoryTest)
#include "tst_sync_repository.moc"
