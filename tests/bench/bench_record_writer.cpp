// How fast shop records reach the encrypted, indexed, searchable cache, beside the same rows written by the bare SQLite
// C API into a plain file with the same tables and ordinary indexes. Run: bench_record_writer [customers] [rounds].
// Records are made up as they are written; the time that takes is measured alone and taken off both sides.
#include "core/storage/database/migrations.h"
#include "core/storage/records/joined_lines.h"
#include "core/storage/records/record_writer.h"
#include "core/storage/stores/store_repository.h"
#include "core/storage/vault/cipher_vfs.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <sqlite3.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

constexpr int kOrdersPerCustomer = 5;
constexpr int kBatch = 5'000;

class Source {
public:
    explicit Source(int customers) : m_customers(customers) {}

    const CustomerRecord& customer(int i) {
        CustomerRecord& r = m_customer;
        const std::string n = std::to_string(i);
        r.externalId = "gid://shopify/Customer/" + std::to_string(7'000'000'000'000LL + i);
        r.firstName = name(i * 7);
        r.lastName = name(i * 13 + 5) + name(i % 97);
        r.displayName = r.firstName + " " + r.lastName;
        r.email = r.firstName + "." + r.lastName + n + "@example" + std::to_string(i % 50) + ".com";
        r.phone = "+1555" + std::to_string(1'000'000 + i);
        r.state = "ENABLED";
        r.locale = "en-US";
        r.tags = i % 10 == 0 ? std::vector<std::string>{"VIP", "newsletter"} : std::vector<std::string>{"newsletter"};
        r.addressText = address(i);
        r.ordersCount = kOrdersPerCustomer;
        r.amountSpent = Money(5'000 + i % 100'000, m_usd);
        r.createdAt = UtcTime(1'700'000'000'000LL + i * 1'000LL);
        r.updatedAt = r.createdAt.plusDays(100);
        return r;
    }
    const OrderRecord& order(int i) {
        OrderRecord& r = m_order;
        // A customer's orders lie scattered over the file, as they do in a shop.
        const int who = static_cast<int>((i * 48'271LL) % m_customers);
        r.externalId = "gid://shopify/Order/" + std::to_string(5'000'000'000'000LL + i);
        r.name = "#" + std::to_string(1'000 + i);
        r.customerExternalId = i % 20 == 19 ? std::string() : customer(who).externalId;
        r.email = customer(who).email;
        r.phone = m_customer.phone;
        r.financialStatus = "PAID";
        r.fulfillmentStatus = i % 4 ? "FULFILLED" : "UNFULFILLED";
        r.statusPageUrl = "https://acme.example/orders/" + std::to_string(i) + "/status";
        r.shippingAddressText = m_customer.displayName + "\n" + address(who);
        r.tags = {"web"};
        r.currency = m_usd;
        r.total = Money(4'000 + i % 9'000, m_usd);
        r.subtotal = r.total;
        r.tax = r.discounts = r.shipping = r.refunded = Money(0, m_usd);
        r.createdAt = UtcTime(1'790'000'000'000LL - i * 15'000LL);
        r.updatedAt = r.createdAt.plusDays(2);
        r.items.resize(2);
        for (int n = 0; n < 2; ++n) {
            OrderItemRecord& item = r.items[static_cast<size_t>(n)];
            item.externalId = "gid://shopify/LineItem/" + std::to_string(9'000'000'000'000LL + i * 2LL + n);
            item.title = name(i + n) + " " + name(i * 3 + n) + " Widget";
            item.variantTitle = n ? "Red / L" : "Blue / M";
            item.sku = "SKU-" + std::to_string((i + n) % 5'000);
            item.variantExternalId = "gid://shopify/ProductVariant/" + std::to_string(4'000'000'000LL + i % 5'000);
            item.quantity = item.currentQuantity = 1 + n;
            item.unitPrice = Money(2'000 + i % 500, m_usd);
        }
        return r;
    }

private:
    static std::string name(int seed) {
        static const char* const parts[] = {"al", "be",  "cor", "da", "en", "fi",  "gre", "hal", "is", "jo", "ka",
                                            "li", "mor", "na",  "or", "pa", "qui", "ra",  "so",  "ta", "ul", "vi"};
        const auto s = static_cast<unsigned>(seed) * 2'654'435'761U;
        return std::string(parts[s % 22]) + parts[(s >> 8) % 22] + parts[(s >> 16) % 22];
    }
    static std::string address(int i) {
        return std::to_string(1 + i % 900) + " " + name(i * 11) + " Street\n" + name(i % 300) + "ton " +
               std::to_string(10'000 + i % 80'000) + "\nUnited States";
    }

    int m_customers;
    Currency m_usd = *Currency::parse("USD");
    CustomerRecord m_customer;
    OrderRecord m_order;
};

// Time of this process alone: a busy machine does not count.
class CpuTimer {
public:
    void start() { m_start = now(); }
    qint64 elapsed() const { return now() - m_start; }

private:
    static qint64 now() { return qint64(std::clock()) * 1'000 / CLOCKS_PER_SEC; }
    qint64 m_start = 0;
};

[[noreturn]] void die(const QString& why) {
    std::fprintf(stderr, "%s\n", qPrintable(why));
    std::exit(1);
}

qint64 generateOnly(int customers) {
    Source source(customers);
    CpuTimer timer;
    timer.start();
    size_t kept = 0;
    for (int i = 0; i < customers; ++i)
        kept += source.customer(i).email.size();
    for (int i = 0; i < customers * kOrdersPerCustomer; ++i)
        kept += source.order(i).email.size();
    if (kept == 0) die(u"nothing generated"_s);
    return timer.elapsed();
}

// The floor: no profiles, no comparison, no search, no cipher.
class Bare {
public:
    explicit Bare(const QString& path) {
        sqlite3_open(path.toUtf8().constData(), &m_db);
        run("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536; PRAGMA foreign_keys=OFF");
        const auto migrations = builtInMigrations();
        run(migrations->front().sql.constData());
        run("INSERT INTO stores (id, kind, domain, name, status, created_at) VALUES (1, 'shopify', 'a', 'a', 'x', 0)");
        run("INSERT INTO profiles DEFAULT VALUES");
        m_customer = prepare("INSERT INTO customers (store_id, external_id, profile_id, display_name, first_name, "
                             "last_name, email, phone, note, locale, state, tags, address_text, orders_count, "
                             "spent_minor, currency, created_at, updated_at, content_hash) VALUES "
                             "(1,?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,0)");
        m_order = prepare("INSERT INTO orders (store_id, external_id, profile_id, customer_external_id, "
                          "awaits_customer, name, email, phone, note, financial_status, fulfillment_status, "
                          "cancel_reason, status_page_url, shipping_address_text, tags, currency, total_minor, "
                          "subtotal_minor, tax_minor, discounts_minor, shipping_minor, refunded_minor, created_at, "
                          "updated_at, processed_at, cancelled_at, closed_at, content_hash) VALUES "
                          "(1,?1,?2,?3,0,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20,?21,?22,"
                          "NULL,NULL,NULL,0)");
        m_item = prepare("INSERT INTO order_items VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)");
    }
    ~Bare() {
        for (sqlite3_stmt* s : {m_customer, m_order, m_item})
            sqlite3_finalize(s);
        sqlite3_close(m_db);
    }
    void run(const char* sql) {
        char* why = nullptr;
        if (sqlite3_exec(m_db, sql, nullptr, nullptr, &why) != SQLITE_OK) die(QString::fromUtf8(why));
    }
    void put(const CustomerRecord& r, int i) {
        m_tags = joinedLines(r.tags);
        int n = 0;
        text(m_customer, ++n, r.externalId);
        number(m_customer, ++n, i + 1);
        for (const std::string* s : {&r.displayName, &r.firstName, &r.lastName, &r.email, &r.phone, &r.note, &r.locale,
                                     &r.state, &std::as_const(m_tags), &r.addressText})
            text(m_customer, ++n, *s);
        number(m_customer, ++n, r.ordersCount);
        number(m_customer, ++n, r.amountSpent.minor());
        text(m_customer, ++n, "USD");
        number(m_customer, ++n, r.createdAt.ms());
        number(m_customer, ++n, r.updatedAt.ms());
        step(m_customer);
    }
    void put(const OrderRecord& r, int profile) {
        m_tags = joinedLines(r.tags);
        int n = 0;
        text(m_order, ++n, r.externalId);
        number(m_order, ++n, profile);
        for (const std::string* s :
             {&r.customerExternalId, &r.name, &r.email, &r.phone, &r.note, &r.financialStatus, &r.fulfillmentStatus,
              &r.cancelReason, &r.statusPageUrl, &r.shippingAddressText, &std::as_const(m_tags)})
            text(m_order, ++n, *s);
        text(m_order, ++n, "USD");
        for (const Money& m : {r.total, r.subtotal, r.tax, r.discounts, r.shipping, r.refunded})
            number(m_order, ++n, m.minor());
        number(m_order, ++n, r.createdAt.ms());
        number(m_order, ++n, r.updatedAt.ms());
        step(m_order);
        const qint64 id = sqlite3_last_insert_rowid(m_db);
        int position = 0;
        for (const OrderItemRecord& item : r.items) {
            number(m_item, 1, id);
            text(m_item, 2, item.externalId);
            number(m_item, 3, position++);
            text(m_item, 4, item.title);
            text(m_item, 5, item.variantTitle);
            text(m_item, 6, item.sku);
            text(m_item, 7, item.variantExternalId);
            number(m_item, 8, item.quantity);
            number(m_item, 9, item.currentQuantity);
            number(m_item, 10, item.unitPrice.minor());
            step(m_item);
        }
    }

private:
    sqlite3_stmt* prepare(const char* sql) {
        sqlite3_stmt* s = nullptr;
        if (sqlite3_prepare_v2(m_db, sql, -1, &s, nullptr) != SQLITE_OK) die(QString::fromUtf8(sqlite3_errmsg(m_db)));
        return s;
    }
    static void text(sqlite3_stmt* s, int at, std::string_view v) {
        sqlite3_bind_text(s, at, v.data(), static_cast<int>(v.size()), SQLITE_STATIC);
    }
    static void number(sqlite3_stmt* s, int at, qint64 v) { sqlite3_bind_int64(s, at, v); }
    void step(sqlite3_stmt* s) {
        if (sqlite3_step(s) != SQLITE_DONE) die(QString::fromUtf8(sqlite3_errmsg(m_db)));
        sqlite3_reset(s);
    }

    sqlite3* m_db = nullptr;
    sqlite3_stmt* m_customer = nullptr;
    sqlite3_stmt* m_order = nullptr;
    sqlite3_stmt* m_item = nullptr;
    std::string m_tags;
};

qint64 writeBare(const QString& path, int customers) {
    Bare bare(path);
    Source source(customers);
    CpuTimer timer;
    timer.start();
    bare.run("BEGIN");
    for (int i = 0; i < customers; ++i) {
        bare.put(source.customer(i), i);
        if (i % kBatch == kBatch - 1) bare.run("COMMIT; BEGIN");
    }
    for (int i = 0; i < customers * kOrdersPerCustomer; ++i) {
        bare.put(source.order(i), static_cast<int>((i * 48'271LL) % customers) + 1);
        if (i % kBatch == kBatch - 1) bare.run("COMMIT; BEGIN");
    }
    bare.run("COMMIT");
    return timer.elapsed();
}

template <typename Put>
void inBatches(Database& database, int count, Put put) {
    for (int start = 0; start < count; start += kBatch) {
        auto transaction = Transaction::begin(database);
        if (!transaction) die(transaction.error().detail);
        for (int i = start; i < std::min(start + kBatch, count); ++i)
            if (const auto outcome = put(i); !outcome) die(outcome.error().detail);
        if (const auto committed = (*transaction)->commit(); !committed) die(committed.error().detail);
    }
}

struct Times {
    qint64 first = 0;
    qint64 again = 0;
};

Times writeAiva(const QString& path, int customers) {
    const auto key = CipherKeyLease::take(path, SecretString(std::string(32, 'k')), CipherKeyLease::Trust::Proven);
    if (!key) die(key.error().detail);
    auto database = Database::open(path, Database::Access::ReadWrite);
    if (!database) die(database.error().detail);
    for (const QByteArray& sql : qgetenv("BENCH_SQL").split(';'))
        if (const auto done = (*database)->execute(sql.toStdString()); !done) die(done.error().detail);
    StoreRow row;
    row.domain = u"acme.myshopify.com"_s;
    const auto store = (*StoreRepository::create(**database))->save(row);
    auto writer = RecordWriter::create(**database, *store);
    if (!writer) die(writer.error().detail);
    Times times;
    for (qint64* time : {&times.first, &times.again}) {
        Source source(customers);
        CpuTimer timer;
        timer.start();
        inBatches(**database, customers, [&](int i) { return (*writer)->put(source.customer(i)); });
        const qint64 afterCustomers = timer.elapsed();
        inBatches(**database, customers * kOrdersPerCustomer,
                  [&](int i) { return (*writer)->putOpen(source.order(i)); });
        *time = timer.elapsed();
        std::printf("  customers %lld ms, orders %lld ms\n", static_cast<long long>(afterCustomers),
                    static_cast<long long>(*time - afterCustomers));
    }
    return times;
}

} // namespace

int main(int argc, char** argv) {
    const QCoreApplication app(argc, argv);
    const int customers = argc > 1 ? QByteArray(argv[1]).toInt() : 100'000;
    const int rounds = argc > 2 ? QByteArray(argv[2]).toInt() : 1;
    const qint64 rows = customers * qint64(1 + kOrdersPerCustomer * 3);
    for (int round = 0; round < rounds; ++round) {
        const QTemporaryDir dir;
        const qint64 making = generateOnly(customers);
        const qint64 bare = writeBare(dir.filePath(u"bare.db"_s), customers) - making;
        Times ours = writeAiva(dir.filePath(u"aiva.db"_s), customers);
        ours.first -= making;
        ours.again -= making;
        std::printf("%lld rows: bare SQLite %lld ms (%lld MB), Aiva %lld ms (%lld MB), ratio %.2f, unchanged again "
                    "%lld ms\n",
                    static_cast<long long>(rows), static_cast<long long>(bare),
                    static_cast<long long>(QFileInfo(dir.filePath(u"bare.db"_s)).size() >> 20),
                    static_cast<long long>(ours.first),
                    static_cast<long long>(QFileInfo(dir.filePath(u"aiva.db"_s)).size() >> 20),
                    double(ours.first) / double(bare), static_cast<long long>(ours.again));
    }
    return 0;
}
