// Dropping a store takes everything of it and nothing of another; mail stays, without what was known from the store.
#include "core/privacy/cleanup_run.h"
#include "core/privacy/store_drop.h"
#include "core/storage/vault/spool.h"
#include "tests/core/privacy/cache_traces.h"
#include "tests/core/privacy/privacy_world.h"
#include "tests/support/patience.h"
#include "tests/support/table_dump.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class StoreDropTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void leavesTheOtherStoreAsItWas();
    void keepsMailWithoutTheStore();
    void removesBulkFilesAndSecretsOfTheStoreOnly();
    void keepsTheSecretsOfAStoreConnectedAgain();
    void givesNoStoreItsNumber();
    void knowsNoStoreTwice();

private:
    static QStringList ofStore(Database& db, StoreId store);
};

namespace {

constexpr quint32 kFirstDropSeed = 815;
constexpr int kDropWorlds = 6;

// Tables that name their store, children beside the store of their parent.
constexpr const char* kOfStore[] = {
    "SELECT * FROM stores WHERE id = %1",
    "SELECT * FROM customers WHERE store_id = %1 ORDER BY id",
    "SELECT * FROM orders WHERE store_id = %1 ORDER BY id",
    "SELECT i.* FROM order_items i JOIN orders o ON o.id = i.order_id WHERE o.store_id = %1 ORDER BY 1, 2",
    "SELECT i.* FROM fulfillments i JOIN orders o ON o.id = i.order_id WHERE o.store_id = %1 ORDER BY 1, 2",
    "SELECT i.* FROM trackings i JOIN orders o ON o.id = i.order_id WHERE o.store_id = %1 ORDER BY 1, 2",
    "SELECT i.* FROM refunds i JOIN orders o ON o.id = i.order_id WHERE o.store_id = %1 ORDER BY 1, 2",
    "SELECT i.* FROM order_texts i JOIN orders o ON o.id = i.order_id WHERE o.store_id = %1 ORDER BY 1",
    "SELECT * FROM products WHERE store_id = %1 ORDER BY id",
    "SELECT v.* FROM variants v JOIN products p ON p.id = v.product_id WHERE p.store_id = %1",
    "SELECT * FROM knowledge WHERE store_id = %1",
    "SELECT * FROM auto_send_rules WHERE store_id = %1",
    "SELECT * FROM intent_labels WHERE store_id = %1",
    "SELECT * FROM store_counts WHERE store_id = %1",
    "SELECT * FROM sync_jobs WHERE store_id = %1 ORDER BY id",
    "SELECT * FROM draft_outcomes WHERE store_id = %1 ORDER BY id",
    "SELECT * FROM record_rereads WHERE store_id = %1 ORDER BY id",
    "SELECT * FROM record_tombstones WHERE store_id = %1 ORDER BY external_id",
    "SELECT * FROM privacy_tasks WHERE store_id = %1 ORDER BY id",
    "SELECT * FROM bulk_children WHERE store_id = %1 ORDER BY parent_external_id",
    "SELECT e.* FROM profile_emails e WHERE profile_id IN (SELECT profile_id FROM customers WHERE store_id = %1) "
    "ORDER BY 1",
};

} // namespace

QStringList StoreDropTest::ofStore(Database& db, StoreId store) {
    QStringList lines;
    for (const char* sql : kOfStore)
        lines << rows(db, QByteArray(sql).replace("%1", QByteArray::number(store.value())));
    return lines;
}

void StoreDropTest::leavesTheOtherStoreAsItWas() {
    for (quint32 seed = kFirstDropSeed; seed < kFirstDropSeed + kDropWorlds; ++seed) {
        PrivacyWorld world(seed);
        QVERIFY(world.isMade());
        const ManualClock clock(world.now());
        const Workspace& workspace = world.home().workspace();
        const QStringList kept = ofStore(world.writer(), world.store(1));
        const QString mails = rows(world.writer(), "SELECT count(*), sum(length(text)) FROM messages").value(0);
        QVERIFY(dropStore(workspace, world.writer(), clock, world.store(0), AuditActor::Person));
        QCOMPARE(difference(kept, ofStore(world.writer(), world.store(1))), QString());
        QCOMPARE(ofStore(world.writer(), world.store(0)), QStringList());
        QCOMPARE(rows(world.writer(), "SELECT count(*), sum(length(text)) FROM messages").value(0), mails);
        QCOMPARE(rows(world.writer(), "SELECT count(*) FROM webhook_deliveries"), QStringList(u"0"_s));
        const auto cleaned =
            runCleanups(workspace, world.writer(), [](Database&, const StoreRow&) { return Result<void>(); });
        QVERIFY(cleaned);
        QCOMPARE(cleaned->left, 0);
        const auto problems = workspace.check();
        QVERIFY(problems);
        QCOMPARE(*problems, QStringList());
        // People only this store knew: what they wrote stays, what the shop said of them does not.
        for (const WorldPerson& person : world.people()) {
            if (person.customers.size() != 1 || person.customers.front().first != world.store(0)) continue;
            const QByteArrayList id{
                QString::fromStdString(person.customers.front().second.externalId).section(u'/', -1).toUtf8()};
            QCOMPARE(tracesInTables(world.writer(), id), QStringList());
            QCOMPARE(tracesInPages(world.writer(), id), QStringList());
        }
    }
}

void StoreDropTest::keepsMailWithoutTheStore() {
    PrivacyWorld world(kFirstDropSeed + 100);
    QVERIFY(world.isMade());
    const ManualClock clock(world.now());
    for (const int store : {0, 1})
        QVERIFY(dropStore(world.home().workspace(), world.writer(), clock, world.store(store), AuditActor::Person));
    QCOMPARE(rows(world.writer(), "SELECT count(*) FROM conversations WHERE store_id IS NOT NULL OR profile_id IS NOT "
                                  "NULL OR matched_by <> 'none' OR precedence <> 'PROSPECT'"),
             QStringList(u"0"_s));
    QCOMPARE(rows(world.writer(), "SELECT count(*) FROM proposals"), QStringList(u"0"_s));
    QCOMPARE(rows(world.writer(), "SELECT count(*) FROM drafts WHERE facts <> ''"), QStringList(u"0"_s));
    QCOMPARE(rows(world.writer(), "SELECT count(*) FROM drafts").value(0).toInt(),
             static_cast<int>(world.people().size()));
    for (const char* table : {"profiles", "profile_emails", "profile_phones", "stores", "orders_fts", "customers_fts",
                              "products_fts", "knowledge_fts", "sync_jobs", "variants"})
        QCOMPARE(rows(world.writer(), QByteArray("SELECT count(*) FROM ") + table), QStringList(u"0"_s));
    QCOMPARE(rows(world.writer(), "SELECT store_id FROM mailboxes"), QStringList(u"NULL"_s));
}

void StoreDropTest::removesBulkFilesAndSecretsOfTheStoreOnly() {
    PrivacyWorld world(kFirstDropSeed + 200);
    QVERIFY(world.isMade());
    const ManualClock clock(world.now());
    const Workspace& workspace = world.home().workspace();
    QVERIFY(world.writer().execute("INSERT INTO sync_jobs (id, store_id, kind, trigger, status, resources, started_at) "
                                   "VALUES (3, 2, 'full', 'user', 'interrupted', 'orders', 1)"));
    for (const QString& name : {u"orders-1-1"_s, u"orders-3-1"_s}) {
        const auto spool = SpoolWriter::open(workspace, name);
        QVERIFY(spool);
        QVERIFY((*spool)->accept("{}\n"));
        QVERIFY((*spool)->close());
    }
    QVERIFY(dropStore(workspace, world.writer(), clock, world.store(0), AuditActor::Person));
    QStringList removed;
    const SecretsRemover remover = [&removed](Database&, const StoreRow& store) -> Result<void> {
        removed << store.domain;
        return {};
    };
    // A process that knows of no secrets leaves them to one that does.
    const auto first = runCleanups(workspace, world.writer(), {});
    QVERIFY(first);
    QCOMPARE(first->left, 1);
    const auto second = runCleanups(workspace, world.writer(), remover);
    QVERIFY(second);
    QCOMPARE(second->left, 0);
    QCOMPARE(removed, QStringList(u"licht.myshopify.com"_s));
    QVERIFY(!SpoolReader::open(workspace, u"orders-1-1"_s, 0));
    QVERIFY(SpoolReader::open(workspace, u"orders-3-1"_s, 0));
}

void StoreDropTest::keepsTheSecretsOfAStoreConnectedAgain() {
    PrivacyWorld world(kFirstDropSeed + 300, 1);
    QVERIFY(world.isMade());
    const ManualClock clock(world.now());
    QVERIFY(dropStore(world.home().workspace(), world.writer(), clock, world.store(0), AuditActor::Person));
    world.home().addStore(u"licht.myshopify.com"_s);
    bool isAsked = false;
    const auto cleaned = runCleanups(world.home().workspace(), world.writer(), [&](Database&, const StoreRow&) {
        isAsked = true;
        return Result<void>();
    });
    QVERIFY(cleaned);
    QCOMPARE(cleaned->left, 0);
    QVERIFY(!isAsked);
}

void StoreDropTest::givesNoStoreItsNumber() {
    PrivacyWorld world(kFirstDropSeed + 400, 1);
    QVERIFY(world.isMade());
    const ManualClock clock(world.now());
    const StoreId last = world.store(1);
    QVERIFY(dropStore(world.home().workspace(), world.writer(), clock, last, AuditActor::Person));
    QVERIFY(world.home().addStore(u"neu.myshopify.com"_s) > last);
}

void StoreDropTest::knowsNoStoreTwice() {
    PrivacyWorld world(kFirstDropSeed + 500, 1);
    QVERIFY(world.isMade());
    const ManualClock clock(world.now());
    QVERIFY(dropStore(world.home().workspace(), world.writer(), clock, world.store(0), AuditActor::Person));
    const auto again = dropStore(world.home().workspace(), world.writer(), clock, world.store(0), AuditActor::Person);
    QVERIFY(!again);
    QCOMPARE(again.error().kind, ErrorKind::NotFound);
}

QTEST_GUILESS_MAIN(StoreDropTest)
#include "tst_store_drop.moc"
