#include "tests/core/storage/records/record_fixture.h"

#include "core/storage/stores/store_repository.h"
#include "tests/support/patience.h"

namespace aiva::test {

using namespace Qt::StringLiterals;

RecordFixture::RecordFixture() {
    auto key = CipherKeyLease::take(m_dir.filePath(u"aiva.db"_s), SecretString(std::string(32, 'k')),
                                    CipherKeyLease::Trust::Proven);
    if (!key) qFatal("%s", qPrintable(key.error().detail));
    m_key = *std::move(key);
    auto opened = Database::open(m_dir.filePath(u"aiva.db"_s), Database::Access::ReadWrite);
    if (!opened) qFatal("%s", qPrintable(opened.error().detail));
    m_database = *std::move(opened);
}

std::unique_ptr<Database> RecordFixture::reader() const {
    auto opened = Database::open(m_dir.filePath(u"aiva.db"_s), Database::Access::QueryOnly);
    if (!opened) qFatal("%s", qPrintable(opened.error().detail));
    return *std::move(opened);
}

StoreId RecordFixture::addStore(const QString& domain, const QString& currency) {
    auto stores = StoreRepository::create(*m_database);
    StoreRow row;
    row.domain = domain;
    row.name = domain.section(u'.', 0, 0);
    row.currency = currency;
    row.status = StoreStatus::Connected;
    row.createdAt = day(0);
    return *(*stores)->save(row);
}

std::unique_ptr<RecordWriter> RecordFixture::writer(StoreId store) {
    auto made = RecordWriter::create(*m_database, store);
    if (!made) qFatal("%s", qPrintable(made.error().detail));
    return *std::move(made);
}

qint64 RecordFixture::integer(std::string_view sql) {
    return text(sql).toLongLong();
}

QString RecordFixture::text(std::string_view sql) {
    const QStringList all = texts(sql);
    return all.isEmpty() ? QString() : all.first();
}

QStringList RecordFixture::texts(std::string_view sql) {
    auto statement = m_database->prepare(sql);
    if (!statement) qFatal("%s", qPrintable(statement.error().detail));
    QStringList all;
    for (;;) {
        const auto row = statement->step();
        if (!row) qFatal("%s", qPrintable(row.error().detail));
        if (!*row) return all;
        all.append(statement->text(0));
    }
}

// A profile is named by who is in it.
#define AIVA_PROFILE(id)                                                                                               \
    "(SELECT group_concat(x, ' ') FROM (SELECT 'c:' || store_id || '/' || external_id AS x FROM customers "            \
    "WHERE profile_id = " id " UNION ALL SELECT 'e:' || email || '/' || source FROM profile_emails "                   \
    "WHERE profile_id = " id " UNION ALL SELECT 'p:' || phone FROM profile_phones WHERE profile_id = " id              \
    " UNION ALL SELECT 'o:' || store_id || '/' || external_id FROM orders WHERE profile_id = " id " ORDER BY 1))"

QStringList RecordFixture::dump() {
    static constexpr std::string_view kDumps[] = {
        "SELECT json_array('customer', store_id, external_id, " AIVA_PROFILE(
            "c.profile_id") ", display_name, "
                            "first_name, last_name, email, phone, note, locale, state, tags, address_text, "
                            "orders_count, spent_minor, "
                            "currency, created_at, updated_at, content_hash) FROM customers c ORDER BY 1",
        "SELECT json_array('order', store_id, external_id, " AIVA_PROFILE(
            "o.profile_id") ", customer_external_id, "
                            "awaits_customer, name, email, phone, note, financial_status, fulfillment_status, "
                            "cancel_reason, "
                            "status_page_url, shipping_address_text, tags, currency, total_minor, subtotal_minor, "
                            "tax_minor, "
                            "discounts_minor, shipping_minor, refunded_minor, created_at, updated_at, processed_at, "
                            "cancelled_at, "
                            "closed_at, content_hash, parts_hash) FROM orders o ORDER BY 1",
        "SELECT json_array('item', o.external_id, i.external_id, i.position, i.title, i.variant_title, i.sku, "
        "i.variant_external_id, i.quantity, i.current_quantity, i.unit_price_minor) FROM order_items i "
        "JOIN orders o ON o.id = i.order_id ORDER BY 1",
        "SELECT json_array('fulfillment', o.external_id, f.external_id, f.position, f.name, f.status, "
        "f.display_status, f.created_at, f.updated_at, f.in_transit_at, f.delivered_at, f.estimated_delivery_at) "
        "FROM fulfillments f JOIN orders o ON o.id = f.order_id ORDER BY 1",
        "SELECT json_array('tracking', o.external_id, t.fulfillment_external_id, t.position, t.company, t.number, "
        "t.url) FROM trackings t JOIN orders o ON o.id = t.order_id ORDER BY 1",
        "SELECT json_array('refund', o.external_id, r.external_id, r.created_at, r.total_minor, r.note) "
        "FROM refunds r JOIN orders o ON o.id = r.order_id ORDER BY 1",
        "SELECT json_array('product', store_id, external_id, title, handle, status, vendor, product_type, tags, "
        "online_store_url, created_at, updated_at, content_hash) FROM products ORDER BY 1",
        "SELECT json_array('variant', p.external_id, v.external_id, v.position, v.title, v.sku, v.barcode, "
        "v.price_minor, v.currency, v.inventory_quantity, v.updated_at) FROM variants v "
        "JOIN products p ON p.id = v.product_id ORDER BY 1",
        "SELECT json_array('profile', " AIVA_PROFILE("p.id") ") FROM profiles p ORDER BY 1",
        "SELECT json_array('counts', store_id, customers, orders, products) FROM store_counts ORDER BY 1",
        "SELECT json_array('staged', parent_external_id, external_id) FROM bulk_children ORDER BY 1",
        "SELECT json_array('suspect', parent_id, external_id) FROM bulk_suspects ORDER BY 1",
    };
    QStringList all;
    for (const std::string_view sql : kDumps)
        all += texts(sql);
    return all;
}
#undef AIVA_PROFILE

Money usd(qint64 minor) {
    return Money(minor, *Currency::parse("USD"));
}

UtcTime day(qint64 number) {
    return UtcTime::parseIso("2026-01-01T00:00:00Z")->plusDays(number);
}

CustomerRecord customer(const std::string& id, const std::string& email) {
    CustomerRecord record;
    record.externalId = id;
    record.displayName = "Ada " + id;
    record.firstName = "Ada";
    record.lastName = id;
    record.email = email;
    record.state = "ENABLED";
    record.tags = {"early bird", "news"};
    record.addressText = "Ada " + id + "\n1 Main Street";
    record.ordersCount = 2;
    record.amountSpent = usd(12'345);
    record.createdAt = day(1);
    record.updatedAt = day(10);
    return record;
}

OrderRecord order(const std::string& id, const std::string& customerId, const std::string& email) {
    OrderRecord record;
    record.externalId = id;
    record.name = "#" + id;
    record.customerExternalId = customerId;
    record.email = email;
    record.financialStatus = "PAID";
    record.fulfillmentStatus = "FULFILLED";
    record.shippingAddressText = "Ada\n1 Main Street";
    record.currency = *Currency::parse("USD");
    record.total = usd(5'000);
    record.subtotal = usd(4'500);
    record.tax = usd(500);
    record.discounts = record.shipping = record.refunded = usd(0);
    record.createdAt = day(5);
    record.updatedAt = day(10);
    record.items = {item(id + "-1", "Lamp"), item(id + "-2", "Bulb")};
    FulfillmentRecord fulfillment;
    fulfillment.externalId = id + "-F1";
    fulfillment.name = "#" + id + "-F1";
    fulfillment.status = "SUCCESS";
    fulfillment.displayStatus = "IN_TRANSIT";
    fulfillment.createdAt = day(6);
    fulfillment.updatedAt = day(7);
    fulfillment.inTransitAt = day(7);
    fulfillment.tracking = {{"UPS", "1Z-" + id, "https://ups.example/" + id}};
    record.fulfillments = {fulfillment};
    return record;
}

OrderItemRecord item(const std::string& id, const std::string& title) {
    return {id, title, "Red", "SKU-" + title, "gid://variant/" + title, 2, 1, usd(2'250)};
}

ProductRecord product(const std::string& id, const std::string& title) {
    ProductRecord record;
    record.externalId = id;
    record.title = title;
    record.handle = id;
    record.status = "ACTIVE";
    record.createdAt = day(1);
    record.updatedAt = day(2);
    record.variants = {variant(id + "-1", "Red"), variant(id + "-2", "Blue")};
    return record;
}

VariantRecord variant(const std::string& id, const std::string& title) {
    return {id, title, "SKU-" + id, "", usd(1'999), 5, day(2)};
}

} // namespace aiva::test
