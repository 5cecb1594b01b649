// One at a time works on a store; and of a store that is dropped meanwhile no bulk file stays behind.
#include "core/storage/stores/spool_sweep.h"
#include "core/storage/stores/store_remover.h"
#include "core/storage/vault/spool.h"
#include "core/storage/vault/spool_file.h"
#include "core/sync/store_lease.h"
#include "tests/core/sync/fault_fixture.h"
#include "tests/support/patience.h"

#include <QDir>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

void leaveSpool(const Workspace& workspace, const QString& name) {
    const auto spool = SpoolWriter::open(workspace, name);
    QVERIFY(spool);
    QVERIFY((*spool)->accept("{}\n"));
    QVERIFY((*spool)->close());
}

QStringList spoolsOf(const Workspace& workspace) {
    QStringList names = SpoolFile::namesIn(workspace.spoolDir());
    names.sort();
    return names;
}

// What `privacy drop-store` does of it, in another process.
void dropStoreElsewhere(SyncFixture& fixture) {
    Database& writer = fixture.workspace.writer();
    const auto transaction = Transaction::begin(writer);
    QVERIFY(transaction);
    QVERIFY(removeStore(writer, fixture.store));
    QVERIFY((*transaction)->commit());
    for (const QString& name : spoolsOf(fixture.workspace.workspace()))
        QVERIFY(SpoolReader::remove(fixture.workspace.workspace(), name));
}

} // namespace

class TestStoreLease : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isHeldByOneAtATime() {
        TemporaryWorkspace home;
        const StoreId store = home.addStore();
        const StoreId other = home.addStore(u"other.myshopify.com"_s);
        auto first = takeStoreLease(home.workspace(), store);
        QVERIFY(first && *first);
        const auto second = takeStoreLease(home.workspace(), store);
        QVERIFY(second && !*second);
        const auto ofOther = takeStoreLease(home.workspace(), other);
        QVERIFY(ofOther && *ofOther);
        first->reset();
        const auto next = takeStoreLease(home.workspace(), store);
        QVERIFY(next && *next);
    }

    void isThereForABackupOpenedInPlace() {
        QTemporaryDir dir;
        const SecretString key = Workspace::newKey();
        const QString file = dir.filePath(u"copy.aiva"_s);
        {
            const auto workspace = Workspace::create(dir.filePath(u"workspace"_s), key, KeySource::KeyFile);
            QVERIFY(workspace);
            QVERIFY((*workspace)->backup(file));
        }
        const auto copy = Workspace::open(file, key);
        QVERIFY(copy);
        const auto lease = takeStoreLease(**copy, StoreId(1));
        QVERIFY(lease && *lease);
    }

    void sweepLeavesWhatAJobOrACheckpointKnows() {
        SyncFixture fixture(smallShop());
        const Workspace& workspace = fixture.workspace.workspace();
        const auto sync = SyncRepository::create(fixture.workspace.writer());
        SyncJobRow row;
        row.storeId = fixture.store;
        const auto job = (*sync)->begin(row);
        QVERIFY(job);
        const QString ofJob = u"orders-%1-1"_s.arg(job->value());
        QVERIFY((*sync)->saveCheckpoint(fixture.store, Resource::Products, *job, {{u"spool"_s, u"products-98-1"_s}}));
        for (const QString& name : {ofJob, u"products-98-1"_s, u"orders-98-1"_s, u"customers-99-2"_s})
            leaveSpool(workspace, name);
        QVERIFY(sweepSpools(workspace, fixture.workspace.writer()));
        QCOMPARE(spoolsOf(workspace), (QStringList{ofJob, u"products-98-1"_s}));
    }

    // The connection is lost, so that the file is begun anew after it went with the store.
    void leavesNothingOfAStoreDroppedMeanwhile() {
        SyncFixture fixture(smallShop());
        fixture.port.cutDownloadsAfter = {1'000};
        fixture.port.onCall = [&](Call call, int number) {
            if (call == Call::Download && number == 1) dropStoreElsewhere(fixture);
        };
        const SyncOutcome outcome = fixture.sync(SyncKind::Full, Transport::Bulk);
        QCOMPARE(outcome.status, SyncStatus::Failed);
        QVERIFY(fixture.port.calls(Call::Download) >= 2);
        QCOMPARE(QDir(fixture.workspace.workspace().spoolDir()).entryList(QDir::Files), QStringList());
        QCOMPARE(count(fixture, "sync_jobs"), u"0"_s);
    }
};

QTEST_GUILESS_MAIN(TestStoreLease)
#include "tst_store_lease.moc"
