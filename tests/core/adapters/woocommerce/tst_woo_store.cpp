// The adapter against the sandbox's WooCommerce site, compared with the world behind it.
#include "app/sandbox/sandbox_server.h"
#include "app/sandbox/woocommerce/woo_records.h"
#include "core/adapters/http/http_transport.h"
#include "core/adapters/store/woocommerce/woo_connection.h"
#include "tests/support/await.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <set>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

const SystemClock kClock;

// The same world in the server and beside it, whatever the second.
SandboxOptions shopOptions(UtcTime now) {
    SandboxOptions options;
    options.now = now;
    options.customers = 130;
    options.orders = 260;
    options.days = 60;
    options.seed = 5;
    return options;
}

struct Everything {
    RecordPage records;
    int pages = 0;
};

} // namespace

class TestWooStore : public QObject {
    Q_OBJECT

    UtcTime m_now;
    std::unique_ptr<SandboxServer> m_server;
    std::unique_ptr<HttpTransport> m_transport;
    std::unique_ptr<StorePort> m_store;

    std::unique_ptr<StorePort> storeWith(const QString& key, std::string_view secret) {
        WooConnection connection;
        connection.site = m_server->baseUrl();
        connection.consumerKey = key;
        connection.consumerSecret = SecretString(secret);
        auto made = makeWooStore(*m_transport, kClock, std::move(connection));
        return made ? *std::move(made) : nullptr;
    }

    QByteArray control(const QString& path, const QByteArray& json) {
        HttpRequest request;
        request.method = HttpRequest::Method::Post;
        request.url = QUrl(m_server->baseUrl() + path);
        request.policy.loopback = HttpPolicy::Loopback::Allowed;
        request.headers.emplace_back("Content-Type", "application/json");
        request.body = json;
        const auto answer = await(m_transport->send(std::move(request)));
        return answer && answer->status == 200 ? answer->body : QByteArray();
    }

    Everything walk(const RecordQuery& query) {
        Everything all;
        QString cursor;
        do {
            const auto page = await(m_store->page(query, cursor));
            if (!page) {
                qWarning("%s", qPrintable(page.error().detail));
                return {};
            }
            ++all.pages;
            const auto append = [](auto& to, const auto& from) { to.insert(to.end(), from.begin(), from.end()); };
            append(all.records.customers, page->customers);
            append(all.records.orders, page->orders);
            append(all.records.products, page->products);
            append(all.records.faults, page->faults);
            cursor = page->nextCursor;
        } while (!cursor.isEmpty() && all.pages < 100);
        return all;
    }

private Q_SLOTS:
    void init() {
        m_now = UtcTime(kClock.now().ms() / 1000 * 1000);
        auto started = SandboxServer::start(shopOptions(m_now));
        QVERIFY(started);
        m_server = *std::move(started);
        m_transport = std::make_unique<HttpTransport>();
        m_store = storeWith(m_server->wooKey(), m_server->wooSecret().reveal());
        QVERIFY(m_store);
        const auto facts = await(m_store->shop());
        QVERIFY2(facts, facts ? "" : qPrintable(facts.error().detail));
        QCOMPARE(facts->name, u"Acme Outdoor & Friends"_s);
        QCOMPARE(facts->timeZone, u"America/Denver"_s);
        QCOMPARE(facts->currency, u"USD"_s);
    }
    void cleanup() {
        m_store.reset();
        m_transport.reset();
        m_server.reset();
    }

    void countsWhatThereIs() {
        QCOMPARE(await(m_store->count({Resource::Customers, {}, {}})).value_or(std::nullopt),
                 std::optional<qint64>(130));
        QCOMPARE(await(m_store->count({Resource::Orders, {}, {}})).value_or(std::nullopt), std::optional<qint64>(260));
        const sandbox::World world(shopOptions(m_now));
        QCOMPARE(await(m_store->count({Resource::Products, {}, {}})).value_or(std::nullopt),
                 std::optional(static_cast<qint64>(world.catalogue().products().size())));
    }

    void readsEveryCustomerWithWhatTheyBought() {
        const sandbox::World world(shopOptions(m_now));
        const Everything all = walk({Resource::Customers, {}, {}});
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
        const sandbox::World world(shopOptions(m_now));
        const Everything all = walk({Resource::Orders, {}, {}});
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
        const sandbox::World world(shopOptions(m_now));
        const Everything all = walk({Resource::Products, {}, {}});
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
        const auto page = await(m_store->page({Resource::Orders, {}, {}}, {}));
        QVERIFY(page);
        for (const OrderRecord& order : page->orders)
            for (const OrderItemRecord& item : order.items)
                QVERIFY(item.variantExternalId.empty() || variants.contains(item.variantExternalId));
    }

    void readsOnlyWhatChanged() {
        const UtcTime bound = m_now.plusSeconds(1);
        QTest::qWait(2'100);
        QVERIFY(control(u"/sandbox/touch"_s, R"({"orders":3,"products":2})").contains("gid"));
        RecordQuery orders{Resource::Orders, bound, {}};
        QCOMPARE(walk(orders).records.orders.size(), size_t(3));
        QCOMPARE(walk({Resource::Products, bound, {}}).records.products.size(), size_t(2));
        QCOMPARE(await(m_store->count(orders)).value_or(std::nullopt), std::optional<qint64>(3));
        // Customers cannot be asked for by change: those of the changed orders are read again.
        std::set<std::string> buyers;
        for (const OrderRecord& order : walk(orders).records.orders)
            if (!order.customerExternalId.empty()) buyers.insert(order.customerExternalId);
        std::set<std::string> read;
        for (const CustomerRecord& customer : walk({Resource::Customers, bound, {}}).records.customers)
            read.insert(customer.externalId);
        QVERIFY(!buyers.empty());
        QCOMPARE(read, buyers);
    }

    void boundsAreInclusive() {
        const Everything all = walk({Resource::Orders, {}, {}});
        const OrderRecord& middle = all.records.orders.at(100);
        const auto since = walk({Resource::Orders, {}, middle.createdAt}).records.orders;
        const auto isSince = [&middle](const OrderRecord& one) { return one.createdAt >= middle.createdAt; };
        const auto& orders = all.records.orders;
        QVERIFY(std::all_of(since.begin(), since.end(), isSince));
        QCOMPARE(since.size(), static_cast<size_t>(std::count_if(orders.begin(), orders.end(), isSince)));
    }

    void goesOnWhenRecordsGoWhileItReads() {
        const auto first = await(m_store->page({Resource::Orders, {}, {}}, {}));
        QVERIFY(first && !first->nextCursor.isEmpty());
        QVERIFY(!control(u"/sandbox/delete"_s, R"({"orders":200})").isEmpty());
        QCOMPARE(await(m_store->count({Resource::Orders, {}, {}})).value_or(std::nullopt), std::optional<qint64>(60));
        const auto second = await(m_store->page({Resource::Orders, {}, {}}, first->nextCursor));
        QVERIFY(second);
        QVERIFY(second->orders.empty() && second->nextCursor.isEmpty());
        QCOMPARE(walk({Resource::Orders, {}, {}}).records.orders.size(), size_t(60));
    }

    void marksEveryRecordForAComparison() {
        for (const Resource resource : {Resource::Customers, Resource::Orders, Resource::Products}) {
            std::map<std::string, UtcTime> known;
            const RecordPage all = walk({resource, {}, {}}).records;
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
                const auto page = await(m_store->marks({resource, {}, {}}, cursor));
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
            const auto before = await(m_store->marks({resource, {}, {}}, {}));
            QVERIFY(before && before->marks.size() > 20);
            std::vector<std::string> ids;
            for (size_t i = 0; i < 20; ++i)
                ids.push_back(before->marks[i].externalId);
            ids.push_back("999999999");
            QVERIFY(!control(u"/sandbox/delete"_s, "{\"" + name.toLatin1() + "\":2}").isEmpty());
            const auto found = await(m_store->lookup(resource, ids));
            QVERIFY2(found, found ? "" : qPrintable(found.error().detail));
            const size_t there = found->customers.size() + found->orders.size() + found->products.size();
            QCOMPARE(there + found->gone.size(), ids.size());
            QVERIFY(std::find(found->gone.begin(), found->gone.end(), "999999999") != found->gone.end());
            for (const ProductRecord& product : found->products)
                QVERIFY(!product.variants.empty());
        }
    }

    void aListThatHidesSomethingMakesNothingGone() {
        QVERIFY(!control(u"/sandbox/faults"_s, R"({"next":[{"match":"orders/999999999","kind":"403","count":1}]})")
                     .isEmpty());
        const auto found = await(m_store->lookup(Resource::Orders, {"999999999"}));
        QVERIFY(found && found->gone.empty() && found->orders.empty());
    }

    void doesWithoutTotalsWhereNobodySaysThem() {
        QVERIFY(!control(u"/sandbox/woocommerce"_s, R"({"v2":false})").isEmpty());
        const Everything all = walk({Resource::Customers, {}, {}});
        QCOMPARE(all.records.customers.size(), size_t(130));
        for (const CustomerRecord& customer : all.records.customers)
            QVERIFY(!customer.amountSpent.currency().isValid() && customer.ordersCount == 0);
    }

    void readsEverythingAmongNoticesWithoutPagingHeaders() {
        const Everything products = walk({Resource::Products, {}, {}});
        QVERIFY(!control(u"/sandbox/woocommerce"_s, R"({"notices":true,"hide_totals":true})").isEmpty());
        QCOMPARE(walk({Resource::Orders, {}, {}}).records.orders.size(), size_t(260));
        QCOMPARE(walk({Resource::Customers, {}, {}}).records.customers.size(), size_t(130));
        QVERIFY(walk({Resource::Products, {}, {}}).records.products == products.records.products);
        const auto count = await(m_store->count({Resource::Orders, {}, {}}));
        QVERIFY(count && !*count); // nobody says how many
    }

    void readsPlainPermalinks() {
        QVERIFY(!control(u"/sandbox/woocommerce"_s, R"({"permalinks":"plain"})").isEmpty());
        m_store = storeWith(m_server->wooKey(), m_server->wooSecret().reveal());
        QVERIFY(await(m_store->shop()));
        QCOMPARE(walk({Resource::Orders, {}, {}}).records.orders.size(), size_t(260));
    }

    void testsTheConnection_data() {
        QTest::addColumn<QByteArray>("change");
        QTest::addColumn<QByteArray>("secret"); // empty: the right one
        QTest::addColumn<QString>("words");
        const auto row = [](const char* name, const char* change, const char* secret, const QString& words) {
            QTest::newRow(name) << QByteArray(change) << QByteArray(secret) << words;
        };
        row("wrong secret", "{}", "cs_wrong", u"Auth/TokenRefused"_s);
        row("no WooCommerce", R"({"woocommerce":false})", "", u"NotFound/NoRestApi"_s);
        row("signature stripped", R"({"strip_signature":true})", "", u"Auth/HeaderBlocked"_s);
        row("clock ahead", R"({"clock_skew":1000})", "", u"Auth/ClockSkew"_s);
        row("clock behind", R"({"clock_skew":-1000})", "", u"Auth/ClockSkew"_s);
        row("clock a little off", R"({"clock_skew":600})", "", {});
        row("may not read", R"({"may_read":false})", "", u"Auth/ScopeMissing"_s);
        row("hidden index", R"({"hide_index":true})", "", {});
        row("no manager", R"({"manages":false})", "", {});
        row("key deleted", R"({"revoked":true})", "", u"Auth/TokenRefused"_s);
        row("errors shown", R"({"notices":true})", "", {});
        row("wrong secret, errors shown", R"({"notices":true})", "cs_wrong", u"Auth/TokenRefused"_s);
        row("wrong secret, in German", R"({"language":"de"})", "cs_wrong", u"Auth/TokenRefused"_s);
        row("known by another address", "{\"home\":\"http://shop.example\"}", "", {});
    }
    void testsTheConnection() {
        QFETCH(const QByteArray, change);
        QFETCH(const QByteArray, secret);
        QFETCH(const QString, words);
        QVERIFY(!control(u"/sandbox/woocommerce"_s, change).isEmpty());
        const SecretString right = m_server->wooSecret();
        const auto store = storeWith(m_server->wooKey(), secret.isEmpty() ? right.reveal() : secret.toStdString());
        const auto facts = await(store->shop());
        QCOMPARE(facts ? QString() : errorWords(facts.error()), words);
        if (facts) QCOMPARE(facts->currency, u"USD"_s);
    }

    void survivesWhatServersDo_data() {
        QTest::addColumn<QByteArray>("fault");
        QTest::addColumn<QString>("words");
        QTest::newRow("429") << QByteArray("429") << QString();
        QTest::newRow("500") << QByteArray("500") << u"Network"_s;
        QTest::newRow("503") << QByteArray("503") << u"Network"_s;
        QTest::newRow("504") << QByteArray("504") << u"Timeout"_s;
        QTest::newRow("html") << QByteArray("html") << u"Network"_s;
        QTest::newRow("reset") << QByteArray("reset") << QString(); // Qt asks once more on a line it had kept open
        QTest::newRow("truncate") << QByteArray("truncate") << u"Network/BodyTruncated"_s;
        QTest::newRow("401") << QByteArray("401") << u"Auth/TokenRefused"_s;
    }
    void survivesWhatServersDo() {
        QFETCH(const QByteArray, fault);
        QFETCH(const QString, words);
        QByteArray order = R"({"next":[{"match":"woo wc/v3/orders","kind":"KIND","count":1}]})";
        order.replace("KIND", fault);
        QVERIFY(!control(u"/sandbox/faults"_s, order).isEmpty());
        const auto page = await(m_store->page({Resource::Orders, {}, {}}, {}));
        QCOMPARE(page ? QString() : errorWords(page.error()), words);
        // The next question is answered.
        const Everything all = walk({Resource::Orders, {}, {}});
        QCOMPARE(all.records.orders.size(), size_t(260));
    }

    void asksForLessWhereItTakesTooLong() {
        QVERIFY(!control(u"/sandbox/faults"_s, R"({"next":[{"match":"orders list","kind":"504","count":1,"after":1}]})")
                     .isEmpty());
        const auto first = await(m_store->page({Resource::Orders, {}, {}}, {}));
        QVERIFY(first && first->orders.size() == 100);
        QVERIFY(!await(m_store->page({Resource::Orders, {}, {}}, first->nextCursor)));
        const auto second = await(m_store->page({Resource::Orders, {}, {}}, first->nextCursor));
        QVERIFY(second && second->orders.size() == 50);
        std::set<std::string> ids;
        for (const auto* page : {&*first, &*second})
            for (const OrderRecord& order : page->orders)
                ids.insert(order.externalId);
        QCOMPARE(ids.size(), size_t(150)); // none twice, none missing in between
    }

    void oneBadRecordIsAFault() {
        QVERIFY(
            !control(u"/sandbox/faults"_s, R"({"next":[{"match":"orders list","kind":"malformed_record","count":1}]})")
                 .isEmpty());
        const auto page = await(m_store->page({Resource::Orders, {}, {}}, {}));
        QVERIFY(page);
        QCOMPARE(page->faults.size(), size_t(1));
        QCOMPARE(page->orders.size(), size_t(99));
    }

    void refusesACursorThatIsNone() {
        for (const QString& cursor : {u"x"_s, u"0/100"_s, u"1/0"_s, u"1/100/2"_s}) {
            const auto page = await(m_store->page({Resource::Orders, {}, {}}, cursor));
            QVERIFY(!page && page.error().kind == ErrorKind::Invalid);
        }
    }
};

QTEST_GUILESS_MAIN(TestWooStore)
#include "tst_woo_store.moc"
