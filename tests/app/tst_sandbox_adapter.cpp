// Our own Shopify adapter against the sandbox over loopback: what it decodes must be what the world holds, value by
// value, paged and in bulk.
#include "app/sandbox/sandbox_server.h"
#include "app/sandbox/world/world.h"
#include "core/adapters/http/http_transport.h"
#include "core/adapters/store/shopify/shopify_connection.h"
#include "tests/app/shop_visitor.h"
#include "tests/support/await.h"
#include "tests/support/patience.h"

#include <QDeadlineTimer>
#include <QUrl>

#include <chrono>
#include <map>

using namespace Qt::StringLiterals;
using namespace aiva;

namespace {

class TextSink final : public ByteSink {
public:
    Result<void> accept(QByteArrayView part) override {
        text += part.toByteArray();
        return {};
    }
    QByteArray text;
};

template <typename T>
Result<T> awaited(const Future<T>& future) {
    return test::await(future, 60'000);
}

SandboxOptions smallOptions() {
    SandboxOptions options = steadyOptions();
    options.customers = 160;
    options.orders = 260;
    return options;
}

// A running shop and the adapter connected to it.
struct Shop {
    explicit Shop(const SandboxOptions& given = smallOptions())
        : options(given), world(given), server(*SandboxServer::start(given)) {
        ShopifyConnection connection;
        connection.shopDomain = server->shopDomain();
        connection.baseUrl = QUrl(server->baseUrl());
        connection.credentials = ShopifyClientCredentials{server->clientId(), server->clientSecret()};
        store = makeShopifyStore(transport, clock, connection);
    }

    template <typename Record>
    std::map<std::string, Record> paged(const RecordQuery& query, std::vector<Record> RecordPage::*records) {
        std::map<std::string, Record> found;
        QString cursor;
        do {
            const auto page = awaited(store->page(query, cursor));
            if (!page) {
                QTest::qFail(qPrintable(page.error().detail), __FILE__, __LINE__);
                return found;
            }
            if (!page->faults.empty()) QTest::qFail(page->faults.front().cause.c_str(), __FILE__, __LINE__);
            for (const Record& record : (*page).*records)
                found.emplace(record.externalId, record);
            cursor = page->nextCursor;
        } while (!cursor.isEmpty());
        return found;
    }

    // Runs a bulk operation to its end and answers its file.
    QByteArray bulk(const RecordQuery& query) {
        auto status = awaited(store->startBulk(query));
        const QDeadlineTimer patience(std::chrono::minutes(1));
        while (status && status->state == BulkStatus::State::Running && !patience.hasExpired()) {
            QTest::qWait(5);
            status = awaited(store->bulkStatus(status->operationId));
        }
        if (!status || status->state != BulkStatus::State::Completed) return {};
        auto sink = std::make_shared<TextSink>();
        const auto size = awaited(store->download(status->url, 0, sink));
        return size && *size == sink->text.size() ? sink->text : QByteArray();
    }

    SandboxOptions options;
    sandbox::World world;
    std::unique_ptr<SandboxServer> server;
    SystemClock clock;
    HttpTransport transport;
    std::unique_ptr<StorePort> store;
};

RecordQuery queryOf(Resource resource) {
    RecordQuery query;
    query.resource = resource;
    return query;
}

struct BulkContents {
    std::map<std::string, CustomerRecord> customers;
    std::map<std::string, OrderRecord> orders;
    std::map<std::string, ProductRecord> products;
    int faults = 0;
};

// Joins children to parents wherever they stand; items by their position in the source, which their ids keep.
BulkContents decoded(Shop& shop, Resource resource, QByteArray file) {
    BulkContents contents;
    std::map<std::string, std::map<std::string, OrderItemRecord>> items;
    std::map<std::string, std::map<std::string, VariantRecord>> variants;
    const auto decoder = shop.store->bulkDecoder(resource);
    const QList<QByteArray> lines = file.split('\n');
    for (const QByteArray& line : lines) {
        if (line.isEmpty()) continue;
        const QByteArray padded = line + QByteArray(64, '\0');
        const auto record = decoder->decode({padded.constData(), static_cast<std::size_t>(line.size())});
        const auto* good = std::get_if<BulkRecord>(&record);
        if (!good) {
            ++contents.faults;
            continue;
        }
        if (const auto* customer = std::get_if<CustomerRecord>(good))
            contents.customers[customer->externalId] = *customer;
        if (const auto* order = std::get_if<OrderRecord>(good)) contents.orders[order->externalId] = *order;
        if (const auto* product = std::get_if<ProductRecord>(good)) contents.products[product->externalId] = *product;
        if (const auto* item = std::get_if<BulkOrderItem>(good))
            items[item->parentExternalId][item->item.externalId] = item->item;
        if (const auto* child = std::get_if<BulkVariant>(good))
            variants[child->parentExternalId][child->variant.externalId] = child->variant;
    }
    for (auto& [id, order] : contents.orders)
        for (auto& [itemId, item] : items[id])
            order.items.push_back(item);
    for (auto& [id, product] : contents.products)
        for (auto& [variantId, variant] : variants[id])
            product.variants.push_back(variant);
    return contents;
}

template <typename Record>
void compareAll(const std::map<std::string, Record>& found, const std::map<std::string, Record>& truth) {
    QCOMPARE(found.size(), truth.size());
    for (const auto& [id, record] : truth) {
        const auto at = found.find(id);
        QVERIFY2(at != found.end(), id.c_str());
        QVERIFY2(at->second == record, id.c_str());
    }
}

std::map<std::string, OrderRecord> allOrders(const sandbox::World& world) {
    std::map<std::string, OrderRecord> truth;
    for (std::int64_t i = 0; i < world.orderCount(); ++i)
        truth.emplace(world.orderGid(i), world.order(i).complete());
    return truth;
}

} // namespace

class TestSandboxAdapter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhoTheShopIs();
    void decodesEveryCustomer();
    void decodesEveryOrder();
    void decodesEveryProduct();
    void decodesEveryOrderInYen();
    void readsOnlyTheWindowAskedFor();
    void bulkIsWhatPagesAre_data();
    void bulkIsWhatPagesAre();
    void touchedOrdersComeBackAsChanges();
    void disconnectKillsTheToken();
};

void TestSandboxAdapter::saysWhoTheShopIs() {
    Shop shop;
    const auto facts = awaited(shop.store->shop());
    QVERIFY2(facts.has_value(), qPrintable(facts ? QString() : facts.error().detail));
    QCOMPARE(facts->name, u"Acme Outdoor"_s);
    QCOMPARE(facts->currency, u"USD"_s);
    QVERIFY(!facts->historyLimited);
}

void TestSandboxAdapter::decodesEveryCustomer() {
    Shop shop;
    std::map<std::string, CustomerRecord> truth;
    for (std::int64_t i = 0; i < shop.world.customerCount(); ++i)
        truth.emplace(shop.world.customerGid(i), shop.world.customer(i).record);
    compareAll(shop.paged(queryOf(Resource::Customers), &RecordPage::customers), truth);
}

void TestSandboxAdapter::decodesEveryOrder() {
    Shop shop;
    compareAll(shop.paged(queryOf(Resource::Orders), &RecordPage::orders), allOrders(shop.world));
}

void TestSandboxAdapter::decodesEveryProduct() {
    Shop shop;
    std::map<std::string, ProductRecord> truth;
    for (std::size_t i = 0; i < shop.world.catalogue().products().size(); ++i)
        truth.emplace(shop.world.product(i).externalId, shop.world.product(i));
    compareAll(shop.paged(queryOf(Resource::Products), &RecordPage::products), truth);
}

void TestSandboxAdapter::decodesEveryOrderInYen() {
    SandboxOptions options = smallOptions();
    options.currency = u"JPY"_s;
    Shop shop(options);
    compareAll(shop.paged(queryOf(Resource::Orders), &RecordPage::orders), allOrders(shop.world));
}

void TestSandboxAdapter::readsOnlyTheWindowAskedFor() {
    Shop shop;
    RecordQuery query = queryOf(Resource::Orders);
    query.createdSince = shop.world.now().plusDays(-90);
    std::map<std::string, OrderRecord> truth = allOrders(shop.world);
    std::erase_if(truth, [&](const auto& entry) { return entry.second.createdAt < *query.createdSince; });
    QVERIFY(truth.size() > 20 && static_cast<std::int64_t>(truth.size()) < shop.world.orderCount());
    const auto count = awaited(shop.store->count(query));
    QVERIFY(count.has_value());
    QCOMPARE(*count, std::optional<qint64>(static_cast<qint64>(truth.size())));
    compareAll(shop.paged(query, &RecordPage::orders), truth);
}

void TestSandboxAdapter::bulkIsWhatPagesAre_data() {
    QTest::addColumn<bool>("shuffled");
    QTest::newRow("in order") << false;
    QTest::newRow("children anywhere") << true;
}

void TestSandboxAdapter::bulkIsWhatPagesAre() {
    QFETCH(bool, shuffled);
    SandboxOptions options = smallOptions();
    options.shuffleBulk = shuffled;
    Shop shop(options);
    const BulkContents orders = decoded(shop, Resource::Orders, shop.bulk(queryOf(Resource::Orders)));
    QCOMPARE(orders.faults, 0);
    compareAll(orders.orders, shop.paged(queryOf(Resource::Orders), &RecordPage::orders));
    const BulkContents customers = decoded(shop, Resource::Customers, shop.bulk(queryOf(Resource::Customers)));
    compareAll(customers.customers, shop.paged(queryOf(Resource::Customers), &RecordPage::customers));
    const BulkContents products = decoded(shop, Resource::Products, shop.bulk(queryOf(Resource::Products)));
    compareAll(products.products, shop.paged(queryOf(Resource::Products), &RecordPage::products));
}

void TestSandboxAdapter::touchedOrdersComeBackAsChanges() {
    SandboxOptions options = smallOptions();
    options.now = std::nullopt; // changes carry the time of the clock
    Shop shop(options);
    const UtcTime before = shop.clock.now();
    HttpRequest request;
    request.method = HttpRequest::Method::Post;
    request.url = QUrl(shop.server->baseUrl() + u"/sandbox/touch"_s);
    request.headers = {{"Content-Type", "application/json"}};
    request.body = "{\"orders\":[\"#1042\"]}";
    request.policy.loopback = HttpPolicy::Loopback::Allowed;
    QVERIFY(awaited(shop.transport.send(request)).has_value());
    RecordQuery query = queryOf(Resource::Orders);
    query.updatedSince = UtcTime(before.ms() / 1000 * 1000);
    const auto changed = shop.paged(query, &RecordPage::orders);
    QCOMPARE(changed.size(), std::size_t(1));
    QCOMPARE(changed.begin()->second.name, std::string("#1042"));
    QVERIFY(changed.begin()->second.note.starts_with("Checked by the warehouse"));
}

void TestSandboxAdapter::disconnectKillsTheToken() {
    Shop shop;
    QVERIFY(awaited(shop.store->shop()).has_value());
    QVERIFY(awaited(shop.store->revoke()).has_value());
}

QTEST_GUILESS_MAIN(TestSandboxAdapter)
#include "tst_sandbox_adapter.moc"
