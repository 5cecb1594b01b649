#include "core/storage/records/product_writer.h"

#include "core/storage/records/content_hash.h"
#include "core/storage/records/joined_lines.h"
#include "core/storage/records/known_children.h"
#include "core/storage/records/late_children.h"

namespace aiva {

static constexpr std::string_view kFindProduct = R"sql(
SELECT id, updated_at, content_hash FROM products WHERE store_id = ?1 AND external_id = ?2)sql";

static constexpr std::string_view kInsertProduct = R"sql(
INSERT INTO products (store_id, external_id, title, handle, status, vendor, product_type, tags, online_store_url,
    created_at, updated_at, content_hash)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
ON CONFLICT (store_id, external_id) DO NOTHING)sql";

// By hand, see the schema: products_fts has no insert trigger.
static constexpr std::string_view kIndexProduct = R"sql(
INSERT INTO products_fts (rowid, title) VALUES (?1, ?2))sql";

static constexpr std::string_view kUpdateProduct = R"sql(
UPDATE products SET title = ?3, handle = ?4, status = ?5, vendor = ?6, product_type = ?7, tags = ?8,
    online_store_url = ?9, created_at = ?10, updated_at = ?11, content_hash = ?12
WHERE store_id = ?1 AND external_id = ?2)sql";

Result<std::unique_ptr<ProductWriter>> ProductWriter::create(Database& writer, StoreId store, ChildStage& stage,
                                                             RecordCounts& counts) {
    std::unique_ptr<ProductWriter> made(new ProductWriter(writer, store, stage, counts));
    AIVA_TRY(made->m_variants, ChildRows<VariantRecord>::create(writer));
    AIVA_TRY(made->m_find, writer.prepare(kFindProduct));
    AIVA_TRY(made->m_insert, writer.prepare(kInsertProduct));
    AIVA_TRY(made->m_index, writer.prepare(kIndexProduct));
    AIVA_TRY(made->m_update, writer.prepare(kUpdateProduct));
    return made;
}

void ProductWriter::bindFields(Statement& s, const ProductRecord& r, qint64 hash) {
    m_tags = joinedLines(r.tags);
    s.bind(1, m_store).bindView(2, r.externalId).bindView(3, r.title).bindView(4, r.handle).bindView(5, r.status);
    s.bindView(6, r.vendor).bindView(7, r.productType).bindView(8, m_tags).bindView(9, r.onlineStoreUrl);
    s.bind(10, r.createdAt).bind(11, r.updatedAt).bind(12, hash);
}

Result<WriteOutcome> ProductWriter::write(const ProductRecord& record, ChildrenGiven given) {
    const qint64 hash = contentHash(record);
    bindFields(m_insert, record, hash);
    AIVA_CHECK(m_insert.run());
    if (m_database.changes() == 0) return bringUpToDate(record, hash, given);
    const qint64 id = m_database.lastInsertId();
    AIVA_CHECK(m_counts.add(Resource::Products));
    AIVA_CHECK(m_index.bind(1, id).bindView(2, record.title).run());
    std::vector<std::string> none;
    AIVA_CHECK(m_variants->write(id, record.variants, ParentState::Fresh, none));
    return WriteOutcome::Created;
}

Result<WriteOutcome> ProductWriter::bringUpToDate(const ProductRecord& record, qint64 hash, ChildrenGiven given) {
    AIVA_TRY(const bool found, m_find.bind(1, m_store).bindView(2, record.externalId).step());
    if (!found) return Error{ErrorKind::Internal, QStringLiteral("a product is neither new nor known")};
    const qint64 id = m_find.integer(0);
    const UtcTime cachedAt = m_find.time(1);
    const bool isSameRoot = m_find.integer(2) == hash;
    m_find.reset();
    if (record.updatedAt < cachedAt) {
        if (given == ChildrenGiven::SoFar) AIVA_CHECK(m_stage.markStale(Resource::Products, id));
        return WriteOutcome::Stale;
    }
    if (!isSameRoot) {
        bindFields(m_update, record, hash);
        AIVA_CHECK(m_update.run());
    }
    const KnownChildren<VariantRecord> known{Resource::Products, m_stage, *m_variants};
    AIVA_TRY(const bool variantsChanged, known.write(id, record.externalId, record.variants, given));
    return isSameRoot && !variantsChanged ? WriteOutcome::Unchanged : WriteOutcome::Updated;
}

Result<RecordWriter::FinishResult> ProductWriter::finishChildren(BulkDecoder& decoder,
                                                                 RecordWriter::Suspects suspects) {
    LateChildren<VariantRecord> late(m_store, Resource::Products, m_stage, *m_variants, m_find);
    return late.join(decoder, suspects);
}

} // namespace aiva
