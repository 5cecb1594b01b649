// The adapter against the sandbox's WooCommerce site, compared with the world behind it.
#include "app/sandbox/woocommerce/woo_records.h"
#include "tests/core/adapters/woocommerce/woo_shop.h"

#include <algorithm>
#include <map>
#include <set>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class TestWooStore : public QObject {
    Q_OBJECT

    std::unique_ptr<WooShop> m_shop;

private Q_SLOTS:
    void init() {
        m_shop = std::make_unique<WooShop>();
        QVERIFY(m_shop->store);
        const auto facts = await(m_shop->store->shop());
        QVERIFY2(facts, facts ? "" : qPrintable(facts.error().detail));
        QCOMPARE(facts->name, u"Acme Outdoor & Friends"_s);
        QCOMPARE(facts->timeZone, u"America/Denver"_s);
        QCOMPARE(facts->currency, u"USD"_s);
    }
    void cleanup() { m_shop.reset(); }

    void countsWhatThereIs() {
        QCOMPARE(await(m_shop->store->count({Resource::Customers, {}, {}})).value_or(std::nullopt),
                 std::optional<qint64>(130));
        QCOMPARE(await(m_shop->store->count({Resource::Orders, {}, {}})).value_or(std::nullopt),
                 std::optional<qint64>(260));
        const sandbox::World world(m_shop->options());
        QCOMPARE(await(m_shop->store->count({Resource::Products, {}, {}})).value_or(std::nullopt),
                 std::optional(static_cast<qint64>(world.catalogue().products().size())));
    }

    void readsEveryCustomerWithWhatTheyBought() {
        const sandbox::World world(m_shop->options());
        const WooShop::Everything all = m_shop->walk({Resource::Customers, {}, {}});
        QCOMPARE(all.records.customers.size(), size_t(130));
        QCOMPARE(all.pages, 2);
        QVERIFY(all.records.faults.empty());
        for (const CustomerRecord& customer : all.records.customers) {
            const auto index = sandbox::wooCustomerIndex(world, std::stoll(customer.externalId));
            QVERIFY(index >= 0);
            const CustomerRecord truth = world.customer(index).record;
            QCOMPARE(customer.email, truth.email);
            QCOMPARE(customer.ordersCount, truth.ordersCount);
            QCOMPARE(customer.amountSpent, truth.amountSpent);
        }
        const auto isNewer = [](const CustomerRecord& a, const CustomerRecord& b) { return a.createdAt > b.createdAt; };
        QVERIFY(std::is_sorted(all.records.customers.begin(), all.records.customers.end(), isNewer));
    }

    void readsEveryOrderWithItsPartsAndRefunds() {
        const sandbox::World world(m_shop->options());
        const WooShop::Everything all = m_shop->walk({Resource::Orders, {}, {}});
        QCOMPARE(all.records.orders.size(), size_t(260));
        QVERIFY(all.records.faults.empty());
        int guests = 0;
        int refunded = 0;
        int parcels = 0;
        for (const OrderRecord& order : all.records.orders) {
            const auto index = sandbox::wooOrderIndex(world, std::stoll(order.externalId));
            const sandbox::WorldOrder truth = world.order(index);
            QCOMPARE(order.name, truth.record.name);
            QCOMPARE(order.email, truth.record.email);
            QCOMPARE(order.total, truth.originalTotal);
            QCOMPARE(order.updatedAt, truth.record.updatedAt);
            QCOMPARE(order.items.size(), truth.items.size());
            for (size_t i = 0; i < order.items.size(); ++i) {
                QCOMPARE(order.items[i].title, truth.items[i].record.title);
                QCOMPARE(order.items[i].variantTitle, truth.items[i].record.variantTitle);
                QCOMPARE(order.items[i].sku, truth.items[i].record.sku);
                QCOMPARE(order.items[i].unitPrice, truth.items[i].record.unitPrice);
                QCOMPARE(order.items[i].currentQuantity, truth.record.refunds.empty()
                                                             ? truth.items[i].record.quantity
                                                             : truth.items[i].record.currentQuantity);
            }
            QCOMPARE(order.customerExternalId.empty(), truth.core.customer < 0);
            guests += order.customerExternalId.empty() ? 1 : 0;
            QCOMPARE(order.refunds.size(), truth.record.refunds.size());
            for (size_t i = 0; i < order.refunds.size(); ++i) {
                QCOMPARE(order.refunds[i].createdAt, truth.record.refunds[i].createdAt);
                QCOMPARE(order.refunds[i].total, truth.record.refunds[i].total);
                ++refunded;
            }
            std::vector<TrackingRecord> shipped;
            for (const FulfillmentRecord& one : truth.record.fulfillments)
                shipped.insert(shipped.end(), one.tracking.begin(), one.tracking.end());
            QCOMPARE(order.fulfillments.size(), shipped.size());
            for (size_t i = 0; i < shipped.size(); ++i)
                QCOMPARE(order.fulfillments[i].tracking.at(0), shipped[i]);
            parcels += static_cast<int>(shipped.size());
        }
        QVERIFY(guests > 5 && refunded > 5 && parcels > 50);
    }

    void readsProductsWithTheirVariations() {
        const sandbox::World world(m_shop->options());
        const WooShop::Everything all = m_shop->walk({Resource::Products, {}, {}});
        QCOMPARE(all.records.products.size(), world.catalogue().products().size());
        std::map<std::string, ProductRecord> truth;
        for (const ProductRecord& product : world.catalogue().products())
            truth.emplace(product.handle, product);
        for (const ProductRecord& product : all.records.products) {
            const ProductRecord& expected = truth.at(product.handle);
            QCOMPARE(product.title, expected.title);
            QCOMPARE(product.vendor, expected.vendor);
            QCOMPARE(product.status == "ACTIVE", expected.status == "ACTIVE");
            QCOMPARE(product.variants.size(), expected.variants.size());
            for (size_t i = 0; i < product.variants.size(); ++i) {
                QCOMPARE(product.variants[i].sku, expected.variants[i].sku);
                QCOMPARE(product.variants[i].price, expected.variants[i].price);
                QCOMPARE(product.variants[i].inventoryQuantity, expected.variants[i].inventoryQuantity);
            }
        }
        // An order's line names the very variant.
        std::set<std::string> variants;
        for (const ProductRecord& product : all.records.products)
            for (const VariantRecord& variant : product.variants)
                variants.insert(variant.externalId);
        const auto page = await(m_shop->store->page({Resource::Orders, {}, {}}, {}));
        QVERIFY(page);
        for (const OrderRecord& order : page->orders)
            for (const OrderItemRecord& item : order.items)
                QVERIFY(item.variantExternalId.empty() || variants.contains(item.variantExternalId));
    }

    void readsOnlyWhatChanged() {
        const UtcTime bound = m_shop->now.plusSeconds(1);
        QTRY_VERIFY(m_shop->siteTime() >= bound);
        QVERIFY(m_shop->control(u"/sandbox/touch"_s, R"({"orders":3,"products":2})").contains("gid"));
        RecordQuery orders{Resource::Orders, bound, {}};
        QCOMPARE(m_shop->walk(orders).records.orders.size(), size_t(3));
        QCOMPARE(m_shop->walk({Resource::Products, bound, {}}).records.products.size(), size_t(2));
        QCOMPARE(await(m_shop->store->count(orders)).value_or(std::nullopt), std::optional<qint64>(3));
        // Customers cannot be asked for by change: those of the changed orders are read again.
        std::set<std::string> buyers;
        for (const OrderRecord& order : m_shop->walk(orders).records.orders)
            if (!order.customerExternalId.empty()) buyers.insert(order.customerExternalId);
        std::set<std::string> read;
        for (const CustomerRecord& customer : m_shop->walk({Resource::Customers, bound, {}}).records.customers)
            read.insert(customer.externalId);
        QVERIFY(!buyers.empty());
        QCOMPARE(read, buyers);
    }

    void boundsAreInclusive() {
        const WooShop::Everything all = m_shop->walk({Resource::Orders, {}, {}});
        const OrderRecord& middle = all.records.orders.at(100);
        const auto since = m_shop->walk({Resource::Orders, {}, middle.createdAt}).records.orders;
        const auto isSince = [&middle](const OrderRecord& one) { return one.createdAt >= middle.createdAt; };
        const auto& orders = all.records.orders;
        QVERIFY(std::all_of(since.begin(), since.end(), isSince));
        QCOMPARE(since.size(), static_cast<size_t>(std::count_if(orders.begin(), orders.end(), isSince)));
    }

    void marksEveryRecordForAComparison() {
        for (const Resource resource : {Resource::Customers, Resource::Orders, Resource::Products}) {
            std::map<std::string, UtcTime> known;
            const RecordPage all = m_shop->walk({resource, {}, {}}).records;
            const auto note = [&known](const auto& records) {
                for (const auto& record : records)
                    known.emplace(record.externalId, record.updatedAt);
            };
            note(all.customers);
            note(all.orders);
            note(all.products);
            std::map<std::string, UtcTime> marked;
            QString cursor;
            std::string last;
            do {
                const auto page = await(m_shop->store->marks({resource, {}, {}}, cursor));
                QVERIFY(page);
                for (const RecordMark& mark : page->marks) {
                    QVERIFY(last.size() < mark.externalId.size() || last < mark.externalId);
                    last = mark.externalId;
                    marked.emplace(mark.externalId, mark.updatedAt);
                }
                cursor = page->nextCursor;
            } while (!cursor.isEmpty());
            QVERIFY(!known.empty());
            QCOMPARE(marked, known);
        }
    }

    void looksUpWhatIsThereAndSaysWhatIsGone() {
        for (const Resource resource : {Resource::Customers, Resource::Orders, Resource::Products}) {
            const QString name = toWord(resource);
            const auto before = await(m_shop->store->marks({resource, {}, {}}, {}));
            QVERIFY(before && before->marks.size() > 20);
            std::vector<std::string> ids;
            for (size_t i = 0; i < 20; ++i)
                ids.push_back(before->marks[i].externalId);
            ids.push_back("999999999");
            QVERIFY(!m_shop->control(u"/sandbox/delete"_s, "{\"" + name.toLatin1() + "\":2}").isEmpty());
            const auto found = await(m_shop->store->lookup(resource, ids));
            QVERIFY2(found, found ? "" : qPrintable(found.error().detail));
            const size_t there = found->customers.size() + found->orders.size() + found->products.size();
            QCOMPARE(there + found->gone.size(), ids.size());
            QVERIFY(std::find(found->gone.begin(), found->gone.end(), "999999999") != found->gone.end());
            for (const ProductRecord& product : found->products)
                QVERIFY(!product.variants.empty());
        }
    }
};

QTEST_GUILESS_MAIN(TestWooStore)
#include "tst_woo_store.moc"
