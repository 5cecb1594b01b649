// RecordCounts: how many rows RecordWriter added to a store, summed in memory and written into store_counts once a
// transaction. A part of RecordWriter.
#pragma once

#include "core/domain/ids.h"
#include "core/domain/names.h"
#include "core/storage/database/database.h"

#include <memory>

namespace aiva {

class RecordCounts final : public CommitListener {
public:
    static Result<std::unique_ptr<RecordCounts>> create(Database& writer, StoreId store);
    ~RecordCounts() override;

    Result<void> add(Resource resource);

    Result<void> beforeCommit() override;
    void afterRollback() override;

private:
    RecordCounts(Database& writer, StoreId store) : m_database(writer), m_store(store) {}

    Database& m_database;
    StoreId m_store;
    Statement m_update;
    qint64 m_customers = 0;
    qint64 m_orders = 0;
    qint64 m_products = 0;
};

} // namespace aiva
