// When a store's cached records were made and last changed, by external id. For sources that do not say when a record
// changed (files): what changed gets a later time, what did not keeps its own.
#pragma once

#include "core/base/result.h"
#include "core/domain/ids.h"
#include "core/domain/names.h"
#include "core/storage/database/database.h"

#include <memory>
#include <optional>

namespace aiva {

struct RecordStamp {
    UtcTime createdAt;
    UtcTime updatedAt;
};

class RecordStamps {
public:
    static Result<std::unique_ptr<RecordStamps>> create(Database& database, StoreId store);

    // Customers and orders; absent when the cache has no such record.
    Result<std::optional<RecordStamp>> find(Resource resource, const std::string& externalId);

private:
    explicit RecordStamps(StoreId store) : m_store(store) {}

    StoreId m_store;
    Statement m_customer;
    Statement m_order;
};

} // namespace aiva
