#include "core/sync/bulk/bulk_assembler.h"
#include "tests/support/patience.h"

#include <map>
#include <random>
#include <set>

using namespace aiva;

namespace {

struct Line {
    std::string text;
    int root = -1;  // an order
    int child = -1; // of that order, when ≥ 0
};

std::string orderId(int root) {
    return "order-" + std::to_string(root);
}
std::string itemId(int root, int child) {
    return "item-" + std::to_string(root) + "-" + std::to_string(child);
}

std::vector<Line> makeFile(int roots, std::mt19937& random) {
    std::vector<Line> file;
    for (int root = 0; root < roots; ++root) {
        file.push_back({"o" + std::to_string(root), root, -1});
        for (int child = 0; child < static_cast<int>(random() % 4); ++child)
            file.push_back({"i" + std::to_string(root) + "-" + std::to_string(child), root, child});
    }
    return file;
}

std::variant<BulkRecord, RecordFault> decode(const Line& line) {
    if (line.root < 0) return RecordFault{"orders", {}, "garbage"};
    if (line.child < 0) {
        OrderRecord order;
        order.externalId = orderId(line.root);
        return BulkRecord(order);
    }
    OrderItemRecord item;
    item.externalId = itemId(line.root, line.child);
    return BulkRecord(BulkOrderItem{orderId(line.root), item});
}

// What storage would hold: the last put of each root, and what is staged.
struct Cache {
    std::map<std::string, std::vector<std::string>> orders;
    std::map<std::string, std::set<std::string>> staged;
    int puts = 0;
    int faults = 0;

    void keep(const std::vector<BulkEntry>& entries) {
        for (const BulkEntry& entry : entries) {
            if (const auto* order = std::get_if<OrderRecord>(&entry)) {
                ++puts;
                auto& items = orders[order->externalId];
                items.clear();
                for (const auto& item : order->items)
                    items.push_back(item.externalId);
            } else if (const auto* child = std::get_if<FarChild>(&entry)) {
                staged[child->parentExternalId].insert(child->externalId);
            } else if (std::holds_alternative<RecordFault>(entry)) {
                ++faults;
            }
        }
    }
    std::map<std::string, std::set<std::string>> joined() const {
        auto all = staged;
        for (const auto& [id, items] : orders)
            all[id].insert(items.begin(), items.end());
        return all;
    }
};

// Reads `file` from `from` (a line number, also used as the offset) until `stopAfter` lines, as BulkReader does.
size_t readSome(const std::vector<Line>& file, size_t from, size_t stopAfter, qint64 bytes, size_t entries,
                Cache& cache) {
    BulkAssembler assembler(Resource::Orders, bytes, entries);
    std::vector<BulkEntry> ready;
    size_t at = from;
    for (; at < file.size() && at < from + stopAfter; ++at) {
        assembler.add(decode(file[at]), file[at].text, static_cast<qint64>(at), static_cast<qint64>(at));
        assembler.takeBeyondWindow(ready);
    }
    if (at == file.size()) assembler.takeRest(ready, file.size());
    cache.keep(ready);
    const auto next = static_cast<qint64>(at);
    return static_cast<size_t>(assembler.resumePlace({next, next}).line);
}

} // namespace

class TestBulkAssembler : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void joinsChildrenThatFollowTheirParentInOrder() {
        Cache cache;
        const std::vector<Line> file{{"o", 1, -1}, {"a", 1, 0}, {"o", 2, -1}, {"b", 1, 1}, {"c", 2, 0}};
        readSome(file, 0, file.size(), 1'000, 100, cache);
        QCOMPARE(cache.orders[orderId(1)], (std::vector<std::string>{itemId(1, 0), itemId(1, 1)}));
        QCOMPARE(cache.orders[orderId(2)], (std::vector<std::string>{itemId(2, 0)}));
        QVERIFY(cache.staged.empty());
    }

    void handsOverChildrenThatComeBeforeTheirParent() {
        Cache cache;
        const std::vector<Line> file{{"a", 1, 0}, {"b", 1, 1}, {"o", 1, -1}, {"c", 1, 2}};
        readSome(file, 0, file.size(), 1'000, 100, cache);
        QCOMPARE(cache.orders[orderId(1)], (std::vector<std::string>{itemId(1, 2)}));
        QCOMPARE(cache.staged[orderId(1)], (std::set<std::string>{itemId(1, 0), itemId(1, 1)}));
    }

    void handsOverChildrenWhoseParentHasLeft() {
        Cache cache;
        const std::vector<Line> file{{"o", 1, -1}, {"o", 2, -1}, {"o", 3, -1}, {"a", 1, 0}};
        readSome(file, 0, file.size(), 1'000, 1, cache);
        QVERIFY(cache.orders[orderId(1)].empty());
        QCOMPARE(cache.staged[orderId(1)], (std::set<std::string>{itemId(1, 0)}));
    }

    void keepsTheWindowWithinItsBytes() {
        BulkAssembler assembler(Resource::Orders, 100, 1'000);
        std::vector<BulkEntry> ready;
        for (int i = 0; i < 50; ++i) {
            const std::string text(30, 'x');
            assembler.add(decode({text, i, -1}), text, i * 30, i);
            assembler.takeBeyondWindow(ready);
        }
        QCOMPARE(ready.size(), size_t(47));
        QCOMPARE(assembler.resumePlace({1'500, 50}).line, qint64(47));
    }

    void losesAndDoublesNothingWhereverItIsKilled_data() {
        QTest::addColumn<bool>("shuffled");
        QTest::addColumn<int>("entries");
        QTest::newRow("grouped, wide window") << false << 500;
        QTest::newRow("grouped, narrow window") << false << 3;
        QTest::newRow("shuffled, wide window") << true << 500;
        QTest::newRow("shuffled, narrow window") << true << 7;
    }
    void losesAndDoublesNothingWhereverItIsKilled() {
        QFETCH(const bool, shuffled);
        QFETCH(const int, entries);
        std::mt19937 random(42);
        int cases = 0;
        for (int round = 0; round < 60; ++round) {
            const int roots = 120;
            auto file = makeFile(roots, random);
            if (shuffled) std::shuffle(file.begin(), file.end(), random);
            file.insert(file.begin() + static_cast<int>(random() % file.size()), Line{"??"});
            std::map<std::string, std::set<std::string>> truth;
            for (const Line& line : file)
                if (line.child >= 0) truth[orderId(line.root)].insert(itemId(line.root, line.child));
            for (int root = 0; root < roots; ++root)
                truth[orderId(root)];

            Cache cache;
            size_t at = 0;
            while (at < file.size()) {
                // Each stretch dies after a random number of lines and goes on at the place it had reached. It must be
                // longer than the window once in a while to get anywhere.
                const size_t stretch = 1 + random() % (40 + 2 * static_cast<size_t>(entries));
                at = readSome(file, at, stretch, 1'000'000, static_cast<size_t>(entries), cache);
                ++cases;
            }
            QCOMPARE(cache.joined(), truth);
            QCOMPARE(cache.puts, roots);
            QCOMPARE(cache.faults, 1);
        }
        qInfo("%d stretches", cases);
    }
};

QTEST_GUILESS_MAIN(TestBulkAssembler)
#include "tst_bulk_assembler.moc"
