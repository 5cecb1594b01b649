// What deliveries do to the cache, in whatever order they come.
#include "tests/core/readmodel/plans.h"
#include "tests/core/webhook/webhook_fixture.h"

#include "core/storage/privacy/erasure_marks.h"
#include "core/storage/webhooks/webhook_privacy_tasks.h"

#include <QSignalSpy>

#include <algorithm>
#include <random>
#include <thread>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

// Whatever one looks for takes longer than a transaction may.
class SlowClock final : public Clock {
public:
    UtcTime now() const override { return SystemClock().now(); }
    qint64 monotonicMs() const override { return m_ms += 1'000; }

private:
    mutable qint64 m_ms = 0;
};

class TestWebhookStation : public QObject {
    Q_OBJECT

    std::unique_ptr<WebhookFixture> m_world;

    // The fake shop knows no order of these bodies: without this each would be taken for deleted when asked about.
    void shopDoesNotAnswer() {
        m_world->prepare = [](FakeStorePort& port) {
            port.failNext(FakeStorePort::Call::Lookup, Error{ErrorKind::Timeout, u"slow"_s}, 1'000'000);
        };
    }
    QStringList notes() { return m_world->rowsOf("SELECT external_id, note FROM orders ORDER BY external_id"); }

private Q_SLOTS:
    void init() {
        m_world = std::make_unique<WebhookFixture>();
        QVERIFY(m_world->open());
    }
    void cleanup() { m_world.reset(); }

    void anOrderIsInTheCacheAtOnce() {
        shopDoesNotAnswer();
        QSignalSpy changed(m_world->station.get(), &WebhookStation::rowsChanged);
        QCOMPARE(m_world->apply(u"orders/create"_s, m_world->orderBody(1, 0, "first")), u"created"_s);
        QCOMPARE(notes(), QStringList{u"gid://shopify/Order/1|first"_s});
        QCOMPARE(changed.size(), 1);
        QCOMPARE(m_world->rowsOf("SELECT orders FROM store_counts"), QStringList{u"1"_s});
        // Its body is gone, its line in the log is not.
        QCOMPARE(m_world->rowsOf("SELECT count(*) FROM webhook_bodies"), QStringList{u"0"_s});
        QCOMPARE(m_world->rowsOf("SELECT state, result FROM webhook_deliveries"), QStringList{u"done|created"_s});
    }

    void theSameDeliveryIsAppliedOnce() {
        shopDoesNotAnswer();
        const auto one = m_world->delivery(u"orders/create"_s, m_world->orderBody(1, 0, "first"), u"same"_s);
        QCOMPARE(*m_world->station->deliver(one), WebhookReceipt::Stored);
        QCOMPARE(*m_world->station->deliver(one), WebhookReceipt::Known);
        QVERIFY(m_world->settle());
        QCOMPARE(*m_world->station->deliver(one), WebhookReceipt::Known);
        QVERIFY(m_world->settle());
        QCOMPARE(m_world->settled.size(), size_t(1));
        // Another shop cannot use up this shop's ids.
        auto other = one;
        other.shop = u"other.myshopify.com"_s;
        QCOMPARE(*m_world->station->deliver(other), WebhookReceipt::Stored);
        QVERIFY(m_world->settle());
        QCOMPARE(m_world->settled.back().result, u"no_store"_s);
    }

    void anOlderDeliveryNeverOverwritesANewerOne() {
        shopDoesNotAnswer();
        QCOMPARE(m_world->apply(u"orders/updated"_s, m_world->orderBody(1, 5, "newer")), u"created"_s);
        QCOMPARE(m_world->apply(u"orders/create"_s, m_world->orderBody(1, 0, "older")), u"stale"_s);
        QCOMPARE(notes(), QStringList{u"gid://shopify/Order/1|newer"_s});
        QCOMPARE(m_world->apply(u"orders/updated"_s, m_world->orderBody(1, 6, "newest")), u"updated"_s);
        QCOMPARE(notes(), QStringList{u"gid://shopify/Order/1|newest"_s});
    }

    void ofTwoChangesInOneSecondTheShopIsAsked() {
        OrderRecord truth = m_world->shop.orders.front();
        truth.externalId = "gid://shopify/Order/1";
        truth.note = "the shop's word";
        truth.updatedAt = *UtcTime::parseIso("2026-11-20T12:05:00Z");
        m_world->shop.orders.push_back(truth);
        bool answers = false;
        m_world->prepare = [&answers](FakeStorePort& port) {
            if (!answers) port.failNext(FakeStorePort::Call::Lookup, Error{ErrorKind::Timeout, u"slow"_s}, 1'000'000);
        };
        m_world->apply(u"orders/updated"_s, m_world->orderBody(1, 5, "one"));
        answers = true;
        QCOMPARE(m_world->apply(u"orders/paid"_s, m_world->orderBody(1, 5, "two")), u"unchanged"_s);
        QTRY_COMPARE(notes(), QStringList{u"gid://shopify/Order/1|the shop's word"_s});
        QTRY_COMPARE(m_world->rowsOf("SELECT count(*) FROM record_rereads"), QStringList{u"0"_s});
    }

    void everyOrderOfDeliveriesLeavesTheSame() {
        shopDoesNotAnswer();
        std::mt19937 random(7);
        int runs = 0;
        for (int round = 0; round < 12; ++round) {
            cleanup();
            init();
            shopDoesNotAnswer();
            std::vector<WebhookDelivery> deliveries;
            for (int number = 1; number <= 4; ++number)
                for (int minute = 0; minute < 6; ++minute) {
                    const auto one = m_world->delivery(
                        u"orders/updated"_s, m_world->orderBody(number, minute, "n" + QByteArray::number(minute)));
                    deliveries.push_back(one);
                    if (minute % 2) deliveries.push_back(one); // twice
                }
            deliveries.push_back(m_world->delivery(u"orders/delete"_s, R"({"id":4})"));
            std::shuffle(deliveries.begin(), deliveries.end(), random);
            for (const WebhookDelivery& one : deliveries)
                QVERIFY(m_world->station->deliver(one));
            QVERIFY(m_world->settle());
            QCOMPARE(notes(), (QStringList{u"gid://shopify/Order/1|n5"_s, u"gid://shopify/Order/2|n5"_s,
                                           u"gid://shopify/Order/3|n5"_s}));
            QCOMPARE(m_world->rowsOf("SELECT orders FROM store_counts"), QStringList{u"3"_s});
            ++runs;
        }
        qInfo("%d orders of 37 deliveries", runs);
    }

    void whatWasDeletedStaysDeleted() {
        shopDoesNotAnswer();
        m_world->apply(u"orders/create"_s, m_world->orderBody(1, 0, "x"));
        QCOMPARE(m_world->apply(u"orders/delete"_s, R"({"id":1})"), u"deleted"_s);
        QCOMPARE(m_world->apply(u"orders/updated"_s, m_world->orderBody(1, 9, "late")), u"stale"_s);
        QCOMPARE(notes(), QStringList());
        for (const char* table : {"order_items", "order_texts", "profiles", "profile_emails"})
            QCOMPARE(m_world->rowsOf(QByteArray("SELECT count(*) FROM ") + table), QStringList{u"0"_s});
        QVERIFY(m_world->workspace.workspace().check());
        QCOMPARE(*m_world->workspace.workspace().check(), QStringList());
    }

    void aDeletedCustomerLeavesTheirOrders() {
        const CustomerRecord person = m_world->shop.customers.at(2);
        OrderRecord order = m_world->shop.orders.at(2);
        order.customerExternalId = person.externalId;
        auto writer = RecordWriter::create(m_world->workspace.writer(), m_world->store);
        QVERIFY((*writer)->put(person));
        QVERIFY((*writer)->put(order));
        const QByteArray number = QByteArray::fromStdString(person.externalId).split('/').back();
        QCOMPARE(m_world->apply(u"customers/delete"_s, "{\"id\":" + number + "}"), u"deleted"_s);
        QCOMPARE(m_world->rowsOf("SELECT count(*) FROM customers"), QStringList{u"0"_s});
        QCOMPARE(m_world->rowsOf("SELECT count(*) FROM orders WHERE profile_id IS NOT NULL"), QStringList{u"1"_s});
        QCOMPARE(m_world->rowsOf("SELECT customers, orders FROM store_counts"), QStringList{u"0|1"_s});
        QCOMPARE(*m_world->workspace.workspace().check(), QStringList());
    }

    void theShopIsAskedForWhatADeliveryLeavesUnsaid() {
        const CustomerRecord& person = m_world->shop.customers.at(0);
        const QByteArray number = QByteArray::fromStdString(person.externalId).split('/').back();
        const QByteArray body = "{\"id\":" + number + ",\"first_name\":\"?\",\"updated_at\":\"2026-11-20T12:00:00Z\"}";
        QCOMPARE(m_world->apply(u"customers/update"_s, body), u"asked"_s);
        QTRY_COMPARE(m_world->rowsOf("SELECT display_name, orders_count, tags FROM customers").size(), 1);
        QCOMPARE(m_world->rowsOf("SELECT display_name FROM customers"),
                 QStringList{QString::fromStdString(person.displayName)});
        QTRY_COMPARE(m_world->rowsOf("SELECT count(*) FROM record_rereads"), QStringList{u"0"_s});
    }

    void manyDeliveriesOfOneRecordAskOnce() {
        const OrderRecord& order = m_world->shop.orders.at(1);
        const QByteArray number = QByteArray::fromStdString(order.externalId).split('/').back();
        int asked = 0;
        m_world->prepare = [&asked](FakeStorePort& port) {
            port.onCall = [&asked](FakeStorePort::Call call, int) { asked += call == FakeStorePort::Call::Lookup; };
        };
        for (int i = 0; i < 20; ++i)
            QVERIFY(m_world->station->deliver(
                m_world->delivery(u"fulfillments/update"_s, "{\"id\":1,\"order_id\":" + number + "}")));
        QVERIFY(m_world->settle());
        QTRY_COMPARE(m_world->rowsOf("SELECT count(*) FROM record_rereads"), QStringList{u"0"_s});
        QCOMPARE(asked, 1);
        QCOMPARE(m_world->rowsOf("SELECT name FROM orders"), QStringList{QString::fromStdString(order.name)});
    }

    void asksFirstForWhatSomebodyLooksAt() {
        const QString person = u"guest@mail.example"_s;
        shopDoesNotAnswer();
        for (int number = 1; number <= 5; ++number)
            m_world->apply(u"orders/create"_s, m_world->orderBody(number, number, "x"));
        auto conversations = ConversationRepository::create(m_world->workspace.writer());
        MessageRecord mail;
        mail.messageId = u"ask@mail.example"_s;
        mail.from.email = person;
        mail.subject = u"Where?"_s;
        mail.date = m_world->clock.now();
        const auto added = (*conversations)->add(mail, ConversationRepository::Direction::Inbound);
        QVERIFY(added);
        const UtcTime now = m_world->clock.now();
        // Read just now: nothing is asked.
        QVERIFY(m_world->station->askAbout(added->conversation, UtcTime(0)));
        QCOMPARE(m_world->rowsOf("SELECT count(*) FROM record_rereads WHERE next_attempt_at = 0"), QStringList{u"0"_s});
        QVERIFY(m_world->station->askAbout(added->conversation, now));
        QCOMPARE(m_world->rowsOf("SELECT count(*) FROM record_rereads WHERE next_attempt_at = 0"), QStringList{u"3"_s});
        QVERIFY(m_world->station->askAbout(added->conversation, now)); // again: the same three
        QCOMPARE(m_world->rowsOf("SELECT count(*) FROM record_rereads WHERE next_attempt_at = 0"), QStringList{u"3"_s});
    }

    void aRecordTheShopNoLongerHasGoes() {
        m_world->apply(u"orders/create"_s, m_world->orderBody(1, 0, "x")); // the fake shop does not know it
        QTRY_COMPARE(notes(), QStringList());
    }

    void aQuestionSurvivesAShopThatDoesNotAnswer() {
        shopDoesNotAnswer();
        m_world->apply(u"refunds/create"_s, R"({"id":1,"order_id":7})");
        QTRY_COMPARE(m_world->rowsOf("SELECT attempts, next_attempt_at > 0 FROM record_rereads"),
                     QStringList{u"1|1"_s});
        QVERIFY(m_world->station->isIdle());
    }

    void aShopThatGivesNoSingleRecordsIsSynced() {
        m_world->prepare = [](FakeStorePort& port) {
            port.failNext(FakeStorePort::Call::Lookup, Error{ErrorKind::Refused, u"no"_s, ErrorCause::NotSupported}, 9);
        };
        QSignalSpy wanted(m_world->station.get(), &WebhookStation::syncWanted);
        m_world->apply(u"refunds/create"_s, R"({"id":1,"order_id":7})");
        QTRY_COMPARE(wanted.size(), 1);
        QCOMPARE(wanted.front().front().value<StoreId>(), m_world->store);
        QCOMPARE(m_world->rowsOf("SELECT count(*) FROM record_rereads"), QStringList{u"0"_s});
    }

    void tooManyQuestionsBecomeOneSync() {
        QSignalSpy wanted(m_world->station.get(), &WebhookStation::syncWanted);
        for (int i = 1; i <= 300; ++i)
            QVERIFY(m_world->station->deliver(
                m_world->delivery(u"refunds/create"_s, "{\"id\":1,\"order_id\":" + QByteArray::number(i) + "}")));
        QVERIFY(m_world->settle());
        QTRY_VERIFY(!wanted.isEmpty());
        QTRY_COMPARE(m_world->rowsOf("SELECT count(*) FROM record_rereads"), QStringList{u"0"_s});
    }

    void keepsWhatTheApiSaidOfAParcelThatIsAsItWas() {
        shopDoesNotAnswer();
        OrderRecord order = m_world->shop.orders.front();
        order.externalId = "gid://shopify/Order/1";
        order.updatedAt = *UtcTime::parseIso("2026-11-20T12:00:00Z");
        FulfillmentRecord parcel;
        parcel.externalId = "gid://shopify/Fulfillment/31";
        parcel.status = "SUCCESS";
        parcel.displayStatus = "DELIVERED";
        parcel.updatedAt = *UtcTime::parseIso("2026-11-19T08:00:00Z");
        parcel.deliveredAt = *UtcTime::parseIso("2026-11-19T07:00:00Z");
        order.fulfillments = {parcel};
        auto writer = RecordWriter::create(m_world->workspace.writer(), m_world->store);
        QVERIFY((*writer)->put(order));
        const QByteArray same = R"([{"id":31,"status":"success","updated_at":"2026-11-19T08:00:00Z"},
                                    {"id":32,"status":"success","updated_at":"2026-11-20T08:00:00Z"}])";
        QCOMPARE(m_world->apply(u"orders/updated"_s, m_world->orderBody(1, 5, "x", same)), u"updated"_s);
        QCOMPARE(
            m_world->rowsOf("SELECT display_status, delivered_at IS NOT NULL FROM fulfillments ORDER BY external_id"),
            (QStringList{u"DELIVERED|1"_s, u"FULFILLED|0"_s}));
    }

    void aShopThatUninstalledUsIsDisconnected() {
        m_world->prepare = [](FakeStorePort& port) {
            port.failNext(FakeStorePort::Call::Shop, Error{ErrorKind::Auth, u"gone"_s, ErrorCause::TokenRefused}, 9);
        };
        QSignalSpy changed(m_world->station.get(), &WebhookStation::storesChanged);
        QSignalSpy parted(m_world->station.get(), &WebhookStation::parted);
        const QByteArray body = R"({"id":1,"myshopify_domain":"licht.myshopify.com"})";
        QCOMPARE(m_world->apply(u"app/uninstalled"_s, body), u"asked"_s);
        QTRY_COMPARE(changed.size(), 1);
        QCOMPARE(parted.size(), 1);
        QCOMPARE(m_world->rowsOf("SELECT status, last_error FROM stores"),
                 QStringList{u"disconnected|Auth/TokenRefused"_s});
        QCOMPARE(m_world->rowsOf("SELECT kind FROM audit"), QStringList{u"store_uninstalled"_s});
    }

    void anOldStoryOfAnUninstallPartsNobody() {
        const QByteArray body = R"({"id":1,"myshopify_domain":"licht.myshopify.com"})";
        m_world->apply(u"app/uninstalled"_s, body);
        QTRY_COMPARE(m_world->rowsOf("SELECT count(*) FROM record_rereads"), QStringList{u"0"_s});
        QCOMPARE(m_world->rowsOf("SELECT status FROM stores"), QStringList{u"connected"_s});
    }

    void privacyRequestsBecomeTasksWithADeadline() {
        const QByteArray about = R"("shop_domain":"licht.myshopify.com","customer":{"id":1,"email":"a@b.example"})";
        QCOMPARE(m_world->apply(u"customers/data_request"_s, "{" + about + "}"), u"recorded"_s);
        QCOMPARE(m_world->apply(u"customers/redact"_s, "{" + about + R"(,"orders_to_redact":[7]})"), u"recorded"_s);
        QCOMPARE(m_world->apply(u"shop/redact"_s, R"({"shop_domain":"licht.myshopify.com"})"), u"recorded"_s);
        auto tasks = PrivacyTasks::create(m_world->workspace.writer());
        const auto pending = (*tasks)->pending();
        QVERIFY(pending);
        QCOMPARE(pending->size(), size_t(3));
        QCOMPARE(pending->at(0).kind, u"shop_redact"_s); // due first
        QCOMPARE(pending->at(0).dueAt, pending->at(0).requestedAt.plusDays(2));
        QCOMPARE(pending->at(2).dueAt, pending->at(2).requestedAt.plusDays(30));
        QVERIFY(pending->at(2).subject.contains(u"gid://shopify/Order/7"_s));
        // The audit log says that, not who.
        QCOMPARE(m_world->rowsOf("SELECT kind FROM audit"),
                 (QStringList{u"privacy_requested"_s, u"privacy_requested"_s, u"privacy_requested"_s}));
        QCOMPARE(m_world->rowsOf("SELECT count(*) FROM audit WHERE detail LIKE '%a@b%'"), QStringList{u"0"_s});
        QVERIFY((*tasks)->setDone(pending->at(0).id, m_world->clock.now()));
        QCOMPARE((*tasks)->pending()->size(), size_t(2));
    }

    void somebodyErasedIsNotWrittenDownAgain() {
        shopDoesNotAnswer();
        const auto marks = ErasureMarks::create(m_world->workspace.writer());
        QVERIFY((*marks)->add(ErasedKind::Customer, "shopify:licht.myshopify.com", "gid://shopify/Customer/5",
                              m_world->clock.now()));
        const QByteArray tagged = "{\"customerId\":\"gid://shopify/Customer/5\",\"tags\":[\"vip\"]}";
        QCOMPARE(m_world->apply(u"customer.tags_added"_s, tagged), u"asked"_s);
        QCOMPARE(m_world->apply(u"customers/delete"_s, R"({"id":5})"), u"unchanged"_s);
        QCOMPARE(m_world->rowsOf("SELECT external_id FROM record_rereads"), QStringList());
        QCOMPARE(m_world->rowsOf("SELECT external_id FROM record_tombstones"), QStringList());
        QCOMPARE(m_world->apply(u"customers/delete"_s, R"({"id":6})"), u"unchanged"_s);
        QCOMPARE(m_world->rowsOf("SELECT external_id FROM record_tombstones"),
                 QStringList{u"gid://shopify/Customer/6"_s});
    }

    void whatCannotBeReadIsKeptAndBlocksNothing() {
        shopDoesNotAnswer();
        QVERIFY(m_world->station->deliver(m_world->delivery(u"orders/updated"_s, "{\"id\":")));
        QCOMPARE(m_world->apply(u"orders/create"_s, m_world->orderBody(1, 0, "next")), u"created"_s);
        QCOMPARE(m_world->rowsOf("SELECT state, result FROM webhook_deliveries ORDER BY id"),
                 (QStringList{u"failed|the body is no JSON object"_s, u"done|created"_s}));
        QCOMPARE(m_world->rowsOf("SELECT count(*) FROM webhook_bodies"), QStringList{u"1"_s});
    }

    void whatAFormerProcessTookIsAppliedByTheNext() {
        auto queue = WebhookQueue::create(m_world->workspace.writer());
        shopDoesNotAnswer();
        for (int i = 1; i <= 100; ++i)
            QVERIFY((*queue)->add(m_world->delivery(u"orders/create"_s, m_world->orderBody(i, 0, "x")),
                                  m_world->clock.now()));
        m_world->station->start();
        QVERIFY(m_world->settle());
        QCOMPARE(notes().size(), 100);
    }

    void goesOnHoweverSlowTheMachineIs() {
        const SlowClock clock;
        Database& db = m_world->workspace.writer();
        const auto queue = WebhookQueue::create(db);
        const auto books = WebhookBooks::create(db);
        const auto rereads = WebhookRereads::create(db);
        const auto applier = WebhookApplier::create(
            db, **books, **rereads, [this](StoreKind) { return m_world->decoder.get(); }, clock);
        WebhookRun run(db, **queue, **applier, clock);
        for (int i = 1; i <= 3; ++i)
            QVERIFY((*queue)->add(m_world->delivery(u"orders/create"_s, m_world->orderBody(i, 0, "x")), clock.now()));
        run.wake();
        QTRY_COMPARE(notes().size(), 3);
    }

    void manyThreadsAreAnsweredInFewTransactions() {
        shopDoesNotAnswer();
        std::atomic<int> stored = 0;
        std::vector<std::thread> threads;
        std::atomic<int> done = 0;
        for (int t = 0; t < 16; ++t)
            threads.emplace_back([&, t] {
                for (int i = 0; i < 25; ++i) {
                    WebhookDelivery one;
                    one.shop = u"licht.myshopify.com"_s;
                    one.topic = u"orders/updated"_s;
                    one.id = QString::number(t * 100 + i);
                    one.body = WebhookFixture::orderBody(t + 1, i, "x");
                    stored += m_world->station->inbox().accept(one) == WebhookReceipt::Stored;
                }
                ++done;
            });
        QVERIFY(QTest::qWaitFor([&] { return done == 16; }, 60'000));
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(stored.load(), 400);
        QVERIFY(m_world->settle());
        QCOMPARE(notes().size(), 16);
        QCOMPARE(m_world->rowsOf("SELECT count(*) FROM webhook_deliveries WHERE state = 'done'"),
                 QStringList{u"400"_s});
    }

    void saysOnceThatNothingCanBeStored() {
        shopDoesNotAnswer();
        QSignalSpy failed(m_world->station.get(), &WebhookStation::failed);
        const auto accept = [&] {
            std::atomic<int> receipt = -1;
            std::thread thread([&] {
                receipt = static_cast<int>(m_world->station->inbox().accept(
                    m_world->delivery(u"orders/create"_s, m_world->orderBody(1, 0, "x"))));
            });
            const bool isAnswered = QTest::qWaitFor([&] { return receipt >= 0; }, 30'000);
            thread.join();
            return isAnswered ? WebhookReceipt(receipt.load()) : WebhookReceipt::Known;
        };
        Database& db = m_world->workspace.writer();
        QVERIFY(db.execute("CREATE TEMP TRIGGER nothing_in BEFORE INSERT ON main.webhook_deliveries "
                           "BEGIN SELECT raise(ABORT, 'full'); END"));
        QCOMPARE(accept(), WebhookReceipt::Unavailable);
        QCOMPARE(accept(), WebhookReceipt::Unavailable);
        QCOMPARE(failed.size(), 1);
        QVERIFY(db.execute("DROP TRIGGER nothing_in"));
        QCOMPARE(accept(), WebhookReceipt::Stored);
        QVERIFY(m_world->settle());
    }

    void refusalsAreCountedNotListed() {
        for (int i = 0; i < 1'000; ++i)
            m_world->station->inbox().noteRefusal(StoreKind::Shopify, u"wrong_signature"_s);
        m_world->station->inbox().noteRefusal(StoreKind::WooCommerce, u"too_slow"_s);
        QTRY_COMPARE(m_world->rowsOf("SELECT source, reason, deliveries FROM webhook_refusals ORDER BY source"),
                     (QStringList{u"shopify|wrong_signature|1000"_s, u"woocommerce|too_slow|1"_s}));
    }

    void oldLinesOfTheLogAreForgotten() {
        auto queue = WebhookQueue::create(m_world->workspace.writer());
        const UtcTime now = m_world->clock.now();
        for (int days : {40, 31, 5}) {
            const auto id = (*queue)->add(m_world->delivery(u"shop/update"_s, "{}"), now.plusDays(-days));
            QVERIFY((*queue)->settle(**id, WebhookQueue::Ending::Done, u"noted"_s, now.plusDays(-days)));
        }
        QVERIFY((*queue)->add(m_world->delivery(u"shop/update"_s, "{}"), now.plusDays(-50))); // not applied yet: stays
        QVERIFY((*queue)->prune(now.plusDays(-30)));
        QCOMPARE((*queue)->log(10)->size(), size_t(2));
    }

    void noHotQueryReadsAWholeTable() {
        // A partial index holds only what waits, and the log is read from its end.
        static const QRegularExpression small(
            u"INDEX (webhook_deliveries_queued|webhook_deliveries_failed|record_rereads_due|privacy_tasks_pending)|LIMIT \\?1$"_s);
        QStringList slow;
        for (const QString& step : slowSteps(m_world->workspace.writer()))
            if (step.contains(QRegularExpression(u"webhook_|record_rereads|record_tombstones|privacy_tasks"_s)) &&
                !step.contains(small))
                slow << step;
        QCOMPARE(slow.join(u'\n'), QString());
    }
};

QTEST_GUILESS_MAIN(TestWebhookStation)
#include "tst_webhook_station.moc"
