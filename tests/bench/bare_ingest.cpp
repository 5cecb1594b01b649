#include "tests/bench/bare_ingest.h"

#include "core/domain/email_address.h"

#include <QElapsedTimer>
#include <QFile>

#include <sqlite3.h>

#include <unordered_map>

namespace aiva::bench {
namespace {

[[noreturn]] void stop(sqlite3* db, const char* what) {
    qFatal("%s: %s", what, sqlite3_errmsg(db));
}

std::string joined(const std::vector<std::string>& list) {
    std::string text;
    for (const std::string& entry : list)
        text += (text.empty() ? "" : "\n") + entry;
    return text;
}

class Writer {
public:
    // `columns` comma separated.
    Writer(sqlite3* db, const char* table, std::string_view columns) : m_db(db) {
        std::string sql = std::string("INSERT INTO ") + table + "(" + std::string(columns) + ") VALUES(?";
        for (const char c : columns)
            if (c == ',') sql += ",?";
        if (sqlite3_prepare_v3(db, (sql + ")").c_str(), -1, SQLITE_PREPARE_PERSISTENT, &m_statement, nullptr) !=
            SQLITE_OK)
            stop(db, table);
    }
    ~Writer() { sqlite3_finalize(m_statement); }
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    template <typename... Values>
    qint64 add(const Values&... values) {
        int position = 0;
        (bind(++position, values), ...);
        if (sqlite3_step(m_statement) != SQLITE_DONE) stop(m_db, "insert");
        sqlite3_reset(m_statement);
        return sqlite3_last_insert_rowid(m_db);
    }

private:
    void bind(int at, const std::string& text) {
        sqlite3_bind_text(m_statement, at, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
    }
    void bind(int at, const char* text) { sqlite3_bind_text(m_statement, at, text, -1, SQLITE_STATIC); }
    void bind(int at, qint64 value) { sqlite3_bind_int64(m_statement, at, value); }
    void bind(int at, int value) { sqlite3_bind_int64(m_statement, at, value); }
    void bind(int at, UtcTime time) { sqlite3_bind_int64(m_statement, at, time.ms()); }
    void bind(int at, Money money) { sqlite3_bind_int64(m_statement, at, money.minor()); }
    void bind(int at, std::nullptr_t) { sqlite3_bind_null(m_statement, at); }
    void bind(int at, std::optional<UtcTime> time) { time ? bind(at, *time) : bind(at, nullptr); }
    void bind(int at, std::optional<qint64> value) { value ? bind(at, *value) : bind(at, nullptr); }

    sqlite3* m_db;
    sqlite3_stmt* m_statement = nullptr;
};

struct Tables {
    explicit Tables(sqlite3* db)
        : profiles(db, "profiles", "id")
        , emails(db, "profile_emails", "email,profile_id,source")
        , customers(
              db, "customers",
              "store_id,external_id,profile_id,display_name,first_name,last_name,email,phone,note,locale,state,tags,"
              "address_text,orders_count,spent_minor,currency,created_at,updated_at,content_hash")
        , orders(
              db, "orders",
              "store_id,external_id,profile_id,customer_external_id,awaits_customer,name,email,phone,note,"
              "financial_status,fulfillment_status,cancel_reason,status_page_url,shipping_address_text,tags,currency,"
              "total_minor,subtotal_minor,tax_minor,discounts_minor,shipping_minor,refunded_minor,created_at,"
              "updated_at,processed_at,cancelled_at,closed_at,content_hash")
        , items(db, "order_items",
                "order_id,external_id,position,title,variant_title,sku,variant_external_id,quantity,current_quantity,"
                "unit_price_minor")
        , fulfillments(db, "fulfillments",
                       "order_id,external_id,position,name,status,display_status,created_at,updated_at,in_transit_at,"
                       "delivered_at,estimated_delivery_at")
        , trackings(db, "trackings", "order_id,fulfillment_external_id,position,company,number,url")
        , refunds(db, "refunds", "order_id,external_id,created_at,total_minor,note") {}
    Writer profiles, emails, customers, orders, items, fulfillments, trackings, refunds;
    std::unordered_map<std::string, qint64> profileOfEmail;
    std::unordered_map<std::string, qint64> profileOfCustomer;
    std::unordered_map<std::string, std::pair<qint64, int>> orderIds;
    std::vector<BulkOrderItem> late;

    std::optional<qint64> profileFor(const std::string& email) {
        const std::string key = normalizedEmail(std::string_view(email));
        if (key.empty()) return std::nullopt;
        const auto [it, isNew] = profileOfEmail.try_emplace(key, 0);
        if (isNew) {
            it->second = profiles.add(nullptr);
            emails.add(key, it->second, "shop");
        }
        return it->second;
    }
    void put(const CustomerRecord& r) {
        const qint64 profile = profileFor(r.email).value_or(0);
        const qint64 owner = profile ? profile : profiles.add(nullptr);
        profileOfCustomer.emplace(r.externalId, owner);
        const std::string tags = joined(r.tags);
        customers.add(1, r.externalId, owner, r.displayName, r.firstName, r.lastName, r.email, r.phone, r.note,
                      r.locale, r.state, tags, r.addressText, r.ordersCount, r.amountSpent,
                      std::string(r.amountSpent.currency().code()), r.createdAt, r.updatedAt, 0);
    }
    void put(const OrderRecord& r) {
        const auto known = profileOfCustomer.find(r.customerExternalId);
        const std::optional<qint64> profile =
            known != profileOfCustomer.end() ? std::optional(known->second) : profileFor(r.email);
        const std::string tags = joined(r.tags);
        const qint64 id =
            orders.add(1, r.externalId, profile, r.customerExternalId, 0, r.name, r.email, r.phone, r.note,
                       r.financialStatus, r.fulfillmentStatus, r.cancelReason, r.statusPageUrl, r.shippingAddressText,
                       tags, std::string(r.currency.code()), r.total, r.subtotal, r.tax, r.discounts, r.shipping,
                       r.refunded, r.createdAt, r.updatedAt, r.processedAt, r.cancelledAt, r.closedAt, 0);
        orderIds.emplace(r.externalId, std::pair(id, 0));
        int position = 0;
        for (const FulfillmentRecord& f : r.fulfillments) {
            fulfillments.add(id, f.externalId, position++, f.name, f.status, f.displayStatus, f.createdAt, f.updatedAt,
                             f.inTransitAt, f.deliveredAt, f.estimatedDeliveryAt);
            int parcel = 0;
            for (const TrackingRecord& t : f.tracking)
                trackings.add(id, f.externalId, parcel++, t.company, t.number, t.url);
        }
        for (const RefundRecord& f : r.refunds)
            refunds.add(id, f.externalId, f.createdAt, f.total, f.note);
    }
    void put(const BulkOrderItem& child) {
        const auto parent = orderIds.find(child.parentExternalId);
        if (parent == orderIds.end()) return late.push_back(child);
        const OrderItemRecord& r = child.item;
        items.add(parent->second.first, r.externalId, parent->second.second++, r.title, r.variantTitle, r.sku,
                  r.variantExternalId, r.quantity, r.currentQuantity, r.unitPrice);
    }
    template <typename Other>
    void put(const Other&) {}
};

qint64 ingestFile(const QString& path, BulkDecoder& decoder, Tables& tables) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) qFatal("cannot open the bulk file");
    qint64 lines = 0;
    QByteArray line;
    while (!file.atEnd()) {
        line = file.readLine();
        const qsizetype length = line.endsWith('\n') ? line.size() - 1 : line.size();
        line.resize(line.size() + 64); // the decoder reads ahead
        const auto decoded = decoder.decode(std::string_view(line.constData(), static_cast<size_t>(length)));
        if (const auto* record = std::get_if<BulkRecord>(&decoded))
            std::visit([&](const auto& r) { tables.put(r); }, *record);
        ++lines;
    }
    return lines;
}

// What the product keeps in step row by row, the peer does once at the end.
void dropTriggers(sqlite3* db) {
    std::string sql;
    sqlite3_exec(
        db, "SELECT 'DROP TRIGGER ' || name || ';' FROM sqlite_schema WHERE type = 'trigger'",
        [](void* into, int, char** columns, char**) {
            *static_cast<std::string*>(into) += columns[0];
            return 0;
        },
        &sql, nullptr);
    if (sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) stop(db, "drop triggers");
}

} // namespace

IngestFigure bareIngest(const QString& schemaFile, const QString& customers, const QString& orders, const QString& out,
                        const std::function<std::unique_ptr<BulkDecoder>(Resource)>& decoders) {
    sqlite3* db = nullptr;
    if (sqlite3_open(out.toUtf8().constData(), &db) != SQLITE_OK) stop(db, "open");
    QFile schema(schemaFile);
    if (!schema.open(QIODevice::ReadOnly)) qFatal("cannot open the schema");
    const QByteArray sql =
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;" + schema.readAll() +
        "INSERT INTO stores(id,kind,domain,name,status,created_at) VALUES(1,'shopify','bench','bench','connected',0);";
    if (sqlite3_exec(db, sql.constData(), nullptr, nullptr, nullptr) != SQLITE_OK) stop(db, "schema");

    dropTriggers(db);

    QElapsedTimer timer;
    timer.start();
    IngestFigure figure;
    {
        Tables tables(db);
        sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr);
        figure.lines += ingestFile(customers, *decoders(Resource::Customers), tables);
        figure.lines += ingestFile(orders, *decoders(Resource::Orders), tables);
        for (const BulkOrderItem& child : std::vector(std::move(tables.late)))
            tables.put(child);
        // The fastest way to a full-text index there is.
        sqlite3_exec(db,
                     "INSERT INTO customers_fts(customers_fts) VALUES('rebuild');"
                     "INSERT INTO orders_fts(orders_fts) VALUES('rebuild')",
                     nullptr, nullptr, nullptr);
        if (sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr) != SQLITE_OK) stop(db, "commit");
    }
    figure.seconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
    sqlite3_close(db);
    return figure;
}

} // namespace aiva::bench
