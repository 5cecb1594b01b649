// Whatever the order in which a shop's records arrive, and however they are sent, the cache ends up the same.
#include "core/ports/store_port.h"
#include "tests/core/storage/records/record_fixture.h"
#include "tests/support/patience.h"

#include <QRandomGenerator>

#include <sqlite3.h>

#include <algorithm>
#include <functional>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

struct Shop {
    std::vector<CustomerRecord> customers;
    std::vector<OrderRecord> orders;
    std::vector<ProductRecord> products;
};

// Shared and differently spelled addresses, people without one, guests, customers nobody sent.
Shop makeShop(QRandomGenerator& random) {
    Shop shop;
    for (int i = 0; i < 20; ++i) {
        const std::string address = "Person" + std::to_string(random.bounded(12)) + "@Example.com";
        auto c = customer("c" + std::to_string(i), random.bounded(4) == 0 ? "" : address);
        if (random.bounded(2)) std::transform(c.email.begin(), c.email.end(), c.email.begin(), ::tolower);
        c.phone = random.bounded(2) ? "+1555000" + std::to_string(random.bounded(9000) + 1000) : "";
        shop.customers.push_back(c);
    }
    for (int i = 0; i < 40; ++i) {
        // c20 and above are never sent.
        const std::string who = random.bounded(3) ? "c" + std::to_string(random.bounded(22)) : "";
        const std::string address = "person" + std::to_string(random.bounded(16)) + "@example.com";
        auto o = order("o" + std::to_string(i), who, random.bounded(4) ? address : "");
        o.items.clear();
        for (int n = random.bounded(5); n > 0; --n)
            o.items.push_back(item(o.externalId + "-" + std::to_string(random.bounded(1000)) + std::to_string(n), "T"));
        if (random.bounded(3) == 0) o.fulfillments.clear();
        if (random.bounded(4) == 0) o.refunds = {{o.externalId + "-R", day(8), usd(100), "late"}};
        shop.orders.push_back(o);
    }
    for (int i = 0; i < 8; ++i) {
        auto p = product("p" + std::to_string(i), "Lamp");
        for (int n = random.bounded(4); n > 0; --n)
            p.variants.push_back(variant(p.externalId + "-x" + std::to_string(n), "V"));
        shop.products.push_back(p);
    }
    return shop;
}

class NumberedDecoder final : public BulkDecoder {
public:
    std::variant<BulkRecord, RecordFault> decode(std::string_view line) override {
        return m_children.at(static_cast<size_t>(std::stoi(std::string(line))));
    }
    std::string line(BulkRecord child) {
        m_children.push_back(std::move(child));
        return std::to_string(m_children.size() - 1);
    }

private:
    std::vector<BulkRecord> m_children;
};

using Step = std::function<Result<void>(RecordWriter&)>;

template <typename Record>
Step whole(Record record) {
    return [record](RecordWriter& writer) -> Result<void> {
        AIVA_CHECK(writer.put(record));
        return {};
    };
}

template <typename Record>
Step older(Record record) {
    record.updatedAt = record.updatedAt.plusDays(-1);
    record.tags = {"old"};
    return whole(record);
}

OrderItemRecord touched(OrderItemRecord child) {
    child.title = "as it was";
    return child;
}

// Parcels, refunds, and what indexes sort by.
void changeParts(OrderRecord& order, QRandomGenerator& random) {
    if (random.bounded(2)) order.name += "-1";
    if (random.bounded(2)) order.createdAt = order.createdAt.plusDays(-1);
    if (random.bounded(2)) order.refunds = {{order.externalId + "-S", day(7), usd(200), "early"}};
    if (random.bounded(2))
        order.fulfillments.clear();
    else if (!order.fulfillments.empty())
        order.fulfillments.front().status = "as it was";
}

// The root with its first children, the rest as staged lines that may come before it.
template <typename Record, typename Child, typename Wrap>
void sendApart(std::vector<Step>& steps, QRandomGenerator& random, NumberedDecoder& decoder, Record root,
               std::vector<Child> Record::*children, Resource resource, Wrap wrap) {
    const std::vector<Child> all = root.*children;
    const size_t given = all.empty() ? 0 : random.bounded(quint32(all.size() + 1));
    (root.*children).resize(given);
    steps.push_back([root](RecordWriter& writer) -> Result<void> {
        AIVA_CHECK(writer.putOpen(root));
        return {};
    });
    for (size_t i = given; i < all.size(); ++i) {
        const std::string line = decoder.line(wrap(root.externalId, all[i]));
        steps.push_back([=, parent = root.externalId, id = all[i].externalId](RecordWriter& writer) {
            return writer.stageChild(resource, parent, id, static_cast<qint64>(i), line);
        });
    }
}

} // namespace

class RecordOrdersTest : public QObject {
    Q_OBJECT

    static QStringList pagedDump(const Shop& shop) {
        RecordFixture cache;
        const auto writer = cache.writer(cache.addStore(u"acme.myshopify.com"_s));
        const auto transaction = Transaction::begin(cache.database());
        for (const auto& record : shop.customers)
            (void)writer->put(record).has_value();
        for (const auto& record : shop.orders)
            (void)writer->put(record).has_value();
        for (const auto& record : shop.products)
            (void)writer->put(record).has_value();
        (void)(*transaction)->commit().has_value();
        return cache.dump();
    }
    static std::vector<Step> randomSteps(const Shop& shop, QRandomGenerator& random, NumberedDecoder& decoder) {
        std::vector<Step> steps;
        for (const CustomerRecord& record : shop.customers) {
            steps.push_back(whole(record));
            if (random.bounded(3) == 0) steps.push_back(older(record));
        }
        for (const OrderRecord& record : shop.orders) {
            // What an earlier sync left: another version, other children.
            if (random.bounded(3) == 0) {
                OrderRecord before = record;
                std::transform(before.items.begin(), before.items.end(), before.items.begin(), touched);
                before.items.push_back(item(record.externalId + "-gone", "Gone"));
                changeParts(before, random);
                steps.push_back(older(before));
            }
            if (random.bounded(2))
                steps.push_back(whole(record));
            else
                sendApart(steps, random, decoder, record, &OrderRecord::items, Resource::Orders,
                          [](const std::string& parent, const OrderItemRecord& child) {
                              return BulkRecord(BulkOrderItem{parent, child});
                          });
        }
        for (const ProductRecord& record : shop.products) {
            if (random.bounded(2))
                steps.push_back(whole(record));
            else
                sendApart(steps, random, decoder, record, &ProductRecord::variants, Resource::Products,
                          [](const std::string& parent, const VariantRecord& child) {
                              return BulkRecord(BulkVariant{parent, child});
                          });
        }
        std::shuffle(steps.begin(), steps.end(), random);
        return steps;
    }
    static bool finish(RecordWriter& writer, NumberedDecoder& decoder) {
        for (const Resource resource : {Resource::Orders, Resource::Products}) {
            const auto finished = writer.finishChildren(resource, decoder);
            if (!finished || !finished->faults.empty()) return false;
        }
        return true;
    }

private Q_SLOTS:
    void everyOrderOfArrivalGivesTheSameCache_data() {
        QTest::addColumn<quint32>("seed");
        for (quint32 seed = 1; seed <= 25; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }
    void everyOrderOfArrivalGivesTheSameCache() {
        QFETCH(quint32, seed);
        QRandomGenerator random(seed);
        const Shop shop = makeShop(random);
        const QStringList paged = pagedDump(shop);
        QVERIFY(paged.size() > 100);

        RecordFixture cache;
        const auto writer = cache.writer(cache.addStore(u"acme.myshopify.com"_s));
        NumberedDecoder decoder;
        const std::vector<Step> steps = randomSteps(shop, random, decoder);
        {
            const auto transaction = Transaction::begin(cache.database());
            for (const Step& step : steps) {
                const auto done = step(*writer);
                QVERIFY2(done, done ? "" : qPrintable(done.error().detail));
            }
            QVERIFY(finish(*writer, decoder));
            QVERIFY((*transaction)->commit());
        }
        const QStringList shuffled = cache.dump();
        for (qsizetype i = 0; i < std::min(paged.size(), shuffled.size()); ++i)
            QCOMPARE(shuffled[i], paged[i]);
        QCOMPARE(shuffled.size(), paged.size());

        // A second pass says nothing new and touches no row.
        const int before = sqlite3_total_changes(cache.database().handle());
        for (const auto& record : shop.customers)
            QCOMPARE(*writer->put(record), WriteOutcome::Unchanged);
        for (const auto& record : shop.orders)
            QCOMPARE(*writer->putOpen(record), WriteOutcome::Unchanged);
        for (const auto& record : shop.products)
            QCOMPARE(*writer->put(record), WriteOutcome::Unchanged);
        QVERIFY(finish(*writer, decoder));
        QCOMPARE(sqlite3_total_changes(cache.database().handle()), before);
    }
    void aChangeOfAnOrderTouchesOnlyWhatChanged() {
        RecordFixture cache;
        const auto writer = cache.writer(cache.addStore(u"acme.myshopify.com"_s));
        OrderRecord record = order("o1", "", "person@example.com");
        record.refunds = {{"R", day(8), usd(100), "late"}};
        QVERIFY(!record.fulfillments.empty());
        const auto changesOf = [&](const OrderRecord& sent) {
            const int before = sqlite3_total_changes(cache.database().handle());
            if (!writer->put(sent)) return -1;
            return sqlite3_total_changes(cache.database().handle()) - before;
        };
        QVERIFY(changesOf(record) > 4);
        record.updatedAt = record.updatedAt.plusDays(1);
        record.note = "leave it at the door";
        QCOMPARE(changesOf(record), 1); // the order's row
        record.updatedAt = record.updatedAt.plusDays(1);
        record.refunds.front().note = "late, and wet";
        QVERIFY(changesOf(record) > 1);
        QVERIFY(cache.dump().join(u'\n').contains("late, and wet"_L1));
    }
};

QTEST_GUILESS_MAIN(RecordOrdersTest)
#include "tst_record_orders.moc"
