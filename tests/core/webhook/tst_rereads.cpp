// What is asked of a shop once more, and what its answers, late, hidden or absent, do to the cache.
#include "tests/core/webhook/webhook_fixture.h"

#include <QSignalSpy>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class TestRereads : public QObject {
    Q_OBJECT

    using Call = FakeStorePort::Call;

    std::unique_ptr<WebhookFixture> m_world;

    static QByteArray numberOf(const std::string& gid) { return QByteArray::fromStdString(gid).split('/').back(); }
    static QByteArray refundOf(const QByteArray& order) { return "{\"id\":1,\"order_id\":" + order + "}"; }
    QStringList orders() { return m_world->rowsOf("SELECT external_id FROM orders ORDER BY external_id"); }

private Q_SLOTS:
    void init() {
        m_world = std::make_unique<WebhookFixture>();
        QVERIFY(m_world->open());
    }
    void cleanup() { m_world.reset(); }

    void anOrderTooOldToBeShownStays_data() {
        QTest::addColumn<bool>("isLimited");
        QTest::addColumn<int>("days");
        QTest::addColumn<bool>("stays");
        QTest::newRow("hidden") << true << 75 << true;
        QTest::newRow("shown, and gone") << true << 10 << false;
        QTest::newRow("all are shown") << false << 75 << false;
    }
    void anOrderTooOldToBeShownStays() {
        QFETCH(bool, isLimited);
        QFETCH(int, days);
        QFETCH(bool, stays);
        using History = WebhookFixture::History;
        m_world->connectStore(m_world->store, isLimited ? History::Limited : History::Whole);
        OrderRecord order = m_world->shop.orders.front();
        order.externalId = "gid://shopify/Order/4711"; // a look-up answers null
        order.createdAt = order.updatedAt = m_world->clock.now().plusDays(-days);
        auto writer = RecordWriter::create(m_world->workspace.writer(), m_world->store);
        QVERIFY((*writer)->put(order));
        m_world->apply(u"refunds/create"_s, refundOf("4711"));
        QTRY_COMPARE(m_world->rowsOf("SELECT count(*) FROM record_rereads"), QStringList{u"0"_s});
        QCOMPARE(orders(), stays ? QStringList{u"gid://shopify/Order/4711"_s} : QStringList());
    }

    void whatWasDeletedWhileItWasAskedAboutStaysDeleted() {
        const OrderRecord order = m_world->shop.orders.at(1);
        const QByteArray number = numberOf(order.externalId);
        auto writer = RecordWriter::create(m_world->workspace.writer(), m_world->store);
        QVERIFY((*writer)->put(order));
        m_world->prepare = [&](FakeStorePort& port) {
            port.onCall = [&](Call call, int) {
                if (call != Call::Lookup) return;
                // The shop has answered already; its answer is on the way.
                QVERIFY(m_world->station->deliver(
                    m_world->delivery(u"orders/delete"_s, "{\"id\":" + number + "}", u"delete"_s)));
                QTRY_COMPARE(m_world->rowsOf("SELECT count(*) FROM record_tombstones"), QStringList{u"1"_s});
            };
        };
        QVERIFY(m_world->station->deliver(m_world->delivery(u"refunds/create"_s, refundOf(number))));
        QTRY_COMPARE(m_world->rowsOf("SELECT attempts FROM record_rereads"), QStringList{u"1"_s}); // asked once more
        QCOMPARE(orders(), QStringList());
        QCOMPARE(m_world->rowsOf("SELECT count(*) FROM record_tombstones"), QStringList{u"1"_s});
    }

    void whatASyncBroughtBackIsAskedAbout() {
        const OrderRecord alive = m_world->shop.orders.at(1);
        OrderRecord dead = m_world->shop.orders.at(2);
        dead.externalId = "gid://shopify/Order/4711";
        dead.createdAt = m_world->clock.now().plusDays(-90); // and hidden anyway
        m_world->connectStore(m_world->store, WebhookFixture::History::Limited);
        for (const OrderRecord& order : {alive, dead})
            m_world->apply(u"orders/delete"_s, "{\"id\":" + numberOf(order.externalId) + "}");
        QVERIFY(m_world->station->askBuried(m_world->store));
        QCOMPARE(m_world->rowsOf("SELECT count(*) FROM record_rereads"), QStringList{u"0"_s});
        auto writer = RecordWriter::create(m_world->workspace.writer(), m_world->store);
        for (const OrderRecord& order : {alive, dead})
            QVERIFY((*writer)->put(order)); // read before it was deleted
        QVERIFY(m_world->station->askBuried(m_world->store));
        QTRY_COMPARE(orders(), QStringList{QString::fromStdString(alive.externalId)});
        QTRY_COMPARE(m_world->rowsOf("SELECT external_id FROM record_tombstones"),
                     QStringList{u"gid://shopify/Order/4711"_s});
    }

    void aShopThatCannotBeAskedKeepsNoOtherWaiting() {
        const StoreId other = m_world->workspace.addStore(u"other.myshopify.com"_s);
        m_world->connectStore(other);
        int asked = 0;
        m_world->prepareOf = [&](StoreId store, FakeStorePort& port) {
            if (store == other) return;
            port.failNext(Call::Lookup, Error{ErrorKind::Timeout, u"slow"_s}, 1'000'000);
            port.onCall = [&asked](Call call, int) { asked += call == Call::Lookup; };
        };
        const auto wishes = WebhookRereads::create(m_world->workspace.writer());
        const UtcTime now = m_world->clock.now();
        for (int i = 1; i <= 20; ++i)
            QVERIFY((*wishes)->want(m_world->store, Resource::Orders, u"gid://shopify/Order/%1"_s.arg(i), now));
        const OrderRecord& order = m_world->shop.orders.at(2);
        QVERIFY((*wishes)->want(other, Resource::Orders, QString::fromStdString(order.externalId), now));
        m_world->station->start();
        QTRY_COMPARE(orders(), QStringList{QString::fromStdString(order.externalId)});
        QCOMPARE(asked, 1);
        QCOMPARE(m_world->rowsOf("SELECT count(*), max(attempts) FROM record_rereads"), QStringList{u"20|1"_s});
        QVERIFY(m_world->settle());
    }

    // A clock that was a year ahead, and is set right: nothing waits for that year to pass.
    void aClockSetBackPutsNothingOff() {
        const OrderRecord& order = m_world->shop.orders.at(2);
        const auto wishes = WebhookRereads::create(m_world->workspace.writer());
        QVERIFY((*wishes)->want(m_world->store, Resource::Orders, QString::fromStdString(order.externalId),
                                m_world->clock.now().plusDays(365)));
        m_world->station->start();
        QTRY_COMPARE(orders(), QStringList{QString::fromStdString(order.externalId)});
        QCOMPARE(m_world->rowsOf("SELECT count(*) FROM record_rereads"), QStringList{u"0"_s});
    }

    // Deleted by that clock, and there again: the shop's word of now counts, and it is not asked for a year.
    void whatAClockAheadBuriedIsUnburied() {
        const OrderRecord& order = m_world->shop.orders.at(2);
        m_world->apply(u"orders/delete"_s, "{\"id\":" + numberOf(order.externalId) + "}");
        const QByteArray ahead = QByteArray::number(m_world->clock.now().plusDays(365).ms());
        QVERIFY(
            m_world->workspace.writer().execute(("UPDATE record_tombstones SET deleted_at = " + ahead).toStdString()));
        const auto wishes = WebhookRereads::create(m_world->workspace.writer());
        QVERIFY((*wishes)->want(m_world->store, Resource::Orders, QString::fromStdString(order.externalId),
                                m_world->clock.now()));
        m_world->station->start();
        QTRY_COMPARE(orders(), QStringList{QString::fromStdString(order.externalId)});
        QCOMPARE(m_world->rowsOf("SELECT count(*) FROM record_tombstones"), QStringList{u"0"_s});
    }

    void aFullDiskIsToldOnceUntilSomethingIsDone() {
        const OrderRecord order = m_world->shop.orders.at(1);
        int asked = 0;
        m_world->prepare = [&asked](FakeStorePort& port) {
            port.onCall = [&asked](Call call, int) { asked += call == Call::Lookup; };
        };
        QSignalSpy failed(m_world->station.get(), &WebhookStation::failed);
        Database& db = m_world->workspace.writer();
        const QByteArray full = "CREATE TEMP TRIGGER nothing_out BEFORE DELETE ON main.record_rereads "
                                "BEGIN SELECT raise(ABORT, 'full'); END";
        for (int times = 1; times <= 2; ++times) {
            QVERIFY(db.execute(full.toStdString()));
            QVERIFY(m_world->station->deliver(
                m_world->delivery(u"refunds/create"_s, refundOf(numberOf(order.externalId)))));
            QTRY_COMPARE(failed.size(), times);
            const int before = asked;
            m_world->station->start();                           // at once, not after a while
            QTRY_COMPARE_WITH_TIMEOUT(asked, before + 1, 4'000); // by itself after five seconds
            QTest::qWait(50);
            QCOMPARE(failed.size(), times);
            QVERIFY(db.execute("DROP TRIGGER nothing_out"));
            m_world->station->start();
            QTRY_COMPARE(m_world->rowsOf("SELECT count(*) FROM record_rereads"), QStringList{u"0"_s});
        }
    }

    void onlyTheShopItselfPartsUs_data() {
        QTest::addColumn<Error>("error");
        QTest::addColumn<bool>("isPort"); // else the shop's answer
        QTest::addColumn<bool>("parts");
        const auto row = [](const char* name, const Error& error, bool isPort, bool parts) {
            QTest::newRow(name) << error << isPort << parts;
        };
        row("401", {ErrorKind::Auth, u"-"_s, ErrorCause::TokenRefused}, false, true);
        row("403", {ErrorKind::Auth, u"-"_s, ErrorCause::ScopeMissing}, false, true);
        row("404", {ErrorKind::NotFound, u"-"_s, ErrorCause::ShopNotFound}, false, true);
        row("frozen", {ErrorKind::Refused, u"-"_s, ErrorCause::ShopFrozen}, false, false);
        row("wary", {ErrorKind::Refused, u"-"_s, ErrorCause::ShopWary}, false, false);
        row("unreadable", {ErrorKind::Invalid, u"-"_s}, false, false);
        row("a keychain that is locked", {ErrorKind::Refused, u"-"_s, ErrorCause::NoSecretService}, true, false);
        row("no credentials", {ErrorKind::Auth, u"-"_s, ErrorCause::TokenRefused}, true, true);
    }
    void onlyTheShopItselfPartsUs() {
        QFETCH(Error, error);
        QFETCH(bool, isPort);
        QFETCH(bool, parts);
        if (isPort) m_world->portError = error;
        m_world->prepare = [&error](FakeStorePort& port) { port.failNext(Call::Shop, error, 100); };
        m_world->apply(u"app/uninstalled"_s, R"({"id":1,"myshopify_domain":"licht.myshopify.com"})");
        QTRY_COMPARE(m_world->rowsOf("SELECT count(*) FROM record_rereads WHERE attempts = 0"), QStringList{u"0"_s});
        QVERIFY(m_world->settle());
        QCOMPARE(m_world->rowsOf("SELECT status FROM stores"), QStringList{parts ? u"disconnected"_s : u"connected"_s});
        // Else it is asked again.
        QCOMPARE(m_world->rowsOf("SELECT count(*) FROM record_rereads"), QStringList{parts ? u"0"_s : u"1"_s});
    }
};

QTEST_GUILESS_MAIN(TestRereads)
#include "tst_rereads.moc"
