// ProductWriter: one store's products with their variants. A part of RecordWriter; runs inside the caller's
// transaction.
#pragma once

#include "core/domain/shop/source_records.h"
#include "core/storage/records/child_rows.h"
#include "core/storage/records/child_stage.h"
#include "core/storage/records/known_children.h"
#include "core/storage/records/record_counts.h"
#include "core/storage/records/record_writer.h"

namespace aiva {

class ProductWriter {
public:
    static Result<std::unique_ptr<ProductWriter>> create(Database& writer, StoreId store, ChildStage& stage,
                                                         RecordCounts& counts);

    Result<WriteOutcome> write(const ProductRecord& record, ChildrenGiven given);
    Result<RecordWriter::FinishResult> finishChildren(BulkDecoder& decoder, RecordWriter::Suspects suspects);

private:
    ProductWriter(Database& writer, StoreId store, ChildStage& stage, RecordCounts& counts)
        : m_database(writer), m_store(store), m_stage(stage), m_counts(counts) {}
    void bindFields(Statement& statement, const ProductRecord& record, qint64 hash);
    Result<WriteOutcome> bringUpToDate(const ProductRecord& record, qint64 hash, ChildrenGiven given);

    Database& m_database;
    StoreId m_store;
    ChildStage& m_stage;
    RecordCounts& m_counts;
    std::unique_ptr<ChildRows<VariantRecord>> m_variants;
    Statement m_find;
    Statement m_insert;
    Statement m_index;
    Statement m_update;
    std::string m_tags;
};

} // namespace aiva
