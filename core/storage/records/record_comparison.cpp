#include "core/storage/records/record_comparison.h"

#include "core/storage/privacy/erasure_marks.h"

#include <array>

namespace aiva {

// By resource, in the enum's order. Each store's marks stand in a table of its own, see ownMarks().
struct ComparisonSql {
    std::string_view survey;
    std::string_view unmarked;
    std::string_view absent;
    std::string_view outdated;
};

static constexpr std::array<ComparisonSql, 3> kComparisons{{
    {R"sql(
SELECT max(external_id), count(*), sum(created_at >= ?3), min(created_at)
FROM (SELECT external_id, created_at FROM customers WHERE store_id = ?1 AND external_id > ?2 ORDER BY external_id LIMIT ?4))sql",
     R"sql(
SELECT c.external_id,
    NOT EXISTS (SELECT 1 FROM temp.shop_marks m WHERE m.external_id = c.external_id)
    AND (SELECT r.created_at FROM customers r WHERE r.store_id = ?1 AND r.external_id = c.external_id) >= ?3
FROM (SELECT external_id FROM customers WHERE store_id = ?1 AND external_id > ?2 ORDER BY external_id LIMIT ?4) c)sql",
     R"sql(
SELECT m.external_id,
    m.created_at >= ?3 AND NOT EXISTS (
        SELECT 1 FROM customers r WHERE r.store_id = ?1 AND r.external_id = m.external_id)
FROM (SELECT external_id, created_at FROM temp.shop_marks WHERE external_id > ?2 ORDER BY external_id LIMIT ?4) m)sql",
     R"sql(
SELECT m.external_id, coalesce((
    SELECT r.updated_at < m.updated_at FROM customers r WHERE r.store_id = ?1 AND r.external_id = m.external_id), 0)
FROM (SELECT external_id, updated_at FROM temp.shop_marks WHERE external_id > ?2 ORDER BY external_id LIMIT ?3) m)sql"},
    {R"sql(
SELECT max(external_id), count(*), sum(created_at >= ?3), min(created_at)
FROM (SELECT external_id, created_at FROM orders WHERE store_id = ?1 AND external_id > ?2 ORDER BY external_id LIMIT ?4))sql",
     R"sql(
SELECT c.external_id,
    NOT EXISTS (SELECT 1 FROM temp.shop_marks m WHERE m.external_id = c.external_id)
    AND (SELECT r.created_at FROM orders r WHERE r.store_id = ?1 AND r.external_id = c.external_id) >= ?3
FROM (SELECT external_id FROM orders WHERE store_id = ?1 AND external_id > ?2 ORDER BY external_id LIMIT ?4) c)sql",
     R"sql(
SELECT m.external_id,
    m.created_at >= ?3 AND NOT EXISTS (
        SELECT 1 FROM orders r WHERE r.store_id = ?1 AND r.external_id = m.external_id)
FROM (SELECT external_id, created_at FROM temp.shop_marks WHERE external_id > ?2 ORDER BY external_id LIMIT ?4) m)sql",
     R"sql(
SELECT m.external_id, coalesce((
    SELECT r.updated_at < m.updated_at FROM orders r WHERE r.store_id = ?1 AND r.external_id = m.external_id), 0)
FROM (SELECT external_id, updated_at FROM temp.shop_marks WHERE external_id > ?2 ORDER BY external_id LIMIT ?3) m)sql"},
    {R"sql(
SELECT max(external_id), count(*), sum(created_at >= ?3), min(created_at)
FROM (SELECT external_id, created_at FROM products WHERE store_id = ?1 AND external_id > ?2 ORDER BY external_id LIMIT ?4))sql",
     R"sql(
SELECT c.external_id,
    NOT EXISTS (SELECT 1 FROM temp.shop_marks m WHERE m.external_id = c.external_id)
    AND (SELECT r.created_at FROM products r WHERE r.store_id = ?1 AND r.external_id = c.external_id) >= ?3
FROM (SELECT external_id FROM products WHERE store_id = ?1 AND external_id > ?2 ORDER BY external_id LIMIT ?4) c)sql",
     R"sql(
SELECT m.external_id,
    m.created_at >= ?3 AND NOT EXISTS (
        SELECT 1 FROM products r WHERE r.store_id = ?1 AND r.external_id = m.external_id)
FROM (SELECT external_id, created_at FROM temp.shop_marks WHERE external_id > ?2 ORDER BY external_id LIMIT ?4) m)sql",
     R"sql(
SELECT m.external_id, coalesce((
    SELECT r.updated_at < m.updated_at FROM products r WHERE r.store_id = ?1 AND r.external_id = m.external_id), 0)
FROM (SELECT external_id, updated_at FROM temp.shop_marks WHERE external_id > ?2 ORDER BY external_id LIMIT ?3) m)sql"},
}};

static constexpr std::string_view kMarkTable = R"sql(
CREATE TEMP TABLE IF NOT EXISTS shop_marks (
    external_id TEXT PRIMARY KEY,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID)sql";

static constexpr std::string_view kAddMark = R"sql(
INSERT OR REPLACE INTO temp.shop_marks (external_id, created_at, updated_at) VALUES (?1, ?2, ?3))sql";

static constexpr std::string_view kBrokenReferences = R"sql(
SELECT external_id, customer_external_id FROM orders
WHERE store_id = ?1 AND awaits_customer = 1 AND external_id > ?2
ORDER BY external_id LIMIT ?3)sql";

// Comparisons of several stores run side by side on the one write connection: "shop_marks" becomes "shop_marks_17".
static std::string ownMarks(std::string_view sql, StoreId store) {
    static constexpr std::string_view kName = "shop_marks";
    const std::string suffix = '_' + std::to_string(store.value());
    std::string named(sql);
    for (size_t at = named.find(kName); at != std::string::npos; at = named.find(kName, at + kName.size()))
        named.insert(at + kName.size(), suffix);
    return named;
}

class RecordComparison::Private {
public:
    Private(Database& db, StoreId id) : database(db), store(id) {}

    struct Questions {
        Statement survey;
        Statement unmarked;
        Statement absent;
        Statement outdated;
    };
    Questions& of(Resource resource) { return questions.at(static_cast<size_t>(resource)); }
    static Result<Found> found(Statement& statement);

    Database& database;
    StoreId store;
    std::unique_ptr<ErasureMarks> erased;
    std::string scope;
    std::array<Questions, 3> questions;
    Statement clear;
    Statement add;
    Statement broken;
};

RecordComparison::RecordComparison(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

RecordComparison::~RecordComparison() {
    d->questions = {};
    d->clear = {};
    d->add = {};
    // A table that could not be dropped goes with the connection.
    const std::string drop = ownMarks("DROP TABLE IF EXISTS temp.shop_marks", d->store);
    static_cast<void>(d->database.execute(drop).has_value());
}

Result<std::unique_ptr<RecordComparison>> RecordComparison::create(Database& writer, StoreId store) {
    AIVA_CHECK(writer.execute(ownMarks(kMarkTable, store)));
    std::unique_ptr<RecordComparison> made(new RecordComparison(std::make_unique<Private>(writer, store)));
    for (size_t i = 0; i < kComparisons.size(); ++i) {
        Private::Questions& questions = made->d->questions.at(i);
        AIVA_TRY(questions.survey, writer.prepare(kComparisons.at(i).survey));
        AIVA_TRY(questions.unmarked, writer.prepare(ownMarks(kComparisons.at(i).unmarked, store)));
        AIVA_TRY(questions.absent, writer.prepare(ownMarks(kComparisons.at(i).absent, store)));
        AIVA_TRY(questions.outdated, writer.prepare(ownMarks(kComparisons.at(i).outdated, store)));
    }
    AIVA_TRY(made->d->erased, ErasureMarks::create(writer));
    AIVA_TRY(made->d->scope, made->d->erased->scopeOf(store));
    AIVA_TRY(made->d->clear, writer.prepare(ownMarks("DELETE FROM temp.shop_marks", store)));
    AIVA_TRY(made->d->add, writer.prepare(ownMarks(kAddMark, store)));
    AIVA_TRY(made->d->broken, writer.prepare(kBrokenReferences));
    return made;
}

Result<RecordComparison::Survey> RecordComparison::survey(Resource resource, UtcTime since, const std::string& after) {
    Statement& ask = d->of(resource).survey;
    AIVA_TRY(const bool found, ask.bind(1, d->store).bindView(2, after).bind(3, since).bind(4, chunk).step());
    Survey survey;
    if (!found) return survey;
    survey.last = std::string(ask.view(0));
    survey.rows = ask.integer(1);
    survey.rowsSince = ask.integer(2);
    survey.oldest = ask.optionalTime(3);
    ask.reset();
    return survey;
}

Result<void> RecordComparison::forgetMarks() {
    return d->clear.run();
}

Result<void> RecordComparison::addMarks(const std::vector<RecordMark>& marks) {
    for (const RecordMark& mark : marks)
        AIVA_CHECK(d->add.bindView(1, mark.externalId).bind(2, mark.createdAt).bind(3, mark.updatedAt).run());
    return {};
}

// Rows of (id, whether it was looked for).
Result<RecordComparison::Found> RecordComparison::Private::found(Statement& statement) {
    Found found;
    for (;;) {
        AIVA_TRY(const bool more, statement.step());
        if (!more) return found;
        ++found.rows;
        found.last = std::string(statement.view(0));
        if (statement.boolean(1)) found.ids.push_back(found.last);
    }
}

Result<RecordComparison::Found> RecordComparison::unmarked(Resource resource, UtcTime since, const std::string& after) {
    Statement& ask = d->of(resource).unmarked;
    ask.bind(1, d->store).bindView(2, after).bind(3, since).bind(4, chunk);
    return Private::found(ask);
}

Result<RecordComparison::Found> RecordComparison::absent(Resource resource, UtcTime since, const std::string& after) {
    Statement& ask = d->of(resource).absent;
    ask.bind(1, d->store).bindView(2, after).bind(3, since).bind(4, chunk);
    AIVA_TRY(Found missing, Private::found(ask));
    if (resource != Resource::Customers) return missing;
    // Somebody who was erased is not missed, however long the shop lists them.
    std::vector<std::string> known;
    for (std::string& id : missing.ids) {
        AIVA_TRY(const auto erasedAt, d->erased->erasedAt(ErasedKind::Customer, d->scope, id));
        if (!erasedAt) known.push_back(std::move(id));
    }
    missing.ids = std::move(known);
    return missing;
}

Result<RecordComparison::Found> RecordComparison::outdated(Resource resource, const std::string& after) {
    Statement& ask = d->of(resource).outdated;
    ask.bind(1, d->store).bindView(2, after).bind(3, chunk);
    return Private::found(ask);
}

Result<std::vector<RecordComparison::Reference>> RecordComparison::brokenReferences(const std::string& after) {
    std::vector<Reference> references;
    d->broken.bind(1, d->store).bindView(2, after).bind(3, chunk);
    for (;;) {
        AIVA_TRY(const bool more, d->broken.step());
        if (!more) return references;
        references.push_back({std::string(d->broken.view(0)), std::string(d->broken.view(1))});
    }
}

} // namespace aiva
