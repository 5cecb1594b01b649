#include "core/ports/store_port.h"
#include "core/storage/records/record_remover.h"
#include "tests/core/storage/records/record_fixture.h"
#include "tests/support/patience.h"

#include <sqlite3.h>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

// Reads a staged line as the number of a child it was told before.
class NumberedDecoder final : public BulkDecoder {
public:
    std::vector<BulkRecord> children;

    std::variant<BulkRecord, RecordFault> decode(std::string_view line) override {
        const auto number = static_cast<size_t>(QByteArray(line.data(), static_cast<int>(line.size())).toInt());
        if (number >= children.size()) return RecordFault{"orders", "", "unreadable line"};
        return children[number];
    }
    std::string line(BulkRecord child) {
        children.push_back(std::move(child));
        return std::to_string(children.size() - 1);
    }
};

} // namespace

class RecordWriterTest : public QObject {
    Q_OBJECT

    std::unique_ptr<RecordFixture> m_cache;
    std::unique_ptr<RecordWriter> m_writer;
    StoreId m_store;

    template <typename Record>
    WriteOutcome put(const Record& record) {
        const auto outcome = m_writer->put(record);
        if (!outcome) qFatal("%s", qPrintable(outcome.error().detail));
        return *outcome;
    }
    template <typename Record>
    WriteOutcome putOpen(const Record& record) {
        const auto outcome = m_writer->putOpen(record);
        if (!outcome) qFatal("%s", qPrintable(outcome.error().detail));
        return *outcome;
    }
    void stage(NumberedDecoder& decoder, const std::string& parent, const OrderItemRecord& child, qint64 position) {
        const std::string line = decoder.line(BulkOrderItem{parent, child});
        QVERIFY(m_writer->stageChild(Resource::Orders, parent, child.externalId, position, line));
    }
    int totalChanges() { return sqlite3_total_changes(m_cache->database().handle()); }
    qint64 count(const char* table) { return m_cache->integer(std::string("SELECT count(*) FROM ") + table); }
    qint64 hits(const std::string& table, const char* term) {
        return m_cache->integer("SELECT count(*) FROM " + table + " WHERE " + table + " MATCH '" + term + "'");
    }
    bool isIndexIntact() {
        for (const std::string table : {"customers_fts", "orders_fts"})
            if (!m_cache->database().execute("INSERT INTO " + table + " (" + table +
                                             ", rank) VALUES ('integrity-check', 1)"))
                return false;
        return true;
    }
    QString profileOf(const char* table, const std::string& externalId) {
        return m_cache->text(std::string("SELECT profile_id FROM ") + table + " WHERE external_id = '" + externalId +
                             "'");
    }
    QStringList items(const std::string& order) {
        return m_cache->texts("SELECT i.title FROM order_items i JOIN orders o ON o.id = i.order_id "
                              "WHERE o.external_id = '" +
                              order + "' ORDER BY i.position");
    }

private Q_SLOTS:
    void init() {
        m_cache = std::make_unique<RecordFixture>();
        m_store = m_cache->addStore(u"acme.myshopify.com"_s);
        m_writer = m_cache->writer(m_store);
    }
    void cleanup() {
        m_writer.reset();
        m_cache.reset();
    }

    void createsOnceAndThenTouchesNoRow() {
        const auto c = customer("1", "ada@example.com");
        const auto o = order("1001", "1", "ada@example.com");
        const auto p = product("P1", "Lamp");
        QCOMPARE(put(c), WriteOutcome::Created);
        QCOMPARE(put(o), WriteOutcome::Created);
        QCOMPARE(put(p), WriteOutcome::Created);
        const int before = totalChanges();
        QCOMPARE(put(c), WriteOutcome::Unchanged);
        QCOMPARE(put(o), WriteOutcome::Unchanged);
        QCOMPARE(put(p), WriteOutcome::Unchanged);
        QCOMPARE(putOpen(o), WriteOutcome::Unchanged);
        QCOMPARE(putOpen(p), WriteOutcome::Unchanged);
        QCOMPARE(totalChanges(), before);
    }

    void olderNeverOverwritesNewer() {
        put(customer("1", "ada@example.com"));
        put(order("1001", "1", "ada@example.com"));
        put(product("P1", "Lamp"));
        const int before = totalChanges();
        auto c = customer("1", "old@example.com");
        c.updatedAt = day(9);
        auto o = order("1001", "", "old@example.com");
        o.updatedAt = day(9);
        o.items.clear();
        auto p = product("P1", "Old lamp");
        p.updatedAt = day(1);
        QCOMPARE(put(c), WriteOutcome::Stale);
        QCOMPARE(put(o), WriteOutcome::Stale);
        QCOMPARE(put(p), WriteOutcome::Stale);
        QCOMPARE(totalChanges(), before);
    }

    void updatesAtTheSameInstantWhenTheContentDiffers() {
        put(customer("1", "ada@example.com"));
        auto c = customer("1", "ada@example.com");
        c.note = "prefers mail";
        QCOMPARE(put(c), WriteOutcome::Updated);
        QCOMPARE(m_cache->text("SELECT note FROM customers"), u"prefers mail"_s);
        put(order("1001", "1", ""));
        auto o = order("1001", "1", "");
        o.fulfillments[0].tracking[0].number = "2Z";
        QCOMPARE(put(o), WriteOutcome::Updated);
        QCOMPARE(m_cache->text("SELECT number FROM trackings"), u"2Z"_s);
        QCOMPARE(count("trackings"), 1);
    }

    void replacesChildrenOfAWholeRecord() {
        auto o = order("1001", "", "guest@example.com");
        put(o);
        o.items = {item("1001-3", "Cable"), item("1001-1", "Lamp")};
        QCOMPARE(put(o), WriteOutcome::Updated);
        QCOMPARE(items("1001"), QStringList({u"Cable"_s, u"Lamp"_s}));
        o.items[1].currentQuantity = 0;
        QCOMPARE(put(o), WriteOutcome::Updated);
        QCOMPARE(m_cache->integer("SELECT current_quantity FROM order_items WHERE title = 'Lamp'"), 0);
        QCOMPARE(put(o), WriteOutcome::Unchanged);

        auto p = product("P1", "Lamp");
        put(p);
        p.variants.pop_back();
        p.variants[0].inventoryQuantity.reset();
        QCOMPARE(put(p), WriteOutcome::Updated);
        QCOMPARE(count("variants"), 1);
        QCOMPARE(m_cache->integer("SELECT inventory_quantity IS NULL FROM variants"), 1);
        QCOMPARE(put(p), WriteOutcome::Unchanged);
    }

    void oneAddressIsOnePersonAcrossStoresAndSpellings() {
        put(customer("1", "Ada@Example.com"));
        put(customer("2", " ada@example.COM "));
        const StoreId other = m_cache->addStore(u"other.myshopify.com"_s);
        QVERIFY(m_cache->writer(other)->put(customer("1", "ADA@EXAMPLE.COM")));
        QCOMPARE(count("customers"), 3);
        QCOMPARE(count("profiles"), 1);
        QCOMPARE(m_cache->texts("SELECT email FROM profile_emails"), QStringList(u"ada@example.com"_s));
    }

    void customersWithoutAddressStayApart() {
        put(customer("1", ""));
        put(customer("2", ""));
        QCOMPARE(count("profiles"), 2);
        QCOMPARE(count("profile_emails"), 0);
    }

    void ordersBelongToTheirCustomerElseToTheirAddress() {
        put(customer("1", "ada@example.com"));
        put(order("1001", "1", "office@example.com"));
        put(order("1002", "", "ADA@example.com"));
        put(order("1003", "", "guest@example.com"));
        put(order("1004", "", "Guest@Example.com"));
        put(order("1005", "", ""));
        QCOMPARE(profileOf("orders", "1001"), profileOf("customers", "1"));
        QCOMPARE(profileOf("orders", "1002"), profileOf("customers", "1"));
        QVERIFY(profileOf("orders", "1003") != profileOf("customers", "1"));
        QCOMPARE(profileOf("orders", "1003"), profileOf("orders", "1004"));
        QVERIFY(profileOf("orders", "1005").isEmpty());
        QCOMPARE(count("profiles"), 2);
    }

    void aCustomerThatComesLateTakesItsOrders() {
        put(order("1001", "1", "office@example.com"));
        put(order("1002", "2", ""));
        QVERIFY(!profileOf("orders", "1001").isEmpty());
        QVERIFY(profileOf("orders", "1002").isEmpty());
        put(customer("1", "ada@example.com"));
        put(customer("2", ""));
        QCOMPARE(profileOf("orders", "1001"), profileOf("customers", "1"));
        QCOMPARE(profileOf("orders", "1002"), profileOf("customers", "2"));
        // The stand-in profile of the order's address is gone with its only order.
        QCOMPARE(count("profiles"), 2);
        QCOMPARE(m_cache->texts("SELECT email FROM profile_emails"), QStringList(u"ada@example.com"_s));
        QCOMPARE(m_cache->integer("SELECT sum(awaits_customer) FROM orders"), 0);
    }

    void aGuestThatRegistersKeepsItsOrders() {
        put(order("1001", "", "ada@example.com"));
        QCOMPARE(m_cache->text("SELECT source FROM profile_emails"), u"order"_s);
        put(customer("1", "Ada@example.com"));
        QCOMPARE(profileOf("orders", "1001"), profileOf("customers", "1"));
        QCOMPARE(m_cache->text("SELECT source FROM profile_emails"), u"shop"_s);
        QCOMPARE(count("profiles"), 1);
    }

    void aChangedAddressKeepsTheFormerAsAlias() {
        put(customer("1", "old@example.com"));
        auto c = customer("1", "new@example.com");
        c.updatedAt = day(11);
        QCOMPARE(put(c), WriteOutcome::Updated);
        QCOMPARE(m_cache->texts("SELECT email || ' ' || source FROM profile_emails ORDER BY 1"),
                 QStringList({u"new@example.com shop"_s, u"old@example.com alias"_s}));
        QCOMPARE(count("profiles"), 1);
        put(order("1001", "", "old@example.com"));
        QCOMPARE(profileOf("orders", "1001"), profileOf("customers", "1"));
    }

    void aCustomerThatTakesAnothersAddressBringsEverythingAlong() {
        put(customer("1", "one@example.com"));
        put(customer("2", "two@example.com"));
        put(order("1001", "1", ""));
        put(order("1002", "", "one@example.com"));
        auto c = customer("1", "two@example.com");
        c.updatedAt = day(11);
        put(c);
        QCOMPARE(count("profiles"), 1);
        for (const char* id : {"1001", "1002"})
            QCOMPARE(profileOf("orders", id), profileOf("customers", "2"));
        auto o = order("1001", "1", "");
        o.updatedAt = day(12);
        QCOMPARE(put(o), WriteOutcome::Updated);
        QCOMPARE(profileOf("orders", "1001"), profileOf("customers", "2"));
        QCOMPARE(m_cache->text("SELECT source FROM profile_emails WHERE email = 'one@example.com'"), u"alias"_s);
    }

    void lateChildrenFindTheirParentAndStaleOnesGo() {
        auto o = order("1001", "", "");
        o.items = {item("a", "Lamp"), item("b", "Bulb"), item("c", "Cable")};
        put(o);
        o.items = {item("a", "Lamp")};
        NumberedDecoder decoder;
        stage(decoder, "1001", item("d", "Plug"), 90);
        stage(decoder, "1001", item("c", "Long cable"), 80);
        putOpen(o);
        QCOMPARE(count("order_items"), 3); // nothing is removed before the file has ended
        const auto finished = m_writer->finishChildren(Resource::Orders, decoder);
        QVERIFY(finished);
        QCOMPARE(finished->lateChildren, 2);
        QCOMPARE(finished->removedChildren, 1);
        QVERIFY(finished->faults.empty());
        QCOMPARE(items("1001"), QStringList({u"Lamp"_s, u"Long cable"_s, u"Plug"_s}));
        QCOMPARE(count("bulk_children") + count("bulk_suspects"), 0);
        const int before = totalChanges();
        QCOMPARE(m_writer->finishChildren(Resource::Orders, decoder)->lateChildren, 0);
        QCOMPARE(totalChanges(), before);
    }

    void aFileWithHolesRemovesNothing() {
        auto o = order("1001", "", "");
        put(o);
        o.items.pop_back();
        putOpen(o);
        NumberedDecoder decoder;
        const auto finished = m_writer->finishChildren(Resource::Orders, decoder, RecordWriter::Suspects::Keep);
        QCOMPARE(finished->removedChildren, 0);
        QCOMPARE(count("order_items"), 2);
        QCOMPARE(count("bulk_suspects"), 0);
    }

    void orphansAndUnreadableLinesAreFaults() {
        put(order("1001", "", ""));
        NumberedDecoder decoder;
        stage(decoder, "9999", item("x", "Lost"), 1);
        QVERIFY(m_writer->stageChild(Resource::Orders, "1001", "y", 2, "777"));
        const auto finished = m_writer->finishChildren(Resource::Orders, decoder);
        QCOMPARE(finished->faults.size(), size_t(2));
        QCOMPARE(finished->lateChildren, 0);
        QCOMPARE(count("order_items"), 2);
    }

    void lateChildrenOfAStaleParentAreVoid() {
        put(order("1001", "", ""));
        auto old = order("1001", "", "");
        old.updatedAt = day(9);
        old.items.clear();
        QCOMPARE(putOpen(old), WriteOutcome::Stale);
        NumberedDecoder decoder;
        stage(decoder, "1001", item("1001-1", "Old lamp"), 1);
        QCOMPARE(m_writer->finishChildren(Resource::Orders, decoder)->lateChildren, 0);
        QCOMPARE(items("1001"), QStringList({u"Lamp"_s, u"Bulb"_s}));
        QCOMPARE(count("bulk_suspects"), 0);
    }

    void findsRecordsByTheirText() {
        put(customer("1", "ada@example.com"));
        QCOMPARE(hits("customers_fts", "main"), 1);
        auto o = order("1001", "1", "ada@example.com");
        o.shippingAddressText = "Ada 1\n1 Main Street";
        put(o);
        QCOMPARE(m_cache->integer("SELECT count(*) FROM order_texts"), 0); // its customer says it all
        o.shippingAddressText = "Bob\n1 Main Street";
        o.updatedAt = day(11);
        put(o);
        QCOMPARE(m_cache->texts("SELECT text FROM order_texts"), QStringList(u"Bob"_s));
        QCOMPARE(hits("orders_fts", "bob"), 1);
        o.shippingAddressText = "Eve\n2 Side Alley";
        o.updatedAt = day(12);
        put(o);
        QCOMPARE(hits("orders_fts", "bob"), 0);
        QCOMPARE(hits("orders_fts", "alley"), 1);
        auto c = customer("1", "ada@example.com");
        c.addressText = "3 New Road";
        put(c);
        QCOMPARE(hits("customers_fts", "main"), 0);
        QCOMPARE(hits("customers_fts", "road"), 1);
        put(order("1002", "", "guest@example.com"));
        QCOMPARE(hits("orders_fts", "\"guest@example.com\""), 1);
        QVERIFY(m_cache->database().execute("DELETE FROM orders; DELETE FROM customers"));
        QCOMPARE(hits("orders_fts", "alley") + hits("customers_fts", "road"), 0);
        QVERIFY(isIndexIntact());
    }

    // What both say is indexed with the customer alone, who may say something else tomorrow.
    void findsAnOrderByItsWordsWhateverItsCustomerSays() {
        const auto says = [](const std::string& email, const std::string& address, int at) {
            auto c = customer("1", email);
            c.displayName = address.substr(0, address.find(','));
            c.addressText = c.displayName + "\n" + address;
            c.updatedAt = day(at);
            return c;
        };
        put(says("ada@example.com", "Ada, 1 Main Street", 10));
        auto o = order("1001", "1", "ada@example.com");
        o.shippingAddressText = "Ada\nAda, 1 Main Street";
        put(o);
        QCOMPARE(count("order_texts"), 0);
        put(says("king@example.com", "Augusta, 2 New Road", 11));
        QCOMPARE(hits("customers_fts", "\"king@example.com\""), 1);
        QCOMPARE(hits("customers_fts", "main"), 0);
        QCOMPARE(hits("orders_fts", "\"ada@example.com\""), 1);
        QCOMPARE(hits("orders_fts", "main"), 1);
        // The order changes, first otherwise, then to what its customer says.
        o.note = "ring twice";
        o.updatedAt = day(12);
        QCOMPARE(put(o), WriteOutcome::Updated);
        QCOMPARE(hits("orders_fts", "main"), 1);
        o.email = "king@example.com";
        o.shippingAddressText = "Augusta\nAugusta, 2 New Road";
        o.updatedAt = day(13);
        put(o);
        QCOMPARE(hits("orders_fts", "\"ada@example.com\"") + hits("customers_fts", "\"ada@example.com\""), 0);
        QCOMPARE(count("order_texts"), 0);
        // Another customer's orders are left alone, and so is search when only numbers change.
        put(customer("2", "bob@example.com"));
        put(order("1002", "2", "bob@example.com"));
        auto c = says("king@example.com", "Augusta, 2 New Road", 14);
        c.ordersCount = 3;
        put(c);
        QCOMPARE(hits("orders_fts", "king OR bob"), 0);
        QVERIFY(isIndexIntact());
    }

    void findsAnOrderByItsWordsOnceItsCustomerIsGone() {
        put(customer("1", "ada@example.com"));
        put(order("1001", "1", "ada@example.com"));
        QCOMPARE(hits("orders_fts", "\"ada@example.com\""), 0);
        const auto remover = RecordRemover::create(m_cache->database(), m_store);
        QVERIFY(remover && (*remover)->remove(Resource::Customers, "1"));
        QCOMPARE(hits("customers_fts", "\"ada@example.com\""), 0);
        QCOMPARE(hits("orders_fts", "\"ada@example.com\""), 1);
        QVERIFY(isIndexIntact());
    }

    void countsRowsByStoreOnceCommitted() {
        const auto counts = [&] {
            return m_cache->text("SELECT customers || ' ' || orders || ' ' || products FROM store_counts");
        };
        put(customer("1", "ada@example.com"));
        QCOMPARE(counts(), u"1 0 0"_s);
        {
            const auto transaction = Transaction::begin(m_cache->database());
            put(order("1001", "1", ""));
            put(order("1001", "1", ""));
            put(product("P1", "Lamp"));
            QVERIFY((*transaction)->commit());
        }
        QCOMPARE(counts(), u"1 1 1"_s);
        {
            const auto transaction = Transaction::begin(m_cache->database());
            put(order("1002", "1", ""));
        }
        QCOMPARE(counts(), u"1 1 1"_s);
        {
            const auto transaction = Transaction::begin(m_cache->database());
            QVERIFY(m_cache->writer(m_store)->put(order("1003", "1", "")));
            QVERIFY((*transaction)->commit());
        }
        QCOMPARE(counts(), u"1 2 1"_s);
        QVERIFY(m_cache->database().execute("DELETE FROM orders"));
        QCOMPARE(counts(), u"1 0 1"_s);
    }

    void rollsBackWithTheCallersTransaction() {
        {
            auto transaction = Transaction::begin(m_cache->database());
            put(customer("1", "ada@example.com"));
            put(order("1001", "1", ""));
        }
        QCOMPARE(count("customers") + count("orders") + count("order_items") + count("profiles"), 0);
        QCOMPARE(put(customer("1", "ada@example.com")), WriteOutcome::Created);
    }
};

QTEST_GUILESS_MAIN(RecordWriterTest)
#include "tst_record_writer.moc"
