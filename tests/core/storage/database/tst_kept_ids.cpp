// Ids that something outlives are never given twice, however their rows went.
#include "core/storage/replies/outbox_repository.h"
#include "core/storage/stores/store_remover.h"
#include "core/storage/webhooks/webhook_privacy_tasks.h"
#include "tests/support/outbox_rows.h"
#include "tests/support/patience.h"
#include "tests/support/table_dump.h"
#include "tests/support/temporary_workspace.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

const UtcTime kNow(1'760'000'000'000);

WebhookDelivery redact(const QString& id) {
    WebhookDelivery delivery;
    delivery.id = id;
    delivery.shop = u"licht.myshopify.com"_s;
    delivery.topic = u"customers/redact"_s;
    delivery.body = "{}";
    return delivery;
}

PrivacyTask taskOf(StoreId store) {
    PrivacyTask task;
    task.store = store;
    task.kind = u"customer_redact"_s;
    task.subject = u"{}"_s;
    return task;
}

} // namespace

class TestKeptIds : public QObject {
    Q_OBJECT

    TemporaryWorkspace m_workspace;

    Database& database() { return m_workspace.writer(); }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_workspace.isOpen()); }

    // A request for erasure, weeks after the log of the first was cleared.
    void takesTheNextRequestOfAShopWhoseLogIsCleared() {
        const StoreId store = m_workspace.addStore();
        const auto queue = WebhookQueue::create(database());
        const auto tasks = PrivacyTasks::create(database());
        QVERIFY(queue && tasks);
        DeliveryId last;
        for (int i = 0; i < 4; ++i) {
            const auto id = (*queue)->add(redact(QString::number(i)), kNow);
            QVERIFY(id && *id);
            QVERIFY(last < **id);
            last = **id;
            const auto added = (*tasks)->add(taskOf(store), last);
            QVERIFY(added && *added);
            QVERIFY((*queue)->settle(last, WebhookQueue::Ending::Done, u"recorded"_s, kNow));
            QVERIFY((*queue)->prune(kNow.plusDays(31)));
            QCOMPARE(rows(database(), "SELECT count(*) FROM webhook_deliveries"), QStringList(u"0"_s));
        }
        QCOMPARE(rows(database(), "SELECT count(*) FROM privacy_tasks"), QStringList(u"4"_s));
        const auto known = (*queue)->add(redact(u"later"_s), kNow);
        QVERIFY(known && *known);
        const auto again = (*queue)->add(redact(u"later"_s), kNow);
        QVERIFY(again && !*again);
    }

    void givesNoDeliveryTheNumberOfADroppedStores() {
        const StoreId store = m_workspace.addStore();
        const auto queue = WebhookQueue::create(database());
        QVERIFY(queue);
        const auto before = (*queue)->add(redact(u"before"_s), kNow);
        QVERIFY(before && *before);
        QVERIFY(removeStore(database(), store));
        const auto after = (*queue)->add(redact(u"after"_s), kNow);
        QVERIFY(after && *after);
        QVERIFY(**before < **after);
    }

    void givesNoMailTheNumberOfAnErasedOne() {
        const MailboxId mailbox = addMailboxRow(database(), u"help@shop.example"_s);
        const auto outbox = OutboxRepository::create(database());
        QVERIFY(outbox);
        const auto first = (*outbox)->add(outboxRow(mailbox, u"a@x"_s, kNow));
        const auto second = (*outbox)->add(outboxRow(mailbox, u"b@x"_s, kNow));
        QVERIFY(first && second);
        QVERIFY(*first < *second);
        QVERIFY(database().execute("DELETE FROM outbox"));
        const auto third = (*outbox)->add(outboxRow(mailbox, u"c@x"_s, kNow));
        QVERIFY(third);
        QVERIFY(*second < *third);
        QCOMPARE((*outbox)->byId(*third)->value_or(OutboxRow()).messageId, u"c@x"_s);
    }
};

QTEST_GUILESS_MAIN(TestKeptIds)
#include "tst_kept_ids.moc"
